using System;
using System.Threading.Tasks;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using StackExchange.Redis;

namespace Course.Layers.Helpers;

public static class DatabaseExtensions
{
    // Fine: callers decide.
    public static Task<bool> ExpireAtAsync(this IDatabase db, string key, DateTime at) => db.KeyExpireAsync(key, at);

    // Fine: callers decide.
    public static async ValueTask<bool> SetSecondsAsync(this IDatabase db, string key, string value, int seconds) =>
        await db.StringSetAsync(key, value, TimeSpan.FromSeconds(seconds)).ConfigureAwait(false);

    // Fine: the value, or five minutes.
    public static bool SetOrDefault(this IDatabase db, string key, string value, TimeSpan? ttl) => db.StringSet(key, value, ttl ?? TimeSpan.FromMinutes(5));

    // Fine: the value, or an hour from now.
    public static bool ExpireOrDefault(this IDatabase db, string key, DateTime? at) => db.KeyExpire(key, at ?? DateTime.UtcNow.Date.AddDays(1));

    // Fine: a generic helper.
    public static bool ExpireAll<TKey>(this IDatabase db, TKey key, DateTime at)
        where TKey : notnull => db.KeyExpire(key.ToString(), at);

    // Bug: the offset is dropped here, whatever callers hand over.
    public static bool ExpireAtOffset(this IDatabase db, string key, DateTimeOffset at) => db.KeyExpire(key, at.DateTime); // expect: EXP101

    // Fine: runs what it is handed.
    public static T Do<T>(this IDatabase db, Func<IDatabase, T> action) => action(db);

    // Fine: runs what it is handed.
    public static async Task<T> RetryAsync<T>(Func<Task<T>> action)
    {
        try
        {
            return await action();
        }
        catch (RedisTimeoutException)
        {
            return await action();
        }
    }

    // Fine: ends, and hands on.
    public static bool Countdown(this IDatabase db, string key, DateTime at, int times) => times == 0 ? db.KeyExpire(key, at) : db.Countdown(key, at, times - 1);

    // Fine: ends, and hands on.
    public static bool Ping(this IDatabase db, string key, DateTime at, int times) => times == 0 ? db.KeyExpire(key, at) : db.Pong(key, at, times - 1);

    public static bool Pong(this IDatabase db, string key, DateTime at, int times) => db.Ping(key, at, times);
}

public static class Deadlines
{
    public static DateTime InAnHour() => DateTime.Now.AddHours(1);

    public static DateTime InAnHourUtc() => DateTime.UtcNow.AddHours(1);

    public static Task<DateTime> TonightAsync() => Task.FromResult(DateTime.Today.AddDays(1));

    public static bool TryGet(string text, out DateTime at)
    {
        at = DateTime.Today.AddDays(text.Length);
        return text.Length > 0;
    }

    public static bool TryGetUtc(string text, out DateTime at)
    {
        at = DateTime.UtcNow.Date.AddDays(text.Length);
        return text.Length > 0;
    }

    public static (DateTime Start, DateTime End) Today() => (DateTime.Today, DateTime.Today.AddDays(1));

    public static (DateTime Start, DateTime End) TodayUtc() => (DateTime.UtcNow.Date, DateTime.UtcNow.Date.AddDays(1));
}

public sealed partial class Jobs(IDatabase db)
{
    // Bug: local time through an extension method.
    public Task<bool> Extension(string key) => db.ExpireAtAsync(key, DateTime.Now.AddHours(1)); // expect: EXP101, EXP102

    // Bug: milliseconds for seconds.
    public ValueTask<bool> Milliseconds(string key, int ttlMs) => db.SetSecondsAsync(key, "x", ttlMs); // expect: EXP105

    // Fine: null is the default.
    public bool Default(string key) => db.SetOrDefault(key, "x", null);

    // Bug: not null, and nothing.
    public bool Nothing(string key) => db.SetOrDefault(key, "x", TimeSpan.Zero); // expect: EXP401

    // Fine: null is the default.
    public bool ExpireDefault(string key) => db.ExpireOrDefault(key, null);

    // Bug: local time.
    public bool ExpireTomorrow(string key) => db.ExpireOrDefault(key, DateTime.Today.AddDays(1)); // expect: EXP101

    // Bug: through a generic helper.
    public bool Generic(Guid key) => db.ExpireAll(key, DateTime.Today.AddDays(1)); // expect: EXP101

    // Bug: recursion ends it.
    public bool Recursion(string key) => db.Countdown(key, DateTime.Today.AddDays(1), 3); // expect: EXP101

    // Bug: and so does this one.
    public bool MutualRecursion(string key) => db.Ping(key, DateTime.Today.AddDays(1), 3); // expect: EXP101

    // Bug: in a lambda that a helper runs.
    public bool Lambda(string key) => db.Do(database => database.KeyExpire(key, DateTime.Now.AddHours(1))); // expect: EXP101, EXP102

    // Bug: in a retry.
    public Task<bool> Retry(string key) => DatabaseExtensions.RetryAsync(() => db.KeyExpireAsync(key, DateTime.Today.AddDays(1))); // expect: EXP101

    // Bug: a pair in a retry.
    public Task<RedisValue> RetryPair(string key) => DatabaseExtensions.RetryAsync(async () =>
    {
        RedisValue value = await db.StringGetAsync(key);
        await db.KeyExpireAsync(key, TimeSpan.FromMinutes(5)); // expect: EXP301
        return value;
    });

    // Bug: a helper that returns a deadline.
    public bool Returned(string key) => db.KeyExpire(key, Deadlines.InAnHour()); // expect: EXP101, EXP102

    // Bug: a TTL from a helper is one too.
    public bool ReturnedUtc(string key) => db.KeyExpire(key, Deadlines.InAnHourUtc()); // expect: EXP102

    // Bug: awaited.
    public async Task<bool> Awaited(string key) => await db.KeyExpireAsync(key, await Deadlines.TonightAsync()); // expect: EXP101

    // Bug: an out parameter.
    public bool Out(string key, string text) => Deadlines.TryGet(text, out DateTime at) && db.KeyExpire(key, at); // expect: EXP101

    // Fine: an out parameter.
    public bool OutUtc(string key, string text) => Deadlines.TryGetUtc(text, out DateTime at) && db.KeyExpire(key, at);

    // Bug: a tuple.
    public bool Tuple(string key)
    {
        (DateTime start, DateTime end) = Deadlines.Today();
        return start < end && db.KeyExpire(key, end); // expect: EXP101
    }

    // Fine: a tuple.
    public bool TupleUtc(string key)
    {
        (DateTime _, DateTime end) = Deadlines.TodayUtc();
        return db.KeyExpire(key, end);
    }

    // Bug: a tuple in place.
    public bool TupleInPlace(string key)
    {
        var (start, end) = (DateTime.UtcNow.Date, DateTime.Today.AddDays(1));
        return start < end && db.KeyExpire(key, end); // expect: EXP101
    }

    // Bug: a tuple's element by name.
    public bool TupleElement(string key)
    {
        var today = Deadlines.Today();
        return db.KeyExpire(key, today.End); // expect: EXP101
    }

    // Bug: through a local function.
    public bool Local(string key)
    {
        return Expire(DateTime.Today.AddDays(1)); // expect: EXP101

        bool Expire(DateTime at) => db.KeyExpire(key, at);
    }

    // Bug: three layers deep.
    public bool Deep(string key) => First(key, DateTime.Today.AddDays(1)); // expect: EXP101

    private bool First(string key, DateTime at) => Second(key, at);

    private bool Second(string key, DateTime at) => Third(key, at);

    private partial bool Third(string key, DateTime at);

    // Fine: what the middle layer makes of it.
    public bool DeepRepaired(string key) => FirstRepaired(key, DateTime.Today.AddDays(1));

    private bool FirstRepaired(string key, DateTime at) => Second(key, at.ToUniversalTime());
}

public sealed partial class Jobs
{
    private partial bool Third(string key, DateTime at) => db.KeyExpire(key, at);

    // Bug: through the other part.
    public bool OtherPart(string key) => Second(key, DateTime.Today.AddDays(1)); // expect: EXP101
}

public sealed class OptionsBuilders
{
    // Bug: one deadline for ever, of a kind that is read as local time.
    private static readonly DistributedCacheEntryOptions Shared = new() { AbsoluteExpiration = new DateTime(2030, 1, 1) }; // expect: EXP101

    // Bug: the span shrinks until Set runs.
    private DistributedCacheEntryOptions PerUse => new() { AbsoluteExpiration = DateTimeOffset.UtcNow.AddMinutes(5) }; // expect: EXP102

    private readonly DistributedCacheEntryOptions _fromConstructor;

    // Bug: in a constructor.
    public OptionsBuilders() => _fromConstructor = new DistributedCacheEntryOptions { AbsoluteExpiration = new DateTime(2030, 1, 1) }; // expect: EXP101

    public bool Same => Shared == PerUse || Shared == _fromConstructor;

    // Bug: in a lambda.
    public void Configure() =>
        Configure(options => options.AbsoluteExpiration = DateTime.Parse("2030-01-01 00:00")); // expect: EXP101

    // Fine: relative.
    public void ConfigureRelative() =>
        Configure(options => options.AbsoluteExpirationRelativeToNow = TimeSpan.FromMinutes(5));

    private void Configure(Action<DistributedCacheEntryOptions> setup) => setup(_fromConstructor);

    // Fine: the caller decides.
    public static DistributedCacheEntryOptions Until(DateTimeOffset at) => new() { AbsoluteExpiration = at };

    // Bug: read as local time on its way.
    public static DistributedCacheEntryOptions UntilNewYear(int year) => Until(new DateTime(year, 1, 1)); // expect: EXP101

    // Fine: an in-memory cache has one clock.
    public static MemoryCacheEntryOptions InMemory() => new() { AbsoluteExpiration = DateTimeOffset.UtcNow.AddMinutes(5) };
}
