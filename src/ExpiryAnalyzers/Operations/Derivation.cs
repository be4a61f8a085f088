using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Operations;

/// <summary>
/// The variables of a body whose values are made, wholly or in part, of one expression's value, or of other variables.
/// Order does not count.
/// </summary>
internal sealed class Derivation
{
    private readonly IOperation? _source;
    private readonly HashSet<ISymbol> _variables;

    /// <summary>The members of the object at hand, and static ones, that are written with what is made of the source.</summary>
    private readonly HashSet<ISymbol> _members;

    public Derivation(IVariableUses body, IOperation source)
        : this(body, source, [])
    {
    }

    public Derivation(IVariableUses body, IEnumerable<ISymbol> variables)
        : this(body, null, variables)
    {
    }

    private Derivation(IVariableUses body, IOperation? source, IEnumerable<ISymbol> variables)
    {
        _source = source;
        _variables = new(variables, SymbolEqualityComparer.Default);
        _members = new(SymbolEqualityComparer.Default);
        Stack<ISymbol> open = new(_variables);
        HashSet<IOperation> seen = [];
        if (source is not null)
        {
            Add(VariablesOf(body, source, seen));
        }

        while (open.Count > 0)
        {
            ISymbol variable = open.Pop();
            foreach (IOperation reference in body.Assignments.References(variable))
            {
                Add(Flows.From(reference, body, seen));
            }
        }

        void Add(IEnumerable<ISymbol> variables)
        {
            foreach (ISymbol variable in variables)
            {
                if (IsMember(variable))
                {
                    _members.Add(variable);
                }
                else if (_variables.Add(variable))
                {
                    open.Push(variable);
                }
            }
        }
    }

    private Derivation(IOperation source, HashSet<ISymbol> variables, HashSet<ISymbol> members)
    {
        _source = source;
        _variables = variables;
        _members = members;
    }

    /// <summary>The variables that hold what is made of the source.</summary>
    public IReadOnlyCollection<ISymbol> Variables => _variables;

    /// <summary>The variables that an expression's value goes to without passing another variable.</summary>
    public static IReadOnlyCollection<ISymbol> VariablesOf(IVariableUses body, IOperation source)
    {
        HashSet<ISymbol> variables = new(SymbolEqualityComparer.Default);
        variables.UnionWith(VariablesOf(body, source, []).Where(static variable => !IsMember(variable)));
        return variables;
    }

    /// <summary>The same variables, of an expression whose value goes to the one variable that these are made of.</summary>
    public Derivation From(IOperation source) => new(source, _variables, _members);

    /// <summary>Whether the expression uses the source's value.</summary>
    public bool Reaches(IOperation expression) =>
        expression.DescendantsAndSelf().Any(part => part.Syntax == _source?.Syntax || HoldsSource(part));

    private bool HoldsSource(IOperation part) => part switch
    {
        ILocalReferenceOperation local => _variables.Contains(local.Local),
        IParameterReferenceOperation parameter => _variables.Contains(parameter.Parameter),
        IMemberReferenceOperation member when Flows.IsOwn(member) => _members.Contains(member.Member),
        _ => false,
    };

    private static bool IsMember(ISymbol variable) => variable is IFieldSymbol or IPropertySymbol;

    /// <summary>Whether a variable's value is made of the source.</summary>
    public bool Includes(ISymbol variable) => _variables.Contains(variable);

    private static IEnumerable<ISymbol> VariablesOf(IVariableUses body, IOperation source, HashSet<IOperation> seen)
    {
        foreach (ISymbol variable in Flows.From(source, body, seen))
        {
            yield return variable;
        }

        // source?.TryGet(out var part): behind the question mark stands what is before it.
        for (IOperation? inner = source; inner is not null && inner.Syntax == source.Syntax && inner != body.Root; inner = inner.Parent)
        {
            if (inner.Parent is IConditionalAccessOperation access && ReferenceEquals(access.Operation, inner))
            {
                foreach (IOperation part in access.WhenNotNull.DescendantsAndSelf())
                {
                    if (part is IConditionalAccessInstanceOperation && part.Syntax == source.Syntax)
                    {
                        foreach (ISymbol variable in Flows.From(part, body, seen))
                        {
                            yield return variable;
                        }
                    }
                }
            }
        }
    }
}

/// <summary>Where the values of expressions go.</summary>
internal static class Flows
{
    /// <summary>
    /// The variables that are written with what is made of an expression's value: a walk up from it, which ends where another has been.
    /// </summary>
    /// <param name="expression">The expression.</param>
    /// <param name="body">The body; nothing outside it counts.</param>
    /// <param name="seen">Where other walks have been.</param>
    public static IEnumerable<ISymbol> From(IOperation expression, IVariableUses body, HashSet<IOperation> seen)
    {
        IOperation? inner = expression;
        while (inner is not null && seen.Add(inner))
        {
            if (inner is IInvocationOperation call)
            {
                foreach (ILocalSymbol written in WrittenBy(call))
                {
                    yield return written;
                }
            }

            if (ReferenceEquals(inner, body.Root) || inner.Parent is not { } outer)
            {
                yield break;
            }

            foreach (ISymbol variable in Into(outer, inner))
            {
                yield return variable;
            }

            // What a statement holds belongs to no value but that of a lambda around.
            inner = Places.IsStatement(outer) ? body.Places.Of(outer).Lambda : outer;
        }
    }

    /// <summary>value.TryParse(out long number), TryDecode(value, out var entry)</summary>
    private static IEnumerable<ILocalSymbol> WrittenBy(IInvocationOperation call)
    {
        foreach (IArgumentOperation argument in call.Arguments)
        {
            if (argument.Parameter is { RefKind: RefKind.Out or RefKind.Ref } &&
                DefUse.SymbolOf(argument.Value) is ILocalSymbol written)
            {
                yield return written;
            }
        }
    }

    /// <summary>Whether a member is static or of the object at hand, and not of one that is being made.</summary>
    public static bool IsOwn(IMemberReferenceOperation member) =>
        member.Instance is null or IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance };

    /// <summary>The variables and own members that an operation writes with the value of one of its parts.</summary>
    private static IEnumerable<ISymbol> Into(IOperation outer, IOperation inner) => outer switch
    {
        IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator } => [declarator.Symbol],
        IVariableInitializerOperation { Parent: IVariableDeclarationOperation declaration } => declaration.Declarators
            .Where(static declarator => declarator.Initializer is null)
            .Select(static declarator => declarator.Symbol),
        IDeconstructionAssignmentOperation deconstruction when ReferenceEquals(deconstruction.Value, inner) => deconstruction.Target
            .DescendantsAndSelf().OfType<ILocalReferenceOperation>()
            .Select(static target => target.Local),
        IAssignmentOperation { Target: ILocalReferenceOperation or IParameterReferenceOperation } assignment
            when ReferenceEquals(assignment.Value, inner) => [DefUse.SymbolOf(assignment.Target)!],
        IAssignmentOperation { Target: IMemberReferenceOperation target } assignment
            when IsOwn(target) && ReferenceEquals(assignment.Value, inner) => [target.Member],
        IForEachLoopOperation loop when ReferenceEquals(loop.Collection, inner) => loop.Locals,
        IIsPatternOperation test when ReferenceEquals(test.Value, inner) => test.Pattern.DescendantsAndSelf()
            .Select(static part => part switch
            {
                IDeclarationPatternOperation declaration => declaration.DeclaredSymbol,
                IRecursivePatternOperation recursive => recursive.DeclaredSymbol,
                _ => null,
            })
            .OfType<ISymbol>(),
        _ => [],
    };
}
