using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace Course.Exp101.Coupons;

public static class Campaign
{
    public static readonly DateTime SummerEnds = new DateTime(2030, 8, 31, 23, 59, 59);

    public static readonly DateTime WinterEnds = new DateTime(2030, 2, 28, 23, 59, 59, DateTimeKind.Utc);

    public static DateTime SpringEnds { get; } = new(2030, 5, 31);

    public static DateTime AutumnEnds { get; } = DateTime.SpecifyKind(new DateTime(2030, 11, 30), DateTimeKind.Utc);

    // Not readonly: somebody may set it, nothing is certain.
    public static DateTime Configured = new DateTime(2030, 1, 1);

    // Settable: the same.
    public static DateTime Adjustable { get; set; } = new DateTime(2030, 1, 1);
}

public sealed class CouponService
{
    private const int LastYear = 2031;

    private readonly IDatabase db;
    private readonly DateTime _launch = new DateTime(2029, 3, 1, 9, 0, 0);
    private readonly DateTime _closing;

    public CouponService(IDatabase db, DateTime closing)
    {
        this.db = db;
        this._closing = closing;
    }

    // Bug: an Unspecified static readonly field; the call throws.
    public bool Summer(string code) => db.KeyExpire("coupon:" + code, Campaign.SummerEnds); // expect: EXP101

    // Fine: Utc by construction.
    public bool Winter(string code) => db.KeyExpire("coupon:" + code, Campaign.WinterEnds);

    // Bug: a get-only property with one visible initialiser.
    public bool Spring(string code) => db.KeyExpire("coupon:" + code, Campaign.SpringEnds); // expect: EXP101

    // Fine: relabelled in the initialiser.
    public bool Autumn(string code) => db.KeyExpire("coupon:" + code, Campaign.AutumnEnds);

    // Fine: not certain, the field is mutable.
    public bool FromConfiguredField(string code) => db.KeyExpire("coupon:" + code, Campaign.Configured);

    // Fine: not certain, the property has a setter.
    public bool FromAdjustable(string code) => db.KeyExpire("coupon:" + code, Campaign.Adjustable);

    // Bug: an instance field nobody assigns but its initialiser; arithmetic keeps the kind.
    public Task<bool> Launch(string code) => db.KeyExpireAsync("coupon:" + code, this._launch.AddDays(14)); // expect: EXP101

    // Fine: the field comes from the constructor's parameter.
    public Task<bool> Closing(string code) => db.KeyExpireAsync("coupon:" + code, this._closing.AddDays(14));

    // Bug: constants do not make a kind.
    public async Task LastDay(IEnumerable<string> codes)
    {
        foreach (string code in codes)
        {
            await db.KeyExpireAsync($"coupon:{code}", new DateTime(LastYear, 12, 31)); // expect: EXP101
        }
    }

    // Fine: the overload with milliseconds and a kind.
    public async Task LastDayUtc(IEnumerable<string> codes)
    {
        foreach (string code in codes)
        {
            await db.KeyExpireAsync($"coupon:{code}", new DateTime(LastYear, 12, 31, 23, 59, 59, 999, DateTimeKind.Utc));
        }
    }

    // Bug: Local given in so many words.
    public void Store(string code, int percent) =>
        db.StringSet($"coupon:{code}", percent, new DateTime(2030, 12, 24, 18, 0, 0, DateTimeKind.Local)); // expect: EXP101

    // Fine: the local shop hour, converted.
    public void StoreConverted(string code, int percent) =>
        db.StringSet($"coupon:{code}", percent, new DateTime(2030, 12, 24, 18, 0, 0, DateTimeKind.Local).ToUniversalTime());

    // Bug: end of this month, built from parts of the UTC clock without saying so.
    public bool Monthly(string code)
    {
        DateTime now = DateTime.UtcNow;
        DateTime end = new DateTime(now.Year, now.Month, 1).AddMonths(1);
        return db.KeyExpire("monthly:" + code, end); // expect: EXP101
    }

    // Fine: the same with the kind.
    public bool MonthlyUtc(string code)
    {
        DateTime now = DateTime.UtcNow;
        DateTime end = new DateTime(now.Year, now.Month, 1, 0, 0, 0, DateTimeKind.Utc).AddMonths(1);
        return db.KeyExpire("monthly:" + code, end);
    }

    // Bug: DateOnly knows no kind.
    public bool LastsThrough(string code, DateOnly day) => db.KeyExpire("coupon:" + code, day.ToDateTime(TimeOnly.MaxValue)); // expect: EXP101

    // Fine: the overload with a kind.
    public bool LastsThroughUtc(string code, DateOnly day) => db.KeyExpire("coupon:" + code, day.ToDateTime(TimeOnly.MaxValue, DateTimeKind.Utc));

    // Bug: the constructor from a date and a time knows none either.
    public bool HappyHour(string code, DateOnly day) => db.KeyExpire("happy:" + code, new DateTime(day, new TimeOnly(19, 0))); // expect: EXP101

    // Fine: with a kind.
    public bool HappyHourUtc(string code, DateOnly day) => db.KeyExpire("happy:" + code, new DateTime(day, new TimeOnly(19, 0), DateTimeKind.Utc));
}
