using System.Diagnostics;

namespace ExpiryAnalyzers.Tests;

/// <summary>Runs the SDK's command line as a user does.</summary>
internal static class Dotnet
{
    /// <summary>Runs <c>dotnet</c> in a folder and gives back what it printed.</summary>
    public static Task<CommandResult> RunAsync(string folder, params string[] arguments) => RunAsync(Start("dotnet", folder, arguments));

    /// <summary>A program with the environment of a user's shell.</summary>
    public static ProcessStartInfo Start(string program, string folder, IEnumerable<string> arguments)
    {
        ProcessStartInfo start = new(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };

        // The SDK that runs the tests hands its own settings down, which would make another build of the consumer's.
        foreach (string inherited in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase) || name is "CI" or "TreatWarningsAsErrors" or "UseSharedCompilation").ToArray())
        {
            start.Environment.Remove(inherited);
        }

        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["MSBUILDTERMINALLOGGER"] = "off";
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        return start;
    }

    public static async Task<CommandResult> RunAsync(ProcessStartInfo start)
    {
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();

        // However long it takes: what a machine that has other work needs is no fault. That something hangs, the tests' progress shows.
        await process.WaitForExitAsync();
        return new(process.ExitCode, await output + await errors);
    }
}
