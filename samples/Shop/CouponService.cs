using StackExchange.Redis;

namespace Shop;

/// <summary>Coupons that are valid for a while, and a daily deal.</summary>
public sealed class CouponService(IDatabase redis)
{
    public async Task IssueAsync(string code, string customer, TimeSpan validFor)
    {
        await redis.StringSetAsync($"coupon:{code}", customer, validFor);

        // EXP102 (and EXP101): a TTL was meant; sent as an instant it depends on two clocks and a time zone.
        await redis.KeyExpireAsync($"coupon:{code}:shown", DateTime.Now.AddMinutes(30));
    }

    public Task<bool> HoldAsync(string code, TimeSpan time) =>
        // EXP102: the clock of this machine plus a span.
        redis.KeyExpireAsync($"coupon:{code}", DateTime.UtcNow + time);

    public Task<bool> OpenDealAsync(string product, string price)
    {
        // EXP101: parsed text is Local or Unspecified.
        DateTime closing = DateTime.Parse("2030-11-29 23:59");
        return redis.StringSetAsync($"deal:{product}", price, closing);
    }

    /// <summary>Correct: the deal ends with the UTC day, a deadline that is no span from now.</summary>
    public Task<bool> OpenTodaysDealAsync(string product, string price) =>
        redis.StringSetAsync($"deal:{product}", price, DateTime.UtcNow.Date.AddDays(1));
}
