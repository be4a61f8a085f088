using ExpiryAnalyzers.Apis;
using Microsoft.CodeAnalysis;

namespace ExpiryAnalyzers.Values;

/// <summary>The kinds that a <c>DateTime</c> may have, as a set: <c>|</c> is the join.</summary>
/// <remarks>
/// For a <c>DateTimeOffset</c>: Utc = offset zero, Local = the machine's offset, Unspecified = a fixed one that is not zero, Unknown = any
/// offset.
/// </remarks>
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

    /// <summary>When a key dies, as its server says.</summary>
    ServerExpiry,

    /// <summary>A server's clock as read.</summary>
    ServerClock,
}

/// <summary>What becomes of an instant that a method is handed, before the method hands it on or gives it back.</summary>
internal enum Passage
{
    Unchanged,

    /// <summary>The same instant in UTC.</summary>
    ToUtc,

    /// <summary>The time left from the clock's UTC reading until then.</summary>
    LessUtcNow,

    /// <summary>The time left from the clock's local reading until then.</summary>
    LessLocalNow,
}

/// <summary>One value that an expression may have: what is certain of it without running the program.</summary>
internal sealed record TimeValue(TimeShape Shape)
{
    public static readonly TimeValue Unknown = new(TimeShape.Unknown) { Kind = TimeKind.Unknown };

    public static readonly TimeValue Null = new(TimeShape.Null);

    /// <summary>
    /// The kinds possible of an instant; of a number, the zones of the clock readings that it is taken from; of a difference,
    /// the zone of its left side's reading.
    /// </summary>
    public TimeKind Kind { get; init; }

    /// <summary>The kinds that the program has found an instant of unknown kind not to be of.</summary>
    public TimeKind RuledOut { get; init; }

    /// <summary>The zone of the right side's reading, for a difference of instants.</summary>
    public TimeKind OtherKind { get; init; }

    /// <summary>
    /// The zone whose clock an instant without a certain kind reads, where that is known from elsewhere: <c>offset.DateTime</c> of a
    /// UTC offset, a constructor that is given the parts of a UTC time. None where the kind tells.
    /// </summary>
    public TimeKind Reading { get; init; }

    public Origin Origin { get; init; }

    /// <summary>
    /// The expression that gave an instant its kind (<c>DateTime.Now</c>, a constructor, <c>.DateTime</c>); of a duration that is not
    /// what it seems, the expression that made it so.
    /// </summary>
    public IOperation? Source { get; init; }

    /// <summary>The call that asked a server for the instant.</summary>
    public IOperation? Question { get; init; }

    /// <summary>
    /// The parameter that the value is, unchanged or as <see cref="Passage"/> says; of a duration or instant with <see cref="ReadAs"/>,
    /// the number that it was made of.
    /// </summary>
    public IParameterSymbol? Parameter { get; init; }

    /// <summary>
    /// The parameter that an instant of unknown kind was before a span or the calendar moved it: whichever kind that one has is its own.
    /// </summary>
    public IParameterSymbol? Moved { get; init; }

    /// <summary>What was made of the parameter that the value is.</summary>
    public Passage Passage { get; init; }

    /// <summary>Whether an Unspecified <c>DateTime</c> was silently read as local time on its way to a <c>DateTimeOffset</c>.</summary>
    public bool IsMisread { get; init; }

    /// <summary>Whether an instant, or its number, is certainly past: the clock less a span, or a date before Redis was.</summary>
    public bool IsPast { get; init; }

    /// <summary>
    /// Whether an instant is this machine's clock as it was read when something was made that outlives many writes, with or without a span;
    /// of a duration, whether it is what is left until then.
    /// </summary>
    public bool IsKept { get; init; }

    /// <summary>Whether a span was added to a reading of the local clock, which is an hour off where daylight saving changes.</summary>
    public bool IsLocalSum { get; init; }

    /// <summary>Whether the program compares the value's length with another before it comes here.</summary>
    public bool IsTested { get; init; }

    /// <summary>
    /// Whether a number or length that was above zero came to zero or less: cut down to whole units, or less than what was taken from it.
    /// </summary>
    public bool CameToNothing { get; init; }

    /// <summary>
    /// Whether a duration, or the number of its units, is what the clock reads less a deadline: negative as long as that lies ahead.
    /// </summary>
    public bool IsReversed { get; init; }

    /// <summary>Whether a duration, or the number of its units, is no whole number of them, as far as can be told.</summary>
    public bool IsFractional { get; init; }

    /// <summary>Whether a <c>DateTime</c> that may be Unspecified became a <c>DateTimeOffset</c>.</summary>
    public bool MayBeMisread { get; init; }

    /// <summary>
    /// Whether a number counts from an epoch, a duration was made of an instant's own number, or an instant is the clock plus such a
    /// duration.
    /// </summary>
    public bool IsEpoch { get; init; }

    /// <summary>
    /// How many components of durations (<c>Seconds</c>, not <c>TotalSeconds</c>) a number or a duration is made of: 2 stands for
    /// more, that is for a duration put together again.
    /// </summary>
    public int Components { get; init; }

    /// <summary>Whether one component was taken for the whole.</summary>
    public bool IsComponent => Components == 1;

    /// <summary>
    /// A duration's length in ticks (100 ns), a count's number, or an instant's clock reading in ticks, where it is constant.
    /// </summary>
    public double? Constant { get; init; }

    /// <summary>The unit of a count.</summary>
    public TimeUnit Unit { get; init; }

    /// <summary>Whether the program tells a number's unit by its size, so that its name does not.</summary>
    public bool IsOfAnyUnit { get; init; }

    /// <summary>The unit in which a duration's or an instant's number, a parameter, was read.</summary>
    public TimeUnit ReadAs { get; init; }

    /// <summary>How a number on the way here was read in another unit than its own.</summary>
    public UnitMixup? Mixup { get; init; }

    /// <summary>Whether a number on the way here was cast to a type that does not hold it: Unix milliseconds as an <c>int</c>.</summary>
    public bool IsCut { get; init; }

    /// <summary>Whether an instant, or its number, is the clock plus more seconds than an <c>int</c> holds since 1970.</summary>
    public bool IsFarAhead { get; init; }

    /// <summary>Certainly not UTC, whichever of its kinds it has.</summary>
    public bool IsCertainlyNotUtc => Shape == TimeShape.Instant && Kind != TimeKind.None && (Kind & (TimeKind.Utc | TimeKind.Unknown)) == 0;

    /// <summary>A constant duration.</summary>
    public TimeSpan? Length => Shape != TimeShape.Duration || Constant is not { } ticks || double.IsNaN(ticks) ? null
        : ticks >= long.MaxValue ? TimeSpan.MaxValue
        : new TimeSpan((long)Math.Max(ticks, long.MinValue));

    /// <summary>The zone whose clock an instant reads, as a set.</summary>
    public TimeKind Zone => Reading != TimeKind.None ? Reading : Kind;

    public static TimeValue Instant(TimeKind kind, Origin origin, IOperation? source) =>
        new(TimeShape.Instant) { Kind = kind, Origin = origin, Source = source };

    public static TimeValue Duration(double? ticks) => new(TimeShape.Duration) { Constant = ticks };

    public static TimeValue Count(TimeUnit unit, double? number) => new(TimeShape.Count) { Unit = unit, Constant = number };
}

/// <summary>A number of one unit, or of none that is known, read in another.</summary>
internal sealed record UnitMixup(TimeUnit Given, TimeUnit Read);
