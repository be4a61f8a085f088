using ExpiryAnalyzers.CodeFixes.Atomicity;
using Xunit;
using Check = ExpiryAnalyzers.Tests.Verify<ExpiryAnalyzers.CodeFixes.Atomicity.GetThenExpireFix>;

namespace ExpiryAnalyzers.Tests.Atomicity;

/// <summary>EXP301: what is reported.</summary>
public sealed class GetThenExpireTests
{
    [Theory]
    [InlineData("db.StringGet(key);", "db.KeyExpire(key, ttl)")]
    [InlineData("await db.StringGetAsync(key);", "db.KeyExpire(key, ttl)")]
    [InlineData("await db.StringGetLeaseAsync(key);", "db.KeyExpire(key, ttl)")]
    [InlineData("db.StringGetRange(key, 0, 5);", "db.KeyExpire(key, ttl)")]
    [InlineData("db.StringGetBit(key, 0);", "db.KeyExpire(key, ttl)")]
    [InlineData("db.StringLength(key);", "db.KeyExpire(key, ttl)")]
    [InlineData("db.StringGetWithExpiry(key);", "db.KeyExpire(key, ttl)")]
    [InlineData("db.HashGet(key, \"f\");", "db.KeyExpire(key, ttl)")]
    [InlineData("db.HashGet(key, new RedisValue[] { \"f\", \"g\" });", "db.KeyExpire(key, ttl)")]
    [InlineData("db.HashGetAll(key);", "db.KeyExpire(key, ttl)")]
    [InlineData("db.HashKeys(key);", "db.KeyExpire(key, ttl)")]
    [InlineData("db.HashValues(key);", "db.KeyExpire(key, ttl)")]
    [InlineData("db.HashExists(key, \"f\");", "db.KeyExpire(key, ttl)")]
    [InlineData("db.HashLength(key);", "db.KeyExpire(key, ttl)")]
    [InlineData("db.ListRange(key);", "db.KeyExpire(key, ttl)")]
    [InlineData("db.ListGetByIndex(key, 0);", "db.KeyExpire(key, ttl)")]
    [InlineData("db.ListLength(key);", "db.KeyExpire(key, ttl)")]
    [InlineData("db.SetMembers(key);", "db.KeyExpire(key, ttl)")]
    [InlineData("db.SetContains(key, \"m\");", "db.KeyExpire(key, ttl)")]
    [InlineData("db.SetRandomMember(key);", "db.KeyExpire(key, ttl)")]
    [InlineData("db.SortedSetRangeByRank(key);", "db.KeyExpire(key, ttl)")]
    [InlineData("db.SortedSetRangeByScoreWithScores(key);", "db.KeyExpire(key, ttl)")]
    [InlineData("db.SortedSetScore(key, \"m\");", "db.KeyExpire(key, ttl)")]
    [InlineData("db.SortedSetRank(key, \"m\");", "db.KeyExpire(key, ttl)")]
    [InlineData("db.StreamRange(key);", "db.KeyExpire(key, ttl)")]
    [InlineData("db.StreamRead(key, \"0\");", "db.KeyExpire(key, ttl)")]
    [InlineData("db.StreamLength(key);", "db.KeyExpire(key, ttl)")]
    [InlineData("db.StringGet(key);", "db.KeyExpire(key, given)")]
    [InlineData("db.StringGet(key);", "db.KeyExpire(key, maybe)")]
    [InlineData("db.StringGet(key);", "db.KeyExpire(key, (TimeSpan?)null)")]
    [InlineData("db.StringGet(key);", "db.KeyExpire(key, ttl, CommandFlags.FireAndForget)")]
    [InlineData("db.StringGet(key);", "db.KeyExpire(key, ttl, ExpireWhen.HasExpiry)")]
    [InlineData("db.StringGet(key);", "db.Execute(\"EXPIRE\", key, 60)")]
    [InlineData("db.Execute(\"GET\", key);", "db.KeyExpire(key, ttl)")]
    public Task EachReadOfAKey(string read, string expire) => Check.Reports(
        $"""
        {read}
        [|{expire}|];
        """);
}

/// <summary>EXP301: what the fixes write.</summary>
public sealed class GetThenExpireFixTests
{
    private const string Getex = "Getex";
    private const string Transaction = "Transaction";
    private const string LockExtend = "LockExtend";

    [Fact]
    public Task Getex_PlainPair() => Check.Fixes(
        """
        var value = await db.StringGetAsync(key);
        await [|db.KeyExpireAsync(key, ttl)|];
        """,
        """
        var value = await db.StringGetSetExpiryAsync(key, ttl);
        """,
        Getex);

    [Fact]
    public Task Getex_UnderTheTestOfTheValue() => Check.Fixes(
        """
        var value = await db.StringGetAsync(key).ConfigureAwait(false);
        if (value.HasValue)
        {
            await [|db.KeyExpireAsync(key, TimeSpan.FromMinutes(5))|].ConfigureAwait(false);
        }

        Console.WriteLine(value);
        """,
        """
        var value = await db.StringGetSetExpiryAsync(key, TimeSpan.FromMinutes(5)).ConfigureAwait(false);

        Console.WriteLine(value);
        """,
        Getex);

    [Fact]
    public Task Transaction_Hash() => Check.Fixes(
        """
        var entries = await db.HashGetAllAsync(key);
        if (entries.Length == 0)
        {
            return null;
        }

        await [|db.KeyExpireAsync(key, ttl)|];
        """,
        """
        var transaction = db.CreateTransaction();
        var hashGetAllTask = transaction.HashGetAllAsync(key);
        _ = transaction.KeyExpireAsync(key, ttl);
        await transaction.ExecuteAsync();
        var entries = await hashGetAllTask;
        if (entries.Length == 0)
        {
            return null;
        }

        """,
        Transaction);

    [Fact]
    public Task LockExtend_Plain() => Check.Fixes(
        """
        if (await db.StringGetAsync(key) == token)
        {
            await [|db.KeyExpireAsync(key, ttl)|];
        }
        """,
        """
        await db.LockExtendAsync(key, token, ttl);
        """,
        LockExtend);
}
