using System;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace Layered.Shared;

/// <summary>Flags that several applications raise; they get this library as a package.</summary>
public sealed class RedisFlags(IDatabase db)
{
    public Task RaiseAsync(string flag, int seconds) => db.StringSetAsync("flag:" + flag, "up", TimeSpan.FromSeconds(seconds));

    public Task LowerAtAsync(string flag, DateTime at) => db.KeyExpireAsync("flag:" + flag, at);
}
