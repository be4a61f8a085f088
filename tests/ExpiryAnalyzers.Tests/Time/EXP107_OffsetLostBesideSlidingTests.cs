using Xunit;
using Check = ExpiryAnalyzers.Tests.Verify<ExpiryAnalyzers.CodeFixes.Time.OffsetLostBesideSlidingFix>;

namespace ExpiryAnalyzers.Tests.Time;

/// <summary>EXP107: an absolute expiry at an offset other than zero stands beside a sliding one.</summary>
public sealed class EXP107_OffsetLostBesideSlidingTests
{
    private const string Client = "3.4.35";

    [Theory]
    [InlineData("DateTimeOffset.Now.AddMinutes(10)")]
    [InlineData("DateTimeOffset.Now.Add(ttl)")]
    [InlineData("DateTimeOffset.Now + ttl")]
    [InlineData("DateTime.Now.AddMinutes(10)")]
    [InlineData("DateTime.Today.AddDays(1)")]
    [InlineData("new DateTimeOffset(DateTime.Now.AddHours(1))")]
    [InlineData("new DateTimeOffset(given, TimeSpan.FromHours(2))")]
    [InlineData("new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.FromHours(-5))")]
    [InlineData("new DateTime(2030, 1, 1)")]
    [InlineData("given.ToLocalTime()")]
    [InlineData("DateTimeOffset.UtcNow.ToLocalTime().AddHours(1)")]
    [InlineData("DateTimeOffset.UtcNow.AddHours(1).LocalDateTime")]
    [InlineData("DateTimeOffset.UtcNow.AddHours(1).ToOffset(TimeSpan.FromHours(9))")]
    [InlineData("TimeProvider.System.GetLocalNow().AddHours(1)")]
    [InlineData("DateTime.SpecifyKind(given, DateTimeKind.Local)")]
    public Task AtAnOffset(string when) => Check.Reports($"var options = new DistributedCacheEntryOptions {{ SlidingExpiration = ttl, AbsoluteExpiration = [|{when}|] }};", Client);

    [Theory]
    [InlineData("DateTimeOffset.UtcNow.AddMinutes(10)")]
    [InlineData("DateTime.UtcNow.AddMinutes(10)")]
    [InlineData("DateTimeOffset.Now.AddMinutes(10).ToUniversalTime()")]
    [InlineData("DateTime.Now.AddMinutes(10).ToUniversalTime()")]
    [InlineData("DateTimeOffset.Now.AddMinutes(10).UtcDateTime")]
    [InlineData("DateTimeOffset.Now.AddMinutes(10).ToOffset(TimeSpan.Zero)")]
    [InlineData("new DateTimeOffset(given, TimeSpan.Zero)")]
    [InlineData("new DateTimeOffset(given, ttl)")]
    [InlineData("new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc)")]
    [InlineData("DateTime.SpecifyKind(given, DateTimeKind.Utc)")]
    [InlineData("DateTimeOffset.FromUnixTimeSeconds(given.Ticks)")]
    [InlineData("DateTimeOffset.MaxValue")]
    [InlineData("given")]
    [InlineData("DateTimeOffset.Parse(text)")]
    [InlineData("null")]
    public Task Silent_AtOffsetZeroOrUnknown(string when) => Check.Reports($"var options = new DistributedCacheEntryOptions {{ SlidingExpiration = ttl, AbsoluteExpiration = {when} }};", Client);

    // What a helper has set is taken off again.
    [Theory]
    [InlineData("o.SlidingExpiration = null;\no.AbsoluteExpiration = until.ToLocalTime();")]
    [InlineData("o.AbsoluteExpiration = until.ToLocalTime();\no.SlidingExpiration = null;")]
    [InlineData("if (until > DateTimeOffset.UtcNow) o.SlidingExpiration = null;\no.AbsoluteExpiration = [|until.ToLocalTime()|];")]
    [InlineData("o.AbsoluteExpiration = [|until.ToLocalTime()|];")]
    public Task ASlidingOneThatIsTakenOff(string statements) => Check.ReportsSource($$"""
        using System;
        using Microsoft.Extensions.Caching.Distributed;

        static class Store
        {
            static DistributedCacheEntryOptions Base() => new() { SlidingExpiration = TimeSpan.FromMinutes(5) };

            static void Keep(IDistributedCache cache, DateTimeOffset until)
            {
                var o = Base();
                {{statements}}
                cache.SetString("k", "v", o);
            }
        }
        """, Client);

    [Theory]
    [InlineData("var options = new DistributedCacheEntryOptions { AbsoluteExpiration = [|DateTimeOffset.Now.AddMinutes(10)|], SlidingExpiration = ttl };")]
    [InlineData("var options = new DistributedCacheEntryOptions();\noptions.AbsoluteExpiration = [|DateTimeOffset.Now.AddMinutes(10)|];\noptions.SlidingExpiration = ttl;")]
    [InlineData("DistributedCacheEntryOptions options = new();\noptions.SlidingExpiration = ttl;\noptions.AbsoluteExpiration = [|DateTimeOffset.Now.AddMinutes(10)|];")]
    [InlineData("var options = new DistributedCacheEntryOptions { SlidingExpiration = ttl };\nif (flag)\n{\n    options.AbsoluteExpiration = [|DateTimeOffset.Now.AddMinutes(10)|];\n}")]
    [InlineData("var options = new DistributedCacheEntryOptions();\nif (maybe is { } span) options.SlidingExpiration = span;\nif (flag) options.AbsoluteExpiration = [|DateTimeOffset.Now.AddMinutes(10)|];")]
    [InlineData("var options = new DistributedCacheEntryOptions().SetSlidingExpiration(ttl).SetAbsoluteExpiration([|DateTimeOffset.Now.AddMinutes(10)|]);")]
    [InlineData("var options = new DistributedCacheEntryOptions().SetAbsoluteExpiration([|DateTime.Now.AddMinutes(10)|]).SetSlidingExpiration(ttl);")]
    [InlineData("var options = new DistributedCacheEntryOptions { SlidingExpiration = ttl }.SetAbsoluteExpiration([|DateTime.Now.AddMinutes(10)|]);")]
    [InlineData("var options = new DistributedCacheEntryOptions();\noptions.SetSlidingExpiration(ttl);\noptions.SetAbsoluteExpiration([|DateTimeOffset.Now.AddMinutes(10)|]);")]
    [InlineData("var options = new DistributedCacheEntryOptions();\nDistributedCacheEntryExtensions.SetSlidingExpiration(options, ttl);\nDistributedCacheEntryExtensions.SetAbsoluteExpiration(options, [|DateTimeOffset.Now.AddMinutes(10)|]);")]
    [InlineData("Action<DistributedCacheEntryOptions> set = o => { o.SlidingExpiration = ttl; o.AbsoluteExpiration = [|DateTimeOffset.Now.AddHours(1)|]; };")]
    [InlineData("Action<DistributedCacheEntryOptions> set = o => o.SetSlidingExpiration(ttl).SetAbsoluteExpiration([|DateTimeOffset.Now.AddHours(1)|]);")]
    [InlineData("Func<DistributedCacheEntryOptions> make = () => new() { SlidingExpiration = ttl, AbsoluteExpiration = [|DateTimeOffset.Now.AddHours(1)|] };")]
    [InlineData("var at = DateTimeOffset.Now.AddMinutes(10);\nvar options = new DistributedCacheEntryOptions { SlidingExpiration = ttl, AbsoluteExpiration = [|at|] };")]
    [InlineData("var options = new DistributedCacheEntryOptions { SlidingExpiration = maybe, AbsoluteExpiration = flag ? [|DateTimeOffset.Now.AddMinutes(10)|] : null };")]
    [InlineData("DistributedCacheEntryOptions options = flag ? new() { SlidingExpiration = ttl, AbsoluteExpiration = [|DateTimeOffset.Now.AddMinutes(10)|] } : new();")]
    public Task OnOneObject(string statements) => Check.Reports(statements, Client);

    [Theory]
    [InlineData("var options = new DistributedCacheEntryOptions { AbsoluteExpiration = DateTimeOffset.Now.AddMinutes(10) };")]
    [InlineData("var options = new DistributedCacheEntryOptions { SlidingExpiration = null, AbsoluteExpiration = DateTimeOffset.Now.AddMinutes(10) };")]
    [InlineData("var options = new DistributedCacheEntryOptions { SlidingExpiration = ttl, AbsoluteExpirationRelativeToNow = ttl };")]
    [InlineData("var options = new DistributedCacheEntryOptions { SlidingExpiration = ttl, AbsoluteExpiration = DateTimeOffset.Now.AddMinutes(10), AbsoluteExpirationRelativeToNow = ttl };")]
    [InlineData("var options = new DistributedCacheEntryOptions().SetSlidingExpiration(ttl).SetAbsoluteExpiration(ttl);")]
    [InlineData("var a = new DistributedCacheEntryOptions { SlidingExpiration = ttl };\nvar b = new DistributedCacheEntryOptions { AbsoluteExpiration = DateTimeOffset.Now.AddMinutes(10) };")]
    [InlineData("var options = flag ? new DistributedCacheEntryOptions { SlidingExpiration = ttl } : new DistributedCacheEntryOptions { AbsoluteExpiration = DateTimeOffset.Now.AddMinutes(10) };")]
    [InlineData("DistributedCacheEntryOptions options;\nif (flag) options = new() { SlidingExpiration = ttl };\nelse options = new() { AbsoluteExpiration = DateTimeOffset.Now.AddMinutes(10) };")]
    [InlineData("var options = new DistributedCacheEntryOptions();\nif (flag) options.SlidingExpiration = ttl;\nelse options.AbsoluteExpiration = DateTimeOffset.Now.AddMinutes(10);")]
    [InlineData("var options = new DistributedCacheEntryOptions();\nif (flag)\n{\n    options.SlidingExpiration = ttl;\n    return options;\n}\n\noptions.AbsoluteExpiration = DateTimeOffset.Now.AddMinutes(10);")]
    [InlineData("var options = new DistributedCacheEntryOptions();\nswitch (text)\n{\n    case \"a\": options.SlidingExpiration = ttl; break;\n    default: options.AbsoluteExpiration = DateTimeOffset.Now.AddMinutes(10); break;\n}")]
    [InlineData("foreach (var x in text)\n{\n    var options = new DistributedCacheEntryOptions();\n    if (x == 'a') options.SlidingExpiration = ttl;\n    else options.AbsoluteExpiration = DateTimeOffset.Now.AddMinutes(10);\n}")]
    [InlineData("var options = new DistributedCacheEntryOptions { SlidingExpiration = ttl, AbsoluteExpiration = DateTimeOffset.Now.AddMinutes(10) };\noptions.AbsoluteExpiration = options.AbsoluteExpiration.Value.ToUniversalTime();")]
    [InlineData("var options = new MemoryCacheEntryOptions { SlidingExpiration = ttl, AbsoluteExpiration = DateTimeOffset.Now.AddMinutes(10) };")]
    [InlineData("var options = new MemoryCacheEntryOptions().SetSlidingExpiration(ttl).SetAbsoluteExpiration(DateTimeOffset.Now.AddMinutes(10));")]
    public Task Silent_NotBesideASlidingOneOfTheSameObject(string statements) => Check.Reports(statements, Client);

    [Theory]
    [InlineData("var o = new DistributedCacheEntryOptions { AbsoluteExpiration = DateTimeOffset.Now.AddMonths(1) };\nif (maybe is not null)\n{\n    o.AbsoluteExpiration = null;\n    o.SlidingExpiration = maybe;\n}")]
    [InlineData("var o = new DistributedCacheEntryOptions { AbsoluteExpiration = DateTimeOffset.Now.AddMonths(1) };\nif (maybe is not null)\n{\n    o.SlidingExpiration = maybe;\n    o.AbsoluteExpiration = null;\n}")]
    [InlineData("var o = new DistributedCacheEntryOptions { SlidingExpiration = ttl };\nif (flag)\n{\n    o.SlidingExpiration = null;\n    o.AbsoluteExpiration = DateTimeOffset.Now.AddHours(1);\n}")]

    // On another path, or before it is given.
    [InlineData("var o = new DistributedCacheEntryOptions { AbsoluteExpiration = [|DateTimeOffset.Now.AddMonths(1)|] };\nif (flag) o.AbsoluteExpiration = null;\nif (maybe is not null) o.SlidingExpiration = maybe;")]
    [InlineData("var o = new DistributedCacheEntryOptions();\no.AbsoluteExpiration = null;\no.AbsoluteExpiration = [|DateTimeOffset.Now.AddMonths(1)|];\no.SlidingExpiration = ttl;")]
    [InlineData("var o = new DistributedCacheEntryOptions { AbsoluteExpiration = [|DateTimeOffset.Now.AddMonths(1)|] };\no.SlidingExpiration = ttl;\nif (flag)\n{\n    o.AbsoluteExpiration = null;\n}")]
    public Task ATimeThatIsTakenBack(string statements) => Check.Reports(statements, Client);

    private static string InCache(string members) => $$"""
        using System;
        using System.Threading;
        using System.Threading.Tasks;
        using Microsoft.Extensions.Caching.Distributed;

        static class Cache
        {
            {{members.Replace("\n", "\n    ", StringComparison.Ordinal)}}
        }
        """;

    [Theory]
    [InlineData("static readonly DistributedCacheEntryOptions Options = new() { SlidingExpiration = TimeSpan.FromMinutes(1), AbsoluteExpiration = [|DateTimeOffset.Now.AddHours(1)|] };")]
    [InlineData("static DistributedCacheEntryOptions Options => new() { SlidingExpiration = TimeSpan.FromMinutes(1), AbsoluteExpiration = [|DateTimeOffset.Now.AddHours(1)|] };")]
    [InlineData("static void Set(IDistributedCache cache, string k, byte[] v) => cache.Set(k, v, new DistributedCacheEntryOptions { SlidingExpiration = TimeSpan.FromMinutes(1), AbsoluteExpiration = [|DateTimeOffset.Now.AddHours(1)|] });")]
    [InlineData("static Task Set(IDistributedCache cache, string k, string v) => cache.SetStringAsync(k, v, new DistributedCacheEntryOptions() { SlidingExpiration = TimeSpan.FromMinutes(1), AbsoluteExpiration = [|DateTime.Now.AddHours(1)|] });")]
    [InlineData("static DistributedCacheEntryOptions Sliding() => new() { SlidingExpiration = TimeSpan.FromMinutes(1) };\nstatic object Both() => Sliding().SetAbsoluteExpiration([|DateTimeOffset.Now.AddHours(1)|]);")]
    [InlineData("static DistributedCacheEntryOptions Sliding\n{\n    get\n    {\n        var o = new DistributedCacheEntryOptions();\n        o.SlidingExpiration = TimeSpan.FromMinutes(1);\n        return o;\n    }\n}\n\nstatic object Both()\n{\n    var o = Sliding;\n    o.AbsoluteExpiration = [|DateTimeOffset.Now.AddHours(1)|];\n    return o;\n}")]
    [InlineData("static DistributedCacheEntryOptions Make(DateTimeOffset at, TimeSpan sliding) => new() { SlidingExpiration = sliding, AbsoluteExpiration = at };\nstatic object Both() => Make([|DateTimeOffset.Now.AddHours(1)|], TimeSpan.FromMinutes(1));")]
    [InlineData("static void Cap(this DistributedCacheEntryOptions o, DateTimeOffset at) => o.AbsoluteExpiration = at;\nstatic object Both()\n{\n    var o = new DistributedCacheEntryOptions { SlidingExpiration = TimeSpan.FromMinutes(1) };\n    o.Cap([|DateTimeOffset.Now.AddHours(1)|]);\n    return o;\n}")]
    [InlineData("static DateTimeOffset Later() => DateTimeOffset.Now.AddHours(1);\nstatic object Both() => new DistributedCacheEntryOptions { SlidingExpiration = TimeSpan.FromMinutes(1), AbsoluteExpiration = [|Later()|] };")]
    public Task ThroughMembers(string members) => Check.ReportsSource(InCache(members), Client);

    [Theory]
    [InlineData("static DistributedCacheEntryOptions Make(DateTimeOffset at, TimeSpan sliding) => new() { SlidingExpiration = sliding, AbsoluteExpiration = at };\nstatic object Both() => Make(DateTimeOffset.UtcNow.AddHours(1), TimeSpan.FromMinutes(1));")]
    [InlineData("static DistributedCacheEntryOptions Make(DateTimeOffset at) => new() { AbsoluteExpiration = at };\nstatic object One() => Make(DateTimeOffset.Now.AddHours(1));")]
    [InlineData("static DistributedCacheEntryOptions Plain() => new();\nstatic object One() => Plain().SetAbsoluteExpiration(DateTimeOffset.Now.AddHours(1));")]
    [InlineData("static object Both(DateTimeOffset at, TimeSpan sliding) => new DistributedCacheEntryOptions { SlidingExpiration = sliding, AbsoluteExpiration = at };")]
    public Task Silent_ThroughMembers(string members) => Check.ReportsSource(InCache(members), Client);

    [Theory]
    [InlineData("[|DateTimeOffset.Now.AddMinutes(10)|]", "DateTimeOffset.UtcNow.AddMinutes(10)")]
    [InlineData("[|DateTime.Now.Add(ttl)|] /* soon */", "DateTime.UtcNow.Add(ttl) /* soon */")]
    [InlineData("[|DateTimeOffset /* local */ .Now + ttl|]", "DateTimeOffset /* local */ .UtcNow + ttl")]
    [InlineData("[|DateTime.Today.AddDays(1)|]", "DateTime.Today.AddDays(1).ToUniversalTime()")]
    [InlineData("[|DateTime.Now.Date.AddDays(1)|]", "DateTime.Now.Date.AddDays(1).ToUniversalTime()")]
    [InlineData("[|TimeProvider.System.GetLocalNow().Add(ttl)|]", "TimeProvider.System.GetUtcNow().Add(ttl)")]
    [InlineData("[|new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.FromHours(2))|]", "new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.FromHours(2)).ToUniversalTime()")]
    [InlineData("flag ? [|DateTimeOffset.Now.AddMinutes(10)|] : null", "flag ? DateTimeOffset.UtcNow.AddMinutes(10) : null")]
    [InlineData("[|given.ToLocalTime()|]", "given.ToLocalTime().ToUniversalTime()")]
    public Task Fix_AtOffsetZero(string before, string after) => Check.Fixes(
        $"var options = new DistributedCacheEntryOptions {{ SlidingExpiration = ttl, AbsoluteExpiration = {before} }};",
        $"var options = new DistributedCacheEntryOptions {{ SlidingExpiration = ttl, AbsoluteExpiration = {after} }};",
        "Utc",
        Client);

    [Fact]
    public Task Fix_ReadsTheUtcClockForALocalOfItsOwn() => Check.Fixes(
        "var at = DateTimeOffset.Now.AddMinutes(10);\nvar options = new DistributedCacheEntryOptions { SlidingExpiration = ttl, AbsoluteExpiration = [|at|] };",
        "var at = DateTimeOffset.UtcNow.AddMinutes(10);\nvar options = new DistributedCacheEntryOptions { SlidingExpiration = ttl, AbsoluteExpiration = at };",
        "Utc",
        Client);

    [Fact]
    public Task Fix_ConvertsALocalThatIsReadElsewhere() => Check.Fixes(
        "DateTime? at = DateTime.Now.AddMinutes(10);\nConsole.WriteLine(at);\nvar options = new DistributedCacheEntryOptions { SlidingExpiration = ttl, AbsoluteExpiration = [|at|] };",
        "DateTime? at = DateTime.Now.AddMinutes(10);\nConsole.WriteLine(at);\nvar options = new DistributedCacheEntryOptions { SlidingExpiration = ttl, AbsoluteExpiration = at?.ToUniversalTime() };",
        "Utc",
        Client);

    [Theory]
    [InlineData(
        "var options = new DistributedCacheEntryOptions\n{\n    SlidingExpiration = ttl,\n    AbsoluteExpiration = [|DateTimeOffset.Now.AddMinutes(10)|], // the cap\n};",
        "var options = new DistributedCacheEntryOptions\n{\n    SlidingExpiration = ttl,\n    AbsoluteExpirationRelativeToNow = TimeSpan.FromMinutes(10), // the cap\n};")]
    [InlineData(
        "var options = new DistributedCacheEntryOptions()\n    .SetAbsoluteExpiration([|DateTime.Now.AddMinutes(10)|])\n    .SetSlidingExpiration(ttl);",
        "var options = new DistributedCacheEntryOptions()\n    .SetAbsoluteExpiration(TimeSpan.FromMinutes(10))\n    .SetSlidingExpiration(ttl);")]
    public Task Fix_GivesTheOffsetToTheRelativeForm(string before, string after) => Check.Fixes(before, after, "Relative", Client);

    [Fact]
    public Task Fix_AllOfAFile() => Check.Fixes(
        "var a = new DistributedCacheEntryOptions { SlidingExpiration = ttl, AbsoluteExpiration = [|DateTimeOffset.Now.AddMinutes(10)|] };\nvar b = new DistributedCacheEntryOptions().SetSlidingExpiration(ttl).SetAbsoluteExpiration(absolute: [|DateTime.Now + ttl|]);",
        "var a = new DistributedCacheEntryOptions { SlidingExpiration = ttl, AbsoluteExpiration = DateTimeOffset.UtcNow.AddMinutes(10) };\nvar b = new DistributedCacheEntryOptions().SetSlidingExpiration(ttl).SetAbsoluteExpiration(absolute: DateTime.UtcNow + ttl);",
        "Utc",
        Client);

    // Accepted: the object is made elsewhere, and what it holds is not known here.
    [Fact]
    public Task Gap_TheObjectIsKeptInAField() => Check.ReportsSource("""
        using System;
        using Microsoft.Extensions.Caching.Distributed;

        class Cache
        {
            private readonly DistributedCacheEntryOptions _options = new() { SlidingExpiration = TimeSpan.FromMinutes(1) };

            public void Cap() => _options.AbsoluteExpiration = DateTimeOffset.Now.AddHours(1);
        }
        """, Client);
}
