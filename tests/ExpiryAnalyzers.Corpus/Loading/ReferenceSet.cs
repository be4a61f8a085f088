using System.Reflection;
using System.Reflection.PortableExecutable;
using Microsoft.CodeAnalysis;

namespace ExpiryAnalyzers.Corpus.Loading;

/// <summary>The assemblies that repositories are compiled against. Their places come from the project file.</summary>
internal sealed class ReferenceSet
{
    /// <summary>The client version used when none is asked for.</summary>
    public const string DefaultClient = "3.4.35";

    private const string ClientPrefix = "Client ";

    /// <summary>Clients of which there is no more than their declarations.</summary>
    private static string DeclaredClients => Path.Combine(AppContext.BaseDirectory, "DeclaredClients");

    /// <summary>A client library by assembly name, and a type that only its own repository declares.</summary>
    private static readonly (string Assembly, string Type)[] s_replaceable =
    [
        ("StackExchange.Redis", "StackExchange.Redis.IDatabase"),
        ("FreeRedis", "FreeRedis.RedisClient"),
        ("CSRedisCore", "CSRedis.CSRedisClient"),
        ("RedLockNet.SERedis", "RedLockNet.SERedis.RedLockFactory"),
    ];

    private static readonly ILookup<string, string> s_folders = typeof(ReferenceSet).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .ToLookup(static attribute => attribute.Key, static attribute => attribute.Value ?? "");

    private readonly IReadOnlyDictionary<string, MetadataReference> _byAssembly;

    private ReferenceSet(IReadOnlyDictionary<string, MetadataReference> byAssembly) => _byAssembly = byAssembly;

    /// <summary>The client versions one can choose from.</summary>
    public static IEnumerable<string> Clients =>
        s_folders.Where(static group => group.Key.StartsWith(ClientPrefix, StringComparison.Ordinal)).Select(static group => group.Key[ClientPrefix.Length..]);

    /// <summary>The references themselves.</summary>
    public IEnumerable<MetadataReference> All => _byAssembly.Values;

    /// <summary>Reads the framework, the libraries, one client, then <paramref name="further"/>: the last assembly of a name wins.</summary>
    public static ReferenceSet Load(string client, IEnumerable<DirectoryInfo> further)
    {
        Dictionary<string, MetadataReference> byAssembly = new(StringComparer.OrdinalIgnoreCase);
        IEnumerable<string> folders = [DeclaredClients, .. s_folders["Reference"], .. s_folders[ClientPrefix + client], .. further.Select(static folder => folder.FullName)];
        foreach (string path in folders.SelectMany(Assemblies))
        {
            byAssembly[Path.GetFileNameWithoutExtension(path)] = MetadataReference.CreateFromFile(path);
        }

        return new ReferenceSet(byAssembly);
    }

    /// <summary>The references to leave out for a repository that declares a client library itself.</summary>
    public IReadOnlyDictionary<string, MetadataReference> DeclaredBy(Compilation compilation) =>
        s_replaceable
            .Where(client => _byAssembly.ContainsKey(client.Assembly) && compilation.Assembly.GetTypeByMetadataName(client.Type) is not null)
            .ToDictionary(static client => client.Assembly, client => _byAssembly[client.Assembly]);

    private static IEnumerable<string> Assemblies(string folder) =>
        Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, "*.dll").Where(IsManaged).Order(StringComparer.Ordinal)
            : throw new UsageException($"The reference folder '{folder}' is missing; restore this project.");

    private static bool IsManaged(string path)
    {
        using PEReader reader = new(File.OpenRead(path));
        return reader.HasMetadata;
    }
}
