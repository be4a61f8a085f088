using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Calls;
using ExpiryAnalyzers.Keys;
using ExpiryAnalyzers.Operations;
using ExpiryAnalyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Rules.Lifetime;

/// <summary>
/// Code that runs once for each of many items: the body of a loop, or a lambda handed to a call that runs it for each element.
/// Tells what changes from round to round, what certainly does not, and whether the rounds follow each other at once.
/// </summary>
internal sealed class Iteration
{
    /// <summary>Fewer rounds than this are no crowd.</summary>
    private const int Crowd = 10;

    /// <summary>How many variables and members, each made of the next, are followed.</summary>
    private const int MaxChain = 8;

    /// <summary>Calls that let time pass, or that answer when something arrives.</summary>
    private static readonly string[] Waits = ["Delay", "Sleep", "WaitForNextTick", "WaitToRead", "WaitOne", "ReadAll", "GetConsumingEnumerable", "Receive", "Consume", "Subscribe"];

    /// <summary>How calls are named that run a lambda at once, and once.</summary>
    private static readonly string[] Runners = ["Run", "StartNew", "Execute", "Invoke", "Retry", "Do", "Try", "With"];

    private readonly Body _body;
    private readonly Knowledge _knowledge;
    private readonly IOperation _around;
    private readonly CacheCall _call;
    private readonly Derivation _varying;

    private Iteration(IOperation around, CacheCall call, Body body, Knowledge knowledge)
    {
        _around = around;
        _call = call;
        _body = body;
        _knowledge = knowledge;
        _varying = body.Varying(around, Seeds);
    }

    /// <summary>The innermost iteration in which each round's call is about another key; null where there is none.</summary>
    public static Iteration? OfKey(CacheCall call, Body body, Knowledge knowledge) =>
        Around(call.Operation, body).Select(around => new Iteration(around, call, body, knowledge)).FirstOrDefault(static iteration => iteration.ChangesKey);

    /// <summary>Whether it is a statement, and not a lambda.</summary>
    public bool IsLoop => _around is ILoopOperation;

    public bool Contains(IOperation operation) => operation.Syntax.SyntaxTree == _around.Syntax.SyntaxTree && _around.Syntax.Span.Contains(operation.Syntax.Span);

    /// <summary>Whether the rounds lie apart in time: the code waits in each, or takes what a queue brings.</summary>
    public bool IsSpreadInTime => IsEndless || _around.DescendantsAndSelf().OfType<IInvocationOperation>().Any(call => IsWait(call) && !IsInHandler(call));

    /// <summary>Whether the rounds are known to be few.</summary>
    public bool IsSmall => CountOf() < Crowd;

    /// <summary>Whether the rounds end with the one that has made the call.</summary>
    public bool EndsWithCall()
    {
        bool ends = false;
        IOperation inner = _call.Operation;
        for (IOperation? outer = inner.Parent; outer is not null && !ReferenceEquals(inner, _around); inner = outer, outer = outer.Parent)
        {
            ends = outer switch
            {
                IAnonymousFunctionOperation => false,
                IBlockOperation block => ends || block.Operations.SkipWhile(statement => !ReferenceEquals(statement, inner)).Skip(1).Any(Leaves),
                IConditionalOperation conditional when ReferenceEquals(conditional.Condition, inner) => ends || conditional.DescendantsAndSelf().Any(Leaves),
                _ => ends,
            };
        }

        return ends && IsLoop;
    }

    /// <summary>Whether an expression certainly has one value in all rounds.</summary>
    public bool IsInvariant(IOperation expression) => IsInvariant(expression, MaxChain);

    /// <summary>The loops and lambdas around an operation that run once for each of many items, from the inside out.</summary>
    private static IEnumerable<IOperation> Around(IOperation operation, Body body)
    {
        IOperation inner = operation;
        for (IOperation? outer = operation.Parent; outer is not null && !ReferenceEquals(inner, body.Root); inner = outer, outer = outer.Parent)
        {
            switch (outer)
            {
                case IForEachLoopOperation loop when !ReferenceEquals(loop.Collection, inner):
                case IForLoopOperation each when !each.Before.Contains(inner):
                case IWhileLoopOperation:
                    yield return outer;
                    break;
                case IAnonymousFunctionOperation when outer.CallHandedTo() is { } call && IsForEach(call.TargetMethod):
                    yield return outer;
                    break;
                case IAnonymousFunctionOperation when outer.CallHandedTo() is not { } call || !Runners.Any(name => call.TargetMethod.Name.StartsWith(name, StringComparison.Ordinal)):
                case ILocalFunctionOperation:
                    yield break;
            }
        }
    }

    private static bool IsForEach(IMethodSymbol method) => method.ContainingType.Name switch
    {
        "Enumerable" or "ParallelEnumerable" or "AsyncEnumerable" => method.Name is "Select" or "SelectAwait" or "SelectMany" or "ForAll" or "ForEachAsync" or "ForEachAwaitAsync",
        "Observable" => false,
        "Parallel" => true,
        _ => method.Name.StartsWith("ForEach", StringComparison.Ordinal) || method.Name.StartsWith("ParallelForEach", StringComparison.Ordinal) || method.Name == "ConvertAll",
    };

    private static bool IsWait(IInvocationOperation call) =>
        Waits.Any(word => call.TargetMethod.Name.StartsWith(word, StringComparison.Ordinal)) || call.TargetMethod.ContainingType.Name.StartsWith("Channel", StringComparison.Ordinal);

    private bool IsEndless => _around switch
    {
        IForLoopOperation { Condition: null } => true,
        IWhileLoopOperation { Condition: { } condition } => condition.ConstantValue is { HasValue: true, Value: true } || condition.DescendantsAndSelf().Any(part => part is IPropertyReferenceOperation { Property.Name: "IsCancellationRequested" }),
        _ => false,
    };

    private bool IsInHandler(IOperation operation)
    {
        for (IOperation? outer = operation.Parent; outer is not null && !ReferenceEquals(outer, _around); outer = outer.Parent)
        {
            if (outer is ICatchClauseOperation)
            {
                return true;
            }
        }

        return false;
    }

    private bool Leaves(IOperation statement) => statement switch
    {
        IReturnOperation { Kind: OperationKind.Return } or IThrowOperation => true,
        IExpressionStatementOperation { Operation: IThrowOperation } => true,
        IBranchOperation { BranchKind: BranchKind.Break } branch => _around is ILoopOperation loop && SymbolEqualityComparer.Default.Equals(branch.Target, loop.ExitLabel),
        _ => false,
    };

    private int CountOf()
    {
        switch (_around)
        {
            case IForEachLoopOperation loop:
                return CountOf(loop.Collection);
            case IForLoopOperation { Condition: IBinaryOperation { RightOperand.ConstantValue: { HasValue: true, Value: int bound } } condition, Before: [IVariableDeclarationGroupOperation { Declarations: [{ Declarators: [{ } counter] }] }] }:
                int first = counter.GetVariableInitializer()?.Value.ConstantValue is { HasValue: true, Value: int start } ? start : 0;
                return condition.OperatorKind switch
                {
                    BinaryOperatorKind.LessThan => bound - first,
                    BinaryOperatorKind.LessThanOrEqual => bound - first + 1,
                    _ => int.MaxValue,
                };
            case IAnonymousFunctionOperation when _around.CallHandedTo() is { } call && (call.Instance ?? call.Arguments.FirstOrDefault()?.Value) is { } source:
                return CountOf(source);
            default:
                return int.MaxValue;
        }
    }

    private int CountOf(IOperation collection) => _body.Resolved(collection) switch
    {
        IArrayCreationOperation { Initializer.ElementValues.Length: var count } => count,
        IObjectCreationOperation { Initializer.Initializers.Length: var count } => count,
        { Syntax: CollectionExpressionSyntax { Elements: var elements } } when elements.All(static element => element is ExpressionElementSyntax) => elements.Count,
        IInvocationOperation { TargetMethod: { Name: "Range", ContainingType.Name: "Enumerable" }, Arguments: [_, { Value.ConstantValue: { HasValue: true, Value: int count } }] } => count,
        IInvocationOperation { TargetMethod.ContainingType.SpecialType: SpecialType.System_Enum } => 0,
        _ => int.MaxValue,
    };

    private bool ChangesKey =>
        _call.Key?.Symbols.Any(_varying.Includes) == true ||
        (_call.KeyExpression is { } expression && (_varying.Reaches(expression) || expression.DescendantsAndSelf().Any(IsFickle)));

    private bool IsFickle(IOperation operation) => operation is IInvocationOperation call && _body.Keys.IsFickle(call);

    /// <summary>The variables that have another value in each round by themselves.</summary>
    private IEnumerable<ISymbol> Seeds()
    {
        switch (_around)
        {
            case IForEachLoopOperation loop:
                foreach (ILocalSymbol local in loop.Locals)
                {
                    yield return local;
                }

                break;
            case IAnonymousFunctionOperation { Symbol: { } function }:
                foreach (IParameterSymbol parameter in function.Parameters.Where(static parameter => parameter.Type.Name is not ("CancellationToken" or "ParallelLoopState")))
                {
                    yield return parameter;
                }

                break;
            case IWhileLoopOperation { Condition: { } condition }:
                // while (reader.Read()): what the reader then answers is the row's.
                foreach (IInvocationOperation call in condition.DescendantsAndSelf().OfType<IInvocationOperation>())
                {
                    if (call.Instance is { } instance && DefUse.SymbolOf(instance) is { } advanced and (ILocalSymbol or IParameterSymbol))
                    {
                        yield return advanced;
                    }
                }

                break;
        }

        foreach (IOperation operation in _around.Descendants())
        {
            IOperation? written = operation switch
            {
                IIncrementOrDecrementOperation increment => increment.Target,
                ICompoundAssignmentOperation compound => compound.Target,
                ISimpleAssignmentOperation assignment when assignment.Value.DescendantsAndSelf().Any(IsFickle) => assignment.Target,
                IArgumentOperation { Parameter.RefKind: RefKind.Out or RefKind.Ref } argument => argument.Value,
                _ => null,
            };
            if (written is not null && DefUse.SymbolOf(written) is { } symbol)
            {
                yield return symbol;
            }
            else if (operation is IVariableDeclaratorOperation { Symbol: { } declared } declarator && declarator.GetVariableInitializer()?.Value.DescendantsAndSelf().Any(IsFickle) == true)
            {
                yield return declared;
            }
        }
    }

    private bool IsInvariant(IOperation expression, int depth)
    {
        if (expression.ConstantValue.HasValue)
        {
            return true;
        }

        if (depth == 0)
        {
            return false;
        }

        switch (expression)
        {
            case ILocalReferenceOperation local:
                return IsInvariant(local, depth - 1);
            case IParameterReferenceOperation parameter:
                return IsInvariant(parameter.Parameter, depth - 1);
            case IFieldReferenceOperation field:
                return !_varying.Includes(field.Field) && (field.Instance is null || IsInvariant(field.Instance, depth));
            case IPropertyReferenceOperation property:
                return IsInvariant(property, depth - 1);
            case IInvocationOperation call:
                return IsInvariant(call, depth - 1);
            case IInstanceReferenceOperation or IDefaultValueOperation or IConditionalAccessInstanceOperation:
                return true;
            case IConversionOperation or IParenthesizedOperation or IBinaryOperation or IUnaryOperation or IConditionalOperation or ICoalesceOperation or IConditionalAccessOperation or IArgumentOperation:
            case IObjectCreationOperation { Initializer: null }:
                return expression.ChildOperations.All(child => IsInvariant(child, depth));
            default:
                return false;
        }
    }

    /// <summary>A local of outside that no round writes, or one of a round that is made of what does not change.</summary>
    private bool IsInvariant(ILocalReferenceOperation local, int depth)
    {
        if (_varying.Includes(local.Local))
        {
            return false;
        }

        DefUse assignments = IsOfBody(local) ? _body.Assignments : new(Root(local).DescendantsAndSelf());
        bool isOfRound = !IsOfBody(local) || IsInside(local.Local) || assignments.ValuesOf(local.Local).Any(value => value is not null && _around.Syntax.Span.Contains(value.Syntax.Span));
        return !isOfRound || (assignments.OnlyValue(local.Local) is { } value && IsInvariant(value, depth));
    }

    private bool IsInvariant(IParameterSymbol parameter, int depth)
    {
        // A helper's own parameter is what the call in the round hands over.
        IArgumentOperation? argument = SymbolEqualityComparer.Default.Equals(parameter.ContainingSymbol, _call.Wrapper ?? _call.Operation.TargetMethod.OriginalDefinition)
            ? _call.Operation.Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == parameter.Ordinal)
            : null;
        return !_varying.Includes(parameter) && !IsInside(parameter) && _body.Assignments.Writes(parameter) == 0 && (argument is null || (argument.Value.WithoutConversions() is not { ConstantValue: { HasValue: true, Value: null } } and not IDefaultValueOperation && IsInvariant(argument.Value, depth)));
    }

    private bool IsInvariant(IPropertyReferenceOperation reference, int depth)
    {
        IPropertySymbol property = reference.Property;
        if (property.Name is "Now" or "UtcNow" or "Today" || _varying.Includes(property) || (reference.Instance is { } instance && !IsInvariant(instance, depth)) || !reference.Arguments.All(argument => IsInvariant(argument, depth)))
        {
            return false;
        }

        // What a getter computes has to be in view; a stored value, or one of another assembly, is what it was.
        bool isStored = !property.IsOfSource(_knowledge.Catalog.Compilation) || property.IsAbstract || property.ContainingType.GetMembers().Any(member => member is IFieldSymbol field && SymbolEqualityComparer.Default.Equals(field.AssociatedSymbol, property));
        return isStored || (_knowledge.Summaries.GetterOf(property) is { } value && IsInvariant(value, depth));
    }

    private bool IsInvariant(IInvocationOperation call, int depth)
    {
        if (IsOfBody(call) && _body.ValuesOf(call).Length is not null)
        {
            return true;
        }

        bool isPure = call.TargetMethod.ContainingType is { Name: "TimeSpan" or "Math" or "Convert" or "Int32" or "Int64" or "Double" or "Nullable" or "Environment", ContainingNamespace.Name: "System" } ||
            call.TargetMethod.ContainingNamespace.ToDisplayString().StartsWith("Microsoft.Extensions.Configuration", StringComparison.Ordinal);
        return (call.Instance is null || IsInvariant(call.Instance, depth)) && call.Arguments.All(argument => IsInvariant(argument, depth)) &&
            (isPure || (_knowledge.Summaries.ReturnOf(call.TargetMethod) is { } value && IsInvariant(value, depth)));
    }

    /// <summary>Whether a reference stands in the body at hand, and not in a member that it uses.</summary>
    private bool IsOfBody(IOperation reference) => reference.Syntax.SyntaxTree == _body.Root.Syntax.SyntaxTree && _body.Root.Syntax.Span.Contains(reference.Syntax.Span);

    /// <summary>Whether a variable is one that each round makes anew.</summary>
    private bool IsInside(ISymbol variable) =>
        variable.Locations.FirstOrDefault() is { IsInSource: true } location && location.SourceTree == _around.Syntax.SyntaxTree && _around.Syntax.Span.Contains(location.SourceSpan);

    private static IOperation Root(IOperation operation)
    {
        while (operation.Parent is { } parent)
        {
            operation = parent;
        }

        return operation;
    }
}
