namespace ExpiryAnalyzers.CodeFixes.Reading;

/// <summary>What is known of the framework's members by where they are.</summary>
internal static class FrameworkNamespaces
{
    private const string Logging = "Microsoft.Extensions.Logging";
    private const string Root = "System";
    private const string Threading = "System.Threading";

    /// <summary>
    /// Whether the members of a namespace take no time worth mentioning and call nobody: all the framework's but what waits.
    /// </summary>
    public static bool IsQuick(string name) =>
        name is Root or Logging ||
        (name.StartsWith(Root + ".", StringComparison.Ordinal) && !name.StartsWith(Threading, StringComparison.Ordinal));
}
