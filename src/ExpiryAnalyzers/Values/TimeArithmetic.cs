using Microsoft.CodeAnalysis;

namespace ExpiryAnalyzers.Values;

/// <summary>How instants, durations and counts combine.</summary>
internal static class TimeArithmetic
{
    public static TimeValue Plus(TimeValue left, TimeValue right) => (left.Shape, right.Shape) switch
    {
        (TimeShape.Instant, _) => Move(left, right, Origin.ClockPlusOffset),
        (TimeShape.Duration, TimeShape.Duration) => TimeValue.Duration(left.Constant + right.Constant) with { IsEpoch = left.IsEpoch || right.IsEpoch },
        (TimeShape.Duration, _) => TimeValue.Duration(null) with { IsEpoch = left.IsEpoch },
        (TimeShape.Count, TimeShape.Count) => Sum(left, right, 1),
        (TimeShape.Count, _) => left with { Constant = null, Origin = Offset(left.Origin, Origin.ClockPlusOffset) },
        _ => TimeValue.Unknown,
    };

    public static TimeValue Minus(TimeValue left, TimeValue right) => (left.Shape, right.Shape) switch
    {
        (TimeShape.Instant, TimeShape.Instant) => TimeValue.Duration(null) with { Kind = left.Kind, OtherKind = right.Kind, Origin = Origin.Difference, IsEpoch = IsEpochStart(right) },
        (TimeShape.Instant, TimeShape.Duration) => Move(left, Scale(right, -1), right.Constant < 0 ? Origin.ClockPlusOffset : Origin.ClockMinusOffset),
        (TimeShape.Duration, TimeShape.Duration) => TimeValue.Duration(left.Constant - right.Constant) with { IsEpoch = left.IsEpoch },
        (TimeShape.Duration, _) => TimeValue.Duration(null),
        (TimeShape.Count, TimeShape.Count) => Sum(left, right, -1),
        _ => TimeValue.Unknown,
    };

    public static TimeValue Scale(TimeValue value, double? factor) => value.Shape switch
    {
        TimeShape.Duration or TimeShape.Count => value with { Constant = value.Constant * factor },
        _ => TimeValue.Unknown,
    };

    /// <summary>The same instant, or the same clock reading, under another kind.</summary>
    public static TimeValue As(TimeValue value, TimeKind kind, IOperation source) => value.Shape switch
    {
        TimeShape.Instant => value with { Kind = kind, Source = source, Parameter = null, IsMisread = false, MayBeMisread = false },
        TimeShape.Null => value,
        _ => TimeValue.Instant(kind, Origin.Unknown, source),
    };

    /// <summary>The instant after a step by the calendar, which makes a deadline of it.</summary>
    public static TimeValue ByCalendar(TimeValue value) =>
        value.Shape == TimeShape.Instant ? value with { Origin = Origin.Calendar, Parameter = null } : value;

    /// <summary>An instant's own number in a unit.</summary>
    public static TimeValue Number(TimeValue instant, TimeUnit unit) => TimeValue.Count(unit, null) with { IsEpoch = true, Origin = instant.Shape == TimeShape.Instant ? instant.Origin : Origin.Unknown, Question = instant.Question };

    /// <summary>The duration of a count of units.</summary>
    public static TimeValue FromCount(TimeValue count, TimeUnit unit) => TimeValue.Duration(count.Shape == TimeShape.Count ? count.Constant * TicksPer(unit) : null) with
    {
        IsEpoch = count.IsEpoch,
        IsComponent = count.IsComponent,
        Unit = count.Unit,
        Origin = count.Question is null ? Origin.Unknown : count.Origin,
        Question = count.Question,
    };

    /// <summary>What is made of the number of an instant that a server was asked for, is that instant.</summary>
    public static TimeValue Asked(TimeValue made, TimeValue number) => number.Question is null ? made : made with { Origin = number.Origin, Question = number.Question };

    public static double TicksPer(TimeUnit unit) => unit switch
    {
        TimeUnit.Microseconds => 10,
        TimeUnit.Milliseconds => TimeSpan.TicksPerMillisecond,
        TimeUnit.Seconds => TimeSpan.TicksPerSecond,
        TimeUnit.Minutes => TimeSpan.TicksPerMinute,
        TimeUnit.Hours => TimeSpan.TicksPerHour,
        TimeUnit.Days => TimeSpan.TicksPerDay,
        _ => 1,
    };

    private static TimeValue Move(TimeValue instant, TimeValue by, Origin plus)
    {
        // The way back from a difference ends at an instant that was known before, not at the clock plus a span.
        Origin origin = by.Origin == Origin.Difference || by.IsEpoch ? Origin.Unknown
            : by.Constant < 0 && plus == Origin.ClockPlusOffset ? Offset(instant.Origin, Origin.ClockMinusOffset)
            : Offset(instant.Origin, plus);
        return Asked(instant with { Origin = origin, Parameter = null }, by);
    }

    private static Origin Offset(Origin origin, Origin moved) => origin switch
    {
        Origin.Clock => moved,
        Origin.ClockPlusOffset => origin,
        Origin.ClockMinusOffset => moved == origin ? origin : Origin.Unknown,
        Origin.Never or Origin.Minimum => Origin.Calendar,
        _ => origin,
    };

    private static TimeValue Sum(TimeValue left, TimeValue right, int sign)
    {
        TimeValue epoch = left.IsEpoch ? left : right;
        return TimeValue.Count(left.Unit == TimeUnit.Unknown ? right.Unit : left.Unit, left.Constant + (sign * right.Constant)) with
        {
            IsEpoch = left.IsEpoch != right.IsEpoch,
            Origin = left.IsEpoch == right.IsEpoch ? Origin.Unknown : Offset(epoch.Origin, sign > 0 ? Origin.ClockPlusOffset : Origin.ClockMinusOffset),
        };
    }

    private static bool IsEpochStart(TimeValue value) => value.Source is Microsoft.CodeAnalysis.Operations.IFieldReferenceOperation { Field.Name: "UnixEpoch" };
}
