using System.Diagnostics;
using System.Globalization;

namespace ExpiryAnalyzers.Fuzz.Runs;

/// <summary>This program once more, in a process that may die.</summary>
internal static class Children
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    /// <summary>Its exit code and what it printed; killed when it takes too long.</summary>
    public static (int Code, string Output) Run(params string[] arguments)
    {
        ProcessStartInfo start = new(Environment.ProcessPath!) { RedirectStandardOutput = true, RedirectStandardError = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Add(typeof(Children).Assembly.Location);
        }

        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using Process child = Process.Start(start)!;
        Task<string> output = child.StandardOutput.ReadToEndAsync();
        Task<string> errors = child.StandardError.ReadToEndAsync();
        if (!child.WaitForExit(Patience))
        {
            child.Kill();
        }

        child.WaitForExit();
        string tail = errors.Result.Length > 2000 ? errors.Result[..2000] : errors.Result;
        return (child.ExitCode, output.Result + tail);
    }

    public static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
