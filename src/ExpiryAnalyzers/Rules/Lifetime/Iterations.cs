using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Calls;
using ExpiryAnalyzers.Keys;
using ExpiryAnalyzers.Operations;
using ExpiryAnalyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace ExpiryAnalyzers.Rules.Lifetime;

/// <summary>
/// The iterations of one body, and what changes from round to round of each. Nothing is looked for loop by loop: what a variable is made of
/// is found once, each write that makes it another in each round is known by its place, and a loop is a stretch of source.
/// </summary>
internal sealed class Iterations
{
    private readonly Body _body;
    private readonly WellKnownTypes _types;
    private readonly Dictionary<IOperation, Round?> _around = [];
    private readonly Dictionary<IOperation, Round> _rounds = [];
    private readonly Dictionary<IOperation, DefUse> _assignments = [];

    /// <summary>Where variables get a value that is another one each time.</summary>
    private readonly Dictionary<ISymbol, List<int>> _renewals = new(SymbolEqualityComparer.Default);

    /// <summary>The variables that the values of a variable are made of.</summary>
    private readonly Dictionary<ISymbol, HashSet<ISymbol>> _parts = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ISymbol, HashSet<ISymbol>> _origins = new(SymbolEqualityComparer.Default);

    /// <summary>The calls that wait, by place, each with where the handler begins that it stands in.</summary>
    private readonly List<(int Place, int Handler)> _waits = [];
    private bool _isLookedThrough;

    public Iterations(Body body, WellKnownTypes types)
    {
        _body = body;
        _types = types;
    }

    /// <summary>Looks through the body, once it has an iteration.</summary>
    private void Look()
    {
        if (_isLookedThrough)
        {
            return;
        }

        _isLookedThrough = true;
        TextSpan[] fickle = [.. _body.Operations.Where(IsFickle)
            .Select(static call => call.Syntax.Span)
            .OrderBy(static span => span.Start)
            .ThenBy(static span => span.End)];
        foreach (IOperation operation in _body.Operations)
        {
            foreach ((ISymbol variable, IOperation value) in FlowsOf(operation))
            {
                AddParts(variable, value);
            }

            if (Renewed(operation, fickle) is { } renewed)
            {
                _renewals.AddTo(renewed, operation.Syntax.SpanStart);
            }

            if (operation is IInvocationOperation call && IsWait(call))
            {
                _waits.Add((call.Syntax.SpanStart, HandlerAround(call)));
            }
        }

        foreach (List<int> places in _renewals.Values)
        {
            places.Sort();
        }

        _waits.Sort();
    }

    /// <summary>The innermost loop or lambda around an operation that runs once for each of many items.</summary>
    public Round? Around(IOperation operation)
    {
        List<IOperation> path = [];
        Round? found = null;
        for (IOperation inner = operation; !_around.TryGetValue(inner, out found); inner = inner.Parent!)
        {
            path.Add(inner);
            bool isEnd = inner.Parent is null || ReferenceEquals(inner, _body.Root);
            if (isEnd || IsRound(inner.Parent!, inner) || IsBorder(inner.Parent!))
            {
                found = !isEnd && IsRound(inner.Parent!, inner) ? RoundOf(inner.Parent!) : null;
                break;
            }
        }

        foreach (IOperation inner in path)
        {
            _around[inner] = found;
        }

        return found;
    }

    /// <summary>Whether a variable, field or property has another value in each round.</summary>
    public bool Varies(ISymbol symbol, Round round) => OriginsOf(symbol).Any(origin => IsAnother(origin, round));

    /// <summary>Whether a variable is given another value in each round, be it not through others that are.</summary>
    public bool IsAnother(ISymbol origin, Round round) => round.Own.Contains(origin) || IsRenewedIn(origin, round.Span);

    /// <summary>All that the key of a call is made of.</summary>
    public IReadOnlyCollection<ISymbol> OriginsOf(CacheCall call)
    {
        IEnumerable<ISymbol> written = call.KeyExpression?.DescendantsAndSelf()
            .Where(static part => part is ILocalReferenceOperation or IParameterReferenceOperation)
            .Select(static part => DefUse.SymbolOf(part)!) ?? [];
        HashSet<ISymbol>? all = null;
        foreach (ISymbol symbol in written.Concat(call.Key?.Symbols ?? Key.NoSymbols))
        {
            all ??= new(SymbolEqualityComparer.Default);
            all.UnionWith(OriginsOf(symbol));
        }

        return all ?? (IReadOnlyCollection<ISymbol>)[];
    }

    /// <summary>Whether a call in a stretch of source waits, and not only in a handler that stands in it.</summary>
    public bool WaitsIn(TextSpan span)
    {
        Look();
        for (int i = Sorted.FirstFrom(_waits, span.Start, static wait => wait.Place); i < _waits.Count && _waits[i].Place < span.End; i++)
        {
            if (_waits[i].Handler <= span.Start)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether an operation is a call that answers something else each time.</summary>
    public bool IsFickle(IOperation operation) => operation is IInvocationOperation call && _body.Keys.IsFickle(call);

    /// <summary>Who writes the variables of a member that the body uses.</summary>
    public DefUse AssignmentsAround(IOperation operation)
    {
        IOperation root = operation;
        while (root.Parent is { } parent)
        {
            root = parent;
        }

        if (!_assignments.TryGetValue(root, out DefUse? assignments))
        {
            _assignments[root] = assignments = new(root.DescendantsAndSelf());
        }

        return assignments;
    }

    private Round RoundOf(IOperation operation)
    {
        if (!_rounds.TryGetValue(operation, out Round? round))
        {
            _rounds[operation] = round = new(operation, OwnVariables(operation));
        }

        return round;
    }

    /// <summary>The variables that are another one in each round by themselves.</summary>
    private IEnumerable<ISymbol> OwnVariables(IOperation operation) => operation switch
    {
        IForEachLoopOperation loop => loop.Locals,
        IAnonymousFunctionOperation { Symbol: { } function } =>
            function.Parameters.Where(
                parameter =>
                    !_types.Is(parameter.Type, KnownType.CancellationToken) && !_types.Is(parameter.Type, KnownType.ParallelLoopState)),

        // while (reader.Read()): what the reader then answers is the row's.
        IWhileLoopOperation { Condition: { } condition } => condition.DescendantsAndSelf().OfType<IInvocationOperation>()
            .Select(static call => call.Instance is { } instance ? DefUse.SymbolOf(instance) : null)
            .Where(static advanced => advanced is ILocalSymbol or IParameterSymbol).Select(static advanced => advanced!),
        _ => [],
    };

    private bool IsRound(IOperation outer, IOperation inner) => outer switch
    {
        IForEachLoopOperation loop => !ReferenceEquals(loop.Collection, inner),
        IForLoopOperation loop => !loop.Before.Contains(inner),
        IWhileLoopOperation => true,
        IAnonymousFunctionOperation => outer.CallHandedTo() is { } call && IsForEach(call.TargetMethod),
        _ => false,
    };

    /// <summary>Whether code does not run when and as often as the code around it.</summary>
    private bool IsBorder(IOperation outer) => outer switch
    {
        IAnonymousFunctionOperation => outer.CallHandedTo() is not { } call || !NameHints.Runners.Fits(call.TargetMethod.Name),
        ILocalFunctionOperation => true,
        _ => false,
    };

    /// <summary>Whether a method runs a lambda for each element.</summary>
    private bool IsForEach(IMethodSymbol method) =>
        _types.Is(method, KnownMember.ForEachOfQuery) || _types.Is(method.ContainingType, KnownType.Parallel) ||
        (!_types.Is(method.ContainingType, KnownTypes.Queries) &&
            (NameHints.ForEach.Fits(method.Name) || NameHints.ConvertAll.Fits(method.Name)));

    /// <summary>Whether a call lets time pass, or answers when something arrives.</summary>
    private static bool IsWait(IInvocationOperation call) =>
        NameHints.Waits.Fits(call.TargetMethod.Name) || NameHints.Channels.Fits(call.TargetMethod.ContainingType.Name);

    private int HandlerAround(IOperation operation)
    {
        for (IOperation? outer = operation.Parent; outer is not null && !ReferenceEquals(outer, _body.Root); outer = outer.Parent)
        {
            if (outer is ICatchClauseOperation)
            {
                return outer.Syntax.SpanStart;
            }
        }

        return -1;
    }

    /// <summary>The variable, field or property to which an operation gives a value that is another one each time.</summary>
    private static ISymbol? Renewed(IOperation operation, TextSpan[] fickle)
    {
        IOperation? written = operation switch
        {
            IIncrementOrDecrementOperation increment => increment.Target,
            ICompoundAssignmentOperation compound => compound.Target,
            ISimpleAssignmentOperation assignment when HoldsOne(assignment.Value, fickle) => assignment.Target,
            IArgumentOperation { Parameter.RefKind: RefKind.Out or RefKind.Ref } argument => argument.Value,
            _ => null,
        };
        return written is not null && DefUse.SymbolOf(written) is { } symbol ? symbol
            : operation is IVariableDeclaratorOperation declarator && declarator.GetVariableInitializer() is { } initializer &&
                HoldsOne(initializer.Value, fickle) ? declarator.Symbol
            : null;
    }

    /// <summary>Whether one of some spans, sorted, lies in an expression.</summary>
    private static bool HoldsOne(IOperation expression, TextSpan[] spans)
    {
        TextSpan whole = expression.Syntax.Span;
        int first = Sorted.FirstFrom(spans, whole.Start, static span => span.Start);
        return first < spans.Length && whole.Contains(spans[first]);
    }

    /// <summary>What an operation gives to local variables, whole or in part.</summary>
    private static IEnumerable<(ISymbol Variable, IOperation Value)> FlowsOf(IOperation operation) => operation switch
    {
        IVariableDeclaratorOperation declarator when declarator.GetVariableInitializer() is { } initializer =>
            [(declarator.Symbol, initializer.Value)],
        IAssignmentOperation { Target: ILocalReferenceOperation target } assignment => [(target.Local, assignment.Value)],
        IDeconstructionAssignmentOperation deconstruction => From(deconstruction.Value,
            deconstruction.Target.DescendantsAndSelf().OfType<ILocalReferenceOperation>().Select(static target => target.Local)),
        IForEachLoopOperation loop => From(loop.Collection, loop.Locals),
        IIsPatternOperation test => From(test.Value, test.Pattern.DescendantsAndSelf()
            .Select(
                static part =>
                    (part as IDeclarationPatternOperation)?.DeclaredSymbol ?? (part as IRecursivePatternOperation)?.DeclaredSymbol)
            .OfType<ISymbol>()),

        // value.TryParse(out long number), TryDecode(value, out var entry)
        IInvocationOperation call
            when call.TargetMethod.Parameters.Any(static parameter => parameter.RefKind is RefKind.Out or RefKind.Ref) =>
            From(call, call.Arguments
                .Where(static argument => argument.Parameter is { RefKind: RefKind.Out or RefKind.Ref })
                .Select(
                    static argument => argument.Value is IDeclarationExpressionOperation declared ? declared.Expression : argument.Value)
                .OfType<ILocalReferenceOperation>()
                .Select(static written => written.Local)),
        _ => [],
    };

    private static IEnumerable<(ISymbol Variable, IOperation Value)> From(IOperation value, IEnumerable<ISymbol> variables) =>
        variables.Select(variable => (variable, value));

    private void AddParts(ISymbol variable, IOperation value)
    {
        if (!_parts.TryGetValue(variable, out HashSet<ISymbol>? parts))
        {
            _parts[variable] = parts = new(SymbolEqualityComparer.Default);
        }

        foreach (IOperation part in value.DescendantsAndSelf())
        {
            if (part is ILocalReferenceOperation or IParameterReferenceOperation && DefUse.SymbolOf(part) is { } symbol)
            {
                parts.Add(symbol);
            }
        }
    }

    /// <summary>A variable, and all that its values are made of.</summary>
    private HashSet<ISymbol> OriginsOf(ISymbol symbol)
    {
        Look();
        if (!_origins.TryGetValue(symbol, out HashSet<ISymbol>? origins))
        {
            _origins[symbol] = origins = new(SymbolEqualityComparer.Default) { symbol };
            Stack<ISymbol> open = new([symbol]);
            while (open.Count > 0)
            {
                foreach (ISymbol part in _parts.TryGetValue(open.Pop(), out HashSet<ISymbol>? parts) ? parts : [])
                {
                    if (origins.Add(part))
                    {
                        open.Push(part);
                    }
                }
            }
        }

        return origins;
    }

    private bool IsRenewedIn(ISymbol symbol, TextSpan span) => _renewals.TryGetValue(symbol, out List<int>? places) &&
        Sorted.FirstFrom(places, span.Start) is var first && first < places.Count && places[first] < span.End;
}

/// <summary>A loop, or a lambda handed to a call that runs it for each element.</summary>
internal sealed class Round
{
    private readonly Dictionary<IOperation, bool> _leaving = [];

    /// <summary>Where the last statement of a block begins that ends the rounds.</summary>
    private readonly Dictionary<IBlockOperation, int> _ends = [];

    /// <param name="operation">The loop, or the lambda.</param>
    /// <param name="own">The variables that are another one in each round by themselves.</param>
    public Round(IOperation operation, IEnumerable<ISymbol> own)
    {
        Operation = operation;
        Span = operation.Syntax.Span;
        Own = new(own, SymbolEqualityComparer.Default);
    }

    public IOperation Operation { get; }

    public TextSpan Span { get; }

    /// <summary>The variables that are another one in each round by themselves.</summary>
    public HashSet<ISymbol> Own { get; }

    /// <summary>How many rounds there are at most, once that is asked for.</summary>
    public int? Count { get; set; }

    public bool Contains(IOperation operation) =>
        operation.Syntax.SyntaxTree == Operation.Syntax.SyntaxTree && Span.Contains(operation.Syntax.Span);

    /// <summary>Whether a variable is one that each round makes anew.</summary>
    public bool Declares(ISymbol variable) =>
        variable.Locations.FirstOrDefault() is { IsInSource: true } location && location.SourceTree == Operation.Syntax.SyntaxTree &&
        Span.Contains(location.SourceSpan);

    /// <summary>Whether no further round comes behind a statement of a block.</summary>
    public bool EndsBehind(IBlockOperation block, IOperation statement)
    {
        if (!_ends.TryGetValue(block, out int end))
        {
            _ends[block] = end = block.Operations.LastOrDefault(Leaves)?.Syntax.SpanStart ?? -1;
        }

        return end > statement.Syntax.SpanStart;
    }

    /// <summary>Whether a branch of a choice ends the rounds.</summary>
    public bool EndsIn(IConditionalOperation choice)
    {
        if (!_leaving.TryGetValue(choice, out bool leaves))
        {
            _leaving[choice] = leaves = choice.DescendantsAndSelf().Any(Leaves);
        }

        return leaves;
    }

    private bool Leaves(IOperation statement) => statement switch
    {
        IReturnOperation { Kind: OperationKind.Return } or IThrowOperation => true,
        IExpressionStatementOperation { Operation: IThrowOperation } => true,
        IBranchOperation { BranchKind: BranchKind.Break } branch =>
            Operation is ILoopOperation loop && SymbolEqualityComparer.Default.Equals(branch.Target, loop.ExitLabel),
        _ => false,
    };
}
