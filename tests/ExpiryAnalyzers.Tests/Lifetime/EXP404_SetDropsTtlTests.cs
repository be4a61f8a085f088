using Xunit;
using Check = ExpiryAnalyzers.Tests.Verify<ExpiryAnalyzers.CodeFixes.Lifetime.SetDropsTtlFix>;

namespace ExpiryAnalyzers.Tests.Lifetime;

/// <summary>EXP404: a value is stored without an expiry at a key that has a TTL. What the rule reports.</summary>
public sealed class EXP404_SetDropsTtlTests
{
    /// <summary>The clients that have <c>Expiration</c>.</summary>
    private static readonly string[] Newer = ["2.13.23", "3.4.35"];

    [Theory]
    [InlineData("db.StringSet(key, token, ttl);\n[|db.StringSet(key, token)|];")]
    [InlineData("db.StringSet(key, token, ttl, When.NotExists);\nawait Task.Yield();\nawait [|db.StringSetAsync(key, \"done\")|];")]
    [InlineData("var state = db.StringGetWithExpiry(key);\n[|db.StringSet(key, state.Value + \"1\")|];")]
    [InlineData("var state = db.StringGetWithExpiry(key);\nif (state.Value.IsNull) return null;\n[|db.StringSet(key, state.Value + \"1\")|];")]
    [InlineData("var left = db.KeyTimeToLive(key);\n[|db.StringSet(key, token)|];")]
    [InlineData("db.StringSet(key, token, ttl);\nvar old = [|db.StringGetSet(key, token)|];")]
    [InlineData("db.StringSet(key, token, ttl);\nvar old = [|db.StringSetAndGet(key, token)|];")]
    [InlineData("db.StringSet(key, token, ttl);\nif (flag) [|db.StringSet(key, token)|];")]
    [InlineData("db.StringSet(key, token, ttl);\n[|db.StringSet(key, token, null, When.Exists)|];")]
    [InlineData("db.StringSet(key, token, ttl);\n[|db.StringSet(key, token, flags: CommandFlags.FireAndForget)|];")]
    public Task ReportsInOneBody(string statements) => Check.Reports(statements);

    // The client sends DEL, or GETDEL, for a value that is none.
    [Theory]
    [InlineData("db.StringSet(key, token, ttl);\ndb.StringSet(key, RedisValue.Null);")]
    [InlineData("db.StringSet(key, token, ttl);\nawait db.StringSetAsync(key, RedisValue.Null, flags: CommandFlags.FireAndForget);")]
    [InlineData("db.StringSet(key, token, ttl);\ndb.StringSet(key, default(RedisValue));")]
    [InlineData("db.StringSet(key, token, ttl);\ndb.StringSet(key, (string)null);")]
    [InlineData("db.StringSet(key, token, ttl);\nvar old = db.StringSetAndGet(key, RedisValue.Null);")]
    [InlineData("db.StringSet(key, token, ttl);\n[|db.StringSet(key, RedisValue.EmptyString)|];")]
    [InlineData("db.StringSet(key, token, ttl);\nvar old = [|db.StringGetSet(key, RedisValue.Null)|];")]
    public Task AValueThatIsNone(string statements) => Check.Reports(statements);

    [Theory]
    [InlineData("db.StringSet(key, token);")]
    [InlineData("db.StringSet(key, token, ttl);\ndb.StringSet(text, token);")]
    [InlineData("if (flag) db.StringSet(key, token, ttl);\nelse db.StringSet(key, token);")]
    [InlineData("if (maybe is { } span) { db.StringSet(key, token, span); return null; }\ndb.StringSet(key, token);")]
    [InlineData("db.StringSet(key, token, ttl);\ndb.StringSet(key, token, expiry: null, keepTtl: true);")]
    [InlineData("db.StringSet(key, token, ttl);\ndb.StringSet(key, token, expiry: null, when: When.Always);")]
    [InlineData("db.StringSet(key, token, ttl);\ndb.StringSet(key, token, when: When.NotExists);")]
    [InlineData("db.StringSet(key, token, ttl);\ndb.StringSet(key, token);\ndb.KeyExpire(key, ttl);")]
    [InlineData("db.KeyExpire(key, ttl);\ndb.StringSet(key, token);")]
    [InlineData("db.StringSet(key, token, ttl);\ndb.KeyPersist(key);\ndb.StringSet(key, token);")]
    [InlineData("db.StringSet(key, token, ttl);\ndb.StringAppend(key, token);\ndb.StringIncrement(key);")]
    [InlineData("var state = db.StringGetWithExpiry(key);\nif (state.Expiry is null) db.StringSet(key, state.Value);")]
    [InlineData("var left = db.KeyTimeToLive(key);\nif (!left.HasValue) db.StringSet(key, token);")]
    [InlineData("db.Multiplexer.GetDatabase(1).StringSet(key, token, ttl);\ndb.Multiplexer.GetDatabase(2).StringSet(key, token);")]
    [InlineData("var tran = db.CreateTransaction();\n_ = tran.StringSetAsync(key, token);\n_ = tran.KeyExpireAsync(key, ttl);\ntran.Execute();")]
    public Task SilentInOneBody(string statements) => Check.Reports(statements);

    [Theory]
    [InlineData("db.StringSet(key, token, ttl);\ndb.StringSet(key, token, Expiration.KeepTtl);")]
    [InlineData("db.StringSet(key, token, ttl);\ndb.StringSet(key, token, given);")]
    public Task Silent_NewerClients(string statements) => Check.Reports(statements, Newer);

    [Theory]
    [InlineData("$\"session:{id}\"", "$\"session:{user}\"")]
    [InlineData("\"session:\" + id", "$\"session:{user.Trim()}\"")]
    [InlineData("\"session\"", "\"session\"")]
    [InlineData("Prefix + id", "$\"session:{user}\"")]
    [InlineData("Key(id)", "Key(user)")]
    [InlineData("Key(id)", "$\"session:{user}\"")]
    [InlineData("LongKey(id)", "LongKey(user)")]
    [InlineData("string.Format(\"session:{0}\", id)", "$\"session:{user}\"")]
    [InlineData("Keys.Session(id)", "Keys.Session(user)")]
    [InlineData("new Item(id).CacheKey", "$\"session:{user}\"")]
    [InlineData("new RedisKey(\"session:\" + id)", "(RedisKey)(\"session:\" + user)")]
    [InlineData("_prefix + id", "_prefix + user")]
    [InlineData("Fixed", "Fixed")]
    public Task Reports_EqualShapes(string one, string other) => Check.ReportsSource(Type($"db.StringSet({one}, 1, ttl);", $"[|db.StringSet({other}, 1)|];"));

    [Theory]
    [InlineData("$\"session:{id}\"", "$\"sessions:{user}\"")]
    [InlineData("$\"session:{id}\"", "$\"session:{user}:name\"")]
    [InlineData("$\"session:{id}\"", "$\"session:{user}:{user}\"")]
    [InlineData("$\"{id}:{id}\"", "$\"{user}:{user}\"")]
    [InlineData("id", "user")]
    [InlineData("\"a\"", "\"b\"")]
    [InlineData("Key(id)", "LongKey(user)")]
    [InlineData("_prefix + id", "_other + user")]
    public Task Silent_OtherShapes(string one, string other) => Check.ReportsSource(Type($"db.StringSet({one}, 1, ttl);", $"db.StringSet({other}, 1);"));

    [Theory]
    [InlineData("db.KeyExpire($\"session:{id}\", ttl);")]
    [InlineData("db.StringSet($\"session:{id}\", 1, maybe, When.Always);")]
    [InlineData("db.StringSet($\"session:{id}\", 1);")]
    [InlineData("db.StringSet($\"session:{id}\", 1, TimeSpan.Zero);")]
    [InlineData("db.StringSet($\"session:{id}\", 1, Never.Ttl, When.Always);")]
    [InlineData("TimeSpan? none = null; db.StringSet($\"session:{id}\", 1, none, When.Always);")]
    [InlineData("db.StringSet($\"session:{id}\", 1, ttl);\ndb.KeyPersist($\"session:{id}\");")]
    [InlineData("db.HashSet($\"session:{id}\", \"f\", 1);\ndb.KeyExpire($\"session:{id}\", ttl);")]
    public Task Silent_TheOtherMemberDoesNotStoreUnderATtl(string other) => Check.ReportsSource(Type(other, "db.StringSet($\"session:{user}\", 1);"));

    private static string Type(string one, string other) => $$"""
        using System;
        using StackExchange.Redis;

        partial class Sessions(IDatabase db)
        {
            private const string Prefix = "session:";
            private readonly string _prefix = "app:", _other = "web:";
            private static string Fixed => "session";

            public void One(string id, TimeSpan ttl, TimeSpan? maybe)
            {
                {{one.Replace("\n", "\n        ", StringComparison.Ordinal)}}
            }

            private static string Key(string id) => "session:" + id;

            private static string LongKey(string id)
            {
                id = id.ToLowerInvariant();
                return "session:" + id;
            }
        }

        static class Never { public static readonly TimeSpan? Ttl = null; }

        record Item(string Id)
        {
            public string CacheKey => $"session:{Id}";
        }

        static class Keys
        {
            public static string Session(string id)
            {
                id = id.Trim();
                return "session:" + id;
            }
        }

        partial class Sessions
        {
            public void Other(string user)
            {
                {{other}}
            }
        }
        """;

    /// <summary>A database that the caller hands in may be another than the type's own; two that are handed in bear one name each.</summary>
    [Theory]
    [InlineData("db.StringSet(\"session:\" + id, 1, Ttl);", "archive.StringSet(\"session:\" + user, 1);")]
    [InlineData("archive.StringSet(\"session:\" + id, 1, Ttl);", "db.StringSet(\"session:\" + user, 1);")]
    [InlineData("db.StringSet(\"session:\" + id, 1, Ttl);", "db.Multiplexer.GetDatabase(number).StringSet(\"session:\" + user, 1);")]
    [InlineData("archive.StringSet(\"session:\" + id, 1, Ttl);", "[|archive.StringSet(\"session:\" + user, 1)|];")]
    [InlineData("db.StringSet(\"session:\" + id, 1, Ttl);", "[|db.StringSet(\"session:\" + user, 1)|];")]
    public Task ADatabaseOfTheCaller(string one, string other) => Check.ReportsSource($$"""
        using System;
        using StackExchange.Redis;

        class Sessions(IDatabase db)
        {
            private static readonly TimeSpan Ttl = TimeSpan.FromMinutes(20);

            public void One(string id, IDatabase archive)
            {
                {{one}}
            }

            public void Other(string user, IDatabase archive, int number)
            {
                {{other}}
            }
        }
        """);

    /// <summary>What makes the key may be anything, or no code at all: what the helper is handed for a lifetime it is handed.</summary>
    [Theory]
    [InlineData("$\"active:{Next()}\"")]
    [InlineData("$\"active:{Guid.NewGuid()}\"")]
    [InlineData("$\"active:{{|CS0103:unknown|}.Id}\"")]
    public Task AHelperThatStoresOneWayOrTheOther(string key) => Check.ReportsSource($$"""
        using System;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        class Store(IDatabase db)
        {
            int Next() => Random.Shared.Next();

            Task One(string id) => SetAsync("active:" + id, "1", TimeSpan.FromMinutes(5));
            Task Other() => SetAsync({{key}}, "1", TimeSpan.FromMinutes(5));

            async Task SetAsync(string key, string value, TimeSpan? life = null)
            {
                if (life.HasValue) await db.StringSetAsync(key, value, life.Value);
                else await db.StringSetAsync(key, value);
            }
        }
        """);

    [Fact]
    public Task HelpersWithAnOptionalTtl() => Check.ReportsSource("""
        using System;
        using StackExchange.Redis;

        class Profiles(IDatabase db)
        {
            public void Load(int user) => Put($"profile:{user}", "x", TimeSpan.FromHours(1));

            public void Rename(int user) => [|Put($"profile:{user}", "y")|];

            public void Refresh(int user) => PutAndExpire($"profile:{user}", "y");

            public void Draft(int user) => Put($"draft:{user}", "x");

            public void Publish(int user) => Put($"draft:{user}", "y", null);

            private void Put(string key, string value, TimeSpan? ttl = null)
            {
                if (ttl.HasValue)
                {
                    db.StringSet(key, value, ttl.Value);
                }
                else
                {
                    db.StringSet(key, value);
                }
            }

            private void PutAndExpire(string key, string value)
            {
                db.StringSet(key, value);
                db.KeyExpire(key, TimeSpan.FromHours(1));
            }
        }
        """);

    [Fact]
    public Task Reports_ManyKeys() => Check.ReportsSource(Type(
        "db.StringSet($\"session:{id}\", 1, ttl);",
        "[|db.StringSet(new System.Collections.Generic.KeyValuePair<RedisKey, RedisValue>[] { new($\"session:{user}\", 1), new(\"x\", 2) })|];"));
}

/// <summary>EXP404: what the fix writes.</summary>
public sealed class EXP404_SetDropsTtlFixTests
{
    /// <summary>The clients that have <c>Expiration</c>.</summary>
    private static readonly string[] Newer = ["2.13.23", "3.4.35"];

    private const string First = "db.StringSet(key, token, ttl);\n";

    [Theory]
    [InlineData("[|db.StringSet(key, token)|];", "db.StringSet(key, token, expiry: null, keepTtl: true);")]
    [InlineData("await [|db.StringSetAsync(key, token)|].ConfigureAwait(false); // late", "await db.StringSetAsync(key, token, expiry: null, keepTtl: true).ConfigureAwait(false); // late")]
    [InlineData("[|db.StringSet(key, token, null, When.Exists)|];", "db.StringSet(key, token, expiry: null, keepTtl: true, when: When.Exists);")]
    [InlineData("[|db.StringSet(key, token, flags: CommandFlags.FireAndForget)|];", "db.StringSet(key, token, expiry: null, keepTtl: true, flags: CommandFlags.FireAndForget);")]
    [InlineData("[|db.StringSet(value: token, key: key)|];", "db.StringSet(value: token, key: key, expiry: null, keepTtl: true);")]
    [InlineData("var old = [|db.StringGetSet(key, token)|];", "var old = db.StringSetAndGet(key, token, expiry: null, keepTtl: true);")]
    [InlineData("var old = await [|db.StringGetSetAsync(key, token, CommandFlags.DemandMaster)|];", "var old = await db.StringSetAndGetAsync(key, token, expiry: null, keepTtl: true, flags: CommandFlags.DemandMaster);")]
    [InlineData("var old = [|db.StringSetAndGet(key, token)|];", "var old = db.StringSetAndGet(key, token, expiry: null, keepTtl: true);")]
    [InlineData("[|db.StringSet(\n    key, // which\n    token)|];", "db.StringSet(\n    key, // which\n    token,\n    expiry: null,\n    keepTtl: true);")]
    public Task KeepTtl(string before, string after) => Check.Fixes(First + before, First + after, "KeepTtl");

    [Fact]
    public Task KeepTtl_BesideAValueCondition() => Check.Fixes(
        First + "[|db.StringSet(key, token, when: ValueCondition.Exists)|];",
        First + "db.StringSet(key, token, expiry: Expiration.KeepTtl, when: ValueCondition.Exists);",
        "KeepTtl",
        Newer);

    [Theory]
    [InlineData("TimeSpan.FromMinutes(20)")]
    [InlineData("Ttl")]
    [InlineData("_ttl")]
    [InlineData("TimeSpan.FromMinutes(Minutes)")]
    public Task SameTtl(string ttl) => Check.AsksSource(
        Type($"db.StringSet($\"session:{{id}}\", 1, {ttl});", "[|db.StringSet($\"session:{user}\", 1)|];"),
        Type($"db.StringSet($\"session:{{id}}\", 1, {ttl});", $"db.StringSet($\"session:{{user}}\", 1, {ttl});"),
        "SameTtl");

    [Fact]
    public Task SameTtl_Named() => Check.AsksSource(
        Type("db.StringSet($\"session:{id}\", 1, Ttl);", "[|db.StringSet($\"session:{user}\", 1, when: When.Exists)|];"),
        Type("db.StringSet($\"session:{id}\", 1, Ttl);", "db.StringSet($\"session:{user}\", 1, expiry: Ttl, when: When.Exists);"),
        "SameTtl");

    [Fact]
    public Task SameTtl_Nullable() => Check.AsksSource(
        Type("db.StringSet($\"session:{id}\", 1, expiry: _maybe, when: When.Always);", "[|db.StringSet($\"session:{user}\", 1)|];"),
        Type("db.StringSet($\"session:{id}\", 1, expiry: _maybe, when: When.Always);", "db.StringSet($\"session:{user}\", 1, expiry: _maybe, when: When.Always);"),
        "SameTtl",
        Newer);

    // The TTL used elsewhere would be the same for all.
    [Fact]
    public Task KeepTtl_InALoop() => Check.FixesSource(
        Type("db.StringSet($\"session:{id}\", 1, Ttl);", "foreach (var one in user) [|db.StringSet($\"session:{one}\", 1)|];"),
        Type("db.StringSet($\"session:{id}\", 1, Ttl);", "foreach (var one in user) db.StringSet($\"session:{one}\", 1, expiry: null, keepTtl: true);"),
        "KeepTtl");

    [Fact]
    public Task NoFix_ManyKeys() => Check.NoFixSource(Type(
        "db.StringSet($\"session:{id}\", 1, id.Length * Ttl);",
        "[|db.StringSet(new System.Collections.Generic.KeyValuePair<RedisKey, RedisValue>[] { new($\"session:{user}\", 1) })|];"));

    private static string Type(string one, string other) => $$"""
        using System;
        using StackExchange.Redis;

        class Sessions(IDatabase db)
        {
            private const int Minutes = 5;
            private static readonly TimeSpan Ttl = TimeSpan.FromMinutes(20);
            private readonly TimeSpan _ttl = TimeSpan.FromMinutes(20);
            private readonly TimeSpan? _maybe = TimeSpan.FromMinutes(20);

            public void One(string id)
            {
                {{one}}
            }

            public void Other(string user)
            {
                {{other}}
            }
        }
        """;
}
