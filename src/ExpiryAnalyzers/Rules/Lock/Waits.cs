using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Calls;
using ExpiryAnalyzers.Keys;
using ExpiryAnalyzers.Symbols;
using ExpiryAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Rules.Lock;

/// <summary>The times for which the code of one body waits, found in one walk, and those between two renewals of a lock.</summary>
internal sealed class Waits
{
    private readonly Body _body;
    private readonly WellKnownTypes _types;
    private readonly List<WorkLimit> _waits = [];
    private readonly List<int> _positions = [];
    private readonly RangeMaximum _lengths;
    private readonly Dictionary<Key, List<int>> _same = [];
    private readonly Dictionary<CacheCall, Between> _between = [];

    public Waits(Body body)
    {
        _body = body;
        _types = body.Knowledge.Types;
        foreach ((IOperation operation, IOperation value) in WaitsOf(body).OrderBy(static wait => wait.Operation.Syntax.SpanStart))
        {
            if (body.Keys.Of(value) is { } identity)
            {
                if (!_same.TryGetValue(identity, out List<int>? places))
                {
                    _same[identity] = places = [];
                }

                places.Add(_waits.Count);
            }

            _positions.Add(operation.Syntax.SpanStart);
            _waits.Add(new(value, LengthOf(value, body)));
        }

        _lengths = new([.. _waits.Select(static wait => wait.Length?.Ticks ?? long.MinValue)]);
    }

    /// <summary>The length of a wait. A bare number is milliseconds, in all of the framework's waits.</summary>
    public static TimeSpan? LengthOf(IOperation value, Body body)
    {
        TimeValues values = body.ValuesOf(value);
        return values.Length ?? (values.Number is { } milliseconds and >= 0 and < 1e12 ? TimeSpan.FromMilliseconds(milliseconds) : null);
    }

    /// <summary>The waits between two renewals.</summary>
    public IEnumerable<WorkLimit> Of(CacheCall renewal)
    {
        Between between = BetweenOf(renewal);
        return _waits.Skip(between.From).Take(between.To - between.From).Concat(between.Period is { } period ? [period] : []);
    }

    /// <summary>The first wait between two renewals that is not shorter than a TTL, or certainly is the same.</summary>
    public WorkLimit? FirstLate(CacheCall renewal, TimeSpan? ttl, Key? expiry)
    {
        Between between = BetweenOf(renewal);
        int? first = ttl is { } length ? _lengths.FirstFrom(between.From, between.To, length.Ticks) : null;
        if (expiry is not null && _same.TryGetValue(expiry, out List<int>? places) && Sorted.FirstFrom(places, between.From) is var index && index < places.Count && places[index] < between.To)
        {
            first = first < places[index] ? first : places[index];
        }

        return first is { } place ? _waits[place]
            : between.Period is { } period && (period.Length >= ttl || (expiry is not null && expiry.Equals(_body.Keys.Of(period.Value)))) ? period
            : null;
    }

    private IEnumerable<(IOperation Operation, IOperation Value)> WaitsOf(Body body)
    {
        foreach (IOperation operation in body.Operations)
        {
            switch (operation)
            {
                case IInvocationOperation { Arguments: [{ } first, ..] } call when _types.Is(call.TargetMethod, KnownMember.Delay) || _types.Is(call.TargetMethod, KnownMember.Sleep):
                    yield return (operation, first.Value);
                    break;
                case IObjectCreationOperation { Arguments: [{ } first, ..] } creation when _types.Is(creation.Type, KnownType.PeriodicTimer):
                    yield return (operation, first.Value);
                    break;
            }
        }
    }

    private Between BetweenOf(CacheCall renewal)
    {
        if (!_between.TryGetValue(renewal, out Between? between))
        {
            _between[renewal] = between = FindBetween((renewal.Behind ?? renewal).Operation);
        }

        return between;
    }

    /// <summary>
    /// The waits of the function that renews; of a timer its period. A lambda may be a timer's callback; further out the waits are not
    /// between renewals.
    /// </summary>
    private Between FindBetween(IOperation call)
    {
        Between? inLambda = null;
        for (IOperation? around = call; around is not null; around = around.Parent)
        {
            if (around is IObjectCreationOperation timer && _types.Is(timer.Type, KnownTypes.CallbackTimers) && timer.Arguments.LastOrDefault() is { } period)
            {
                return (inLambda ?? Between.None) with { Period = new(period.Value, LengthOf(period.Value, _body)) };
            }

            bool isLambda = around is IAnonymousFunctionOperation;
            if (isLambda && inLambda is null)
            {
                inLambda = Within(around.Syntax);
            }
            else if (around is ILocalFunctionOperation or IMethodBodyOperation || around.Parent is null)
            {
                return inLambda ?? Within(around.Syntax);
            }
        }

        return inLambda ?? Between.None;
    }

    private Between Within(SyntaxNode function) =>
        new(Sorted.FirstFrom(_positions, function.SpanStart), Sorted.FirstFrom(_positions, function.Span.End), null);

    /// <param name="From">The first of the function's waits.</param>
    /// <param name="To">The first wait behind them.</param>
    /// <param name="Period">The period of the timer that calls the function.</param>
    private sealed record Between(int From, int To, WorkLimit? Period)
    {
        public static readonly Between None = new(0, 0, null);
    }
}
