namespace ExpiryAnalyzers.Apis;

/// <summary>What comes of a TTL that is none, or that is not what it says.</summary>
internal enum TtlOutcome
{
    /// <summary>What the source says, or not known.</summary>
    AsSaid,

    /// <summary>What the TTL was for is deleted at once, and the call reports success.</summary>
    Deletes,

    /// <summary>The client or the server refuses the call at run time, and nothing is stored.</summary>
    Fails,

    /// <summary>Calls that read it fail at run time, and calls that store it store nothing and report success.</summary>
    FailsOrIsLost,

    /// <summary>Deleted at once or refused, as the server's version has it.</summary>
    DeletesOrFails,

    /// <summary>Stored, or kept, without any TTL.</summary>
    LivesForEver,

    /// <summary>The TTL stays as it was.</summary>
    LeavesTtl,

    /// <summary>Over before it is stored: the client throws, or stores nothing.</summary>
    IsNotStored,

    /// <summary>Not known, but nothing that lives for so long: a member that the user tells of.</summary>
    NotKnown,
}

/// <summary>How the code says to a member that what it stores is to live for ever.</summary>
internal enum NeverForm
{
    /// <summary>It has no way to say that, or none is known.</summary>
    None,

    /// <summary>The argument is left out, or the setting.</summary>
    LeftOut,

    /// <summary>Another method of the same type is called: <see cref="TtlFacts.NeverMethod"/>.</summary>
    OtherMethod,

    /// <summary>By null.</summary>
    Null,

    /// <summary>By the number zero.</summary>
    Zero,

    /// <summary>By <c>TimeSpan.MaxValue</c>.</summary>
    Maximum,
}

/// <summary>What a call makes of the TTLs that mislead. Measured unless a row says otherwise.</summary>
/// <param name="AtZero">What comes of a TTL of zero.</param>
/// <param name="Negative">What comes of a TTL below zero.</param>
internal sealed record TtlFacts(TtlOutcome AtZero, TtlOutcome Negative)
{
    /// <summary>What comes of them at a member that the user tells of: callers may have ways to say "none" there.</summary>
    public static readonly TtlFacts OfTaught = new(TtlOutcome.NotKnown, TtlOutcome.NotKnown)
    {
        Past = TtlOutcome.NotKnown,
        TakesZeroForNone = true,
        TakesInfinite = true,
    };

    /// <summary>The shortest TTL that is kept. Shorter ones are cut down to zero.</summary>
    public TimeSpan Resolution { get; init; } = TimeSpan.FromMilliseconds(1);

    /// <summary>What comes of a TTL below <see cref="Resolution"/>; null where it is what comes of zero.</summary>
    public TtlOutcome? BelowResolution { get; init; }

    /// <summary>What comes of <c>TimeSpan.MaxValue</c>.</summary>
    public TtlOutcome AtMaximum { get; init; }

    /// <summary>What comes of <c>DateTime.MaxValue</c>.</summary>
    public TtlOutcome AtLastInstant { get; init; }

    /// <summary>What comes of the client's own word for taking the TTL away.</summary>
    public TtlOutcome AtTaking { get; init; }

    /// <summary>
    /// The type that came with the version of the client since which the outcomes of <c>MaxValue</c> hold; null where they always did.
    /// </summary>
    public string? MaximumSince { get; init; }

    /// <summary>What comes of an instant that is past.</summary>
    public TtlOutcome Past { get; init; } = TtlOutcome.Deletes;

    /// <summary>How the code says "never" here.</summary>
    public NeverForm Never { get; init; }

    /// <summary>The method that says so.</summary>
    public string? NeverMethod { get; init; }

    /// <summary>Whether zero or less is how callers of this method say "no TTL".</summary>
    public bool TakesZeroForNone { get; init; }

    /// <summary>Whether <c>Timeout.InfiniteTimeSpan</c> may be how callers of this method say "no TTL".</summary>
    public bool TakesInfinite { get; init; }

    /// <summary>Whether zero and less mislead elsewhere, too, where they mislead here.</summary>
    public bool IsMildAs(TtlFacts other) => !other.TakesZeroForNone && (AtZero == TtlOutcome.AsSaid || other.AtZero != TtlOutcome.AsSaid) &&
        (Negative == TtlOutcome.AsSaid || other.Negative != TtlOutcome.AsSaid);

    public TtlOutcome Of(TimeSpan length) =>
        length == TimeSpan.MaxValue ? AtMaximum
        : length >= Resolution || (TakesInfinite && length == Timeout.InfiniteTimeSpan) ? TtlOutcome.AsSaid
        : length == TimeSpan.Zero ? AtZero
        : length > TimeSpan.Zero ? BelowResolution ?? AtZero
        : Negative;
}
