using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Keys;
using ExpiryAnalyzers.Operations;
using ExpiryAnalyzers.Symbols;
using ExpiryAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace ExpiryAnalyzers.Rules.Lock;

/// <summary>A time limit that the code sets for its own work, beside a lock.</summary>
/// <param name="Value">The expression that gives the limit.</param>
/// <param name="Length">Its length, where constant.</param>
/// <param name="IsReduced">
/// Whether something is taken off it where it is used, so that it is certainly shorter than <paramref name="Value"/> says.
/// </param>
internal sealed record WorkLimit(IOperation Value, TimeSpan? Length, bool IsReduced = false)
{
    /// <summary>The unit of a value that is a number: milliseconds, in all of the framework's limits but the clocks'.</summary>
    public TimeUnit Unit { get; init; } = TimeUnit.Milliseconds;
}

/// <summary>
/// The times that limit the work of one body: of tokens, waits, stopwatches, deadlines and timeouts. They are found in one walk and
/// sorted by
/// where they act, so that each lock asks only for those in its code.
/// </summary>
internal sealed class WorkLimits
{
    /// <summary>How many terms of a deadline are followed.</summary>
    private const int MaxTerms = 8;

    /// <summary>How many calls of one function of the body are looked at.</summary>
    private const int MaxCalls = 64;

    private readonly Body _body;
    private readonly WellKnownTypes _types;

    /// <summary>All limits, in the order in which they are written.</summary>
    private readonly List<WorkLimit> _limits = [];

    private readonly LimitTable _everywhere;
    private readonly LimitTable _inPlace;
    private readonly LimitTable _byToken;

    /// <summary>Where the code looks at a token that ends, sorted by position.</summary>
    private readonly List<IOperation> _reads = [];

    /// <summary>The calls of methods that make nothing of such a token.</summary>
    private readonly List<IInvocationOperation> _ignoring = [];
    private readonly Lazy<ILookup<ISymbol, IOperation>> _localCalls;

    public WorkLimits(Body body)
    {
        _body = body;
        _types = body.Knowledge.Types;
        _localCalls = new(() => body.Operations.OfType<IInvocationOperation>()
            .Where(static call => call.TargetMethod.MethodKind == MethodKind.LocalFunction)
            .ToLookup(static call => (ISymbol)call.TargetMethod.OriginalDefinition, static call => (IOperation)call,
                (IEqualityComparer<ISymbol>)SymbolEqualityComparer.Default));
        List<int> everywhere = [];
        List<(int Position, LimitGroup Group)> inPlace = [];
        List<(int Position, WorkLimit Limit)> found = [];
        Dictionary<ILocalSymbol, List<int>> sources = new(SymbolEqualityComparer.Default);
        foreach (IOperation operation in body.Operations)
        {
            if (SourceLimit(operation) is var (source, delay))
            {
                List<int> limits = VariableOf(source) is not ILocalSymbol local ? everywhere
                    : sources.TryGetValue(local, out List<int>? known) ? known
                    : sources[local] = [];
                limits.Add(_limits.Count);
                _limits.Add(delay);
            }
            else
            {
                found.Clear();
                AddLimitsAt(operation, found);
                foreach ((int position, WorkLimit limit) in found)
                {
                    inPlace.Add((position, GroupOf([_limits.Count], [limit])));
                    _limits.Add(limit);
                }
            }
        }

        _everywhere = new(everywhere.Count == 0 ? [] : [(0, GroupOf(everywhere, everywhere.Select(index => _limits[index])))]);
        _inPlace = new(inPlace);
        _byToken = new(sources.SelectMany(source => Uses(source.Key, GroupOf(source.Value, source.Value.Select(index => _limits[index])))));
        _reads.Sort(static (left, right) => left.Syntax.SpanStart.CompareTo(right.Syntax.SpanStart));
    }

    /// <summary>The limits of the code in a region, in the order in which they are written.</summary>
    /// <param name="region">The region.</param>
    /// <param name="helper">The call of a helper that runs the work, and that a token for it is handed to.</param>
    public IReadOnlyList<WorkLimit> In(LockRegion region, SyntaxNode? helper) => [.. Parts(region, helper)
        .SelectMany(static part => part.Table.Groups(part.Span))
        .SelectMany(static group => group.Limits)
        .Distinct()
        .OrderBy(static index => index)
        .Select(index => _limits[index])];

    /// <summary>The first limit of the code in a region, and whether all are too long.</summary>
    /// <param name="region">The region.</param>
    /// <param name="helper">The call of a helper that runs the work, and that a token for it is handed to.</param>
    /// <param name="ttl">The lock's TTL, where it is constant.</param>
    /// <param name="margin">What must lie between a limit and the TTL.</param>
    /// <param name="expiry">The lock's TTL as written.</param>
    public (WorkLimit First, bool AreTooLong)? Judge(
        LockRegion region, SyntaxNode? helper, TimeSpan? ttl, TimeSpan margin, SpanName? expiry)
    {
        int first = int.MaxValue;
        bool isOneShort = false;
        foreach ((LimitTable table, TextSpan span) in Parts(region, helper))
        {
            first = Math.Min(first, table.First(span));
            isOneShort = isOneShort || table.HasShort(span, ttl, margin, expiry);
        }

        return first < int.MaxValue ? (_limits[first], !isOneShort) : null;
    }

    /// <summary>
    /// Where the code in a region hands its tokens to calls that give tasks; none where a token is used in another way, or other limits
    /// act there.
    /// </summary>
    public IReadOnlyList<IOperation> TokensHandedOn(LockRegion region, int most)
    {
        List<IOperation> handed = [];
        bool isLimited = _everywhere.First(new(0, 1)) < int.MaxValue;
        foreach (TextSpan span in region.Spans(int.MaxValue))
        {
            isLimited = isLimited || _inPlace.First(span) < int.MaxValue;
            handed.AddRange(_reads.Skip(Sorted.FirstFrom(_reads, span.Start, static read => read.Syntax.SpanStart))
                .TakeWhile(read => read.Syntax.SpanStart < span.End).Take(most + 1 - handed.Count));
        }

        return isLimited || handed.Count > most || !handed.All(read => TokenReach.IsHandedToTask(read, _types)) ? [] : handed;
    }

    /// <summary>
    /// The first call in a region of a method of the user's own that is handed a token which ends, and makes nothing of it.
    /// </summary>
    public IInvocationOperation? FirstIgnoring(LockRegion region) => _ignoring.Where(call => region.Contains(call.Syntax.Span))
        .OrderBy(static call => call.Syntax.SpanStart).FirstOrDefault();

    private IEnumerable<(LimitTable Table, TextSpan Span)> Parts(LockRegion region, SyntaxNode? helper)
    {
        yield return (_everywhere, new(0, 1));
        foreach (TextSpan span in region.Spans(int.MaxValue))
        {
            yield return (_inPlace, span);
            yield return (_byToken, span);
        }

        if (helper is not null)
        {
            yield return (_byToken, helper.Span);
        }
    }

    private LimitGroup GroupOf(IReadOnlyList<int> indexes, IEnumerable<WorkLimit> limits) => new(indexes, [.. limits], _body);

    /// <summary>A source that ends its token after a time, with that time.</summary>
    private (IOperation Source, WorkLimit Limit)? SourceLimit(IOperation operation)
    {
        if (EndOfToken(operation, _types) is var (source, delay))
        {
            return (source, Limit(delay));
        }

        return operation switch
        {
            IObjectCreationOperation { Arguments: [{ } callback, _, { } due, ..] } timer when _types.Is(timer.Type, KnownType.Timer) &&
                CancelledBy(callback.Value) is { } cancelled => (cancelled, Limit(due.Value)),
            IInvocationOperation made when _types.Is(made.Type, KnownType.CancellationTokenSource) && LimitMadeBy(made) is { } limit =>
                (made, limit),
            _ => null,
        };
    }

    /// <summary>A source that code makes with the time after which its token ends, or gives one later; with that time.</summary>
    public static (IOperation Source, IOperation Delay)? EndOfToken(IOperation operation, WellKnownTypes types) => operation switch
    {
        IObjectCreationOperation { Arguments: [{ } delay, ..] } creation
            when types.Is(creation.Type, KnownType.CancellationTokenSource) => (creation, delay.Value),
        IInvocationOperation { Instance: { } source, Arguments: [{ } delay, ..] } call
            when types.Is(call.TargetMethod, KnownMember.CancelAfter) => (source, delay.Value),
        _ => null,
    };

    /// <summary>The source whose token a timer's callback ends, whatever else it finds.</summary>
    private IOperation? CancelledBy(IOperation callback) => callback.AsLambda() is not { } lambda ? null
        : lambda.Body.Operations.Select(static step => step switch
        {
            IExpressionStatementOperation { Operation: { } done } => done,
            IReturnOperation { ReturnedValue: { } given } => given,
            _ => step,
        }).OfType<IInvocationOperation>().FirstOrDefault(call => _types.Is(call.TargetMethod, KnownMember.CancelToken))?.Instance;

    /// <summary>
    /// The limit of a source that a method of the user's own makes: the time that it is handed, or one that is made of more and is not
    /// known; null where the method sets none.
    /// </summary>
    private WorkLimit? LimitMadeBy(IInvocationOperation made)
    {
        Summaries summaries = _body.Knowledge.Summaries;
        if (summaries.MethodOf(made) is not { } method || summaries.RootOf(method) is not { } root ||
            root.Descendants().Select(part => EndOfToken(part, _types)).FirstOrDefault(static end => end is not null) is not var (_, delay))
        {
            return null;
        }

        if (delay.WithoutConversions() is IParameterReferenceOperation { Parameter: { } handed } && made.Arguments.For(handed) is { } given)
        {
            return Limit(given.Value);
        }

        TimeSpan? length = Waits.LengthOf(delay, _body);
        return new(made, length, IsReduced: length is null);
    }

    private void AddLimitsAt(IOperation operation, List<(int Position, WorkLimit Limit)> found)
    {
        switch (operation)
        {
            case IInvocationOperation wait
                when _types.Is(wait.TargetMethod, KnownMember.WaitAsync) || _types.Is(wait.TargetMethod, KnownMember.Wait):
                foreach (IArgumentOperation argument in wait.Arguments)
                {
                    if (argument.Parameter?.Type is { } type &&
                        (_types.Is(type, KnownType.TimeSpan) || type.SpecialType == SpecialType.System_Int32))
                    {
                        found.Add((wait.Syntax.SpanStart, Limit(argument.Value)));
                    }
                }

                break;
            case IInvocationOperation { Arguments: [{ } delay, ..] } race
                when _types.Is(race.TargetMethod, KnownMember.Delay) && IsRaced(race):
                found.Add((race.Syntax.SpanStart, Limit(delay.Value)));
                break;
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual or
                BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual } test:
                if (!IsOnlyTold(test) &&
                    (DeadlineOf(test.LeftOperand, test.RightOperand) ?? DeadlineOf(test.RightOperand, test.LeftOperand)) is { } deadline)
                {
                    found.Add((test.Syntax.SpanStart, deadline));
                }

                break;
            case IIsPatternOperation { Value: { } clock, Pattern: IRelationalPatternOperation { Value: { } bound } } match
                when !IsOnlyTold(match) && DeadlineOf(clock, bound) is { } relation:
                found.Add((match.Syntax.SpanStart, relation));
                break;
            case IArgumentOperation { Parameter: { } parameter, Parent: IInvocationOperation call,
                ArgumentKind: ArgumentKind.Explicit } argument
                when _types.Is(parameter.Type, KnownType.TimeSpan) && NameHints.Timeouts.Fits(parameter.Name) &&
                    !KnownNamespace.Threading.Holds(call.TargetMethod) &&
                    _body.CallsAt(call.Syntax).All(static known => !known.Has(Effect.TakeLock | Effect.ExtendLock)):
                found.Add((call.Syntax.SpanStart, Limit(argument.Value)));
                break;
        }
    }

    /// <summary>Whether a test only decides what is said of the work, and not whether it goes on.</summary>
    private bool IsOnlyTold(IOperation test)
    {
        IOperation inner = test;
        while (inner.Parent is IBinaryOperation or IUnaryOperation or IParenthesizedOperation or IConversionOperation)
        {
            inner = inner.Parent;
        }

        return inner.Parent is IConditionalOperation { Type: null } choice && ReferenceEquals(choice.Condition, inner) &&
            choice.WhenTrue.DescendantsAndSelf().Concat(choice.WhenFalse?.DescendantsAndSelf() ?? []).All(IsTold);
    }

    private bool IsTold(IOperation part) => part switch
    {
        IReturnOperation or IThrowOperation or IBranchOperation or IAssignmentOperation or IIncrementOrDecrementOperation => false,
        IInvocationOperation call => KnownNamespace.Quick.Any(space => space.Holds(call.TargetMethod.ContainingType)) &&
            !_types.Is(call.TargetMethod.ContainingType, KnownType.CancellationTokenSource) &&
            call.TargetMethod.MethodKind != MethodKind.DelegateInvoke,
        _ => true,
    };

    private WorkLimit Limit(IOperation value, TimeUnit unit = TimeUnit.Milliseconds) =>
        new(value is IConversionOperation conversion ? conversion.Operand : value, Waits.LengthOf(value, unit, _body)) { Unit = unit };

    /// <summary>
    /// The limit of a test against a stopwatch or a clock: <c>watch.Elapsed &lt; limit</c>, <c>UtcNow &lt; started + limit</c>.
    /// </summary>
    private WorkLimit? DeadlineOf(IOperation clock, IOperation limit)
    {
        IOperation bare = clock.WithoutConversions();
        return bare is IBinaryOperation { OperatorKind: BinaryOperatorKind.Subtract, Type: { } type } && _types.IsDuration(type)
                ? Limit(limit)
            : UnitOfPassed(_body.Resolved(bare)) is { } unit ? Limit(limit, unit)
            : UnitOfReading(bare) is { } count ? SpanOf(limit, count)
            : _types.IsUseOf(bare, KnownMember.Clock) || IsClockOfUser(bare) ? SpanOf(limit, TimeUnit.Unknown)
            : null;
    }

    /// <summary>
    /// The unit in which an expression says how much time has passed: <c>watch.Elapsed.TotalSeconds</c>, <c>TickCount64 - started</c>;
    /// milliseconds, as of a limit, where that is a span. Null where it says anything else.
    /// </summary>
    private TimeUnit? UnitOfPassed(IOperation operation) => operation switch
    {
        _ when _types.IsUseOf(operation, KnownMember.ElapsedTicks) => TimeUnit.Unknown,
        _ when IsSpanFromClock(operation) => TimeUnit.Milliseconds,
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Subtract, LeftOperand: { } now } => UnitOfReading(_body.Resolved(now)),
        IPropertyReferenceOperation { Instance: { } span, Property: { Name: { } name, Type.SpecialType: SpecialType.System_Double } }
            when IsSpanFromClock(_body.Resolved(span)) => TimeNames.UnitOf(name),
        _ => null,
    };

    /// <summary>Whether an expression is the span up to now: that of a stopwatch, or what lies between a clock and an instant.</summary>
    private bool IsSpanFromClock(IOperation operation) => operation switch
    {
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Subtract, LeftOperand: { } now } =>
            _types.IsDuration(operation.Type) && IsNow(now),
        IInvocationOperation { Instance: { } now } move when _types.Is(move.TargetMethod, KnownMember.SubtractInstant) =>
            _types.IsDuration(operation.Type) && IsNow(now),
        _ => _types.IsUseOf(operation, KnownMember.GetElapsedTime) || _types.IsUseOf(operation, KnownMember.Elapsed),
    };

    private bool IsNow(IOperation operation) =>
        _types.IsUseOf(_body.Resolved(operation), KnownMember.Clock) || IsClockOfUser(operation.WithoutConversions());

    /// <summary>The unit in which a clock is read as a number: <c>TickCount64</c>, <c>UtcNow.Ticks</c>; null where it is none.</summary>
    private TimeUnit? UnitOfReading(IOperation operation)
    {
        if (_types.IsUseOf(operation, KnownMember.TickCount) || _types.IsUseOf(operation, KnownMember.ElapsedMilliseconds))
        {
            return TimeUnit.Milliseconds;
        }

        (IOperation? clock, string name) = operation switch
        {
            IPropertyReferenceOperation property => (property.Instance, property.Property.Name),
            IInvocationOperation call => (call.Instance, call.TargetMethod.Name),
            _ => (null, ""),
        };
        return _types.IsUseOf(clock, KnownMember.Clock) && !_types.IsInstant(operation.Type) &&
            TimeNames.UnitOf(name) is var unit and not TimeUnit.Unknown ? unit : null;
    }

    private static bool IsClockOfUser(IOperation operation) => operation switch
    {
        IPropertyReferenceOperation { Property.Name: { } name } => NameHints.ClockProperties.Fits(name),
        IInvocationOperation { TargetMethod.Name: { } name } => NameHints.ClockMethods.Fits(name),
        _ => false,
    };

    /// <summary>What is added to a clock to make a deadline: <c>UtcNow + budget - slack</c>.</summary>
    /// <param name="deadline">The deadline.</param>
    /// <param name="count">The unit of a deadline that is a number; none where it is an instant.</param>
    private WorkLimit? SpanOf(IOperation deadline, TimeUnit count)
    {
        // From the outside in, and then back: what is added first is the limit.
        Stack<IOperation> terms = new();
        IOperation? term = deadline;
        while (term is not null && terms.Count < MaxTerms)
        {
            IOperation resolved = _body.Resolved(term);
            term = resolved switch
            {
                IBinaryOperation { OperatorKind: BinaryOperatorKind.Add or BinaryOperatorKind.Subtract } binary => binary.LeftOperand,
                IInvocationOperation { Instance: { } instance, Arguments.Length: 1 } call
                    when _types.Is(call.TargetMethod, KnownMember.AddToInstant) => instance,
                _ => null,
            };
            if (term is not null)
            {
                terms.Push(resolved);
            }
        }

        WorkLimit? limit = null;
        while (terms.Count > 0)
        {
            limit = terms.Pop() switch
            {
                IBinaryOperation { OperatorKind: BinaryOperatorKind.Subtract } difference => limit is null ? null
                    : limit with { Length = Sum(limit.Length, -TermOf(difference)), IsReduced = true },
                IBinaryOperation sum => Plus(limit, sum.RightOperand, TermOf(sum), count),
                IInvocationOperation { Arguments: [{ } argument] } added =>
                    Plus(limit, argument.Value, LengthAdded(added.TargetMethod, argument.Value), TimeNames.UnitOf(added.TargetMethod.Name)),
                _ => limit,
            };
        }

        return limit;

        TimeSpan? TermOf(IBinaryOperation sum) =>
            Waits.LengthOf(sum.RightOperand, count == TimeUnit.Unknown ? TimeUnit.Milliseconds : count, _body);

        static WorkLimit Plus(WorkLimit? before, IOperation value, TimeSpan? length, TimeUnit unit) =>
            before is null ? new(value, length) { Unit = unit } : before with { Length = Sum(before.Length, length) };
    }

    /// <summary>Two spans together; null where one is not known, or no span is as long.</summary>
    private static TimeSpan? Sum(TimeSpan? left, TimeSpan? right) =>
        left?.Ticks + (double?)right?.Ticks is { } ticks && Math.Abs(ticks) < long.MaxValue
            ? new TimeSpan(left!.Value.Ticks + right!.Value.Ticks) : null;

    private TimeSpan? LengthAdded(IMethodSymbol method, IOperation value) =>
        TimeNames.UnitOf(method.Name) is var unit && unit == TimeUnit.Unknown ? Waits.LengthOf(value, _body)
        : _body.ValuesOf(value).Number * TimeArithmetic.TicksPer(unit) is { } ticks ? new TimeSpan((long)ticks)
        : null;

    /// <summary>The variable that a source is, or that one just made is kept in; null where it is kept elsewhere, or not at all.</summary>
    private static ISymbol? VariableOf(IOperation source)
    {
        ISymbol? variable = DefUse.SymbolOf(source);
        for (IOperation? parent = source.Parent; variable is null && IsOnTheWay(parent); parent = parent!.Parent)
        {
            variable = parent switch
            {
                IVariableDeclaratorOperation declarator => declarator.Symbol,
                ISimpleAssignmentOperation assignment => DefUse.SymbolOf(assignment.Target),
                _ => null,
            };
        }

        return variable;
    }

    private static bool IsOnTheWay(IOperation? parent) =>
        parent is IConversionOperation or IVariableInitializerOperation or IVariableDeclaratorOperation or ISimpleAssignmentOperation;

    /// <summary>Where the code looks at the token of a source: one that nobody asks limits nothing.</summary>
    private IEnumerable<(int Position, LimitGroup Group)> Uses(ILocalSymbol source, LimitGroup group)
    {
        foreach (IOperation read in TokensOf(source))
        {
            if (TokenReach.IgnoredBy(read, _body) is { } ignoring)
            {
                _ignoring.Add(ignoring);
            }
            else if (!_types.IsUseOf(read.Parent, KnownMember.EndsTokenSource) && !IsOnlyTold(TokenReach.Whole(read)))
            {
                _reads.Add(read);
                yield return (read.Syntax.SpanStart, group);
                foreach (IOperation call in CallsAround(read).Take(MaxCalls))
                {
                    yield return (call.Syntax.SpanStart, group);
                }
            }
        }
    }

    /// <summary>Where the local function or the delegate in a variable that an operation is a part of is called, or handed on.</summary>
    private IEnumerable<IOperation> CallsAround(IOperation read) => _body.Places.Of(read).Function switch
    {
        ILocalFunctionOperation { Symbol: { } local } => _localCalls.Value[local.OriginalDefinition],
        IAnonymousFunctionOperation lambda when lambda.HolderOfDelegate() is IVariableInitializerOperation
            { Parent: IVariableDeclaratorOperation { Symbol: { } held } } => _body.Assignments.Reads(held),
        _ => [],
    };

    /// <summary>The reads of a source, and those of variables that hold its token or a source linked to it.</summary>
    private IEnumerable<IOperation> TokensOf(ILocalSymbol source)
    {
        foreach (IOperation read in _body.Assignments.Reads(source))
        {
            yield return read;
            for (IOperation? parent = read.Parent; parent is not null and not IBlockOperation; parent = parent.Parent)
            {
                if (parent is IVariableDeclaratorOperation { Symbol: { } derived } &&
                    (_types.Is(derived.Type, KnownType.CancellationToken) || _types.Is(derived.Type, KnownType.CancellationTokenSource)))
                {
                    foreach (IOperation next in _body.Assignments.Reads(derived))
                    {
                        yield return next;
                    }
                }
            }
        }
    }

    private bool IsRaced(IOperation delay)
    {
        for (IOperation? parent = delay.Parent; parent is not null and not IBlockOperation; parent = parent.Parent)
        {
            if (_types.IsUseOf(parent, KnownMember.WhenAny) || _types.IsUseOf(parent, KnownMember.WaitAny))
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>Limits that act together: those of one source's token, or a single one. What all of them tell is kept.</summary>
internal sealed class LimitGroup
{
    public LimitGroup(IReadOnlyList<int> indexes, IReadOnlyList<WorkLimit> limits, Body body)
    {
        Limits = indexes;
        Shortest = limits.Min(static limit => limit.Length);
        Open = OneOf([.. limits.Where(static limit => limit.Length is null)], body);
        All = OneOf(limits, body)!;
    }

    /// <summary>The limits, by their places in the order in which they are written.</summary>
    public IReadOnlyList<int> Limits { get; }

    public TimeSpan? Shortest { get; }

    /// <summary>What those limits are whose length is not known; null where there are none.</summary>
    public LimitValue? Open { get; }

    /// <summary>What all of the limits are.</summary>
    public LimitValue All { get; }

    private static LimitValue? OneOf(IReadOnlyList<WorkLimit> limits, Body body)
    {
        if (limits.Count == 0)
        {
            return null;
        }

        SpanName? one = null;
        foreach (WorkLimit limit in limits)
        {
            if (limit.IsReduced || SpanName.Of(limit.Value, limit.Unit, body) is not { } identity ||
                (one is not null && !one.Equals(identity)))
            {
                return LimitValue.Several;
            }

            one = identity;
        }

        return new(one);
    }
}

/// <summary>What some limits are.</summary>
/// <param name="One">The one value that all of them certainly are; null where they are several, or not known.</param>
internal sealed record LimitValue(SpanName? One)
{
    public static readonly LimitValue Several = new((SpanName?)null);
}

/// <summary>Limits sorted by where they act.</summary>
internal sealed class LimitTable
{
    private readonly (int Position, LimitGroup Group)[] _entries;
    private readonly RangeMaximum _shortest;
    private readonly RangeMaximum _first;
    private readonly ValueIndex _open;
    private readonly ValueIndex _all;

    public LimitTable(IEnumerable<(int Position, LimitGroup Group)> entries)
    {
        _entries = [.. entries.OrderBy(static entry => entry.Position)];
        _shortest = new([.. _entries.Select(static entry => entry.Group.Shortest is { } shortest ? -shortest.Ticks : long.MinValue)]);
        _first = new([.. _entries.Select(static entry => -(long)entry.Group.Limits[0])]);
        _open = new([.. _entries.Select(static entry => entry.Group.Open)]);
        _all = new([.. _entries.Select(static entry => entry.Group.All)]);
    }

    public IEnumerable<LimitGroup> Groups(TextSpan span)
    {
        (int from, int to) = RangeOf(span);
        return _entries.Skip(from).Take(to - from).Select(static entry => entry.Group);
    }

    /// <summary>
    /// The first limit, in the order in which they are written, of those that act in a stretch of source; the greatest number where there
    /// is none.
    /// </summary>
    public int First(TextSpan span)
    {
        (int from, int to) = RangeOf(span);
        return from < to ? (int)-_first.Of(from, to) : int.MaxValue;
    }

    /// <summary>
    /// Whether a limit that acts in a stretch of source leaves a margin before the TTL, or may do so: what is not known is not too long.
    /// </summary>
    public bool HasShort(TextSpan span, TimeSpan? ttl, TimeSpan margin, SpanName? expiry)
    {
        (int from, int to) = RangeOf(span);
        if (from >= to)
        {
            return false;
        }

        if (ttl is not { } known)
        {
            return _all.HasOther(from, to, expiry);
        }

        long shortest = _shortest.Of(from, to);
        return (shortest > long.MinValue && -shortest <= known.Ticks - margin.Ticks) || _open.HasOther(from, to, expiry);
    }

    private (int From, int To) RangeOf(TextSpan span) =>
        (Sorted.FirstFrom(_entries, span.Start, static entry => entry.Position),
            Sorted.FirstFrom(_entries, span.End, static entry => entry.Position));

    /// <summary>What the limits are, so that it can be told whether any in a range is another than a given one.</summary>
    private sealed class ValueIndex
    {
        private readonly int[] _before;
        private readonly Dictionary<SpanName, List<int>> _places = [];

        public ValueIndex(IReadOnlyList<LimitValue?> values)
        {
            _before = new int[values.Count + 1];
            for (int i = 0; i < values.Count; i++)
            {
                _before[i + 1] = _before[i] + (values[i] is null ? 0 : 1);
                if (values[i]?.One is { } one)
                {
                    _places.AddTo(one, i);
                }
            }
        }

        public bool HasOther(int from, int to, SpanName? expected)
        {
            int all = _before[to] - _before[from];
            int same = expected is not null && _places.TryGetValue(expected, out List<int>? places)
                ? Sorted.FirstFrom(places, to) - Sorted.FirstFrom(places, from)
                : 0;
            return all > same;
        }
    }
}
