using Xunit;
using Check102 = ExpiryAnalyzers.Tests.Verify<ExpiryAnalyzers.CodeFixes.Time.NowPlusOffsetAsAbsoluteFix>;
using Check301 = ExpiryAnalyzers.Tests.Verify<ExpiryAnalyzers.CodeFixes.Atomicity.GetThenExpireFix>;
using Check401 = ExpiryAnalyzers.Tests.Verify<ExpiryAnalyzers.CodeFixes.Lifetime.TtlNotWhatItSaysFix>;
using Check402 = ExpiryAnalyzers.Tests.Verify<ExpiryAnalyzers.CodeFixes.Lifetime.TtlTooShortFix>;

namespace ExpiryAnalyzers.Tests.Apis;

/// <summary>Lua whose text the source tells: what is handed to it is handed to the commands in it.</summary>
public sealed class ScriptTests
{
    [Theory]
    [InlineData("return redis.call('EXPIRE', KEYS[1], ARGV[1])")]
    [InlineData("return redis.call(\"expire\", KEYS[1], tonumber(ARGV[1]))")]
    [InlineData("return redis.pcall('PEXPIRE',KEYS[1],ARGV[1])")]
    [InlineData("redis.call('SET', KEYS[1], 'v', 'NX', 'PX', ARGV[1])")]
    [InlineData("redis.call('SETEX', KEYS[1], ARGV[1], 'v')")]
    [InlineData("local ttl = tonumber(ARGV[1]) local key = KEYS[1] redis.call('EXPIRE', key, ttl)")]
    [InlineData("local ttl = ARGV[1]; redis.call('EXPIRE', KEYS[1], ttl) redis.call('EXPIRE', KEYS[2], ttl)")]
    [InlineData("if redis.call('INCR', KEYS[1]) == 1 then redis.call('EXPIRE', KEYS[1], ARGV[1]) end")]
    [InlineData("-- EXPIRE it\\nlocal call = redis.call\\ncall('EXPIRE', KEYS[1], ARGV[1])")]
    [InlineData("--[[ a\\nb ]] redis.call([[EXPIRE]], KEYS[1], ARGV[1], 'NX')")]
    public Task ArgumentsAreFollowedIntoTheScript(string script) => Check401.Reports($"db.ScriptEvaluate(\"{script.Replace("\"", "\\\"", StringComparison.Ordinal)}\", new RedisKey[] {{ key, \"b\" }}, new RedisValue[] {{ [|0|] }});");

    [Theory]
    [InlineData("db.ScriptEvaluate(Script, new[] { key }, new RedisValue[] { 1, [|0|] });")]
    [InlineData("await db.ScriptEvaluateAsync(Script, [key], [1, [|0|]]).ConfigureAwait(false);")]
    [InlineData("var values = new RedisValue[] { 1, [|0|] };\nawait db.ScriptEvaluateAsync(Script, new[] { key }, values);")]
    [InlineData("var seconds = 0;\nawait db.ScriptEvaluateAsync(script: Script, values: new RedisValue[] { 1, [|seconds|] }, keys: new[] { key });")]
    [InlineData("db.ScriptEvaluate(Stored, new[] { key }, new RedisValue[] { 1, [|0|] });")]
    [InlineData("db.ScriptEvaluate(Prepared, new { key, ttl = [|0|] });")]
    [InlineData("Prepared.Evaluate(db, new { key, ttl = [|0|] });")]
    [InlineData("var script = LuaScript.Prepare(\"redis.call('PEXPIRE', @key, @ttl)\");\nawait script.EvaluateAsync(db, new { key, ttl = [|0|] });")]
    [InlineData("var ttl = 0;\nvar parameters = new { key, ttl = [|ttl|] };\nawait db.ScriptEvaluateAsync(Prepared, parameters);")]
    [InlineData("db.ScriptEvaluate(Prepared, new Parameters { key = key, ttl = [|0|] });")]
    [InlineData("db.Execute(\"EVAL\", Script, 1, key, 1, [|0|]);")]
    public Task InEveryForm(string statements) => Check401.ReportsSource(InClass(statements));

    [Theory]
    [InlineData("redis.call('EXPIRE', KEYS[1], ARGV[2])", "0, 60")]
    [InlineData("redis.call('SET', KEYS[1], ARGV[1], 'EX', ARGV[2])", "0, 60")]
    [InlineData("redis.call('EXPIRE', KEYS[1], ARGV[1] / 1000)", "0")]
    [InlineData("redis.call('EXPIRE', KEYS[1], ARGV[1] + 60)", "0")]
    [InlineData("redis.call('EXPIRE', KEYS[1], tonumber(ARGV[1]) or 60)", "0")]
    [InlineData("local ttl = ARGV[1] if ttl == 0 then ttl = 60 end redis.call('EXPIRE', KEYS[1], ttl)", "0")]
    [InlineData("if tonumber(ARGV[1]) > 0 then redis.call('EXPIRE', KEYS[1], ARGV[1]) end", "0")]
    [InlineData("if ARGV[1] ~= '-1' then redis.call('EXPIRE', KEYS[1], ARGV[1]) end", "-1")]
    [InlineData("local ttl = tonumber(ARGV[1]) if ttl > 0 then redis.call('EXPIRE', KEYS[1], ttl) end", "0")]
    [InlineData("for i, key in ipairs(KEYS) do redis.call('EXPIRE', key, ARGV[i]) end", "0")]
    [InlineData("redis.call('EXPIRE', unpack(ARGV))", "0")]
    [InlineData("redis.call('EXPIRE', unpack(KEYS), ARGV[1])", "0")]
    [InlineData("redis.call(ARGV[1], KEYS[1], ARGV[2])", "'e', 0")]
    [InlineData("-- redis.call('EXPIRE', KEYS[1], ARGV[1])", "0")]
    [InlineData("return 'redis.call(\\\"EXPIRE\\\", KEYS[1], ARGV[1])'", "0")]
    [InlineData("redis.call('EXPIRE', KEYS[1], ARGV[1]", "0")]
    [InlineData("redis.call('EXPIRE, KEYS[1], ARGV[1])", "0")]
    [InlineData("redis.call('EXPIRE', KEYS[1], ARGV[", "0")]
    [InlineData("redis.call(", "0")]
    [InlineData("--[[", "0")]
    [InlineData("local = = redis redis.call 'EXPIRE' @ [[ ]=] .. \\\\", "0")]
    [InlineData("local a = b local b = a redis.call('EXPIRE', KEYS[1], a)", "0")]
    [InlineData("redis.call('EXPIRE', KEYS[1], ARGV[99999999999999])", "0")]
    public Task Silent_WhatIsNotUnderstood(string script, string values) => Check401.Reports($"db.ScriptEvaluate(\"{script}\", new RedisKey[] {{ key }}, new RedisValue[] {{ {values.Replace('\'', '"')} }});");

    [Fact]
    public Task AUnitScaledByTheScript() => Check402.Reports("""
        db.ScriptEvaluate("redis.call('PEXPIRE', KEYS[1], ARGV[1] * 1000)", new RedisKey[] { key }, new RedisValue[] { 60 });
        db.ScriptEvaluate("redis.call('PEXPIRE', KEYS[1], ARGV[1])", new RedisKey[] { key }, new RedisValue[] { [|60|] });
        """);

    [Fact]
    public Task AnInstantHandedToAScript() => Check102.Reports("db.ScriptEvaluate(\"redis.call('EXPIREAT', KEYS[1], ARGV[1])\", new RedisKey[] { key }, new RedisValue[] { [|DateTimeOffset.UtcNow.AddMinutes(5).ToUnixTimeSeconds()|] });");

    [Theory]
    [InlineData("redis.call('INCR', KEYS[1])")]
    [InlineData("local n = redis.call('INCR', KEYS[1]) if n == 1 then redis.call('EXPIRE', KEYS[1], ARGV[1]) end return redis.status_reply('OK')")]
    public Task PairsOfOtherKeysStayOpen(string script) => Check301.Reports($"var value = db.StringGet(key);\ndb.ScriptEvaluate(\"{script}\", new RedisKey[] {{ \"other\" }}, new RedisValue[] {{ 60 }});\n[|db.KeyExpire(key, ttl)|];");

    [Theory]
    [InlineData("redis.call('GET', KEYS[1]) redis.call('EXPIRE', KEYS[1], ARGV[1])", "\"other\"")]
    [InlineData("redis.call('INCR', KEYS[1])", "key")]
    [InlineData("redis.call('INCR', 'count')", "\"other\"")]
    [InlineData("redis.call('INCR', KEYS[1]) redis.call('FLUSHDB')", "\"other\"")]
    [InlineData("redis.call('INCR', KEYS[1]) redis.call(ARGV[1])", "\"other\"")]
    [InlineData("local r = redis r.call('DEL', ARGV[1])", "\"other\"")]
    [InlineData("for _, k in ipairs(KEYS) do redis.call('DEL', k) end", "\"other\"")]
    [InlineData("redis.call('DEL', KEYS[1], KEYS[2])", "\"other\", key")]
    public Task Silent_WhereAScriptMayTouchTheKey(string script, string keys) => Check301.Reports($"{(script.Contains("EXPIRE", StringComparison.Ordinal) ? "" : "var value = db.StringGet(key);")}\ndb.ScriptEvaluate(\"{script}\", new RedisKey[] {{ {keys} }}, new RedisValue[] {{ 60 }});\n{(script.Contains("EXPIRE", StringComparison.Ordinal) ? "" : "db.KeyExpire(key, ttl);")}");

    private static string InClass(string statements) => $$"""
        using System.Threading.Tasks;
        using StackExchange.Redis;

        class Parameters
        {
            public RedisKey key { get; set; }
            public int ttl { get; set; }
        }

        class Test
        {
            private const string Script = "redis.call('SET', KEYS[1], ARGV[1]) " + "redis.call('EXPIRE', KEYS[1], ARGV[2])";
            private static readonly string Stored = @"
                redis.call('SET', KEYS[1], ARGV[1])
                return redis.call('EXPIRE', KEYS[1], ARGV[2])";
            private static readonly LuaScript Prepared = LuaScript.Prepare("return redis.call('expire', @key, @ttl)");

            async Task Run(IDatabase db, RedisKey key)
            {
                {{statements.Replace("\n", "\n        ", StringComparison.Ordinal)}}
                await Task.Yield();
            }
        }
        """;
}
