using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ExpiryAnalyzers.Tests;

/// <summary>The assemblies that analysed code references, from the packages that restore has downloaded.</summary>
internal static class References
{
    /// <summary>The oldest, a middle and the newest client that the rules are proven on.</summary>
    public static readonly ImmutableArray<string> ClientVersions = ["2.6.96", "2.13.23", "3.4.35"];

    /// <summary>Those beside which the course and the repairs are run by <c>.ci/long matrix</c>.</summary>
    public static readonly ImmutableArray<string> MatrixVersions = ["2.1.30", "2.6.96", "2.8.16", "2.13.23", "3.1.31", "3.4.35"];

    public const string NewestClient = "3.4.35";

    private static readonly ImmutableArray<MetadataReference> Framework =
        [.. Directory.EnumerateFiles(Path.Combine(Packages, "microsoft.netcore.app.ref", Metadata("FrameworkReferenceVersion"), "ref", "net10.0"), "*.dll").Select(Reference)];

    private static readonly ImmutableArray<MetadataReference> Caching =
    [
        .. new[] { "Caching.Abstractions", "Caching.Memory", "Logging.Abstractions", "Options", "Primitives" }
            .Select(name => $"Microsoft.Extensions.{name}")
            .Select(name => Reference(Path.Combine(Packages, name.ToLowerInvariant(), Metadata("CachingVersion"), "lib", "net10.0", name + ".dll"))),
    ];

    /// <summary>Stands for the newest StackExchange.Redis beside every other client that the tables know.</summary>
    public const string AllClients = "all clients";

    private static readonly ImmutableArray<MetadataReference> OtherClients =
    [
        Library("system.runtime.caching", "10.0.15", "net10.0", "System.Runtime.Caching"),
        Library("freeredis", "1.5.5", "netstandard2.0", "FreeRedis"),
        Library("csrediscore", "3.8.807", "netstandard2.0", "CSRedisCore"),
        Library("microsoft.bcl.asyncinterfaces", "10.0.14", "netstandard2.1", "Microsoft.Bcl.AsyncInterfaces"),
        Library("redlock.net", "2.3.2", "netstandard2.0", "RedLockNet.Abstractions"),
        Library("redlock.net", "2.3.2", "netstandard2.0", "RedLockNet.SERedis"),
        Library("distributedlock.core", "1.0.9", "net8.0", "DistributedLock.Core"),
        Library("distributedlock.redis", "1.1.1", "netstandard2.1", "DistributedLock.Redis"),
        Library("ziggycreatures.fusioncache", "2.9.0", "net10.0", "ZiggyCreatures.FusionCache"),
        Library("nredisstack", "1.8.0", "net10.0", "NRedisStack"),
        Reference(Path.Combine(AppContext.BaseDirectory, "ExpiryAnalyzers.DeclaredClients.dll")),
    ];

    private static readonly ImmutableDictionary<string, ImmutableArray<MetadataReference>> ByClient =
        MatrixVersions.ToImmutableDictionary(version => version, version => (ImmutableArray<MetadataReference>)[.. Framework, .. Caching, Reference(Client(version))])
            .Add(AllClients, [.. Framework, .. Caching, Reference(Client(NewestClient)), .. OtherClients]);

    private static string Packages => Metadata("PackagesDir");

    /// <summary>The framework, the caching abstractions and one version of StackExchange.Redis, or <see cref="AllClients"/>.</summary>
    public static ImmutableArray<MetadataReference> With(string clientVersion) => ByClient[clientVersion];

    /// <summary>The framework and no client at all.</summary>
    public static ImmutableArray<MetadataReference> WithoutClient => Framework;

    /// <summary>The analyzers that the newest client brings along: what our fixes write must please them.</summary>
    public static IEnumerable<DiagnosticAnalyzer> ClientAnalyzers =>
        Assembly.LoadFrom(Path.Combine(Packages, "stackexchange.redis", NewestClient, "analyzers", "dotnet", "cs", "StackExchange.Redis.Build.dll"))
            .GetTypes()
            .Where(type => !type.IsAbstract && typeof(DiagnosticAnalyzer).IsAssignableFrom(type))
            .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!);

    private static string Client(string version) =>
        new[] { "net10.0", "net8.0", "net6.0", "net5.0", "netstandard2.0" }
            .Select(framework => Path.Combine(Packages, "stackexchange.redis", version, "lib", framework, "StackExchange.Redis.dll"))
            .First(File.Exists);

    private static MetadataReference Library(string package, string version, string framework, string assembly) => Reference(Path.Combine(Packages, package, version, "lib", framework, assembly + ".dll"));

    private static MetadataReference Reference(string path) => MetadataReference.CreateFromFile(path);

    private static string Metadata(string key) => typeof(References).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
