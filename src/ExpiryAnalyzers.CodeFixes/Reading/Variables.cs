using ExpiryAnalyzers.Operations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.CodeFixes.Reading;

/// <summary>Where the variables and members that a function uses are written and read.</summary>
internal sealed class Variables
{
    private readonly List<(ISymbol Symbol, IOperation? Value, SyntaxNode Syntax)> _writes = [];
    private readonly List<ILocalReferenceOperation> _references = [];

    /// <param name="inside">An operation of the function.</param>
    public Variables(IOperation inside)
    {
        while (inside.Parent is { } parent)
        {
            inside = parent;
        }

        foreach (IOperation operation in inside.DescendantsAndSelf())
        {
            Add(operation);
        }
    }

    /// <summary>The values that are written between two positions; null for a write that is no plain assignment.</summary>
    public IReadOnlyList<IOperation?> WritesBetween(ISymbol symbol, int start, int end) =>
    [
        .. WritesTo(symbol)
            .Where(write => write.Syntax.SpanStart >= start && write.Syntax.SpanStart < end)
            .Select(static write => write.Value),
    ];

    /// <summary>All values that are written; null for a write that is no plain assignment.</summary>
    public IReadOnlyList<IOperation?> WritesOf(ISymbol symbol) => [.. WritesTo(symbol).Select(static write => write.Value)];

    /// <summary>Whether a nested function writes a variable that it does not own.</summary>
    public bool IsWrittenByNested(ILocalSymbol local) => WritesTo(local).Any(write =>
        write.Syntax.Ancestors().FirstOrDefault(Statements.IsNestedFunction) is { } function &&
        local.DeclaringSyntaxReferences.All(declaration => !function.Span.Contains(declaration.Span)));

    /// <summary>The places that name a local; its declaration is none.</summary>
    public IEnumerable<SyntaxNode> ReferencesTo(ILocalSymbol local) => _references
        .Where(reference => SymbolEqualityComparer.Default.Equals(reference.Local, local))
        .Select(static reference => reference.Syntax);

    private IEnumerable<(ISymbol Symbol, IOperation? Value, SyntaxNode Syntax)> WritesTo(ISymbol symbol) =>
        _writes.Where(write => SymbolEqualityComparer.Default.Equals(write.Symbol, symbol));

    private void Add(IOperation operation)
    {
        switch (operation)
        {
            case IVariableDeclaratorOperation declarator when declarator.GetVariableInitializer() is { } initializer:
                _writes.Add((declarator.Symbol, initializer.Value, declarator.Syntax));
                break;
            case ISimpleAssignmentOperation assignment:
                Write(assignment.Target, assignment.Value);
                break;
            case IAssignmentOperation assignment:
                foreach (IOperation target in assignment.Target.DescendantsAndSelf())
                {
                    Write(target, null);
                }

                break;
            case IIncrementOrDecrementOperation increment:
                Write(increment.Target, null);
                break;
            case IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } argument:
                Write(argument.Value, null);
                break;
            case ILocalReferenceOperation reference:
                _references.Add(reference);
                break;
        }
    }

    private void Write(IOperation target, IOperation? value)
    {
        if (DefUse.SymbolOf(target) is { } symbol)
        {
            _writes.Add((symbol, value, target.Syntax));
        }
    }
}
