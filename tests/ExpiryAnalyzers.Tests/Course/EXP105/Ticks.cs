using System;
using StackExchange.Redis;

namespace Course.EXP105;

/// <summary>.NET ticks count from the year 1, in units of 100 ns: no command of Redis reads them.</summary>
public sealed class Ticks(IDatabase db)
{
    // Bug: the server refuses it.
    public void UntilInSeconds(string key, DateTime given) => db.Execute("EXPIREAT", key, given.Ticks); // expect: EXP105

    // Bug: the key stays for millions of years.
    public void UntilInMilliseconds(string key, DateTime given) => db.Execute("PEXPIREAT", key, given.Ticks); // expect: EXP105

    // Fine: since the start of Unix time.
    public void Until(string key, DateTimeOffset given) => db.Execute("PEXPIREAT", key, given.ToUnixTimeMilliseconds());
}
