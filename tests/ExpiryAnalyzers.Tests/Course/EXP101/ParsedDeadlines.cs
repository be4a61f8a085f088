using System;
using System.Globalization;
using System.Text.Json;
using System.Threading.Tasks;
using System.Xml;
using StackExchange.Redis;

using static System.Globalization.DateTimeStyles;

namespace Course.Exp101.Parsing;

public sealed class ParsedDeadlines
{
    private readonly IDatabase _db;

    public ParsedDeadlines(IDatabase db) { _db = db; }

    // Bug: Local when the text has an offset, Unspecified when it has none: never Utc.
    public bool Plain(string key, string text) => _db.KeyExpire(key, DateTime.Parse(text)); // expect: EXP101

    // Bug: a culture changes nothing.
    public bool WithCulture(string key, string text) => _db.KeyExpire(key, DateTime.Parse(text, CultureInfo.InvariantCulture)); // expect: EXP101

    // Fine: both flags together always give Utc.
    public bool AssumedAndAdjusted(string key, string text)
        => _db.KeyExpire(key, DateTime.Parse(text, CultureInfo.InvariantCulture, AssumeUniversal | AdjustToUniversal));

    // Bug: AssumeUniversal alone gives Local.
    public bool AssumedOnly(string key, string text)
        => _db.KeyExpire(key, DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)); // expect: EXP101

    // Fine: Utc or Unspecified, depends on the text.
    public bool AdjustedOnly(string key, string text)
        => _db.KeyExpire(key, DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal));

    // Fine: any kind, depends on the text.
    public bool RoundTrip(string key, string text)
        => _db.KeyExpire(key, DateTime.Parse(text, null, DateTimeStyles.RoundtripKind));

    // Bug: AssumeLocal gives Local.
    public Task<bool> AssumedLocal(string key, string text)
        => _db.KeyExpireAsync(key, DateTime.Parse(text, CultureInfo.CurrentCulture, AssumeLocal)); // expect: EXP101

    // Fine: local text, adjusted.
    public Task<bool> AssumedLocalAdjusted(string key, string text)
        => _db.KeyExpireAsync(key, DateTime.Parse(text, CultureInfo.CurrentCulture, AssumeLocal | AdjustToUniversal));

    // Fine: parsed, then converted.
    public Task<bool> Converted(string key, string text) => _db.KeyExpireAsync(key, DateTime.Parse(text).ToUniversalTime());

    // Bug: the out variable of TryParse is never Utc.
    public bool Try(string key, string? text)
    {
        if (!DateTime.TryParse(text, out DateTime until))
        {
            return false;
        }

        return _db.KeyExpire(key, until); // expect: EXP101
    }

    // Fine: TryParse with the right styles.
    public bool TryUtc(string key, string? text)
        => DateTime.TryParse(text, CultureInfo.InvariantCulture, AssumeUniversal | AdjustToUniversal, out var until) && _db.KeyExpire(key, until);

    // Bug: a format without a zone gives Unspecified.
    public bool Exact(string key, string text)
        => _db.KeyExpire(key, DateTime.ParseExact(text, "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)); // expect: EXP101

    // Bug: "r" says GMT and still gives Unspecified.
    public bool HttpDate(string key, string header)
    {
        var expires = DateTime.ParseExact(header, "r", CultureInfo.InvariantCulture);
        return _db.KeyExpire(key, expires); // expect: EXP101
    }

    // Bug: "u" ends in Z and still gives Unspecified.
    public bool Sortable(string key, string text)
    {
        var expires = DateTime.ParseExact(text, "u", CultureInfo.InvariantCulture, None);
        return _db.KeyExpire(key, expires); // expect: EXP101
    }

    // Fine: labelled after parsing.
    public bool HttpDateLabelled(string key, string header)
    {
        var expires = DateTime.SpecifyKind(DateTime.ParseExact(header, "r", CultureInfo.InvariantCulture), DateTimeKind.Utc);
        return _db.KeyExpire(key, expires);
    }

    // Bug: a date of the form field, TryParseExact.
    public bool FormField(string key, string field)
    {
        bool ok = DateTime.TryParseExact(field, "dd.MM.yyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day);
        return ok && _db.KeyExpire(key, day.AddDays(1)); // expect: EXP101
    }

    // Fine: the same with both flags.
    public bool FormFieldUtc(string key, string field)
    {
        bool ok = DateTime.TryParseExact(field, "dd.MM.yyyy", CultureInfo.InvariantCulture, AssumeUniversal | AdjustToUniversal, out var day);
        return ok && _db.KeyExpire(key, day.AddDays(1));
    }

    // Fine: the offset is kept and the UTC half is taken.
    public bool ViaOffset(string key, string text) => _db.KeyExpire(key, DateTimeOffset.Parse(text, CultureInfo.InvariantCulture).UtcDateTime);

    // Bug: the offset is kept, then thrown away.
    public bool ViaOffsetClock(string key, string text) => _db.KeyExpire(key, DateTimeOffset.Parse(text, CultureInfo.InvariantCulture).DateTime); // expect: EXP101

    // Bug: Convert is Parse.
    public bool Converter(string key, string text) => _db.KeyExpire(key, Convert.ToDateTime(text, CultureInfo.InvariantCulture)); // expect: EXP101

    // Fine: the deserialised kind depends on the document.
    public bool Json(string key, JsonElement element) => _db.KeyExpire(key, element.GetProperty("expires").GetDateTime());

    // Fine: depends on the document.
    public bool JsonValue(string key, string json) => _db.KeyExpire(key, JsonSerializer.Deserialize<DateTime>(json));

    // Fine: XmlConvert told to give UTC.
    public bool Xml(string key, string text) => _db.KeyExpire(key, XmlConvert.ToDateTime(text, XmlDateTimeSerializationMode.Utc));

    // Bug: XmlConvert told to give local time.
    public bool XmlLocal(string key, string text) => _db.KeyExpire(key, XmlConvert.ToDateTime(text, XmlDateTimeSerializationMode.Local)); // expect: EXP101
}
