using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Calls;
using ExpiryAnalyzers.Keys;
using ExpiryAnalyzers.Operations;
using ExpiryAnalyzers.Symbols;
using ExpiryAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Rules.Lock;

/// <summary>The times for which the code of one body, and of the helpers that renew for it, waits between two renewals of a lock.</summary>
internal sealed class Waits(Body body)
{
    private readonly WellKnownTypes _types = body.Knowledge.Types;
    private readonly Dictionary<CacheCall, Between> _between = [];
    private readonly Dictionary<IOperation, WaitRow> _helpers = [];
    private WaitRow? _own;

    /// <summary>The length of a wait. A bare number is milliseconds, in all of the framework's waits.</summary>
    public static TimeSpan? LengthOf(IOperation value, Body body)
    {
        TimeValues values = body.ValuesOf(value);
        return values.Length ?? (values.Number is { } milliseconds and >= 0 and < 1e12 ? TimeSpan.FromMilliseconds(milliseconds) : null);
    }

    /// <summary>The length of a span, or of a number of units; null where it is not known.</summary>
    public static TimeSpan? LengthOf(IOperation value, TimeUnit unit, Body body)
    {
        if (unit == TimeUnit.Milliseconds)
        {
            return LengthOf(value, body);
        }

        TimeValues values = body.ValuesOf(value);
        double? ticks = values.Number * TimeArithmetic.TicksPer(unit);
        return values.Length ?? (ticks is { } known && Math.Abs(known) < long.MaxValue ? new TimeSpan((long)known) : null);
    }

    /// <summary>The waits between two renewals.</summary>
    public IEnumerable<WorkLimit> Of(CacheCall renewal)
    {
        Between between = BetweenOf(renewal);
        return (between.Row?.Within(between.Function!) ?? []).Concat(between.Period is { } period ? [period] : []);
    }

    /// <summary>The first wait between two renewals that is not shorter than a TTL, or certainly is the same.</summary>
    public WorkLimit? FirstLate(CacheCall renewal, TimeSpan? ttl, Key? expiry)
    {
        Between between = BetweenOf(renewal);
        return between.Row?.FirstLate(between.Function!, ttl, expiry) ??
            (between.Period is { } period && (period.Length >= ttl || (expiry is not null && expiry.Equals(body.Keys.Of(period.Value))))
                ? period : null);
    }

    private Between BetweenOf(CacheCall renewal)
    {
        if (!_between.TryGetValue(renewal, out Between? between))
        {
            _between[renewal] = between = renewal.Behind is { } helper
                ? WithTimerOf(renewal, FindBetween(helper.Operation, isOfHelper: true))
                : FindBetween(renewal.Operation, isOfHelper: false);
        }

        return between;
    }

    /// <summary>The period of a timer that a helper is handed to wait for.</summary>
    private Between WithTimerOf(CacheCall renewal, Between between) => between.Period is null &&
        renewal.Operation.Arguments.Select(argument => PeriodOf(argument.Value, body)).FirstOrDefault(static period => period is not null)
            is { } handed ? between with { Period = new(handed, LengthOf(handed, body)) } : between;

    /// <summary>The period that a timer is made with; null where it is none, or made elsewhere.</summary>
    public static IOperation? PeriodOf(IOperation timer, Body body) =>
        body.Knowledge.Types.Is(timer.WithoutConversions().Type, KnownType.PeriodicTimer) &&
        body.Resolved(timer) is IObjectCreationOperation { Arguments: [{ } period, ..] } ? period.Value : null;

    /// <summary>
    /// The waits of the function that renews; of a timer its period. A lambda may be a timer's callback; further out the waits are not
    /// between renewals.
    /// </summary>
    private Between FindBetween(IOperation call, bool isOfHelper)
    {
        Between? inLambda = null;
        for (IOperation? around = call; around is not null; around = around.Parent)
        {
            if (around is IObjectCreationOperation timer && _types.Is(timer.Type, KnownTypes.CallbackTimers) &&
                timer.Arguments.LastOrDefault() is { } period)
            {
                return (inLambda ?? new(null, null)) with { Period = new(period.Value, LengthOf(period.Value, body)) };
            }

            bool isLambda = around is IAnonymousFunctionOperation;
            if (isLambda && inLambda is null)
            {
                inLambda = new(RowOf(around, isOfHelper), around.Syntax);
            }
            else if (around is ILocalFunctionOperation or IMethodBodyOperation || around.Parent is null)
            {
                return inLambda ?? new(RowOf(around, isOfHelper), around.Syntax);
            }
        }

        return inLambda ?? new(null, null);
    }

    private WaitRow RowOf(IOperation function, bool isOfHelper)
    {
        if (!isOfHelper)
        {
            return _own ??= new(body.Operations, body);
        }

        if (!_helpers.TryGetValue(function, out WaitRow? row))
        {
            _helpers[function] = row = new(function.Descendants(), body);
        }

        return row;
    }

    /// <param name="Row">The waits of the code around; null where a timer's callback is no code in view.</param>
    /// <param name="Function">The function that renews.</param>
    /// <param name="Period">The period of the timer that calls the function.</param>
    private sealed record Between(WaitRow? Row, SyntaxNode? Function, WorkLimit? Period = null);
}

/// <summary>Waits, sorted by position.</summary>
internal sealed class WaitRow
{
    private readonly List<WorkLimit> _waits = [];
    private readonly List<int> _positions = [];
    private readonly RangeMaximum _lengths;
    private readonly Dictionary<Key, List<int>> _same = [];

    public WaitRow(IEnumerable<IOperation> operations, Body body)
    {
        foreach ((IOperation operation, IOperation value) in WaitsIn(operations, body)
            .OrderBy(static wait => wait.Operation.Syntax.SpanStart))
        {
            if (body.Keys.Of(value) is { } identity)
            {
                _same.AddTo(identity, _waits.Count);
            }

            _positions.Add(operation.Syntax.SpanStart);
            _waits.Add(new(value, Waits.LengthOf(value, body)));
        }

        _lengths = new([.. _waits.Select(static wait => wait.Length?.Ticks ?? long.MinValue)]);
    }

    public IEnumerable<WorkLimit> Within(SyntaxNode function)
    {
        (int from, int to) = RangeOf(function);
        return _waits.Skip(from).Take(to - from);
    }

    /// <summary>The first wait in a function that is not shorter than a TTL, or certainly is the same.</summary>
    public WorkLimit? FirstLate(SyntaxNode function, TimeSpan? ttl, Key? expiry)
    {
        (int from, int to) = RangeOf(function);
        int? first = ttl is { } length ? _lengths.FirstFrom(from, to, length.Ticks) : null;
        if (expiry is not null && _same.TryGetValue(expiry, out List<int>? places))
        {
            int index = Sorted.FirstFrom(places, from);
            first = index < places.Count && places[index] < to && !(first < places[index]) ? places[index] : first;
        }

        return first is { } place ? _waits[place] : null;
    }

    private (int From, int To) RangeOf(SyntaxNode function) =>
        (Sorted.FirstFrom(_positions, function.SpanStart), Sorted.FirstFrom(_positions, function.Span.End));

    private static IEnumerable<(IOperation Operation, IOperation Value)> WaitsIn(IEnumerable<IOperation> operations, Body body)
    {
        WellKnownTypes types = body.Knowledge.Types;
        foreach (IOperation operation in operations)
        {
            switch (operation)
            {
                case IInvocationOperation { Arguments: [{ } first, ..] } call
                    when types.Is(call.TargetMethod, KnownMember.Delay) || types.Is(call.TargetMethod, KnownMember.Sleep):
                    yield return (operation, first.Value);
                    break;
                case IInvocationOperation { Instance: { } timer } when Waits.PeriodOf(timer, body) is { } period:
                    yield return (operation, period);
                    break;
                case IObjectCreationOperation { Arguments: [{ } first, ..] } creation when types.Is(creation.Type, KnownType.PeriodicTimer):
                    yield return (operation, first.Value);
                    break;
            }
        }
    }
}
