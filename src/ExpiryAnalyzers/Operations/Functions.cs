using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Operations;

/// <summary>A lambda, local function or whole body.</summary>
/// <param name="Root">The function's operation.</param>
/// <param name="Symbol">The function's symbol; null for a whole body.</param>
/// <param name="Parent">The function around; null for a whole body.</param>
internal sealed record Function(IOperation Root, IMethodSymbol? Symbol, Function? Parent)
{
    /// <summary>How many variables of other functions a function is known to write one by one.</summary>
    private const int MostWrites = 64;

    private HashSet<ISymbol>? _writes;
    private HashSet<Function>? _callees;

    /// <summary>The variables of functions around that this one writes, or one that it calls or holds; perhaps more of them.</summary>
    public HashSet<ISymbol> Writes
    {
        get => _writes ??= new(SymbolEqualityComparer.Default);
        set => _writes = value;
    }

    /// <summary>The functions that this one calls, hands on or holds.</summary>
    public HashSet<Function> Callees => _callees ??= [];

    /// <summary>The function itself and all that run when it does, as far as can be told.</summary>
    public IReadOnlyCollection<Function> Reached()
    {
        HashSet<Function> reached = [this];
        Stack<Function> open = new([this]);
        while (open.Count > 0)
        {
            foreach (Function callee in open.Pop().Callees)
            {
                if (reached.Add(callee))
                {
                    open.Push(callee);
                }
            }
        }

        return reached;
    }

    /// <summary>Adds what a callee writes; answers whether that is news.</summary>
    public bool Add(HashSet<ISymbol> written, HashSet<ISymbol> shared)
    {
        if (ReferenceEquals(Writes, shared))
        {
            return false;
        }

        int before = Writes.Count;
        Writes.UnionWith(written.Where(IsOuter));
        bool isNews = Writes.Count != before;
        if (Writes.Count > MostWrites)
        {
            Writes = shared;
        }

        return isNews;
    }

    public bool Equals(Function? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => Root.GetHashCode();

    /// <summary>Whether a call of the function may run none of its code, because the answer is run through later.</summary>
    public bool IsIterator =>
        Symbol?.ReturnType is { TypeKind: TypeKind.Interface } &&
        Root.Descendants().Any(static part => part.Kind is OperationKind.YieldReturn);

    /// <summary>Whether a variable is declared outside the function.</summary>
    public bool IsOuter(ISymbol variable) => !SymbolEqualityComparer.Default.Equals(variable.ContainingSymbol, Symbol) &&
        variable.Locations.FirstOrDefault() is { } location &&
        !(location.SourceTree == Root.Syntax.SyntaxTree && Root.Syntax.Span.Contains(location.SourceSpan));
}

/// <summary>The functions of a body, found by position.</summary>
internal sealed class Functions
{
    private readonly List<Function> _all = [];
    private SmallMap<IMethodSymbol, Function> _bySymbol = new(SymbolEqualityComparer.Default);
    private SmallMap<IOperation, Function> _byRoot = new();

    /// <param name="root">The whole body.</param>
    /// <param name="operations">All operations of it, in source order.</param>
    public Functions(IOperation root, IEnumerable<IOperation> operations)
    {
        Add(new(root, null, null));
        foreach (IOperation operation in operations)
        {
            IMethodSymbol? symbol = operation switch
            {
                IAnonymousFunctionOperation lambda => lambda.Symbol,
                ILocalFunctionOperation local => local.Symbol,
                _ => null,
            };
            if (symbol is not null && !ReferenceEquals(operation, root))
            {
                Add(new(operation, symbol, InnermostAt(operation.Syntax.SpanStart, operation.Syntax.Span.End)));
            }
        }
    }

    /// <summary>The functions, those around before those inside.</summary>
    public IReadOnlyList<Function> All => _all;

    /// <summary>The function whose code an operation is part of; a function is part of itself.</summary>
    public Function Of(IOperation operation) => _byRoot.TryGetValue(operation, out Function? own) ? own
        : InnermostAt(operation.Syntax.SpanStart, operation.Syntax.Span.End);

    /// <summary>The lambda or local function of a symbol.</summary>
    public Function? Of(IMethodSymbol symbol) => _bySymbol.TryGetValue(symbol.OriginalDefinition, out Function? function) ? function : null;

    /// <summary>
    /// Passes on what functions write to those that call or hold them. One that writes more than is told apart may write all that is
    /// shared.
    /// </summary>
    /// <param name="operations">All operations of the body.</param>
    /// <param name="shared">Every variable that a function writes which is not its own.</param>
    public void Propagate(IEnumerable<IOperation> operations, HashSet<ISymbol> shared)
    {
        if (_all.Count == 1)
        {
            return;
        }

        foreach (IOperation operation in operations)
        {
            IMethodSymbol? called = operation switch
            {
                IInvocationOperation { TargetMethod: { MethodKind: MethodKind.LocalFunction } method } => method,
                IMethodReferenceOperation { Method: { MethodKind: MethodKind.LocalFunction } method } => method,
                _ => null,
            };
            if (called is not null && Of(called) is { } callee)
            {
                Of(operation).Callees.Add(callee);
            }
        }

        Dictionary<Function, List<Function>> callers = [];
        foreach (Function function in _all)
        {
            function.Parent?.Callees.Add(function);
            foreach (Function callee in function.Callees)
            {
                callers.AddTo(callee, function);
            }
        }

        Queue<Function> changed = new(_all.Where(static function => function.Writes.Count > 0));
        while (changed.Count > 0)
        {
            Function function = changed.Dequeue();
            foreach (Function caller in callers.TryGetValue(function, out List<Function>? known) ? known : [])
            {
                if (caller.Symbol is not null && caller.Add(function.Writes, shared))
                {
                    changed.Enqueue(caller);
                }
            }
        }
    }

    private Function InnermostAt(int start, int end)
    {
        int low = 0;
        int high = _all.Count - 1;
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            (low, high) = _all[middle].Root.Syntax.SpanStart <= start ? (middle, high) : (low, middle - 1);
        }

        Function function = _all[low];
        while (function.Parent is { } parent && !(function.Root.Syntax.SpanStart <= start && function.Root.Syntax.Span.End >= end))
        {
            function = parent;
        }

        return function;
    }

    private void Add(Function function)
    {
        _all.Add(function);
        _byRoot[function.Root] = function;
        if (function.Symbol is { } symbol)
        {
            _bySymbol[symbol.OriginalDefinition] = function;
        }
    }
}
