using System.Collections.Immutable;
using ExpiryAnalyzers.Operations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Keys;

/// <summary>
/// Reads the expressions of one body as keys. Each expression and each variable is read once; a variable that leads to itself is just
/// that variable. Expressions are taken apart on a stack of our own, so that their depth is no matter.
/// </summary>
/// <param name="assignments">What the body's variables are given.</param>
/// <param name="helpers">What the user's own members make of keys.</param>
/// <param name="depth">How many of those, each reading the next, are looked into.</param>
internal sealed class KeyReader(DefUse assignments, KeyHelpers helpers, int depth = KeyCaps.HelperDepth)
{
    private const int Many = 256;

    private readonly Dictionary<IOperation, KeyPlan> _plans = [];
    private readonly Dictionary<IOperation, Key> _keys = [];
    private readonly Stack<(IOperation Operation, KeyPlan Plan, int Next)> _open = new();

    /// <summary>What one look for variables has passed, and what it has still to pass.</summary>
    private HashSet<IOperation> _passed = [];
    private readonly Stack<IOperation> _toPass = new();
    private SmallMap<ISymbol, Key> _variables = new(SymbolEqualityComparer.Default);
    private SmallMap<ISymbol, KeySource> _sources = new(SymbolEqualityComparer.Default);
    private KeyPlanner? _planner;
    private KeyShapes? _shapes;

    /// <summary>The keys of the body.</summary>
    public KeyTable Table { get; } = new();

    /// <summary>The key that an expression certainly is; null where that is not certain: then it equals nothing, not even itself.</summary>
    public Key? Of(IOperation? operation) => operation is not null && TreeOf(operation) is { IsCertain: true } key ? key : null;

    /// <summary>The keys of the pairs of a collection.</summary>
    public Key? OfEachKey(IOperation pairs) => ElementOf(pairs, 0);

    /// <summary>The keys of a collection of keys.</summary>
    public Key? OfEach(IOperation keys) => ElementOf(keys, -1);

    /// <summary>The sort of keys that an expression belongs to; null where nothing fixed tells it from any other key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="isForwarded">Whether the code around hands on what its caller stores, so that it may store keys of any sort.</param>
    public string? ShapeOf(IOperation? key, bool isForwarded = false) => key is null ? null : Shapes.ShapeOf(TreeOf(key), isForwarded);

    /// <summary>The sort of keys that a key belongs to; null where nothing fixed tells it from any other key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="isForwarded">Whether the code around hands on what its caller stores, so that it may store keys of any sort.</param>
    public string? ShapeOf(Key? key, bool isForwarded = false) => key is null ? null : Shapes.ShapeOf(key, isForwarded);

    /// <summary>The fixed text that a key begins with.</summary>
    public string HeadOf(IOperation key) => Shapes.HeadOf(TreeOf(key));

    /// <summary>The fixed texts of a key in order, with a null for each part that varies.</summary>
    public IReadOnlyList<string?> TextsOf(Key key) => Shapes.TextsOf(key);

    /// <summary>Whether all that varies in a key is text that the caller hands in, so that it may be any key behind a prefix.</summary>
    public bool IsHanded(IOperation key) => Shapes.IsHanded(TreeOf(key));

    /// <summary>Whether a call answers something else each time.</summary>
    public bool IsFickle(IInvocationOperation call) => helpers.Purity.Of(call) == Answer.Another;

    /// <summary>Whether a call is known to change what its object answers, as a reader's next line does.</summary>
    public bool IsMove(IInvocationOperation call) => helpers.Purity.IsKnownToChange(call.TargetMethod);

    private KeyShapes Shapes => _shapes ??= new(helpers);

    private KeyPlanner Planner => _planner ??= new(Table, helpers, depth);

    /// <summary>All that can be read of an expression, what is not certain included.</summary>
    public Key TreeOf(IOperation operation)
    {
        lock (_keys)
        {
            return _keys.TryGetValue(operation, out Key? key) ? key : ReadAnew(operation);
        }
    }

    private Key ReadAnew(IOperation operation)
    {
        // Most expressions are constants, or parameters and locals whose value is known: those need no order.
        KeyPlan plan = PlanOf(operation);
        if (plan is { Needs.IsEmpty: true, Key: { } known })
        {
            _plans.Remove(operation);
            return _keys[operation] = known;
        }

        if (plan.Variable is null || !_variables.ContainsKey(plan.Variable))
        {
            Settle(operation);
        }

        return Read(operation);
    }

    /// <summary>What a parameter is called.</summary>
    public Key OfParameter(IParameterSymbol parameter) => IsOfPrimaryConstructor(parameter)
        ? Table.Member(parameter, ImmutableArray.Create(Table.This))
        : Table.Var(parameter);

    /// <summary>Whether a parameter that a method uses is one of its type's primary constructor, that is a field in all but name.</summary>
    public static bool IsOfPrimaryConstructor(IParameterSymbol parameter) =>
        parameter.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.Constructor };

    /// <summary>An element of a collection, or a part of each: two loops over one collection are about the same keys.</summary>
    private Key? ElementOf(IOperation collection, int place)
    {
        (IOperation origin, bool areMade) = KeyElements.Of(collection, assignments, helpers.Purity.Types);
        if (areMade)
        {
            // It stands for each of them, and not for the one that the query is at.
            return Of(origin)?.Canonical is not { } made ? null : place < 0 ? made : Table.Part(made, place);
        }

        if (place < 0 && Planner.DictionaryOf(origin) is { } dictionary)
        {
            (origin, place) = (dictionary.WithoutConversions(), 0);
        }

        // A collection that is made in place is another one each time.
        return origin is IInvocationOperation || Of(origin) is not { } all ? null
            : place < 0 ? Table.Each(all)
            : Table.Part(Table.Each(all), place);
    }

    /// <summary>Reads an expression whose variables are settled.</summary>
    private Key Read(IOperation root)
    {
        if (PlanOf(root) is { Needs.IsEmpty: true } leaf)
        {
            _plans.Remove(root);
            return _keys[root] = Made(leaf);
        }

        // One stack for all: what is read on the way has its part of it above.
        int bottom = _open.Count;
        _open.Push((root, PlanOf(root), 0));
        while (_open.Count > bottom)
        {
            (IOperation operation, KeyPlan plan, int next) = _open.Pop();
            while (next < plan.Needs.Length && _keys.ContainsKey(plan.Needs[next]))
            {
                next++;
            }

            if (next < plan.Needs.Length)
            {
                helpers.CancellationToken.ThrowIfCancellationRequested();
                _open.Push((operation, plan, next));
                _open.Push((plan.Needs[next], PlanOf(plan.Needs[next]), 0));
                continue;
            }

            _keys[operation] = Made(plan);
            _plans.Remove(operation);
        }

        return _keys[root];
    }

    private Key Made(KeyPlan plan) => plan.Variable is { } variable ? _variables[variable]
        : plan.Key ?? plan.Make?.Invoke(KeysOf(plan.Needs)) ?? _keys[plan.Needs[0]];

    private ImmutableArray<Key> KeysOf(ImmutableArray<IOperation> needs)
    {
        if (needs.Length == 1)
        {
            return ImmutableArray.Create(_keys[needs[0]]);
        }

        ImmutableArray<Key>.Builder keys = ImmutableArray.CreateBuilder<Key>(needs.Length);
        foreach (IOperation need in needs)
        {
            keys.Add(_keys[need]);
        }

        return keys.MoveToImmutable();
    }

    private KeyPlan PlanOf(IOperation operation)
    {
        if (!_plans.TryGetValue(operation, out KeyPlan? plan))
        {
            _plans[operation] = plan = Planner.Of(operation);
        }

        return plan;
    }

    /// <summary>Adds the variables that an expression is read from, and that are not read yet or in a circle that is.</summary>
    private void AddVariablesOf(IOperation root, HashSet<ISymbol>? inCircle, ref List<ISymbol>? variables)
    {
        // To clear a table costs what it has held.
        if (_passed.Count > Many)
        {
            _passed = [];
        }

        _passed.Clear();
        _toPass.Clear();
        _toPass.Push(root);
        while (_toPass.Count > 0)
        {
            IOperation operation = _toPass.Pop();
            if (_keys.ContainsKey(operation))
            {
                continue;
            }

            KeyPlan plan = PlanOf(operation);
            if (plan.Variable is { } variable && (!_variables.ContainsKey(variable) || inCircle?.Contains(variable) == true))
            {
                (variables ??= []).Add(variable);
                if (!_sources.ContainsKey(variable))
                {
                    _sources[variable] = KeySource.Of(variable, operation, assignments, helpers);
                }
            }

            foreach (IOperation need in plan.Needs)
            {
                // Most are leaves, or one behind the other.
                if (plan.Needs.Length == 1 || _passed.Add(need))
                {
                    _toPass.Push(need);
                }
            }
        }
    }

    /// <summary>
    /// Reads the variables that an expression needs, each after those that it needs itself (Tarjan's way): those of a circle cannot be
    /// told by each other, and are just themselves, whichever was asked for first.
    /// </summary>
    private void Settle(IOperation root)
    {
        List<ISymbol>? variables = null;
        AddVariablesOf(root, null, ref variables);
        if (variables is not null && !variables.TrueForAll(IsReadAlone))
        {
            Settle(variables);
        }
    }

    /// <summary>Reads a variable that needs no other that is not read yet, as most do; answers whether it is read now.</summary>
    private bool IsReadAlone(ISymbol variable)
    {
        if (_variables.ContainsKey(variable))
        {
            return true;
        }

        List<ISymbol>? needs = null;
        foreach (IOperation part in _sources[variable].Needs)
        {
            AddVariablesOf(part, null, ref needs);
        }

        if (needs is not null)
        {
            return false;
        }

        _variables[variable] = Read(variable, _sources[variable]);
        return true;
    }

    private void Settle(List<ISymbol> variables)
    {
        Dictionary<ISymbol, (int Index, int Low)> seen = new(SymbolEqualityComparer.Default);
        Stack<ISymbol> circle = new();
        HashSet<ISymbol> inCircle = new(SymbolEqualityComparer.Default);
        Stack<(ISymbol? Variable, List<ISymbol> Needs, int Next)> open = new();
        open.Push((null, variables, 0));
        while (open.Count > 0)
        {
            (ISymbol? variable, List<ISymbol> needs, int next) = open.Pop();
            if (next < needs.Count)
            {
                ISymbol need = needs[next];
                open.Push((variable, needs, next + 1));
                if (!seen.ContainsKey(need))
                {
                    seen[need] = (seen.Count, seen.Count);
                    circle.Push(need);
                    inCircle.Add(need);
                    open.Push((need, NeedsOf(need, inCircle), 0));
                }
                else if (variable is not null && inCircle.Contains(need))
                {
                    seen[variable] = (seen[variable].Index, Math.Min(seen[variable].Low, seen[need].Index));
                }

                continue;
            }

            if (variable is not null)
            {
                (int index, int low) = seen[variable];
                bool leadsToItself = needs.Contains(variable, SymbolEqualityComparer.Default);
                bool isCircle = leadsToItself || low < index || !ReferenceEquals(circle.Peek(), variable);
                _variables[variable] = isCircle ? PlainOf(variable) : Read(variable, _sources[variable]);
                if (low == index)
                {
                    ISymbol last;
                    do
                    {
                        last = circle.Pop();
                        inCircle.Remove(last);
                    }
                    while (!SymbolEqualityComparer.Default.Equals(last, variable));
                }

                if (open.Count > 0 && open.Peek().Variable is { } outer)
                {
                    seen[outer] = (seen[outer].Index, Math.Min(seen[outer].Low, low));
                }
            }
        }
    }

    private List<ISymbol> NeedsOf(ISymbol variable, HashSet<ISymbol> inCircle)
    {
        List<ISymbol>? needs = null;
        foreach (IOperation part in _sources[variable].Needs)
        {
            AddVariablesOf(part, inCircle, ref needs);
        }

        return needs ?? [];
    }

    private Key PlainOf(ISymbol variable) => assignments.IsAliased(variable) ? Table.Unknown
        : variable is IParameterSymbol parameter ? OfParameter(parameter)
        : Table.Var(variable);

    private Key Read(ISymbol variable, KeySource source)
    {
        Key plain = PlainOf(variable);
        if (!plain.IsCertain)
        {
            return plain;
        }

        switch (source)
        {
            case { Value: { } value }:
                Key made = TreeOf(value);
                return made.IsCertain && !made.Symbols.Any(part => assignments.Outlives(variable, part)) ? made : Table.Alias(plain, made);
            case { Collection: { } collection }:
                return ElementOf(collection, source.Place) is { } element ? Table.Round(variable, element) : plain;
            case { Helper: { } helper }:
                // What decides about the database is no lambda itself.
                ImmutableArray<Key> parts = source.Needs.Select(TreeOf).ToImmutableArray();
                Key handed = Table.Operation("handed" + source.Place, helper, parts);
                return handed.IsCertain ? handed : plain;
            default:
                return plain;
        }
    }
}

/// <summary>How an expression is read: what is read before it, and what is made of that.</summary>
/// <param name="Needs">The expressions that are read before.</param>
/// <param name="Make">What is made of their keys; null where the key is that of the only one.</param>
internal sealed record KeyPlan(ImmutableArray<IOperation> Needs, Func<ImmutableArray<Key>, Key>? Make)
{
    /// <summary>The key, where nothing else is needed.</summary>
    public Key? Key { get; init; }

    /// <summary>The variable that the expression is.</summary>
    public ISymbol? Variable { get; init; }
}

/// <summary>Where a variable has its value from.</summary>
internal sealed class KeySource
{
    /// <summary>What is read before the variable.</summary>
    public ImmutableArray<IOperation> Needs { get; private init; } = ImmutableArray<IOperation>.Empty;

    /// <summary>The only value that is written to it.</summary>
    public IOperation? Value { get; private init; }

    /// <summary>The collection that it goes through.</summary>
    public IOperation? Collection { get; private init; }

    /// <summary>The helper that hands it to a lambda.</summary>
    public IMethodSymbol? Helper { get; private init; }

    /// <summary>Which part of an element it is, or which parameter of the lambda.</summary>
    public int Place { get; private init; }

    public static KeySource Of(ISymbol variable, IOperation reference, DefUse assignments, KeyHelpers helpers)
    {
        if (variable is ILocalSymbol && assignments.OnlyValue(variable) is { } value)
        {
            return new() { Value = value, Needs = ImmutableArray.Create(value) };
        }

        if (assignments.ElementOf(variable) is var (collection, place))
        {
            IOperation origin = KeyElements.Of(collection, assignments, helpers.Purity.Types).Origin;
            return new() { Collection = collection, Place = place, Needs = ImmutableArray.Create(origin) };
        }

        return variable is IParameterSymbol parameter && helpers.IsDatabase(parameter.Type) &&
            CallHandedTo(parameter, reference) is { } call
            ? new() { Helper = call.TargetMethod.OriginalDefinition, Place = parameter.Ordinal, Needs = PartsOf(call) }
            : new();
    }

    /// <summary>
    /// The call of the helper that hands a lambda its database: equal calls hand over the same one, as equal <c>GetDatabase</c> calls
    /// answer it.
    /// </summary>
    private static IInvocationOperation? CallHandedTo(IParameterSymbol parameter, IOperation reference)
    {
        if (parameter.ContainingSymbol is not IMethodSymbol { MethodKind: MethodKind.AnonymousFunction } function)
        {
            return null;
        }

        for (IOperation? around = reference.Parent; around is not null; around = around.Parent)
        {
            if (around is IAnonymousFunctionOperation lambda && SymbolEqualityComparer.Default.Equals(lambda.Symbol, function))
            {
                return lambda.CallHandedTo();
            }
        }

        return null;
    }

    private static ImmutableArray<IOperation> PartsOf(IInvocationOperation call)
    {
        IEnumerable<IOperation> parts = call.Arguments.Where(static argument => argument.Parameter?.Type.TypeKind != TypeKind.Delegate);
        return (call.Instance is { } owner ? parts.Prepend(owner) : parts).ToImmutableArray();
    }
}
