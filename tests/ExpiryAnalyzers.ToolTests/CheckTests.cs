using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Xunit;

namespace ExpiryAnalyzers.Tests;

public sealed class CheckTests
{
    /// <summary>The tool's analysis is the package's: what a build of the sample logs, no more and no less.</summary>
    [Fact]
    public async Task TheSample_HasWhatABuildFinds()
    {
        string shop = Path.Combine(Repository.Root, "samples", "Shop");
        string log = Path.Combine(Directory.CreateTempSubdirectory("expiry-log-").FullName, "build.sarif");
        CommandResult built = await Dotnet.RunAsync(
            shop, "build", "--no-incremental", "--no-dependencies", $"-p:ErrorLog={log}%2cversion=2.1", "-nologo");
        Assert.True(built.ExitCode == 0, built.Output);

        ToolResult result = await Tool.RunAsync(shop, "check", "--format", "sarif");
        Assert.Equal(1, result.ExitCode);
        string[] found = [.. Places(result.Output)];
        Assert.True(found.Length > 10);
        Assert.Equal(Places(File.ReadAllText(log)), found);
        Assert.Contains(PicturedMessage(), result.Output);
        Assert.Contains(QuotedWarning(), built.Output.Replace('\\', '/'));
    }

    /// <summary>What the rule says on the README's picture.</summary>
    private static string PicturedMessage() => WebUtility.HtmlDecode(string.Join(' ', Regex
        .Matches(Repository.Read("docs", "images", "fix.svg"), "fill=\"#cccccc\">([^<]+)</text>")
        .Select(static line => line.Groups[1].Value)));

    /// <summary>The warning of a build that the README quotes.</summary>
    private static string QuotedWarning() => Regex.Match(Repository.Read("README.md"), "(?m)^> (.+)$").Groups[1].Value;

    [Fact]
    public async Task Text_IsGroupedByRule_WithPlaceMessageAndLink()
    {
        using UserSolution solution = new();
        solution.AddProject("App").Write("App/Sessions.cs", Code.NowPlusOffset).Write("App/Carts.cs", Code.WriteThenExpire);
        ToolResult result = await solution.RunAsync("check");
        Assert.Equal(1, result.ExitCode);
        Assert.Matches("(?m)^EXP102 Now \\+ offset passed as an absolute time https://\\S+EXP102.md$", result.Output);
        Assert.Matches("(?m)^  App.Sessions.cs\\(6,32\\): warning: 'KeyExpireAsync' gets .*; pass the offset$", result.Output);
        Assert.Matches("(?m)^  App.Carts.cs\\(8,15\\): warning: .*; use MULTI$", result.Output);
        Assert.EndsWith("2 findings in 2 files; 1 project analysed.\n", result.Output);
        Assert.DoesNotContain("EXP405", result.Output);
        Assert.Equal("Evaluating the MSBuild files of All.slnx, which may run code of theirs; nothing is changed.\n", result.Error);
    }

    /// <summary>What a build cannot see: the caller's project references the interface alone.</summary>
    [Fact]
    public async Task ACallerAboveAnInterface_IsJudgedByTheSolutionsImplementation()
    {
        const string Keep = "public Task KeepAsync(string key, DateTime until) => db.KeyExpireAsync(key, until);";
        const string Abstractions = "<ProjectReference Include=\"../Contracts/Contracts.csproj\" />";
        using UserSolution solution = new();
        solution.AddProject("Contracts").AddProject("Redis", items: Abstractions).AddProject("App", items: Abstractions)
            .Write("Contracts/ICache.cs", "public interface ICache { Task KeepAsync(string key, DateTime until); }")
            .Write("Redis/Cache.cs", $"public class Cache(StackExchange.Redis.IDatabase db) : ICache {{ {Keep} }}")
            .Write("App/Pages.cs", "class Pages(ICache c) { Task M() => c.KeepAsync(\"a\", DateTime.UtcNow.AddMinutes(5)); }");
        ToolResult whole = await solution.RunAsync("check", "--format", "github");
        Assert.StartsWith("::warning file=App/Pages.cs,line=1,", Assert.Single(whole.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)));
        Assert.Contains("EXP102", whole.Output);
        ToolResult alone = await solution.RunAsync("check", "App/App.csproj");
        Assert.Equal("0 findings; 1 project analysed.\n", alone.Output);
    }

    [Fact]
    public async Task NothingFound_ExitsZero()
    {
        using UserSolution solution = new();
        solution.AddProject("App").Write("App/Sessions.cs", Code.Mended);
        ToolResult result = await solution.RunAsync("check", "App/App.csproj");
        Assert.Equal((0, "0 findings; 1 project analysed.\n"), (result.ExitCode, result.Output));
    }

    /// <summary>Options, pragmas, attributes, severities: all is as the build has it.</summary>
    [Fact]
    public async Task TheUsersOwnSuppressionsAndSeverities_Hold()
    {
        using UserSolution solution = new();
        solution.AddProject("App")
            .Write("App/Pragma.cs", Code.NowPlusOffset.Replace("Sessions", "A").Replace("    public", "#pragma warning disable EXP102\n    public"))
            .Write("App/Attribute.cs", Code.NowPlusOffset.Replace("Sessions", "B").Replace(
                "    public Task", "    [System.Diagnostics.CodeAnalysis.SuppressMessage(\"Time\", \"EXP102\")]\n    public Task"))
            .Write("App/Off/Config.cs", Code.NowPlusOffset.Replace("Sessions", "C"))
            .Write("App/Error/Config.cs", Code.NowPlusOffset.Replace("Sessions", "D"))
            .Write("App/Error/Hidden.cs", Code.WriteThenExpire)
            .Write(".editorconfig", """
                root = true
                [App/Off/**.cs]
                dotnet_diagnostic.EXP102.severity = none
                [App/Error/**.cs]
                dotnet_diagnostic.EXP102.severity = error
                dotnet_diagnostic.EXP302.severity = suggestion
                """);
        ToolResult result = await solution.RunAsync("check", "--format", "github", "--severity", "warning");
        string line = Assert.Single(result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith("::error file=App/Error/Config.cs,line=6,", line);
    }

    [Fact]
    public async Task TargetFrameworks_AreOne()
    {
        using UserSolution solution = new();
        solution.AddProject("App", "net10.0;netstandard2.1", "<DisableImplicitNuGetFallbackFolder>true</DisableImplicitNuGetFallbackFolder>")
            .Write("App/Sessions.cs", Code.NowPlusOffset.Replace("public class Sessions(IDatabase db)\n{", "public class Sessions\n{\n    IDatabase db;"));
        ToolResult result = await solution.RunAsync("check", "--format", "github");
        Assert.Single(result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task ARule_IsTheOnlyOne_AndIsSwitchedOn()
    {
        using UserSolution solution = new();
        solution.AddProject("App").Write("App/Sessions.cs", Code.NowPlusOffset).Write("App/Carts.cs", Code.WriteThenExpire);
        ToolResult result = await solution.RunAsync("check", "--rule", "exp405", "--format", "github");
        string line = Assert.Single(result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("file=App/Carts.cs,line=11,", line);
        Assert.Contains("title=EXP405%3A ", line);
    }

    [Fact]
    public async Task Since_ShowsOnlyWhatWasWrittenSince()
    {
        using UserSolution solution = new();
        solution.AddProject("App").Write("App/Sessions.cs", Code.NowPlusOffset).Write(".gitignore", "obj/\n");
        await solution.DoAsync("git", "init", "-q");
        await solution.DoAsync("git", "add", "-A");
        await solution.DoAsync("git", "-c", "user.name=A", "-c", "user.email=a@b", "commit", "-qm", "First");

        // Moved down, which writes no line of it; a file that git does not know is new as a whole.
        solution.Write("App/Sessions.cs", "// A comment.\n" + Code.NowPlusOffset)
            .Write("App/Größe.cs", Code.NowPlusOffset.Replace("Sessions", "Sizes"));
        ToolResult result = await solution.RunAsync("check", "--since", "HEAD", "--format", "github");
        string line = Assert.Single(result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith("::warning file=App/Größe.cs,line=6,", line);

        ToolResult unknown = await solution.RunAsync("check", "--since", "nowhere");
        Assert.Equal((2, "error: git knows no revision 'nowhere' here; a shallow clone may have to fetch it first."), (unknown.ExitCode, unknown.Complaint));
    }

    [Fact]
    public async Task LooseSources_AreRead()
    {
        using UserSolution solution = new();
        solution.Write("Some/Sessions.cs", Code.NowPlusOffset).Write("Some/Carts.cs", Code.WriteThenExpire);
        ToolResult result = await solution.RunAsync("check", "Some");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("2 findings in 2 files", result.Output);
        Assert.Equal("'Some' holds no project and is read loosely: 4 client calls were bound, 0 were not.\n", result.Error);
    }

    [Fact]
    public async Task LooseSources_OfAClientThatIsNotThere_Fail()
    {
        using UserSolution solution = new();
        solution.Write("Some/A.cs", "using EasyCaching.Core;\nclass A(IEasyCachingProvider p) { void M() => p.SetAsync(\"a\", 1, default); }");
        ToolResult result = await Tool.RunAsync(solution.Folder, name => name == "NUGET_PACKAGES" ? solution.Folder : null, "check", "Some");
        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith("error: Nothing of EasyCaching.Core could be bound", result.Complaint);
    }

    /// <summary>The results of a log: rule, level, file and place.</summary>
    private static IEnumerable<string> Places(string sarif) =>
        from result in JsonNode.Parse(sarif)!["runs"]![0]!["results"]!.AsArray()
        where Regex.IsMatch((string)result!["ruleId"]!, "^EXP") && result["suppressions"] is null
        let place = result["locations"]![0]!["physicalLocation"]!
        let region = place["region"]!
        orderby Path.GetFileName((string)place["artifactLocation"]!["uri"]!), (int)region["startLine"]!, (int)region["startColumn"]!,
            (string)result["ruleId"]!
        select $"{result["ruleId"]} {result["level"] ?? "warning"} {Path.GetFileName((string)place["artifactLocation"]!["uri"]!)} " +
            $"{region["startLine"]},{region["startColumn"]}-{region["endLine"]},{region["endColumn"]} {result["message"]!["text"]}";
}
