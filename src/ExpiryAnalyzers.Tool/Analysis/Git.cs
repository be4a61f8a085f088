using System.ComponentModel;
using System.Diagnostics;

namespace ExpiryAnalyzers.Tool.Analysis;

/// <summary>Asks git, which changes nothing here.</summary>
internal static class Git
{
    /// <summary>Runs a command in a folder: how it ended, its answer, and what it said of errors.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(
        string folder, CancellationToken cancellationToken, params IEnumerable<string> arguments)
    {
        ProcessStartInfo start = new("git", arguments)
        {
            WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        try
        {
            using Process process = Process.Start(start)!;
            Task<string> output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            Task<string> error = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return (process.ExitCode, await output, await error);
        }
        catch (Win32Exception)
        {
            return (-1, "", "git is not installed.");
        }
    }

    /// <summary>The root of the repository around a folder; null where there is none.</summary>
    public static async Task<string?> RootOfAsync(string folder, CancellationToken cancellationToken)
    {
        (int exit, string root, _) = await RunAsync(folder, cancellationToken, "rev-parse", "--show-toplevel");
        return exit == 0 ? Path.GetFullPath(root.Trim()) : null;
    }
}
