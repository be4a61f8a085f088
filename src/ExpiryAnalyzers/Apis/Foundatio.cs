namespace ExpiryAnalyzers.Apis;

/// <summary>
/// Foundatio: a cache in the process or on a server, by one interface (not measured; FoundatioFx/Foundatio, b2c39b4,
/// CacheClientExtensions.cs and InMemoryCacheClient.cs; FoundatioFx/Foundatio.Redis, eef844d). An absolute time becomes what is left of it,
/// reckoned from its clock reading as if that were UTC; <c>DateTime.MaxValue</c> is none.
/// </summary>
internal static class Foundatio
{
    /// <summary>Less than five milliseconds remove the key and store nothing; so did zero and less before there was that limit.</summary>
    private static readonly TtlFacts NotStored = new(TtlOutcome.IsNotStored, TtlOutcome.IsNotStored)
    {
        Resolution = new(1),
        Past = TtlOutcome.IsNotStored,
        Never = NeverForm.LeftOut,
    };

    private static readonly TtlFacts Removed = new(TtlOutcome.Deletes, TtlOutcome.Deletes) { Resolution = new(1) };

    private static readonly IReadOnlyList<ApiMethod> Members =
    [
        Row("Add") with { HasCommonName = true },
        Row("Set") with { HasCommonName = true },
        Row("SetAll") with { HasCommonName = true },
        Row("Replace") with { HasCommonName = true },
        Row("ReplaceIfEqual"),
        Row("Increment") with { HasCommonName = true },
        Row("SetExpiration") with { Ttl = Removed },
    ];

    /// <summary>Zero is a lock for ever, and said so on purpose.</summary>
    private static readonly IReadOnlyList<ApiMethod> Locks =
    [
        Lock("Acquire"),
        Lock("TryAcquire"),
        Lock("Renew"),
    ];

    private static readonly IReadOnlyList<ApiMethod> LockExtensions = [.. Locks, Lock("TryUsing")];

    public static readonly ApiLibrary Library = new("Foundatio", KindPolicy.ReadAsUtc,
    [
        new("Foundatio.Caching.ICacheClient") { Methods = Members },
        new("Foundatio.Caching.CacheClientExtensions")
        {
            Methods = [.. Members, Row("Decrement") with { HasCommonName = true }]
        },
        new("Foundatio.Lock.ILockProvider") { Methods = Locks },
        new("Foundatio.Lock.LockProviderExtensions") { Methods = LockExtensions },
    ])
    {
        Clock = ExpiryClock.Process,
    };

    private static ApiMethod Row(string name) =>
        new(name, Effect.None, DataType.None, [("expiresIn", Role.Expiry), ("expiresAtUtc", Role.Expiry)]) { Ttl = NotStored };

    private static ApiMethod Lock(string name) =>
        new(name, Effect.None, DataType.None, [("timeUntilExpires", Role.Expiry)]) { HasCommonName = true };
}
