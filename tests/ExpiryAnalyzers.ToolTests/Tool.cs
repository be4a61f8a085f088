using ExpiryAnalyzers.Tool;
using ToolCommands = ExpiryAnalyzers.Tool.Commands;

namespace ExpiryAnalyzers.Tests;

/// <summary>Runs the tool as its process does: arguments in, exit code and text out.</summary>
internal static class Tool
{
    /// <summary>Runs it in a folder.</summary>
    public static Task<ToolResult> RunAsync(string folder, params string[] arguments) =>
        RunAsync(folder, static _ => null, arguments);

    /// <summary>Runs it in a folder with an environment.</summary>
    public static async Task<ToolResult> RunAsync(string folder, Func<string, string?> variable, params string[] arguments)
    {
        using StringWriter output = new();
        using StringWriter error = new();
        int exit = await ToolCommands.CommandLine.InvokeAsync(arguments, new Terminal(output, error, folder) { Variable = variable });
        return new(exit, output.ToString().ReplaceLineEndings("\n"), error.ToString().ReplaceLineEndings("\n"));
    }
}

/// <summary>How a run of the tool ended.</summary>
internal sealed record ToolResult(int ExitCode, string Output, string Error)
{
    /// <summary>The one sentence that says what is wrong.</summary>
    public string Complaint => Error.Split('\n').Single(static line => line.StartsWith("error: ", StringComparison.Ordinal));
}
