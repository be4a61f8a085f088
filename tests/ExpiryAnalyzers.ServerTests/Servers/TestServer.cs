namespace ExpiryAnalyzers.Tests.Servers;

/// <summary>
/// Starts the server that the environment variable <c>EXPIRY_SERVER</c> asks for: <c>garnet</c> (the default), or the path of a
/// <c>redis-server</c>.
/// </summary>
internal static class TestServer
{
    public static bool IsGarnet => Program is "garnet";

    private static string Program => Environment.GetEnvironmentVariable("EXPIRY_SERVER") is { Length: > 0 } named ? named : "garnet";

    public static ITestServer Start() => IsGarnet ? new EmbeddedGarnet() : new RedisProcess(Program);
}
