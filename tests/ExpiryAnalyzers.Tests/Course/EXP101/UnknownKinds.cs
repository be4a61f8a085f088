using System;
using System.Collections.Generic;
using System.Data.Common;
using System.Linq;
using System.Net;
using System.Threading.Tasks;
using Microsoft.Extensions.Caching.Distributed;
using StackExchange.Redis;

namespace Course.Exp101.Unknown;

public class Licence
{
    public Guid Id { get; set; }
    public DateTime ValidUntil { get; set; }
    public DateTime? GraceUntil { get; set; }
}

public interface ICalendar
{
    DateTime NextHoliday { get; }
    DateTime EndOf(string quarter);
}

/// <summary>Nothing here is certain, so nothing here is reported.</summary>
public sealed class LicenceCache(IDatabase db, IDistributedCache cache, ICalendar calendar)
{
    // Fine: an entity's column.
    public bool Store(Licence licence) => db.KeyExpire($"licence:{licence.Id}", licence.ValidUntil);

    // Fine: a nullable column and a fallback of unknown kind.
    public bool StoreWithGrace(Licence licence) => db.KeyExpire($"licence:{licence.Id}", licence.GraceUntil ?? licence.ValidUntil.AddDays(7));

    // Fine: an interface's property and method.
    public Task StoreUntilHoliday(Guid id) => Task.WhenAll(
        db.KeyExpireAsync($"licence:{id}", calendar.NextHoliday),
        db.KeyExpireAsync($"quota:{id}", calendar.EndOf("Q3")));

    // Fine: a parameter with a default that is null.
    public bool StoreOptional(Guid id, DateTime? until = null) => db.KeyExpire($"licence:{id}", until);

    // Fine: a column of a reader.
    public bool StoreFromReader(DbDataReader reader) => db.KeyExpire($"licence:{reader.GetGuid(0)}", reader.GetDateTime(1));

    // Fine: an element of a collection.
    public bool StoreFirst(IReadOnlyList<Licence> licences) => db.KeyExpire("licence:first", licences.Min(l => l.ValidUntil));

    // Fine: a lookup through out.
    public bool StoreKnown(IReadOnlyDictionary<string, DateTime> known, string key) => known.TryGetValue(key, out DateTime until) && db.KeyExpire(key, until);

    // Fine: a cookie's expiry.
    public bool StoreCookie(Cookie cookie) => db.KeyExpire("cookie:" + cookie.Name, cookie.Expires);

    // Fine: a parameter given to an option.
    public void StoreBytes(string key, byte[] value, DateTime until) => cache.Set(key, value, new DistributedCacheEntryOptions { AbsoluteExpiration = until });

    // Fine: a parameter of unknown kind plus a span.
    public bool StoreLater(string key, DateTime from, TimeSpan more) => db.KeyExpire(key, from.Add(more).AddMinutes(1));

    // Fine: a tuple's element.
    public bool StoreTuple((string Key, DateTime Until) item) => db.KeyExpire(item.Key, item.Until);

    // Fine: the object's own type tells nothing.
    public bool StoreBoxed(string key, object until) => until is DateTime when && db.KeyExpire(key, when);

    // Bug: .Date of an unknown DateTime would be unknown, .Date of an offset is not.
    public bool StoreDay(string key, DateTimeOffset from) => db.KeyExpire(key, from.Date); // expect: EXP101

    // Fine: .Date of an unknown DateTime keeps the unknown kind.
    public bool StoreDayOf(string key, DateTime from) => db.KeyExpire(key, from.Date.AddDays(1));
}
