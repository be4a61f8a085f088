using Xunit;

namespace ExpiryAnalyzers.Tests;

public sealed class FixTests
{
    [Fact]
    public async Task Diff_ThenApply_ThenBuild()
    {
        using UserSolution solution = new();
        solution.AddProject("App").Write("App/Sessions.cs", Code.NowPlusOffset + "\n")
            .Write("App/Local.cs", Code.NowPlusOffset.Replace("Sessions", "Local").Replace("UtcNow", "Now"))
            .Write("App/Generated.g.cs", Code.NowPlusOffset.Replace("Sessions", "Generated"));
        ToolResult shown = await solution.RunAsync("fix", "--rule", "EXP102");
        Assert.Equal(1, shown.ExitCode);
        Assert.EndsWith("2 files would change; run it with --apply to write them.\n", shown.Error);
        Assert.EndsWith("""
            --- a/App/Sessions.cs
            +++ b/App/Sessions.cs
            @@ -3,5 +3,5 @@
             public class Sessions(IDatabase db)
             {
                 public Task KeepAsync(string key) =>
            -        db.KeyExpireAsync(key, DateTime.UtcNow.AddMinutes(5));
            +        db.KeyExpireAsync(key, TimeSpan.FromMinutes(5));
             }

            """, shown.Output);
        Assert.Equal(Code.NowPlusOffset + "\n", solution.Read("App/Sessions.cs"));

        // What it prints is a diff that others take, and what it writes is the same.
        await solution.Write("fix.diff", shown.Output).DoAsync("git", "apply", "--unsafe-paths", "fix.diff");
        Assert.Equal(Code.Mended + "\n", solution.Read("App/Sessions.cs"));
        solution.Write("App/Sessions.cs", Code.NowPlusOffset + "\n")
            .Write("App/Local.cs", Code.NowPlusOffset.Replace("Sessions", "Local").Replace("UtcNow", "Now"));
        ToolResult applied = await solution.RunAsync("fix", "--apply");
        Assert.Equal(0, applied.ExitCode);
        Assert.EndsWith("2 files changed.\n", applied.Error);
        Assert.Equal(Code.Mended + "\n", solution.Read("App/Sessions.cs"));

        // Two rules speak of it, and the fix of the one makes the other's place.
        Assert.Equal(Code.Mended.Replace("Sessions", "Local"), solution.Read("App/Local.cs"));
        Assert.Contains("UtcNow.AddMinutes", solution.Read("App/Generated.g.cs"));
        await solution.DoAsync("dotnet", "build", "App");
        Assert.Equal(0, (await solution.RunAsync("check")).ExitCode);
        Assert.Equal(("", 0), ((await solution.RunAsync("fix")) is var again ? (again.Output, again.ExitCode) : default));
    }

    /// <summary>A file of several target frameworks is mended once, a byte order mark and line ends stay.</summary>
    [Fact]
    public async Task TheFilesOwnForm_Stays()
    {
        using UserSolution solution = new();
        string before = ("\uFEFF" + Code.NowPlusOffset).ReplaceLineEndings("\r\n");
        solution.AddProject("App").Write("App/Sessions.cs", before);
        Assert.Equal(0, (await solution.RunAsync("fix", "--apply")).ExitCode);
        byte[] written = File.ReadAllBytes(solution.PathOf("App/Sessions.cs"));
        Assert.Equal([0xEF, 0xBB, 0xBF], written[..3]);
        Assert.Equal(Code.Mended.ReplaceLineEndings("\r\n"), File.ReadAllText(solution.PathOf("App/Sessions.cs")));
    }
}
