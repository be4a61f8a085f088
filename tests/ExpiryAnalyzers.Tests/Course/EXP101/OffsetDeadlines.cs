using System;
using System.Net.Http;
using System.Threading.Tasks;
using Microsoft.Extensions.Internal;
using StackExchange.Redis;

namespace Course.Exp101.Offsets;

public sealed record AccessToken(string Id, DateTimeOffset ExpiresAt, DateTimeOffset? RefreshBefore);

public interface IOwnClock
{
    DateTimeOffset Now { get; }
}

public class TokenCache(IDatabase db, TimeProvider time, ISystemClock systemClock, IOwnClock ownClock)
{
    // Bug: .DateTime of an offset is always Unspecified; the commonest of all, as there is no overload for DateTimeOffset.
    public Task<bool> ExpireWith(AccessToken token) => db.KeyExpireAsync("token:" + token.Id, token.ExpiresAt.DateTime); // expect: EXP101

    // Fine: .UtcDateTime is Utc.
    public Task<bool> ExpireWithUtc(AccessToken token) => db.KeyExpireAsync("token:" + token.Id, token.ExpiresAt.UtcDateTime);

    // Bug: .LocalDateTime is Local.
    public Task<bool> ExpireWithLocal(AccessToken token) => db.KeyExpireAsync("token:" + token.Id, token.ExpiresAt.LocalDateTime); // expect: EXP101

    // Bug: .Date is Unspecified as well.
    public Task<bool> ExpireAtStartOfDay(AccessToken token) => db.KeyExpireAsync("token:" + token.Id, token.ExpiresAt.Date); // expect: EXP101

    // Fine: the UTC day.
    public Task<bool> ExpireAtStartOfUtcDay(AccessToken token) => db.KeyExpireAsync("token:" + token.Id, token.ExpiresAt.UtcDateTime.Date);

    // Bug: ToUniversalTime moves the offset to zero, .DateTime forgets it all the same.
    public bool Shift(AccessToken token) => db.KeyExpire("token:" + token.Id, token.ExpiresAt.ToUniversalTime().DateTime); // expect: EXP101

    // Bug: a nullable chain, null or Unspecified.
    public bool RefreshBefore(AccessToken token) => db.KeyExpire("token:" + token.Id, token.RefreshBefore?.DateTime); // expect: EXP101

    // Fine: a nullable chain, null or Utc.
    public bool RefreshBeforeUtc(AccessToken token) => db.KeyExpire("token:" + token.Id, token.RefreshBefore?.UtcDateTime);

    // Bug: .Value in between.
    public bool RefreshBeforeValue(AccessToken token)
        => token.RefreshBefore.HasValue && db.KeyExpire("token:" + token.Id, token.RefreshBefore.Value.DateTime); // expect: EXP101

    // Bug: Unix seconds of a JWT; the struct's clock part has no kind.
    public bool ExpireWithJwt(string id, long exp) => db.KeyExpire($"jwt:{id}", DateTimeOffset.FromUnixTimeSeconds(exp).DateTime); // expect: EXP101

    // Fine: the UTC half.
    public bool ExpireWithJwtUtc(string id, long exp) => db.KeyExpire($"jwt:{id}", DateTimeOffset.FromUnixTimeSeconds(exp).UtcDateTime);

    // Bug: milliseconds and a local in between.
    public bool ExpireWithMilliseconds(string id, long ms)
    {
        DateTimeOffset moment = DateTimeOffset.FromUnixTimeMilliseconds(ms);
        var when = moment.DateTime;
        return db.KeyExpire($"jwt:{id}", when); // expect: EXP101
    }

    // Fine: the offset local is converted at the last moment.
    public bool ExpireWithMillisecondsUtc(string id, long ms)
    {
        DateTimeOffset moment = DateTimeOffset.FromUnixTimeMilliseconds(ms);
        return db.KeyExpire($"jwt:{id}", moment.UtcDateTime);
    }

    // Bug: the offset's clock reading with an offset in between: both rules.
    public bool Slide(string id) => db.KeyExpire($"token:{id}", DateTimeOffset.UtcNow.AddMinutes(30).DateTime); // expect: EXP101, EXP102

    // Bug: the day of the time provider; a calendar deadline.
    public bool UntilMidnight(string id) => db.KeyExpire($"token:{id}", time.GetUtcNow().Date.AddDays(1)); // expect: EXP101

    // Fine: the UTC day of the time provider.
    public bool UntilUtcMidnight(string id) => db.KeyExpire($"token:{id}", time.GetUtcNow().UtcDateTime.Date.AddDays(1));

    // Bug: a system clock's offset, day taken.
    public bool UntilMidnightBySystemClock(string id) => db.KeyExpire($"token:{id}", systemClock.UtcNow.Date.AddDays(1)); // expect: EXP101

    // Bug: whatever our own clock says, .DateTime is Unspecified.
    public bool UntilMidnightByOwnClock(string id) => db.KeyExpire($"token:{id}", ownClock.Now.Date.AddDays(1)); // expect: EXP101

    // Fine: our own clock, the UTC half.
    public bool UntilUtcMidnightByOwnClock(string id) => db.KeyExpire($"token:{id}", ownClock.Now.UtcDateTime.Date.AddDays(1));

    // Bug: the Expires header of a response.
    public async Task CacheResponse(HttpResponseMessage response, string url)
    {
        byte[] body = await response.Content.ReadAsByteArrayAsync().ConfigureAwait(false);
        if (response.Content.Headers.Expires is { } expires)
        {
            await db.StringSetAsync("http:" + url, body, expires.DateTime).ConfigureAwait(false); // expect: EXP101
        }
    }

    // Fine: the UTC half of the header.
    public async Task CacheResponseUtc(HttpResponseMessage response, string url)
    {
        byte[] body = await response.Content.ReadAsByteArrayAsync().ConfigureAwait(false);
        if (response.Content.Headers.Expires is { } expires)
        {
            await db.StringSetAsync("http:" + url, body, expires.UtcDateTime).ConfigureAwait(false);
        }
    }

    // Fine: the clock part labelled as the UTC it is.
    public bool Labelled(AccessToken token)
        => db.KeyExpire("token:" + token.Id, DateTime.SpecifyKind(token.ExpiresAt.ToUniversalTime().DateTime, DateTimeKind.Utc));

    // Fine: already relative, the difference of two offsets.
    public bool Remaining(AccessToken token) => db.KeyExpire("token:" + token.Id, token.ExpiresAt - time.GetUtcNow());
}
