using System;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace Course.Services.Tokens;

public sealed class RefreshToken
{
    public required string Id { get; init; }

    public required string UserId { get; init; }

    public DateTime ExpiresAtUtc { get; init; }

    public DateTimeOffset IssuedAt { get; init; }
}

public interface ITokenClock
{
    DateTimeOffset UtcNow { get; }
}

public sealed class RefreshTokenStore
{
    private readonly IDatabase db;
    private readonly TimeProvider time;
    private readonly TimeSpan lifetime = TimeSpan.FromDays(14);

    public RefreshTokenStore(IDatabase db, TimeProvider time)
    {
        this.db = db;
        this.time = time;
    }

    public async Task<RefreshToken> IssueAsync(string userId)
    {
        // The record says when it dies, so the key has to die at the same instant.
        var expiresAt = time.GetUtcNow().Add(lifetime).UtcDateTime;
        var token = new RefreshToken { Id = RandomNumberGenerator.GetHexString(32), UserId = userId, ExpiresAtUtc = expiresAt, IssuedAt = time.GetUtcNow() };
        await db.StringSetAsync(Key(token.Id), JsonSerializer.Serialize(token), expiresAt);
        return token;
    }

    public async Task RememberFamilyAsync(string family, string tokenId)
    {
        await db.SetAddAsync($"rt:family:{family}", tokenId);
        await db.KeyExpireAsync($"rt:family:{family}", time.GetUtcNow().Add(lifetime).UtcDateTime); // expect: EXP102, EXP302
    }

    public async Task ImportAsync(RefreshToken token)
    {
        await db.StringSetAsync(Key(token.Id), JsonSerializer.Serialize(token), token.ExpiresAtUtc);
    }

    public async Task ImportLegacyAsync(string id, string payload, string expires)
    {
        if (!DateTime.TryParse(expires, CultureInfo.InvariantCulture, DateTimeStyles.None, out var when))
        {
            return;
        }

        await db.StringSetAsync(Key(id), payload, when); // expect: EXP101
    }

    public async Task ImportUtcAsync(string id, string payload, string expires)
    {
        if (!DateTime.TryParse(expires, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var when))
        {
            return;
        }

        await db.StringSetAsync(Key(id), payload, when);
    }

    public Task<bool> ImportCompactAsync(string id, string payload, string stamp)
    {
        var when = DateTime.ParseExact(stamp, "yyyyMMddHHmmss", CultureInfo.InvariantCulture);
        return db.StringSetAsync(Key(id), payload, when, When.NotExists); // expect: EXP101
    }

    public async Task<bool> RevokeSoonAsync(string id)
    {
        var grace = DateTime.UtcNow.AddSeconds(30);
        return await db.KeyExpireAsync(Key(id), grace); // expect: EXP102
    }

    public async Task<DateTime> RevokeAtAsync(string id, TimeSpan grace)
    {
        var at = DateTime.UtcNow.Add(grace);
        await db.KeyExpireAsync(Key(id), at);
        return at;
    }

    public async Task<RefreshToken?> RotateAsync(string id)
    {
        var raw = await db.StringGetDeleteAsync(Key(id));
        if (raw.IsNull)
        {
            return null;
        }

        var old = JsonSerializer.Deserialize<RefreshToken>((string)raw!)!;
        return old.ExpiresAtUtc <= time.GetUtcNow().UtcDateTime ? null : await IssueAsync(old.UserId);
    }

    public async Task<string?> PeekUserAsync(string id)
    {
        var json = (string?)await db.StringGetAsync(Key(id));
        if (json is null)
        {
            return null;
        }

        var token = JsonSerializer.Deserialize<RefreshToken>(json)!;
        await db.KeyExpireAsync(Key(id), token.ExpiresAtUtc.AddMinutes(1));
        return token.UserId;
    }

    public Task AlignWithJwtAsync(string id, long exp) =>
        db.KeyExpireAsync(Key(id), DateTimeOffset.FromUnixTimeSeconds(exp).UtcDateTime);

    public Task AlignWithLegacyJwtAsync(string id, long exp) =>
        db.KeyExpireAsync(Key(id), new DateTime(1970, 1, 1).AddSeconds(exp)); // expect: EXP101

    public Task AlignWithCookieAsync(string id, DateTimeOffset? cookieExpires) =>
        db.KeyExpireAsync(Key(id), cookieExpires?.DateTime); // expect: EXP101

    private static RedisKey Key(string id) => "rt:" + id;
}
