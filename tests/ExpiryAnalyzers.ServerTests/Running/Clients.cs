using FreeRedis;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Caching.StackExchangeRedis;
using Microsoft.Extensions.DependencyInjection;
using RedLockNet;
using RedLockNet.SERedis;
using RedLockNet.SERedis.Configuration;
using StackExchange.Redis;
using ZiggyCreatures.Caching.Fusion;

namespace ExpiryAnalyzers.Tests.Running;

/// <summary>The real clients, on the stage's connection; the caches inside the process as their packages make them.</summary>
internal sealed class Clients(Stage stage, Journal journal)
{
    private readonly Dictionary<Type, object> _made = [];

    /// <summary>What the caches inside the process hold, where the program was given one.</summary>
    public RecordingMemoryCache Memory { get; } = new();

    public object? Of(Type type)
    {
        if (_made.TryGetValue(type, out object? made))
        {
            return made;
        }

        try
        {
            return Make(type) is { } client ? _made[type] = client : null;
        }
        catch (Exception refused) when (refused is not CannotRunException)
        {
            throw new CannotRunException($"no {type.Name}: {refused.GetType().Name}: {refused.Message.Split('\n')[0]}");
        }
    }

    private object? Make(Type type) => type switch
    {
        _ when type == typeof(IDatabase) || type == typeof(IDatabaseAsync) || type == typeof(IRedis) || type == typeof(IRedisAsync) =>
            stage.Client.GetDatabase(),
        _ when type == typeof(IConnectionMultiplexer) || type == typeof(ConnectionMultiplexer) => stage.Client,
        _ when type == typeof(ITransaction) => stage.Client.GetDatabase().CreateTransaction(),
        _ when type == typeof(IBatch) => stage.Client.GetDatabase().CreateBatch(),
        _ when type == typeof(IServer) => stage.Client.GetServers()[0],
        _ when type == typeof(ISubscriber) => stage.Client.GetSubscriber(),
        _ when type == typeof(IMemoryCache) => Memory,
        _ when type == typeof(MemoryCache) => Memory.Inner,
        _ when type == typeof(IDistributedCache) =>
            new RedisCache(new RedisCacheOptions { ConnectionMultiplexerFactory = () =>
                Task.FromResult<IConnectionMultiplexer>(stage.Client) }),
        _ when type == typeof(HybridCache) => Hybrid(),
        _ when type == typeof(IFusionCache) || type == typeof(FusionCache) => new FusionCache(new FusionCacheOptions(), Memory),
        _ when type == typeof(RedisClient) || type == typeof(IRedisClient) => new RedisClient($"{stage.Address},poolsize=2,protocol=RESP2"),
        _ when type == typeof(CSRedis.CSRedisClient) => new CSRedis.CSRedisClient($"{stage.Address},poolsize=2,preheat=0"),
        _ when type == typeof(IDistributedLockFactory) || type == typeof(RedLockFactory) =>
            RedLockFactory.Create([new RedLockMultiplexer(stage.Client)]),
        _ when type == typeof(TimeProvider) => TimeProvider.System,
        _ when type == typeof(HttpClient) => new HttpClient(new StubHandler(journal)) { BaseAddress = new Uri("http://localhost/") },
        _ => null,
    };

    private HybridCache Hybrid()
    {
        ServiceCollection services = new();
        services.AddSingleton((IDistributedCache)Of(typeof(IDistributedCache))!);
        services.AddSingleton<IMemoryCache>(Memory);
        services.AddHybridCache();
        return services.BuildServiceProvider().GetRequiredService<HybridCache>();
    }
}
