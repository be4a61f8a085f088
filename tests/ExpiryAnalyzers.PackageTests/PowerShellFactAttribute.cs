using Xunit;

namespace ExpiryAnalyzers.Tests;

/// <summary>A test that needs PowerShell (<c>dotnet tool install --global PowerShell</c>); it says so where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PowerShellFactAttribute : FactAttribute
{
    public PowerShellFactAttribute() => Skip = Program is null ? "There is no pwsh on the path." : null!;

    /// <summary>Where PowerShell is; null where it is not.</summary>
    public static string? Program => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .SelectMany(static folder => new[] { "pwsh", "pwsh.exe" }.Select(name => Path.Combine(folder, name)))
        .FirstOrDefault(File.Exists);
}
