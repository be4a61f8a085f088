using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Operations;

/// <summary>The variables of a body whose values are made, wholly or in part, of one expression's value, or of other variables. Order does not count.</summary>
internal sealed class Derivation
{
    private readonly IOperation? _source;
    private readonly HashSet<ISymbol> _variables = new(SymbolEqualityComparer.Default);

    public Derivation(Body body, IOperation source)
        : this(body, source, [])
    {
    }

    public Derivation(Body body, IEnumerable<ISymbol> variables)
        : this(body, null, variables)
    {
    }

    private Derivation(Body body, IOperation? source, IEnumerable<ISymbol> variables)
    {
        _source = source;
        _variables.UnionWith(variables);
        bool grows = true;
        while (grows)
        {
            grows = false;
            foreach (IOperation operation in body.Operations)
            {
                foreach ((ISymbol variable, IOperation value) in Flows(operation))
                {
                    if (!_variables.Contains(variable) && Reaches(value))
                    {
                        grows = _variables.Add(variable);
                    }
                }
            }
        }
    }

    /// <summary>Whether the expression uses the source's value.</summary>
    public bool Reaches(IOperation expression) => expression.DescendantsAndSelf().Any(part =>
        part.Syntax == _source?.Syntax ||
        (part is ILocalReferenceOperation local && _variables.Contains(local.Local)) ||
        (part is IParameterReferenceOperation parameter && _variables.Contains(parameter.Parameter)));

    /// <summary>Whether a variable's value is made of the source.</summary>
    public bool Includes(ISymbol variable) => _variables.Contains(variable);

    private static IEnumerable<(ISymbol Variable, IOperation Value)> Flows(IOperation operation)
    {
        switch (operation)
        {
            case IVariableDeclaratorOperation declarator when declarator.GetVariableInitializer() is { } initializer:
                yield return (declarator.Symbol, initializer.Value);
                break;
            case IAssignmentOperation { Target: ILocalReferenceOperation target } assignment:
                yield return (target.Local, assignment.Value);
                break;
            case IDeconstructionAssignmentOperation deconstruction:
                foreach (IOperation part in deconstruction.Target.DescendantsAndSelf())
                {
                    if (part is ILocalReferenceOperation local)
                    {
                        yield return (local.Local, deconstruction.Value);
                    }
                }

                break;
            case IForEachLoopOperation loop:
                foreach (ILocalSymbol local in loop.Locals)
                {
                    yield return (local, loop.Collection);
                }

                break;
            case IIsPatternOperation test:
                foreach (IOperation part in test.Pattern.DescendantsAndSelf())
                {
                    ISymbol? declared = part is IDeclarationPatternOperation declaration ? declaration.DeclaredSymbol : part is IRecursivePatternOperation recursive ? recursive.DeclaredSymbol : null;
                    if (declared is not null)
                    {
                        yield return (declared, test.Value);
                    }
                }

                break;
            case IInvocationOperation invocation:
                // value.TryParse(out long number), TryDecode(value, out var entry)
                foreach (IArgumentOperation argument in invocation.Arguments)
                {
                    if (argument.Parameter is { RefKind: RefKind.Out or RefKind.Ref } && (argument.Value is IDeclarationExpressionOperation declaration ? declaration.Expression : argument.Value) is ILocalReferenceOperation written)
                    {
                        yield return (written.Local, invocation);
                    }
                }

                break;
        }
    }
}

/// <summary>The conditions that decide whether an operation runs.</summary>
internal static class Conditions
{
    /// <summary>The conditions of the <c>if</c>s, loops and short circuits around the operation, and of those before it that leave its block.</summary>
    public static IEnumerable<IOperation> Of(IOperation operation, Body body)
    {
        IOperation inner = operation;
        for (IOperation? outer = operation.Parent; outer is not null && !ReferenceEquals(inner, body.Root); inner = outer, outer = outer.Parent)
        {
            switch (outer)
            {
                case IConditionalOperation conditional when !ReferenceEquals(conditional.Condition, inner):
                    yield return conditional.Condition;
                    break;
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr } binary when ReferenceEquals(binary.RightOperand, inner):
                    yield return binary.LeftOperand;
                    break;
                case IWhileLoopOperation { Condition: { } condition } when !ReferenceEquals(condition, inner):
                    yield return condition;
                    break;
                case ISwitchOperation { Value: { } value } when !ReferenceEquals(value, inner):
                    yield return value;
                    break;
                case IBlockOperation block:
                    foreach (IOperation statement in block.Operations)
                    {
                        if (ReferenceEquals(statement, inner))
                        {
                            break;
                        }

                        if (statement is IConditionalOperation earlier && Leaves(earlier))
                        {
                            yield return earlier.Condition;
                        }
                    }

                    break;
            }
        }
    }

    private static bool Leaves(IConditionalOperation conditional) =>
        conditional.DescendantsAndSelf().Any(part => part is IReturnOperation or IThrowOperation or IBranchOperation);
}
