using System.Reflection;
using System.Runtime.Loader;
using ExpiryAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Xunit;

namespace ExpiryAnalyzers.Tests.Values;

/// <summary>
/// What is told of each expression or body of <c>Told.txt</c>, which <c>EXPIRY_WRITE_TOLD=1 dotnet test --filter ToldTests</c> writes anew:
/// whoever changes a line looks at why. What it says is constant is beside it what the running program yields.
/// </summary>
public sealed class ToldTests
{
    private const string Heading = "# ";

    private const string Arrow = " --> ";

    private const string Or = " | ";

    private const string Parameters =
        "DateTime given, DateTime createdUtc, DateTime createdLocal, DateTime validUntil, DateTime lastExpiry, DateTimeOffset offset, DateTimeOffset expiresAt, TimeSpan span, " +
        "DateTime? maybeTime, DateTime? maybeExpires, TimeSpan? maybe, int number, long big, double real, int ttlSeconds, int ttlMinutes, int ttlHours, int ttlDays, long ttlTicks, long unixTime, long ttlMs, string text, string ttlText, bool flag, object any, DateOnly day, " +
        "DateTimeKind kind, DateTimeStyles styles, TimeZoneInfo zone, Random random, TimeProvider clock, IClock own, SystemClock ownClass, Sundial sundial, Settings settings, Keeper keeper, Dictionary<string, string> config, RedisValue[] fields, long[] longs, " +
        "IDatabase db, IServer server, FreeRedis.RedisClient free, CSRedis.CSRedisClient cs, System.Security.Cryptography.X509Certificates.X509Certificate2 certificate, " +
        "Microsoft.IdentityModel.Tokens.SecurityToken token, System.IdentityModel.Tokens.Jwt.JwtSecurityToken jwt, System.IdentityModel.Tokens.Jwt.JwtPayload payload";

    private const string Members = """
        public interface IClock { DateTime UtcNow { get; } DateTime Now { get; } DateTimeOffset UtcNowOffset(); DateTimeOffset GetUtcNow(); DateTime At(int number); }
        public class SystemClock { public virtual DateTime Now => DateTime.MinValue; public virtual DateTimeOffset UtcNow => DateTimeOffset.MinValue; public virtual DateTimeOffset Now2 => default; }
        public class Sundial { public virtual DateTime Now => DateTime.MinValue; }
        public class Settings
        {
            public DateTime Until { get; set; }
            public DateTime ExpiresAt { get; set; }
            public DateTime CreatedAt { get; set; }
            public DateTime LastValidTo { get; set; }
            public DateTime Until2 { get; set; }
            public DateTimeOffset? ValidUntil { get; set; }
            public DateTimeOffset NotAfterUtc { get; set; }
            public DateTime Validity { get; set; }
            public DateTime Utc { get; set; }
            public DateTime GetExpiry() => Until2;
        }
        public class Keeper(DateTime until) { public DateTime Until => until; }
        public static class Hours { public static int Value => Environment.ProcessId; }
        static int TtlSeconds() => Environment.ProcessId;
        static int Setting(string name) => Environment.ProcessId;
        static int _ttlMs;
        static readonly DateTime _started = DateTime.UtcNow;
        static DateTime _kept;
        static DateTime Started { get; } = DateTime.Now;
        static readonly TimeSpan Ttl = TimeSpan.FromMinutes(5);
        static TimeSpan Lifetime { get; set; }
        static TimeSpan Lived(TimeSpan span) => span;
        static DateTime Past(DateTime at) => at;
        static DateTime AsUtc(DateTime at) => at.ToUniversalTime();
        static TimeSpan Left(DateTime at) => at - DateTime.UtcNow;
        static TimeSpan LeftLocal(DateTime at) => at - DateTime.Now;
        static DateTime Next(DateTime at) => at.AddDays(1);
        static TimeSpan Seconds(long count) => TimeSpan.FromSeconds(count);
        static DateTimeOffset At(long count) => DateTimeOffset.FromUnixTimeSeconds(count);
        static TimeSpan Guarded(int count) => count > 0 ? TimeSpan.FromSeconds(count) : TimeSpan.FromSeconds(60);
        static (DateTime Until, TimeSpan Ttl) Pair() => (DateTime.Today, TimeSpan.FromHours(1));
        static readonly long _startedSeconds = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        static DateTimeOffset NextOffset(DateTime at) => new DateTimeOffset(at).AddDays(1);
        static DateTime OwnDay(DateTime at) => at.Date;
        static DateTime Later(DateTime at) => at > DateTime.MinValue ? at.AddHours(1) : at;
        static DateTime LocalAt(long count) => DateTimeOffset.FromUnixTimeSeconds(count).LocalDateTime;
        static TimeSpan Capped(TimeSpan ttl) => ttl > TimeSpan.FromDays(1) ? TimeSpan.FromDays(1) : ttl;
        static DateTime NotBefore(DateTime at) => at > DateTime.UtcNow ? at : DateTime.UtcNow;
        static TimeSpan LeftOffset(DateTimeOffset at) => at - DateTimeOffset.UtcNow;
        static DateTime Unlike(int number) => DateTime.UtcNow.AddSeconds(number);
        static TimeSpan Days(double days) => TimeSpan.FromDays(days);
        static TimeSpan Twice(TimeSpan ttl) => ttl + ttl;
        static DateTime Byref(ref DateTime at) { at = DateTime.UtcNow; return at; }
        static Task<(DateTime Until, TimeSpan Ttl)> PairAsync() => Task.FromResult((DateTime.Today, TimeSpan.FromHours(1)));
        static int MixedNumber(string text) => text.Length > 3 ? 30 : text.GetHashCode();
        static DateTime? Asked(IDatabase db) => db.KeyExpireTime("k");
        static long AskedNumber(IDatabase db) => (long)db.Execute("EXPIRETIME", "k");
        public class Wrapped { public static implicit operator DateTime(Wrapped wrapped) => DateTime.UtcNow; }
        static bool Try(out DateTime found) { found = DateTime.Today; return true; }
        static DateTime? Maybe() => Environment.ProcessId > 0 ? DateTime.UtcNow : null;
        """;
    /// <summary>Types of packages that the tests do not reference; what they are called is all that counts.</summary>
    private const string Tokens = """
        namespace Microsoft.IdentityModel.Tokens { public abstract class SecurityToken { public abstract DateTime ValidTo { get; } } }
        namespace System.IdentityModel.Tokens.Jwt
        {
            public abstract class JwtSecurityToken { public abstract DateTime IssuedAt { get; } }
            public class JwtPayload { public virtual int? Exp => null; public virtual DateTime ValidTo => default; }
        }
        """;

    private static readonly string List = Path.Combine(Repository.Root, "tests", "ExpiryAnalyzers.Tests", "Values", "Told.txt");

    private static readonly IReadOnlyList<(string Section, string Body, string Told)> Rows = [.. Read()];

    private static readonly Told Subject = new(Members, Parameters, [.. Rows.Select(static row => row.Body)], Tokens);

    public static TheoryData<string> Sections => [.. Rows.Select(static row => row.Section).Distinct()];

    [Theory, MemberData(nameof(Sections))]
    public void IsToldAsListed(string section)
    {
        Func<string, string> told = Subject.InWords();
        foreach ((_, string body, string expected) in Rows.Where(row => row.Section == section))
        {
            Assert.Equal(body + Arrow + expected, body + Arrow + told(body));
        }
    }

    [Fact]
    public void TheListIsWritten()
    {
        if (Environment.GetEnvironmentVariable("EXPIRY_WRITE_TOLD") == "1")
        {
            Func<string, string> told = Subject.InWords();
            string[] lines =
            [
                .. Rows.GroupBy(static row => row.Section).SelectMany((section, index) =>
                    section.Select(row => row.Body + Arrow + told(row.Body)).Prepend(Heading + section.Key).Prepend("").Skip(index == 0 ? 1 : 0)),
            ];
            File.WriteAllLines(List, lines);
        }

        Assert.Equal(Rows.Count, Rows.Select(static row => row.Body).Distinct().Count());
    }

    /// <summary>The list itself is held against runs of the bodies, which need no analysis.</summary>
    [Fact]
    public void WhatTheListSaysIsConstant_IsWhatTheProgramYields()
    {
        using MemoryStream image = new();
        Assert.Empty(Subject.Compilation.Emit(image).Diagnostics.Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        image.Position = 0;
        AssemblyLoadContext context = new("Told", isCollectible: true);
        context.Resolving += static (context, name) => Subject.Compilation.References.OfType<PortableExecutableReference>()
            .Where(reference => Path.GetFileNameWithoutExtension(reference.FilePath) == name.Name)
            .Select(reference => context.LoadFromAssemblyPath(reference.FilePath!)).FirstOrDefault();
        Type subject = context.LoadFromStream(image).GetType("Subject")!;
        int compared = 0;
        for (int i = 0; i < Rows.Count; i++)
        {
            string? constant = Rows[i].Told.Contains(Or, StringComparison.Ordinal) ? null : Rows[i].Told.Split(", ").FirstOrDefault(static part => part.StartsWith('='));
            if (constant is not null && Yielded(subject.GetMethod(Told.NameOf(i))!) is { } yielded && Told.Constant(yielded) is { } text)
            {
                compared++;
                Assert.Equal((Rows[i].Body, constant), (Rows[i].Body, "=" + text));
            }
        }

        Assert.InRange(compared, 90, Rows.Count);
        context.Unload();
    }

    private static object? Yielded(MethodInfo method)
    {
        try
        {
            object? result = method.Invoke(null, [.. method.GetParameters().Select(static parameter => parameter.ParameterType.IsValueType ? Activator.CreateInstance(parameter.ParameterType) : null)]);
            return result is Task<object> task ? task.GetAwaiter().GetResult() : result;
        }
        catch (Exception)
        {
            return null;
        }
    }

    private static IEnumerable<(string Section, string Body, string Told)> Read()
    {
        string section = "";
        foreach (string line in File.ReadLines(List).Where(static line => line.Length > 0))
        {
            if (line.StartsWith(Heading, StringComparison.Ordinal))
            {
                section = line[Heading.Length..];
            }
            else
            {
                string[] parts = line.Split(Arrow);
                yield return (section, parts[0], parts.Length > 1 ? parts[1] : "");
            }
        }
    }
}
