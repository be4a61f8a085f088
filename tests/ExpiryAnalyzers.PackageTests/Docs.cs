using System.Text.RegularExpressions;

namespace ExpiryAnalyzers.Tests;

/// <summary>The named blocks of the documentation's pages, which the tests run.</summary>
internal static class Docs
{
    /// <summary>The text of a block that begins with its language and its name.</summary>
    public static string Block(string page, string language, string name) =>
        Regex.Match(Repository.Read("docs", page), $"^```{language} {name}\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline) is { Success: true } block
            ? block.Groups[1].Value
            : throw new InvalidOperationException($"docs/{page} has no block '{name}'.");

    /// <summary>Runs a block in a consumer's folder, in bash.</summary>
    public static Task<CommandResult> RunAsync(Consumer consumer, string script) => Dotnet.RunAsync(Dotnet.Start("bash", consumer.Folder, ["-c", script]));

    /// <summary>The same in PowerShell.</summary>
    public static Task<CommandResult> RunInPowerShellAsync(Consumer consumer, string script) =>
        Dotnet.RunAsync(Dotnet.Start(PowerShellFactAttribute.Program!, consumer.Folder, ["-NoProfile", "-NonInteractive", "-Command", script]));
}
