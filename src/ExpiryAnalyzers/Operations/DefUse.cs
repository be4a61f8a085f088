using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Operations;

/// <summary>Who writes and who reads the locals and parameters of one body, nested functions included.</summary>
internal sealed class DefUse
{
    private readonly Dictionary<ISymbol, List<IOperation?>> _writes = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ISymbol, List<IOperation>> _reads = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ISymbol, List<IOperation>> _targets = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ISymbol, (IOperation Collection, int Place)> _elements = new(SymbolEqualityComparer.Default);
    private readonly HashSet<ISymbol> _shared = new(SymbolEqualityComparer.Default);
    private readonly Functions? _functions;

    /// <param name="operations">The operations, in source order.</param>
    /// <param name="functions">The functions among them; null where only variables matter.</param>
    public DefUse(IEnumerable<IOperation> operations, Functions? functions = null)
    {
        _functions = functions;
        foreach (IOperation operation in operations)
        {
            switch (operation)
            {
                case IVariableDeclaratorOperation declarator when declarator.GetVariableInitializer() is { } initializer:
                    Write(declarator.Symbol, initializer.Value);
                    break;
                case ISimpleAssignmentOperation { IsRef: false } assignment:
                    Write(assignment.Target, assignment.Value);
                    break;
                case ICompoundAssignmentOperation or ICoalesceAssignmentOperation:
                    Write(((IAssignmentOperation)operation).Target, null);
                    break;
                case IIncrementOrDecrementOperation increment:
                    Write(increment.Target, null);
                    break;
                case IDeconstructionAssignmentOperation deconstruction:
                    foreach (IOperation target in deconstruction.Target.DescendantsAndSelf())
                    {
                        Write(target, null);
                    }

                    break;
                case IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } argument:
                    Write(argument.Value, null);
                    break;
                case IForEachLoopOperation loop:
                    foreach (ILocalSymbol local in loop.Locals)
                    {
                        Write(local, null);
                    }

                    AddElements(loop);
                    break;
                case IAnonymousFunctionOperation { Symbol.Parameters: [{ } element, ..] } function when function.CallHandedTo() is { } call && Runners.Contains(call.TargetMethod.Name) && (call.Instance ?? call.Arguments[0].Value) is { } collection:
                    _elements[element] = (collection, -1);
                    break;
                case IDeclarationPatternOperation { DeclaredSymbol: { } declared }:
                    Write(declared, null);
                    break;
                case IRecursivePatternOperation { DeclaredSymbol: { } declared }:
                    Write(declared, null);
                    break;
            }

            if (operation is ILocalReferenceOperation or IParameterReferenceOperation && SymbolOf(operation) is { } symbol)
            {
                Add(IsOnlyWritten(operation) ? _targets : _reads, symbol, operation);
            }
        }

        functions?.Propagate(operations, _shared);
    }

    /// <summary>The collection that a loop variable, or the parameter of a lambda that runs for each element, takes its value from, and which part of an element it is.</summary>
    public (IOperation Collection, int Place)? ElementOf(ISymbol variable) => _elements.TryGetValue(variable, out (IOperation, int) element) ? element : null;

    /// <summary>The value of a variable that is written exactly once; null where it is written otherwise, or by more than an expression.</summary>
    public IOperation? OnlyValue(ISymbol variable) => _writes.TryGetValue(variable, out List<IOperation?>? values) && values.Count == 1 ? values[0] : null;

    /// <summary>Whether a lambda or local function writes a variable of the function around it, so that no order tells its value.</summary>
    public bool IsShared(ISymbol variable) => _shared.Contains(variable);

    /// <summary>How often the body writes a variable; a parameter's arrival is not counted.</summary>
    public int Writes(ISymbol variable) => _writes.TryGetValue(variable, out List<IOperation?>? values) ? values.Count : 0;

    /// <summary>The values that the body gives a variable; null for a write that is no plain assignment.</summary>
    public IReadOnlyList<IOperation?> ValuesOf(ISymbol variable) => _writes.TryGetValue(variable, out List<IOperation?>? values) ? values : [];

    /// <summary>The places where the body reads a variable.</summary>
    public IReadOnlyList<IOperation> Reads(ISymbol variable) => _reads.TryGetValue(variable, out List<IOperation>? reads) ? reads : [];

    /// <summary>The places where the body names a variable, be it to read or to write it.</summary>
    public IEnumerable<IOperation> References(ISymbol variable) =>
        _targets.TryGetValue(variable, out List<IOperation>? targets) ? Reads(variable).Concat(targets) : Reads(variable);

    /// <summary>The local, parameter, field or property that an expression names.</summary>
    public static ISymbol? SymbolOf(IOperation operation) => operation switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        IFieldReferenceOperation field => field.Field,
        IPropertyReferenceOperation property => property.Property,
        IDeclarationExpressionOperation declaration => SymbolOf(declaration.Expression),
        _ => null,
    };

    /// <summary>How methods are named that run a lambda for each element of what they are called on, or given first.</summary>
    private static readonly string[] Runners = ["Select", "ForEach", "ForEachAsync"];

    private void AddElements(IForEachLoopOperation loop)
    {
        IOperation control = loop.LoopControlVariable is IDeclarationExpressionOperation declaration ? declaration.Expression : loop.LoopControlVariable;
        if (control is IVariableDeclaratorOperation { Symbol: { } variable })
        {
            _elements[variable] = (loop.Collection, -1);
        }
        else if (control is ITupleOperation tuple)
        {
            for (int i = 0; i < tuple.Elements.Length; i++)
            {
                if (SymbolOf(tuple.Elements[i]) is { } part)
                {
                    _elements[part] = (loop.Collection, i);
                }
            }
        }
    }

    private static bool IsOnlyWritten(IOperation reference) =>
        (reference.Parent is ISimpleAssignmentOperation assignment && ReferenceEquals(assignment.Target, reference)) ||
        reference.Parent is IDeclarationExpressionOperation ||
        reference.Parent is IArgumentOperation { Parameter.RefKind: RefKind.Out };

    private static void Add<T>(Dictionary<ISymbol, List<T>> lists, ISymbol symbol, T entry)
    {
        if (!lists.TryGetValue(symbol, out List<T>? list))
        {
            lists[symbol] = list = [];
        }

        list.Add(entry);
    }

    private void Write(IOperation target, IOperation? value)
    {
        if (SymbolOf(target) is { } symbol)
        {
            Write(symbol, value);
            if (symbol is ILocalSymbol or IParameterSymbol && _functions is not null)
            {
                Share(symbol, _functions.Of(target));
            }
        }
    }

    /// <summary>Notes a write in a function that does not declare the variable.</summary>
    private void Share(ISymbol symbol, Function writer)
    {
        if (writer.Symbol is not null && writer.IsOuter(symbol))
        {
            _shared.Add(symbol);
            writer.Writes.Add(symbol);
        }
    }

    private void Write(ISymbol symbol, IOperation? value) => Add(_writes, symbol, value);
}
