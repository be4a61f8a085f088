using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace Course.Services.Extensions;

public static class DatabaseExtensions
{
    public static Task<bool> ExpireAtAsync(this IDatabase db, RedisKey key, DateTime instant) => db.KeyExpireAsync(key, instant);

    public static Task<bool> ExpireAtAsync(this IDatabase db, RedisKey key, DateTimeOffset instant) => db.KeyExpireAsync(key, instant.UtcDateTime);

    public static Task<bool> ExpireInAsync(this IDatabase db, RedisKey key, TimeSpan span) => db.KeyExpireAsync(key, span);

    public static DateTime FromNow(this TimeSpan span) => DateTime.UtcNow + span;

    public static DateTime NextMidnightUtc(this DateTime moment) => moment.ToUniversalTime().Date.AddDays(1);

    public static DateTime WithoutSeconds(this DateTime moment) => new(moment.Year, moment.Month, moment.Day, moment.Hour, moment.Minute, 0);

    public static async Task<T?> GetJsonAsync<T>(this IDatabase db, RedisKey key)
    {
        var raw = await db.StringGetAsync(key);
        return raw.IsNullOrEmpty ? default : JsonSerializer.Deserialize<T>((string)raw!);
    }

    public static Task SetJsonAsync<T>(this IDatabase db, RedisKey key, T value, TimeSpan ttl) =>
        db.StringSetAsync(key, JsonSerializer.Serialize(value), ttl);

    public static async Task<string[]> MembersAndTouchAsync(this IDatabase db, RedisKey key, TimeSpan ttl)
    {
        var members = await db.SetMembersAsync(key);
        await db.KeyExpireAsync(key, ttl); // expect: EXP301
        return members.Select(m => m.ToString()).ToArray();
    }

    public static async Task<bool> RunLockedAsync(this IDatabase db, string name, Func<Task> work)
    {
        var id = Guid.NewGuid().ToString("N");
        if (!await db.LockTakeAsync(name, id, TimeSpan.FromSeconds(30))) // expect: EXP201
        {
            return false;
        }

        try
        {
            await work();
            return true;
        }
        finally
        {
            await db.LockReleaseAsync(name, id);
        }
    }
}

public sealed record Wish(string Sku, int Priority);

public sealed class WishListService(IDatabase db)
{
    private static readonly TimeSpan Keep = TimeSpan.FromDays(60);

    public async Task<IReadOnlyList<Wish>> GetAsync(int user)
    {
        var list = await db.GetJsonAsync<List<Wish>>($"wish:{user}");
        if (list is null)
        {
            return [];
        }

        await db.KeyExpireAsync($"wish:{user}", Keep); // expect: EXP301
        return list;
    }

    public async Task<IReadOnlyList<Wish>> GetSharedAsync(int user)
    {
        var list = await db.GetJsonAsync<List<Wish>>($"wish:{user}:shared");
        await db.ExpireInAsync($"wish:{user}", Keep);
        return list ?? [];
    }

    public async Task SaveAsync(int user, IReadOnlyList<Wish> wishes)
    {
        await db.SetJsonAsync($"wish:{user}", wishes, Keep);
        await db.ExpireAtAsync($"wish:{user}:hint", TimeSpan.FromHours(3).FromNow()); // expect: EXP102
    }

    public async Task ShareAsync(int user, DateTimeOffset until, DateTime chosen)
    {
        await db.ExpireAtAsync($"wish:{user}:shared", until);
        await db.ExpireAtAsync($"wish:{user}:link", until.DateTime); // expect: EXP101
        await db.ExpireAtAsync($"wish:{user}:mail", chosen);
        await db.ExpireAtAsync($"wish:{user}:mail:day", chosen.NextMidnightUtc());
        await db.ExpireAtAsync($"wish:{user}:mail:minute", until.UtcDateTime.WithoutSeconds()); // expect: EXP101
        await db.ExpireAtAsync($"wish:{user}:mail:now", DateTimeOffset.UtcNow);
    }

    public Task<bool> ReorganiseAsync(int user, Func<Task> reorganise) => db.RunLockedAsync($"wish:{user}:lock", reorganise);

    public async Task<int> ReprioritiseAsync(int user)
    {
        var list = await db.GetJsonAsync<List<Wish>>($"wish:{user}") ?? [];
        var ordered = list.OrderBy(w => w.Priority).ToList();
        await db.SetJsonAsync($"wish:{user}", ordered, Keep);
        await db.ExpireInAsync($"wish:{user}", Keep);
        return ordered.Count;
    }
}
