using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ExpiryAnalyzers.CodeFixes.Reading;

/// <summary>
/// The oldest server that a project must run on, as the client's own analyzer reads it. Where nobody says, it is Redis 6.2: what is
/// newer is only written for a project that says that it has it.
/// </summary>
internal static class ServerVersion
{
    private const string Option = "redis.min_server_version";
    private const string Property = "build_property.RedisMinServerVersion";

    /// <summary>The client's major version that brought the analyzer along.</summary>
    private const int FirstWithAnalyzer = 3;

    /// <summary>Lua, PEXPIRE, SET with no more than EX.</summary>
    public static readonly Version Redis26 = new(2, 6);

    /// <summary>SET with KEEPTTL.</summary>
    public static readonly Version Redis60 = new(6, 0);

    /// <summary>GETEX, GETDEL, SET with EXAT.</summary>
    public static readonly Version Redis62 = new(6, 2);

    /// <summary>EXPIRE with NX, XX, GT, LT.</summary>
    public static readonly Version Redis70 = new(7, 0);

    /// <summary>Whether the servers of a file's project may lack what came with a version.</summary>
    public static bool IsBelow(Version version, FixContext context)
    {
        AnalyzerConfigOptionsProvider provider = ConfigOf(context);
        Version? oldest = Read(provider.GetOptions(context.Root.SyntaxTree), Option) ?? Global(provider.GlobalOptions);
        return (oldest ?? Redis62) < version;
    }

    /// <summary>
    /// Whether the client's own analyzer takes the servers to have what came with a version. It came with client 3.1, and it does not
    /// look into <c>.editorconfig</c>.
    /// </summary>
    public static bool IsAdvisedFor(Version version, FixContext context, ISymbol member) =>
        member.ContainingAssembly.Identity.Version.Major >= FirstWithAnalyzer &&
        !(Global(ConfigOf(context).GlobalOptions) is { } oldest && oldest < version);

    private static AnalyzerConfigOptionsProvider ConfigOf(FixContext context) =>
        context.Document.Project.AnalyzerOptions.AnalyzerConfigOptionsProvider;

    private static Version? Global(AnalyzerConfigOptions options) => Read(options, Option) ?? Read(options, Property);

    /// <summary>A version as <c>7</c> or <c>6.2</c>; what cannot be read counts as absent.</summary>
    private static Version? Read(AnalyzerConfigOptions options, string key)
    {
        if (!options.TryGetValue(key, out string? text))
        {
            return null;
        }

        string[] parts = text.Trim().Split('.');
        int? minor = parts.Length == 1 ? 0 : Number(parts[1]);
        return Number(parts[0]) is { } major and > 0 && minor is not null ? new(major, minor.Value) : null;
    }

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
}
