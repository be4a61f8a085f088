using System;
using Microsoft.Extensions.Caching.Distributed;
using StackExchange.Redis;

namespace Course.Exp101.DeepOptions;

public sealed class PromotionOptions
{
    public static readonly DateTimeOffset LaunchOffset = new DateTimeOffset(2031, 3, 1, 0, 0, 0, TimeSpan.Zero);

    public DateTime Ends { get; } = new DateTime(2031, 9, 30);

    public DateTime EndsUtc { get; } = new DateTime(2031, 9, 30, 0, 0, 0, DateTimeKind.Utc);

    public DateTime EndsConfigured { get; init; } = new DateTime(2031, 9, 30);

    public DateTime Midnight => DateTime.Today.AddDays(1);

    public DateTime MidnightUtc => DateTime.UtcNow.Date.AddDays(1);
}

public sealed class PromotionCache
{
    private readonly IDatabase _db;
    private readonly PromotionOptions _options;
    private readonly DateTime _assignedOnceUtc;

    public PromotionCache(IDatabase db, PromotionOptions options)
    {
        _db = db;
        _options = options;
        _assignedOnceUtc = new DateTime(2031, 9, 30, 0, 0, 0, DateTimeKind.Utc);
    }

    // Bug: a get-only property of an options object.
    public bool UntilEnd(string id) => _db.KeyExpire(id, _options.Ends); // expect: EXP101

    // Fine: its UTC twin.
    public bool UntilEndUtc(string id) => _db.KeyExpire(id, _options.EndsUtc);

    // Fine: init may give it any value.
    public bool UntilConfiguredEnd(string id) => _db.KeyExpire(id, _options.EndsConfigured);

    // Bug: a computed property.
    public bool UntilMidnight(string id) => _db.KeyExpire(id, _options.Midnight); // expect: EXP101

    // Fine: its UTC twin.
    public bool UntilMidnightUtc(string id) => _db.KeyExpire(id, _options.MidnightUtc);

    // Fine: Utc in the only constructor.
    public bool UntilAssignedUtc(string id) => _db.KeyExpire(id, _assignedOnceUtc);

    // Bug: the clock part of a readonly offset has no kind.
    public bool UntilLaunch(string id) => _db.KeyExpire(id, PromotionOptions.LaunchOffset.DateTime); // expect: EXP101

    // Fine: the UTC half.
    public bool UntilLaunchUtc(string id) => _db.KeyExpire(id, PromotionOptions.LaunchOffset.UtcDateTime);

    // Fine: the offset itself.
    public DistributedCacheEntryOptions Launch() => new() { AbsoluteExpiration = PromotionOptions.LaunchOffset };

    // Bug: the property without a kind becomes an offset.
    public DistributedCacheEntryOptions End() => new() { AbsoluteExpiration = _options.Ends }; // expect: EXP101

    // Fine: computed, Local, right instant.
    public DistributedCacheEntryOptions Midnight() => new() { AbsoluteExpiration = _options.Midnight };
}
