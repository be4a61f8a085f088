namespace ExpiryAnalyzers.Apis;

/// <summary>
/// Libraries whose locks renew themselves and keep a reserve, so that the rules about margins do not concern them: only the TTL
/// itself is a sink. Their waits and cadences are no TTLs.
/// </summary>
internal static class LockLibraries
{
    private static readonly IReadOnlyList<ApiMethod> RedLockMethods =
    [
        new("CreateLock", Effect.None, DataType.None, [("resource", Role.Key), ("expiryTime", Role.Expiry)])
        {
            Ttl = new(TtlOutcome.AsSaid, TtlOutcome.AsSaid),
            Missed = MissedLock.IsAsked
        },
    ];

    /// <summary>The locks of DistributedLock.Redis: <c>TryAcquire</c> answers with null, <c>Acquire</c> throws.</summary>
    private static readonly IReadOnlyList<ApiMethod> Exclusive = [Try("TryAcquire"), Wait("Acquire")];

    private static readonly IReadOnlyList<ApiMethod> Shared =
        [Try("TryAcquireReadLock"), Try("TryAcquireWriteLock"), Wait("AcquireReadLock"), Wait("AcquireWriteLock")];

    /// <summary>RedLock.net 2.3: a timer renews at half the TTL; less than 10 ms is raised to 10 ms (measured with 2.3.2).</summary>
    public static readonly ApiLibrary RedLock = new("RedLock.net", KindPolicy.UnspecifiedThrows,
    [
        new("RedLockNet.IDistributedLockFactory") { Methods = RedLockMethods },
        new("RedLockNet.SERedis.RedLockFactory") { Methods = RedLockMethods },
    ]);

    /// <summary>DistributedLock.Redis 1.1: always renews; an expiry below 100 ms throws (measured with 1.1.1).</summary>
    public static readonly ApiLibrary DistributedLock = new("DistributedLock.Redis", KindPolicy.UnspecifiedThrows,
    [
        new("Medallion.Threading.Redis.RedisDistributedSynchronizationOptionsBuilder")
        {
            Methods = [new("Expiry", Effect.None, DataType.None, [("expiry", Role.Expiry)])
            {
                HasCommonName = true,
                Ttl = new(TtlOutcome.Fails, TtlOutcome.Fails)
                {
                    Resolution = TimeSpan.FromMilliseconds(100),
                    BelowResolution = TtlOutcome.Fails
                },
            }],
        },
        new("Medallion.Threading.Redis.RedisDistributedLock") { Methods = Exclusive },
        new("Medallion.Threading.Redis.RedisDistributedReaderWriterLock") { Methods = Shared },
        new("Medallion.Threading.Redis.RedisDistributedSemaphore") { Methods = Exclusive },

        // By way of the interfaces the locks of other servers too, whose handles are missing alike.
        new("Medallion.Threading.IDistributedLock") { Methods = Exclusive },
        new("Medallion.Threading.IDistributedSemaphore") { Methods = Exclusive },
        new("Medallion.Threading.IDistributedReaderWriterLock") { Methods = Shared },
        new("Medallion.Threading.DistributedLockProviderExtensions")
        {
            Methods = [Named(Try("TryAcquireLock")), Named(Wait("AcquireLock"))],
        },
        new("Medallion.Threading.DistributedSemaphoreProviderExtensions")
        {
            Methods = [Named(Try("TryAcquireSemaphore")), Named(Wait("AcquireSemaphore"))],
        },
        new("Medallion.Threading.DistributedReaderWriterLockProviderExtensions") { Methods = [.. Shared.Select(Named)] },
    ]);

    /// <summary>
    /// ABP's locks, behind which any of DistributedLock's may stand: the answer is null where somebody else has the lock (read at
    /// abpframework/abp 11ceecf).
    /// </summary>
    public static readonly ApiLibrary Abp = new("Volo.Abp.DistributedLocking", KindPolicy.UnspecifiedThrows,
    [
        new("Volo.Abp.DistributedLocking.IAbpDistributedLock") { Methods = [Named(Try("TryAcquire"))] },
    ]);

    /// <summary>A member that is handed the lock's name.</summary>
    private static ApiMethod Named(ApiMethod method) => method with { Roles = [("name", Role.Key)] };

    private static ApiMethod Wait(string name) => Try(name) with { Missed = MissedLock.Throws };

    private static ApiMethod Try(string name) =>
        new(name, Effect.None, DataType.None, []) { HasCommonName = true, Missed = MissedLock.IsNull };
}
