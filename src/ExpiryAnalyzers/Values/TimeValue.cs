using Microsoft.CodeAnalysis;

namespace ExpiryAnalyzers.Values;

/// <summary>The kinds that a <c>DateTime</c> may have, as a set: <c>|</c> is the join.</summary>
/// <remarks>For a <c>DateTimeOffset</c>: Utc = offset zero, Local = the machine's offset, Unknown = any offset.</remarks>
[Flags]
internal enum TimeKind
{
    None = 0,
    Utc = 1,
    Local = 2,
    Unspecified = 4,
    Unknown = 8,
}

/// <summary>What sort of thing a value is.</summary>
internal enum TimeShape
{
    Unknown,

    /// <summary>Null, or the expiry that means "none".</summary>
    Null,
    Instant,
    Duration,

    /// <summary>A plain number, or a number of units since an epoch.</summary>
    Count,
}

/// <summary>Where an instant comes from.</summary>
internal enum Origin
{
    Unknown,

    /// <summary>This machine's clock as read.</summary>
    Clock,

    /// <summary>This machine's clock plus a span.</summary>
    ClockPlusOffset,

    /// <summary>This machine's clock minus a span.</summary>
    ClockMinusOffset,

    /// <summary>Truncated or moved by the calendar (<c>.Date</c>, <c>AddMonths</c>), or built from parts: a deadline, not a span.</summary>
    Calendar,
    Parsed,

    /// <summary><c>default</c> or <c>MinValue</c>.</summary>
    Minimum,

    /// <summary><c>MaxValue</c>, which clients take for "never".</summary>
    Never,

    /// <summary>The difference of two instants.</summary>
    Difference,
}

/// <summary>The unit of a count or of the number that a duration is made of.</summary>
internal enum TimeUnit
{
    Unknown,
    Ticks,
    Microseconds,
    Milliseconds,
    Seconds,
    Minutes,
    Hours,
    Days,
}

/// <summary>One value that an expression may have: what is certain of it without running the program.</summary>
internal sealed record TimeValue(TimeShape Shape)
{
    public static readonly TimeValue Unknown = new(TimeShape.Unknown) { Kind = TimeKind.Unknown };

    public static readonly TimeValue Null = new(TimeShape.Null);

    /// <summary>The kinds possible. Meaningful for instants, and for differences the kinds of both sides (<see cref="OtherKind"/>).</summary>
    public TimeKind Kind { get; init; }

    /// <summary>The kind of the right side of a difference of instants.</summary>
    public TimeKind OtherKind { get; init; }

    public Origin Origin { get; init; }

    /// <summary>The expression that gave an instant its kind (<c>DateTime.Now</c>, a constructor, <c>.DateTime</c>).</summary>
    public IOperation? Source { get; init; }

    /// <summary>The parameter that the value is, unchanged.</summary>
    public IParameterSymbol? Parameter { get; init; }

    /// <summary>Whether an Unspecified <c>DateTime</c> was silently read as local time on its way to a <c>DateTimeOffset</c>.</summary>
    public bool IsMisread { get; init; }

    /// <summary>Whether an instant, or its number, is certainly past: the clock less a span, or a date before Redis was.</summary>
    public bool IsPast { get; init; }

    /// <summary>Whether the program compares the value's length with another before it comes here.</summary>
    public bool IsTested { get; init; }

    /// <summary>Whether a number counts from an epoch, or a duration was made of an instant's own number.</summary>
    public bool IsEpoch { get; init; }

    /// <summary>Whether a number is only one component of a duration (<c>Seconds</c>, not <c>TotalSeconds</c>).</summary>
    public bool IsComponent { get; init; }

    /// <summary>A duration's length in ticks (100 ns), or a count's number, where it is constant.</summary>
    public double? Constant { get; init; }

    public TimeUnit Unit { get; init; }

    /// <summary>Certainly not UTC, whichever of its kinds it has.</summary>
    public bool IsCertainlyNotUtc => Shape == TimeShape.Instant && Kind != TimeKind.None && (Kind & (TimeKind.Utc | TimeKind.Unknown)) == 0;

    /// <summary>A constant duration.</summary>
    public TimeSpan? Length => Shape != TimeShape.Duration || Constant is not { } ticks || double.IsNaN(ticks) ? null
        : ticks >= long.MaxValue ? TimeSpan.MaxValue
        : ticks <= long.MinValue ? TimeSpan.MinValue
        : new TimeSpan((long)ticks);

    public static TimeValue Instant(TimeKind kind, Origin origin, IOperation? source) => new(TimeShape.Instant) { Kind = kind, Origin = origin, Source = source };

    public static TimeValue Duration(double? ticks) => new(TimeShape.Duration) { Constant = ticks };

    public static TimeValue Count(TimeUnit unit, double? number) => new(TimeShape.Count) { Unit = unit, Constant = number };
}
