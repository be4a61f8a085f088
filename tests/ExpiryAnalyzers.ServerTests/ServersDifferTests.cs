using ExpiryAnalyzers.Tests.Servers;
using StackExchange.Redis;
using Xunit;

namespace ExpiryAnalyzers.Tests;

/// <summary>
/// Where Garnet does something else than Redis. Redis holds: a situation that hangs on one of these is passed over on Garnet, or its
/// entry in the lists is marked.
/// </summary>
public sealed class ServersDifferTests(StageFixture fixture) : IClassFixture<StageFixture>
{
    [Fact]
    public async Task SetNx_LeavesAHashAlone_OnRedis()
    {
        await fixture.Stage.ResetAsync();
        IDatabase db = fixture.Stage.Client.GetDatabase();
        await db.HashSetAsync("key", "field", "1");
        await db.StringSetAsync("key", "1", TimeSpan.FromMinutes(5), When.NotExists);
        Assert.Equal(TestServer.IsGarnet ? RedisType.String : RedisType.Hash, await db.KeyTypeAsync("key"));
    }

    [Fact]
    public async Task SetWithAnInstant_IsKnownToRedis()
    {
        await fixture.Stage.ResetAsync();
        IDatabase db = fixture.Stage.Client.GetDatabase();
        Exception? thrown = await Record.ExceptionAsync(() => db.StringSetAsync("key", "1", DateTime.UtcNow.AddMinutes(5)));
        Assert.Equal(TestServer.IsGarnet, thrown is RedisServerException);
    }
}
