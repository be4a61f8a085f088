using Xunit;
using Check301 = ExpiryAnalyzers.Tests.Verify<ExpiryAnalyzers.CodeFixes.Atomicity.GetThenExpireFix>;
using Check401 = ExpiryAnalyzers.Tests.Verify<ExpiryAnalyzers.CodeFixes.Lifetime.TtlNotWhatItSaysFix>;

namespace ExpiryAnalyzers.Tests.Apis;

/// <summary>Commands sent by name: every form in which their arguments may be written.</summary>
public sealed class RawCommandTests
{
    [Theory]
    [InlineData("db.Execute(\"EXPIRE\", \"k\", [|0|]);")]
    [InlineData("db.Execute(\"expire\", \"k\", [|0|], \"NX\");")]
    [InlineData("await db.ExecuteAsync(\"PEXPIRE\", new object[] { \"k\", [|0|] });")]
    [InlineData("db.Execute(\"EXPIRE\", new object[] { \"k\", [|0|] }, CommandFlags.FireAndForget);")]
    [InlineData("db.Execute(\"EXPIRE\", new List<object> { \"k\", [|0|] });")]
    [InlineData("db.Execute(\"EXPIRE\", (ICollection<object>)[\"k\", [|0|]]);")]
    [InlineData("object[] args = [\"k\", [|0|]];\ndb.Execute(\"EXPIRE\", args);")]
    [InlineData("var args = new object[] { \"k\", [|0|] };\ndb.Execute(\"EXPIRE\", args);")]
    [InlineData("ICollection<object> args = new List<object> { \"k\", [|0|] };\nawait db.ExecuteAsync(\"EXPIRE\", args);")]
    [InlineData("const string command = \"EXPIRE\";\ndb.Execute(command, \"k\", [|0|]);")]
    [InlineData("string command = \"EXPIRE\";\ndb.Execute(command, \"k\", [|0|]);")]
    [InlineData("int seconds = 0;\ndb.Execute(\"EXPIRE\", \"k\", [|seconds|]);")]
    [InlineData("int seconds = 0;\ndb.Execute(\"EXPIRE\", \"k\", [|seconds.ToString()|]);")]
    [InlineData("db.Execute(\"EXPIRE\", (RedisKey)\"k\", (RedisValue)[|0|]);")]
    [InlineData("db.Execute(\"SET\", \"k\", \"v\", \"NX\", \"px\", [|0|]);")]
    [InlineData("db.Execute(\"GETEX\", \"k\", \"EX\", [|0|]);")]
    [InlineData("db.Execute(\"SET\", \"k\", \"v\", \"EXAT\", [|60|]);")]
    [InlineData("db.Execute(\"HEXPIRE\", \"k\", [|0|], \"FIELDS\", 1, \"f\");")]
    [InlineData("db.Execute(\"HPEXPIREAT\", \"k\", [|60000|], \"FIELDS\", 1, \"f\");")]
    [InlineData("db.Execute(\"HGETEX\", \"k\", \"EX\", [|0|], \"FIELDS\", 1, \"f\");")]
    [InlineData("db.Execute(\"HSETEX\", \"k\", \"FNX\", \"PX\", [|0|], \"FIELDS\", 1, \"f\", \"v\");")]
    [InlineData("db.Execute(\"SET\", \"k\", \"v\", \"IFEQ\", \"w\", \"EX\", [|0|]);")]
    public Task TheTimeIsFound(string statements) => Check401.Reports(statements);

    [Theory]
    [InlineData("db.Execute(\"OBJECT\", \"k\", 0);")]
    [InlineData("db.Execute(text, \"k\", 0);")]
    [InlineData("db.Execute(\"SET\", \"k\", 0);")]
    [InlineData("db.Execute(\"SET\", \"EX\", 0, \"EX\", 60);")]
    [InlineData("db.Execute(\"HSETEX\", \"k\", \"FIELDS\", 1, \"EX\", 0);")]
    [InlineData("db.Execute(\"HSET\", \"k\", \"EX\", 0);")]
    [InlineData("db.Execute(\"INCRBY\", \"k\", 0);")]
    [InlineData("var args = new object[] { \"k\", 0 };\nargs[1] = 60;\ndb.Execute(\"EXPIRE\", args);")]
    [InlineData("var args = new List<object> { \"k\" };\nargs.Add(0);\ndb.Execute(\"EXPIRE\", args);")]
    [InlineData("object[] more = [];\ndb.Execute(\"EXPIRE\", (ICollection<object>)[\"k\", .. more, 0]);")]
    [InlineData("db.Execute(\"EXPIRE\");")]
    [InlineData("db.Execute(\"EXPIRE\", \"k\");")]
    [InlineData("db.Execute(\"SET\", \"k\", \"v\", \"EX\");")]
    [InlineData("db.Execute(\"EXPIRE\", null);")]
    public Task Silent_WhatIsNoTimeOrNotKnown(string statements) => Check401.Reports(statements);

    [Theory]
    [InlineData("var value = db.Execute(\"GET\", \"k\");\n[|db.Execute(\"EXPIRE\", \"k\", 60)|];")]
    [InlineData("var value = db.Execute(\"HGETALL\", key);\n[|db.KeyExpire(key, ttl)|];")]
    [InlineData("var value = db.StringGet(key);\n[|db.Execute(\"PEXPIRE\", new object[] { key, 60000 })|];")]
    [InlineData("var value = db.StringGet(key);\ndb.Execute(\"SET\", \"other\", \"v\");\n[|db.Execute(\"EXPIRE\", key, 60)|];")]
    [InlineData("var value = db.Execute(\"GETEX\", key);\n[|db.Execute(\"EXPIRE\", key, 60)|];")]
    public Task PairsSeeRawCommands(string statements) => Check301.Reports(statements);

    [Theory]
    [InlineData("var value = db.StringGet(key);\ndb.Execute(\"SET\", key, \"v\");\ndb.Execute(\"EXPIRE\", key, 60);")]
    [InlineData("var value = db.StringGet(key);\ndb.Execute(\"FLUSHDB\");\ndb.Execute(\"EXPIRE\", key, 60);")]
    [InlineData("var value = db.StringGet(key);\ndb.Execute(\"DEL\", \"a\", key);\ndb.Execute(\"EXPIRE\", key, 60);")]
    [InlineData("var value = db.StringGet(key);\ndb.Execute(\"EXPIRE\", \"other\", 60);")]
    public Task Silent_WhatComesBetween(string statements) => Check301.Reports(statements);
}
