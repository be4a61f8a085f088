namespace ExpiryAnalyzers.Tests;

/// <summary>Where the programs under test lie: outside the repository, whose build files must not reach them. Removed when the tests end.</summary>
internal static class Consumers
{
    public static readonly string Root = Directory.CreateTempSubdirectory("expiry-consumers-").FullName;

    static Consumers() => AppDomain.CurrentDomain.ProcessExit += (_, _) =>
    {
        try
        {
            Directory.Delete(Root, recursive: true);
        }
        catch (IOException)
        {
            // A build server may still hold a file; the folder is temporary anyhow.
        }
    };
}
