namespace ExpiryAnalyzers.Apis;

/// <summary>How long calls of some types' members may take before they fail, where nothing else is said.</summary>
/// <param name="Types">The metadata names of the types that declare them.</param>
/// <param name="Members">The beginnings of their names.</param>
/// <param name="Length">The limit; null where there is none.</param>
internal sealed record CallLimit(IReadOnlyList<string> Types, IReadOnlyList<string> Members, TimeSpan? Length)
{
    /// <summary>The property that sets another limit; null where none does.</summary>
    public string? Property { get; init; }

    /// <summary>The unit of that property where it is a number.</summary>
    public TimeUnit Unit { get; init; } = TimeUnit.Milliseconds;

    /// <summary>Whether they only read or change a value that is in memory already.</summary>
    public bool IsInMemory => Length == TimeSpan.Zero;

    /// <summary>Whether all of the types' calls count as one: they go over one connection, and fail together.</summary>
    public bool IsShared { get; init; }
}

/// <summary>The limits that clients and the framework set for calls by themselves.</summary>
internal static class CallLimits
{
    private static readonly IReadOnlyList<string> All = [""];

    /// <summary>What sends commands: a database, a queue when it is executed, a channel's publisher, a prepared script.</summary>
    private static readonly IReadOnlyList<string> OfStackExchangeRedis =
    [
        StackExchangeRedis.Database,
        StackExchangeRedis.DatabaseAsync,
        StackExchangeRedis.Transaction,
        StackExchangeRedis.TransactionAsync,
        StackExchangeRedis.Batch,
        "StackExchange.Redis.IRedis",
        "StackExchange.Redis.IRedisAsync",
        "StackExchange.Redis.ISubscriber",
        "StackExchange.Redis.LuaScript",
        "StackExchange.Redis.LoadedLuaScript",
        "StackExchange.Redis.IServer",
        StackExchangeRedisExtensions.Database,
    ];

    /// <summary>Members of those types that only make or note something for a later command.</summary>
    private static readonly IReadOnlyList<string> Preparations = ["CreateTransaction", "CreateBatch", "AddCondition", "Prepare"];

    private static readonly IReadOnlyList<string> OfConnection =
        ["StackExchange.Redis.IConnectionMultiplexer", "StackExchange.Redis.ConnectionMultiplexer"];

    private static readonly IReadOnlyList<string> OfFreeRedis = ["FreeRedis.RedisClient", "FreeRedis.IRedisClient"];

    private static readonly IReadOnlyList<string> OfCSRedis = ["CSRedis.CSRedisClient", "RedisHelper`1"];

    /// <summary>Members that wait for something to come, or for another to give a lock back.</summary>
    private static readonly IReadOnlyList<string> Blocking =
        ["BLPop", "BRPop", "BLMove", "BLMPop", "BZPop", "BZMPop", "XRead", "Subscribe", "PSubscribe", "Wait", "Lock", "TryLock"];

    private static readonly IReadOnlyList<string> OfAnswers =
    [
        "RedisKey", "RedisValue", "RedisResult", "HashEntry", "SortedSetEntry", "NameValueEntry", "StreamEntry", "ExtensionMethods",
        "RedisChannel", "Condition", "Expiration", "ValueCondition", "KeyspaceIsolation.DatabaseExtensions",
    ];

    private static readonly IReadOnlyList<string> OfReader =
        ["System.Data.Common.DbDataReader", "System.Data.IDataReader", "System.Data.IDataRecord"];

    private const string Channels = "System.Threading.Channels.";

    private static readonly IReadOnlyList<string> OfContainer =
    [
        "Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions",
        "Microsoft.Extensions.DependencyInjection.ServiceProviderKeyedServiceExtensions",
        "Microsoft.Extensions.DependencyInjection.IServiceScopeFactory",
        "Microsoft.Extensions.DependencyInjection.IKeyedServiceProvider",
    ];

    private static readonly IReadOnlyList<string> OfHost =
    [
        "Microsoft.Extensions.Hosting.HostEnvironmentEnvExtensions",
        "Microsoft.Extensions.Hosting.IHostApplicationLifetime",
        "Microsoft.AspNetCore.DataProtection.IDataProtector",
        "Microsoft.AspNetCore.DataProtection.IDataProtectionProvider",
        "Microsoft.AspNetCore.DataProtection.DataProtectionCommonExtensions",
    ];

    /// <summary>Bytes and texts in memory, and what packs the bytes of the stream under it, which counts by itself.</summary>
    private static readonly IReadOnlyList<string> OfMemory =
    [
        "MemoryStream", "StringReader", "StringWriter", "Path",
        "Compression.GZipStream", "Compression.DeflateStream", "Compression.BrotliStream", "Compression.ZLibStream",
    ];

    private static readonly IReadOnlyList<string> OfMemoryCache =
        ["IMemoryCache", "MemoryCache", "CacheExtensions", "CacheEntryExtensions", "MemoryCacheEntryExtensions"];

    public static readonly IReadOnlyList<CallLimit> Known =
    [
        new(OfStackExchangeRedis, Preparations, TimeSpan.Zero),

        // One command for each page of the keys.
        new(["StackExchange.Redis.IServer"], ["Keys"], null),

        // SyncTimeout and AsyncTimeout, as they are unless configured; StackExchange.Redis.Extensions sends its commands by such a client.
        new(OfStackExchangeRedis, All, TimeSpan.FromSeconds(5)) { IsShared = true },

        // What waits for others has no limit that is known; other commands fail as measured against a server that does not answer:
        // FreeRedis 1.5.5 by its ReceiveTimeout, CSRedisCore 3.8.807 by its SyncTimeout, in synchronous and in asynchronous members.
        new([.. OfFreeRedis, .. OfCSRedis], Blocking, null),
        new(OfFreeRedis, All, TimeSpan.FromSeconds(20)) { IsShared = true },
        new(OfCSRedis, All, TimeSpan.FromSeconds(10)) { IsShared = true },

        // ConnectTimeout, three times (ConnectRetry), and half a second: ConfigurationOptions of StackExchange.Redis, unless configured.
        new(["StackExchange.Redis.ConnectionMultiplexer"], ["Connect"], TimeSpan.FromSeconds(15.5)),
        new(OfConnection, ["GetDatabase", "GetSubscriber", "GetServer", "GetEndPoints"], TimeSpan.Zero),

        // What only lets others run first.
        new(["System.Threading.Tasks.Task"], ["Yield"], TimeSpan.Zero),

        // Keys, conditions, and answers that have come.
        new([.. OfAnswers.Select(static name => "StackExchange.Redis." + name)], All, TimeSpan.Zero),

        // Channels in the process, but for what waits until there is room, or something to read.
        new([Channels + "Channel"], All, TimeSpan.Zero),
        new([Channels + "ChannelWriter`1"], ["TryWrite", "TryComplete", "Complete"], TimeSpan.Zero),
        new([Channels + "ChannelReader`1"], ["TryRead", "TryPeek"], TimeSpan.Zero),

        // The container, which makes objects as "new" does.
        new(OfContainer, ["Get", "Create"], TimeSpan.Zero),

        new([.. OfMemory.Select(static name => "System.IO." + name)], All, TimeSpan.Zero),
        new(["System.Net.IPAddress", "System.Net.IPEndPoint", "System.Net.WebUtility", "System.Web.HttpUtility"], All, TimeSpan.Zero),
        new(["System.Xml.Linq.XDocument", "System.Xml.Linq.XElement"], ["Load", "Save"], null),
        new(["System.Xml.Linq.XObject", "System.Xml.Linq.Extensions"], All, TimeSpan.Zero),

        // What the host knows of itself, and what protects a text by a key in memory.
        new(OfHost, All, TimeSpan.Zero),

        // The cache in the process.
        new([.. OfMemoryCache.Select(static name => "Microsoft.Extensions.Caching.Memory." + name)], All, TimeSpan.Zero),

        // HttpClient.Timeout; the answer's body is read under it unless only the headers are waited for.
        Http("System.Net.Http.HttpClient", ["Get", "Send", "Post", "Put", "Patch", "Delete"]),
        Http("System.Net.Http.Json.HttpClientJsonExtensions", All),

        new(["System.Net.Http.IHttpClientFactory", "System.Net.Http.HttpClientFactoryExtensions"], ["CreateClient"], TimeSpan.Zero),
        new(["System.Net.Http.Json.JsonContent"], ["Create"], TimeSpan.Zero),
        new(["System.Net.Http.HttpResponseMessage"], All, TimeSpan.Zero),
        new(["System.Net.Http.HttpContent"], ["ReadAs"], TimeSpan.Zero),
        new(["System.Net.Http.Json.HttpContentJsonExtensions"], ["ReadFrom"], TimeSpan.Zero),

        // ADO.NET: what only makes and fills a command, then CommandTimeout.
        new(["System.Data.Common.DbConnection", "System.Data.IDbConnection"], ["CreateCommand"], TimeSpan.Zero),
        new(["System.Data.Common.DbCommand", "System.Data.IDbCommand"], ["CreateParameter"], TimeSpan.Zero),
        new(["System.Data.Common.DbParameterCollection", "System.Data.IDataParameterCollection"], ["Add"], TimeSpan.Zero),
        new(["System.Data.Common.DbCommand", "System.Data.IDbCommand"], ["Execute"], TimeSpan.FromSeconds(30))
        {
            Property = "CommandTimeout",
            Unit = TimeUnit.Seconds
        },

        // The rows of a query: its time-out holds for each that is read, and what stands in it is in memory.
        new(OfReader, ["Read", "NextResult"], TimeSpan.FromSeconds(30)),
        new(OfReader, ["Get", "IsDBNull", "Close"], TimeSpan.Zero),
    ];

    private static CallLimit Http(string type, IReadOnlyList<string> members) =>
        new([type], members, TimeSpan.FromSeconds(100)) { Property = "Timeout" };
}
