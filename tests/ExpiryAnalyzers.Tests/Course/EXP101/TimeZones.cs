using System;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace Course.Exp101.Zones;

public sealed class ShopHours
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    private readonly IDatabase _db;
    private readonly TimeZoneInfo _tenantZone;

    public ShopHours(IDatabase db, TimeZoneInfo tenantZone)
    {
        _db = db;
        _tenantZone = tenantZone;
    }

    // Bug: closing time in the shop's zone has no kind.
    public Task<bool> UntilClosing(string shop)
    {
        DateTime berlin = TimeZoneInfo.ConvertTimeFromUtc(DateTime.UtcNow, Berlin);
        return _db.KeyExpireAsync("shop:" + shop, berlin.Date.AddHours(20)); // expect: EXP101
    }

    // Fine: the closing time is taken back to UTC.
    public Task<bool> UntilClosingUtc(string shop)
    {
        DateTime berlin = TimeZoneInfo.ConvertTimeFromUtc(DateTime.UtcNow, Berlin);
        return _db.KeyExpireAsync("shop:" + shop, TimeZoneInfo.ConvertTimeToUtc(berlin.Date.AddHours(20), Berlin));
    }

    // Bug: by the id of a zone that is not UTC.
    public bool InTokyo(string shop, DateTime utc)
        => _db.KeyExpire("shop:" + shop, TimeZoneInfo.ConvertTimeBySystemTimeZoneId(utc, "Asia/Tokyo")); // expect: EXP101

    // Fine: a tenant's zone may be the UTC one.
    public bool InTenantZone(string shop, DateTime utc)
        => _db.KeyExpire("shop:" + shop, TimeZoneInfo.ConvertTimeFromUtc(utc, _tenantZone));

    // Fine: the target is UTC.
    public bool InUtc(string shop, DateTime any) => _db.KeyExpire("shop:" + shop, TimeZoneInfo.ConvertTime(any, TimeZoneInfo.Utc));

    // Bug: the target is the machine's zone.
    public bool InLocal(string shop, DateTime any) => _db.KeyExpire("shop:" + shop, TimeZoneInfo.ConvertTime(any, TimeZoneInfo.Local)); // expect: EXP101

    // Fine: to UTC, from whatever zone.
    public bool FromTenantZone(string shop, DateTime wall) => _db.KeyExpire("shop:" + shop, TimeZoneInfo.ConvertTimeToUtc(wall, _tenantZone));

    // Bug: the offset form converts well, .DateTime loses it.
    public bool OffsetInBerlin(string shop, DateTimeOffset moment)
        => _db.KeyExpire("shop:" + shop, TimeZoneInfo.ConvertTime(moment, Berlin).DateTime); // expect: EXP101

    // Fine: the offset form, UTC half.
    public bool OffsetInBerlinUtc(string shop, DateTimeOffset moment)
        => _db.KeyExpire("shop:" + shop, TimeZoneInfo.ConvertTime(moment, Berlin).UtcDateTime);

    // Bug: ToLocalTime in a wrapperless one-liner.
    public bool Localised(string shop, DateTime validTo) => _db.KeyExpire("shop:" + shop, validTo.ToLocalTime()); // expect: EXP101

    // Fine: ToUniversalTime of an unknown kind is Utc.
    public bool Universal(string shop, DateTime validTo) => _db.KeyExpire("shop:" + shop, validTo.ToUniversalTime());

    // Bug: relabelled as Local.
    public bool Relabelled(string shop, DateTime column) => _db.KeyExpire("shop:" + shop, DateTime.SpecifyKind(column, DateTimeKind.Local)); // expect: EXP101

    // Fine: relabelled as Local, then converted.
    public bool RelabelledAndConverted(string shop, DateTime column)
        => _db.KeyExpire("shop:" + shop, DateTime.SpecifyKind(column, DateTimeKind.Local).ToUniversalTime());
}
