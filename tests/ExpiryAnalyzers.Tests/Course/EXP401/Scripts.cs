using System;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace Course.Exp401.Scripts;

public sealed class Scripts(IDatabase db)
{
    private const string CountScript = """
        -- One hit, and a window that begins with the first.
        local hits = redis.call('INCR', KEYS[1])
        if hits == 1 then
            redis.call('PEXPIRE', KEYS[1], ARGV[1])
        end
        return hits
        """;

    private const string StoreUnlessForever = @"
        redis.call('HSET', KEYS[1], 'data', ARGV[1])
        if ARGV[2] ~= '-1' then
            redis.call('EXPIRE', KEYS[1], ARGV[2])
        end";

    private static readonly LuaScript Renew = LuaScript.Prepare(
        "if redis.call('get', @key) == @token then return redis.call('pexpire', @key, @ttl) else return 0 end");

    // Fine: a minute.
    public Task<RedisResult> Count(string user) =>
        db.ScriptEvaluateAsync(CountScript, new RedisKey[] { "hits:" + user }, new RedisValue[] { 60_000 });

    // Bug: 60 ms.
    public Task<RedisResult> CountInSeconds(string user) =>
        db.ScriptEvaluateAsync(CountScript, new RedisKey[] { "hits:" + user }, new RedisValue[] { 60 }); // expect: EXP402

    // Bug: deletes the counter with each first hit.
    public Task<RedisResult> CountNothing(string user) =>
        db.ScriptEvaluateAsync(
            CountScript,
            new RedisKey[] { "hits:" + user },
            new RedisValue[] { 0 }); // expect: EXP401

    // Fine: the script keeps -1 back.
    public Task<RedisResult> StoreForever(string key, string data) =>
        db.ScriptEvaluateAsync(StoreUnlessForever, new RedisKey[] { key }, new RedisValue[] { data, -1 });

    // Fine: the caller's.
    public Task<RedisResult> Store(string key, string data, TimeSpan ttl) =>
        db.ScriptEvaluateAsync(StoreUnlessForever, new RedisKey[] { key }, new RedisValue[] { data, (long)ttl.TotalSeconds });

    // Fine: half a minute.
    public Task<RedisResult> Extend(string key, string token) => db.ScriptEvaluateAsync(Renew, new { key = (RedisKey)key, token, ttl = 30_000 });

    // Bug: 30 ms.
    public Task<RedisResult> ExtendShort(string key, string token) => db.ScriptEvaluateAsync(Renew, new { key = (RedisKey)key, token, ttl = 30 }); // expect: EXP402

    // Bug: drops what it shall extend.
    public Task<RedisResult> ExtendNot(string key, string token)
    {
        int ttl = -1;
        return Renew.EvaluateAsync(db, new { key = (RedisKey)key, token, ttl }); // expect: EXP401
    }

    // Fine: a value of 0 is no time.
    public Task<RedisResult> Reset(string key) => db.ScriptEvaluateAsync("return redis.call('SET', KEYS[1], ARGV[1])", new RedisKey[] { key }, new RedisValue[] { 0 });

    // Fine: the text is not known.
    public Task<RedisResult> Run(string script, string key) => db.ScriptEvaluateAsync(script, new RedisKey[] { key }, new RedisValue[] { 0 });
}
