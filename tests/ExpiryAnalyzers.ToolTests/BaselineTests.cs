using Xunit;

namespace ExpiryAnalyzers.Tests;

public sealed class BaselineTests
{
    private const string File = "ExpiryAnalyzers.Baseline.txt";

    [Fact]
    public async Task TodaysFindings_AreLeftOut_AndOnlyThose()
    {
        using UserSolution solution = new();
        solution.AddProject("App").Write("App/Sessions.cs", Code.NowPlusOffset).Write("App/Carts.cs", Code.WriteThenExpire);
        ToolResult written = await solution.RunAsync("baseline");
        Assert.Equal(0, written.ExitCode);
        Assert.EndsWith($"2 findings in {File}: 2 new, 0 gone.\n", written.Error);
        Assert.EndsWith(
            "EXP102\tApp\tM:Sessions.KeepAsync(System.String)\tDateTime . UtcNow . AddMinutes ( 5 )\t1\n" +
            "EXP302\tApp\tM:Carts.StoreAsync(System.String)\tdb . KeyExpireAsync ( key , TimeSpan . FromHours ( 1 ) )\t1\n",
            solution.Read(File));

        // Other lines, other blanks: still the same. A second of the kind in the same member is new, and so is another mended.
        string second = "\n            + 0 * db.KeyExpireAsync(key, DateTime.UtcNow.AddMinutes( 5 )).Id;";
        solution.Write("App/Sessions.cs", "\n\n" + Code.NowPlusOffset.Replace("Task Keep", "int Keep")
                .Replace("AddMinutes(5));", "AddMinutes(\n 5)).Id" + second))
            .Write("App/Carts.cs", "");
        ToolResult result = await solution.RunAsync("check", "--baseline", File, "--format", "github");
        Assert.Equal(1, result.ExitCode);
        string line = Assert.Single(result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("file=App/Sessions.cs,line=10,", line);
        Assert.EndsWith(
            "Left out by the baseline: 1 finding. Gone since: 1; 'expiry baseline' takes out what is gone.\n",
            result.Error);

        ToolResult shrunk = await solution.RunAsync("baseline", "--shrink");
        Assert.EndsWith($"1 finding in {File}: 0 new, 1 gone.\n", shrunk.Error);
        ToolResult all = await solution.RunAsync("baseline");
        Assert.EndsWith($"2 findings in {File}: 1 new, 0 gone.\n", all.Error);
        Assert.Equal(0, (await solution.RunAsync("check", "--baseline", File)).ExitCode);
    }

    [Fact]
    public async Task Suppressions_CoverWholeMembers_AndGoWithTheirFindings()
    {
        const string Rows = "App/ExpiryAnalyzers.Suppressions.cs";
        using UserSolution solution = new();
        solution.AddProject("App").Write("App/Sessions.cs", Code.NowPlusOffset);
        ToolResult written = await solution.RunAsync("baseline", "--as-suppressions");
        Assert.EndsWith($"1 row in {Rows}; each covers a whole member.\n", written.Error);
        Assert.Contains(
            "[assembly: SuppressMessage(\"Time\", \"EXP102:Now + offset passed as an absolute time\", Scope = \"member\", " +
            "Target = \"~M:Sessions.KeepAsync(System.String)\", Justification = \"Baseline: covers the whole member.\")]\n",
            solution.Read(Rows));
        Assert.Equal(0, (await solution.RunAsync("check")).ExitCode);

        ToolResult again = await solution.RunAsync("baseline", "--as-suppressions");
        Assert.EndsWith($"1 row in {Rows}; each covers a whole member.\n", again.Error);
        await solution.Write("App/Sessions.cs", Code.Mended).RunAsync("baseline", "--as-suppressions");
        Assert.False(System.IO.File.Exists(solution.PathOf(Rows)));
    }

    [Fact]
    public async Task NothingIsWritten_WhereAProjectIsMissing()
    {
        using UserSolution solution = new();
        solution.AddProject("App").AddProject("Broken").Write("Broken/Broken.csproj", "<Project").Write("App/Sessions.cs", Code.NowPlusOffset);
        ToolResult result = await solution.RunAsync("baseline");
        Assert.Equal(2, result.ExitCode);
        Assert.EndsWith("error: Nothing was written: the findings of what could not be read would be missing.\n", result.Error);
        Assert.False(System.IO.File.Exists(solution.PathOf(File)));
    }
}
