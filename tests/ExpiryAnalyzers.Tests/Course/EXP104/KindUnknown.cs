using System;
using System.Collections.Generic;
using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using System.Threading.Tasks;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using StackExchange.Redis;

namespace Course.Exp108.Kinds;

public sealed class Voucher
{
    public string Code { get; set; } = "";
    public DateTime ExpiresAt { get; set; }
    public DateTime? ValidTo { get; set; }
    public DateTimeOffset Until { get; set; }
}

public sealed record Token(string Value, DateTime ExpiresUtc);

public sealed class VoucherCache(IDatabase db, IDistributedCache cache, IMemoryCache memory)
{
    // A column.
    public Task StoreAsync(Voucher voucher) => db.KeyExpireAsync(voucher.Code, voucher.ExpiresAt); // expect: EXP108

    // A column that may be null.
    public Task StoreValidAsync(Voucher voucher) => db.KeyExpireAsync(voucher.Code, voucher.ValidTo); // expect: EXP108

    // A public wrapper's own parameter.
    public void ExpireAt(string key, DateTime at) => db.KeyExpire(key, at); // expect: EXP108

    // Told inside the wrapper.
    public void Expire(Voucher voucher) => ExpireAt(voucher.Code, voucher.ExpiresAt);

    // A private wrapper is as good as its calls.
    private void End(string key, DateTime at) => db.KeyExpire(key, at);

    public void EndSoon(string key) => End(key, DateTime.UtcNow.AddMinutes(5));

    public void EndWith(Voucher voucher) => End(voucher.Code, voucher.ExpiresAt); // expect: EXP108

    // From the database.
    public void Load(DbDataReader reader) => db.KeyExpire(reader.GetString(0), reader.GetDateTime(1)); // expect: EXP108

    // From JSON.
    public void Read(string json)
    {
        Token token = JsonSerializer.Deserialize<Token>(json)!;
        db.StringSet("token", token.Value);
        db.KeyExpire("token", token.ExpiresUtc); // expect: EXP108
    }

    // A known kind.
    public void ReadAsUtc(string json)
    {
        Token token = JsonSerializer.Deserialize<Token>(json)!;
        db.KeyExpire("token", DateTime.SpecifyKind(token.ExpiresUtc, DateTimeKind.Utc));
    }

    // A test of the kind.
    public void ExpireChecked(string key, DateTime at)
    {
        if (at.Kind != DateTimeKind.Utc)
        {
            throw new ArgumentException("UTC, please.", nameof(at));
        }

        db.KeyExpire(key, at);
    }

    // A kind repaired.
    public void ExpireRepaired(string key, DateTime at) => db.KeyExpire(key, at.Kind == DateTimeKind.Unspecified ? DateTime.SpecifyKind(at, DateTimeKind.Utc) : at.ToUniversalTime());

    // A DateTimeOffset carries its offset.
    public void ExpireOffset(Voucher voucher) => db.KeyExpire(voucher.Code, voucher.Until.UtcDateTime);

    // The silent conversion.
    public void Cache(Voucher voucher) => cache.SetString(voucher.Code, "1", new DistributedCacheEntryOptions { AbsoluteExpiration = voucher.ExpiresAt }); // expect: EXP108

    // The conversion by hand.
    public void CacheByHand(Voucher voucher) => cache.SetString(voucher.Code, "1", new DistributedCacheEntryOptions { AbsoluteExpiration = new DateTimeOffset(voucher.ExpiresAt) }); // expect: EXP108

    // The conversion ahead of the sink.
    public void CacheByLocal(Voucher voucher)
    {
        DateTimeOffset until = voucher.ExpiresAt;
        cache.SetString(voucher.Code, "1", new DistributedCacheEntryOptions { AbsoluteExpiration = until }); // expect: EXP108
    }

    // No conversion.
    public void CacheOffset(Voucher voucher) => cache.SetString(voucher.Code, "1", new DistributedCacheEntryOptions { AbsoluteExpiration = voucher.Until });

    // A conversion that is told the offset.
    public void CacheAtZero(Voucher voucher) => cache.SetString(voucher.Code, "1", new DistributedCacheEntryOptions { AbsoluteExpiration = new DateTimeOffset(voucher.ExpiresAt, TimeSpan.Zero) });

    // Local times convert well.
    public void Remember(Voucher voucher) => memory.Set(voucher.Code, voucher, DateTime.Now.AddMinutes(5));

    // Unknown ones do not.
    public void RememberUntil(Voucher voucher) => memory.Set(voucher.Code, voucher, voucher.ExpiresAt); // expect: EXP108

    // Round-trip text may have any kind.
    public void Parse(string text) => db.KeyExpire("k", DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind)); // expect: EXP108

    // Text made UTC.
    public void ParseUtc(string text) => db.KeyExpire("k", DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal));

    // Never.
    public void Keep(string key) => db.KeyExpire(key, DateTime.MaxValue);

    // In a loop over rows.
    public void StoreAll(IEnumerable<Voucher> vouchers)
    {
        foreach (Voucher voucher in vouchers)
        {
            db.KeyExpire(voucher.Code, voucher.ExpiresAt); // expect: EXP108
        }
    }
}
