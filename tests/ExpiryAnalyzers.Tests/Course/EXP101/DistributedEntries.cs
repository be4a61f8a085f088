using System;
using System.Globalization;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Caching.Distributed;

namespace Course.Exp101.Distributed;

public sealed record Article(int Id, string Title, DateTimeOffset PublishedUntil, DateTime EmbargoEnds);

/// <summary>Here the sink is a DateTimeOffset: Local converts to the right instant, Unspecified is silently read as local.</summary>
public sealed class ArticleCache(IDistributedCache cache)
{
    private static readonly DateTime SeasonEnds = new(2031, 7, 1);

    private static readonly DateTime SeasonEndsUtc = new(2031, 7, 1, 0, 0, 0, DateTimeKind.Utc);

    private static byte[] Bytes(Article article) => Encoding.UTF8.GetBytes(article.Title);

    // Bug: parts without a kind become local time.
    public Task SaveForSeasonAsync(Article article, CancellationToken ct)
    {
        var options = new DistributedCacheEntryOptions
        {
            AbsoluteExpiration = new DateTime(2031, 7, 1), // expect: EXP101
        };
        return cache.SetAsync($"article:{article.Id}", Bytes(article), options, ct);
    }

    // Fine: parts with a kind.
    public Task SaveForSeasonUtcAsync(Article article, CancellationToken ct)
    {
        var options = new DistributedCacheEntryOptions
        {
            AbsoluteExpiration = new DateTime(2031, 7, 1, 0, 0, 0, DateTimeKind.Utc),
        };
        return cache.SetAsync($"article:{article.Id}", Bytes(article), options, ct);
    }

    // Bug: the readonly field has no kind.
    public Task SaveForSeasonFieldAsync(Article article) =>
        cache.SetAsync($"article:{article.Id}", Bytes(article), new DistributedCacheEntryOptions { AbsoluteExpiration = SeasonEnds }); // expect: EXP101

    // Fine: the readonly field is Utc.
    public Task SaveForSeasonFieldUtcAsync(Article article) =>
        cache.SetAsync($"article:{article.Id}", Bytes(article), new DistributedCacheEntryOptions { AbsoluteExpiration = SeasonEndsUtc });

    // Fine: local midnight converts to the right instant.
    public Task SaveForTodayAsync(Article article) =>
        cache.SetAsync($"article:{article.Id}", Bytes(article), new DistributedCacheEntryOptions { AbsoluteExpiration = DateTime.Today.AddDays(1) });

    // Bug: .Date of an offset is Unspecified: UTC's day is read as the machine's.
    public Task SaveForUtcDayAsync(Article article) =>
        cache.SetAsync($"article:{article.Id}", Bytes(article), new DistributedCacheEntryOptions { AbsoluteExpiration = DateTimeOffset.UtcNow.Date.AddDays(1) }); // expect: EXP101

    // Bug: the offset was there and is thrown away.
    public void SaveUntilUnpublished(Article article)
    {
        var options = new DistributedCacheEntryOptions();
        options.AbsoluteExpiration = article.PublishedUntil.DateTime; // expect: EXP101
        cache.Set($"article:{article.Id}", Bytes(article), options);
    }

    // Fine: the value itself carries its offset.
    public void SaveUntilUnpublishedOffset(Article article)
    {
        var options = new DistributedCacheEntryOptions();
        options.AbsoluteExpiration = article.PublishedUntil;
        cache.Set($"article:{article.Id}", Bytes(article), options);
    }

    // Fine: the local clock part converts back to the same instant.
    public void SaveUntilUnpublishedLocal(Article article)
    {
        var options = new DistributedCacheEntryOptions();
        options.AbsoluteExpiration = article.PublishedUntil.LocalDateTime;
        cache.Set($"article:{article.Id}", Bytes(article), options);
    }

    // Bug: the extension method has the same parameter type.
    public void SaveByExtension(Article article, DateOnly lastDay) =>
        cache.Set($"article:{article.Id}", Bytes(article), new DistributedCacheEntryOptions().SetAbsoluteExpiration(lastDay.ToDateTime(TimeOnly.MaxValue))); // expect: EXP101

    // Fine: with a kind.
    public void SaveByExtensionUtc(Article article, DateOnly lastDay) =>
        cache.Set($"article:{article.Id}", Bytes(article), new DistributedCacheEntryOptions().SetAbsoluteExpiration(lastDay.ToDateTime(TimeOnly.MaxValue, DateTimeKind.Utc)));

    // Fine: the kind of a deserialised property is not known.
    public void SaveUntilEmbargo(Article article) =>
        cache.Set($"article:{article.Id}", Bytes(article), new DistributedCacheEntryOptions { AbsoluteExpiration = article.EmbargoEnds });

    // Bug: AddHours after .DateTime; passes every test on a UTC machine. Clock plus span as well.
    public Task SaveForAnHourAsync(Article article) =>
        cache.SetAsync($"article:{article.Id}", Bytes(article), new DistributedCacheEntryOptions { AbsoluteExpiration = DateTimeOffset.UtcNow.DateTime.AddHours(1) }); // expect: EXP101, EXP102

    // Fine: the relative property.
    public Task SaveForAnHourRelativeAsync(Article article) =>
        cache.SetAsync($"article:{article.Id}", Bytes(article), new DistributedCacheEntryOptions { AbsoluteExpirationRelativeToNow = TimeSpan.FromHours(1) });

    // Bug: a format without a zone.
    public void SaveUntilField(Article article, string field)
    {
        DateTime until = DateTime.ParseExact(field, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        cache.Set($"article:{article.Id}", Bytes(article), new() { AbsoluteExpiration = until }); // expect: EXP101
    }

    // Fine: AssumeUniversal alone gives Local, but the right instant, and this sink keeps instants.
    public void SaveUntilFieldAssumed(Article article, string field)
    {
        DateTime until = DateTime.ParseExact(field, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        cache.Set($"article:{article.Id}", Bytes(article), new() { AbsoluteExpiration = until });
    }

    // Fine: unknown text may carry an offset, and then Parse gives a Local value that converts well.
    public void SaveUntilText(Article article, string text) =>
        cache.Set($"article:{article.Id}", Bytes(article), new() { AbsoluteExpiration = DateTime.Parse(text, CultureInfo.InvariantCulture) });

    // Bug: wall time of another zone is read as this machine's.
    public void SaveUntilTokyoMidnight(Article article)
    {
        var tokyo = TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo");
        DateTime midnight = TimeZoneInfo.ConvertTimeFromUtc(DateTime.UtcNow, tokyo).Date.AddDays(1);
        cache.Set($"article:{article.Id}", Bytes(article), new DistributedCacheEntryOptions { AbsoluteExpiration = midnight }); // expect: EXP101
    }

    // Fine: wall time of another zone with that zone's offset.
    public void SaveUntilTokyoMidnightOffset(Article article)
    {
        var tokyo = TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo");
        DateTime midnight = TimeZoneInfo.ConvertTimeFromUtc(DateTime.UtcNow, tokyo).Date.AddDays(1);
        cache.Set($"article:{article.Id}", Bytes(article), new DistributedCacheEntryOptions { AbsoluteExpiration = new DateTimeOffset(midnight, tokyo.GetUtcOffset(midnight)) });
    }

    // Fine: the Unspecified clock part is given offset zero.
    public void SaveUntilZeroOffset(Article article) =>
        cache.Set($"article:{article.Id}", Bytes(article), new DistributedCacheEntryOptions { AbsoluteExpiration = new DateTimeOffset(SeasonEnds, TimeSpan.Zero) });

    // Bug: the one-argument constructor is the same silent conversion.
    public void SaveUntilConstructedOffset(Article article) =>
        cache.Set($"article:{article.Id}", Bytes(article), new DistributedCacheEntryOptions { AbsoluteExpiration = new DateTimeOffset(new DateTime(2031, 7, 1)) }); // expect: EXP101

    // Fine: null, and the maximum as an offset.
    public void SaveForever(Article article)
    {
        cache.Set($"article:{article.Id}", Bytes(article), new DistributedCacheEntryOptions { AbsoluteExpiration = null });
        cache.Set($"article:{article.Id}:copy", Bytes(article), new DistributedCacheEntryOptions { AbsoluteExpiration = DateTimeOffset.MaxValue });
    }
}
