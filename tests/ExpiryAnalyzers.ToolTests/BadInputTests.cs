using ExpiryAnalyzers.Tool.Loading;
using Xunit;

namespace ExpiryAnalyzers.Tests;

/// <summary>What cannot be done is said in one sentence, and the tool exits 2.</summary>
public sealed class BadInputTests
{
    [Theory]
    [InlineData("error: There is no file or folder 'Nowhere'.", "check", "Nowhere")]
    [InlineData("error: 'Empty' holds no solution, no C# project and no C# file.", "check", "Empty")]
    [InlineData("error: 'Two' holds 2 solutions; name one of them: Two/A.sln, Two/B.slnx.", "check", "Two")]
    [InlineData("error: 'Empty/a.txt' is no solution (.sln, .slnx, .slnf), C# project or folder.", "check", "Empty/a.txt")]
    [InlineData("error: None.slnx holds no C# project, so there is nothing to analyse.", "check", "None/None.slnx")]
    [InlineData("error: None.slnx holds no C# project, so there is nothing to analyse.", "learn", "None/None.slnx")]
    [InlineData("error: There is no option '--nope'.", "check", "--nope")]
    [InlineData("error: '--property Release' has no value; write NAME=VALUE.", "check", "Good", "-p", "Release")]
    [InlineData("error: The baseline cannot be read: Could not find file '*missing.txt'.", "check", "Good", "--baseline", "missing.txt")]
    [InlineData(
        "error: Line 2 of 'a.txt' is no row of a baseline: it needs rule, assembly, member, expression and ordinal with tabs between.",
        "check", "Good", "--baseline", "Empty/a.txt")]
    public async Task IsToldInASentence(string complaint, params string[] arguments)
    {
        using UserSolution solution = new();
        solution.Write("Empty/a.txt", "# Head\nEXP102 is here\n").Write("Good/A.cs", "class A;").Write("None/None.slnx", "<Solution />")
            .Write("Two/A.sln", "").Write("Two/B.sln", "").Write("Two/B.slnx", "<Solution />").Write("Two/A.slnf", "{}");
        ToolResult result = await solution.RunAsync(arguments);
        Assert.Equal(2, result.ExitCode);
        Assert.Equal(complaint, result.Complaint.Replace(solution.Folder + Path.DirectorySeparatorChar, "*"));
        Assert.Equal("", result.Output);
    }

    /// <summary>A file that another program holds, or whose name the system cannot give, is left out; the others are read.</summary>
    [Fact]
    public async Task AFileThatCannotBeRead_IsNamed()
    {
        using UserSolution solution = new();
        solution.Write("A.cs", Code.NowPlusOffset).Write("Held.cs", "class B;");
        using FileStream held = File.Open(solution.PathOf("Held.cs"), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        ToolResult result = await solution.RunAsync("check");
        Assert.Contains("Held.cs cannot be read, so findings may be missing: ", result.Error);
        Assert.Contains("EXP102", result.Output);
        Assert.Equal(1, result.ExitCode);
    }

    /// <summary>A machine that is too busy for MSBuild cannot be had in a test, so this asks for the words alone.</summary>
    [Fact]
    public void ProjectsThatMSBuildDidNotAnswerFor_AreNamed()
    {
        LoadProblem unanswered = new(null, SolutionLoader.Unanswered, IsFatal: true);
        LoadProblem warned = new("/a/A.csproj", "could not be loaded: a warning of its build", IsFatal: true);
        LoadProblem[] told = [unanswered, unanswered, warned];
        Assert.Equal([unanswered with { Project = "/b/B.csproj" }], SolutionLoader.Unread(told, ["/a/A.csproj", "/b/B.csproj"], new HashSet<string> { "/a/A.csproj" }));
        Assert.Empty(SolutionLoader.Unread(told, ["/a/A.csproj"], new HashSet<string> { "/a/A.csproj" }));
        Assert.Equal([unanswered], SolutionLoader.Unread([unanswered], [], new HashSet<string> { "/a/A.csproj" }));
    }

    [Fact]
    public async Task AnUnknownRule_IsToldWithAllOthers()
    {
        using UserSolution solution = new();
        ToolResult result = await solution.Write("A.cs", "class A;").RunAsync("check", "--rule", "EXP999");
        Assert.Equal(2, result.ExitCode);
        Assert.Matches("^error: There is no rule 'EXP999'; the rules are EXP0002, EXP101, .*\\.$", result.Complaint);
    }

    [Fact]
    public async Task AProjectThatIsNotRestored_IsNamed()
    {
        using UserSolution solution = new();
        solution.AddProject("App", items: "<PackageReference Include=\"Nowhere.To.Be.Found\" Version=\"1.0.0\" />")
            .Write("App/A.cs", "class A : Nowhere.To.Be.Found;");
        ToolResult result = await solution.RunAsync("check");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("error: App/App.csproj is not restored; run 'dotnet restore' first.\n", result.Error);
        Assert.EndsWith("error: Nothing of All.slnx could be analysed.\n", result.Error);

        solution.AddProject("Other").Write("Other/B.cs", Code.Mended);
        ToolResult fixedInPart = await solution.RunAsync("fix");
        Assert.Equal(2, fixedInPart.ExitCode);
        Assert.EndsWith("0 files would change.\n", fixedInPart.Error);

        // Rows of what is known would take the place of those that a restored project gives.
        ToolResult learned = await solution.RunAsync("learn");
        Assert.Equal(2, learned.ExitCode);
        Assert.Equal("error: Nothing was written: App/App.csproj is not restored; run 'dotnet restore' first.", learned.Complaint);
        Assert.False(File.Exists(solution.PathOf("ExpiryAnalyzers.Sinks.txt")));
    }

    /// <summary>
    /// A restore of the solution passes over what its build does, so that it is no advice, and one project of that kind must not keep
    /// 'learn' and a pull request from the others.
    /// </summary>
    [Theory]
    [InlineData("All.slnx", """
        <Solution>
          <Project Path="App/App.csproj" />
          <Project Path="Old/Old.csproj"><Build Solution="Debug|*" Project="false" /></Project>
        </Solution>
        """)]
    [InlineData("All.sln", """

        Microsoft Visual Studio Solution File, Format Version 12.00
        Project("{FAE04EC0-301F-11D3-BF4B-00C04F79EFBC}") = "App", "App\App.csproj", "{AFE40F78-BD65-4FD7-8851-7AA497CB258A}"
        EndProject
        Project("{FAE04EC0-301F-11D3-BF4B-00C04F79EFBC}") = "Old", "Old\Old.csproj", "{0B3B8B8F-0DD2-4A42-B282-3FA6D91725F4}"
        EndProject
        Global
        	GlobalSection(SolutionConfigurationPlatforms) = preSolution
        		Debug|Any CPU = Debug|Any CPU
        		Release|Any CPU = Release|Any CPU
        	EndGlobalSection
        	GlobalSection(ProjectConfigurationPlatforms) = postSolution
        		{AFE40F78-BD65-4FD7-8851-7AA497CB258A}.Debug|Any CPU.ActiveCfg = Debug|Any CPU
        		{AFE40F78-BD65-4FD7-8851-7AA497CB258A}.Debug|Any CPU.Build.0 = Debug|Any CPU
        		{AFE40F78-BD65-4FD7-8851-7AA497CB258A}.Release|Any CPU.ActiveCfg = Release|Any CPU
        		{AFE40F78-BD65-4FD7-8851-7AA497CB258A}.Release|Any CPU.Build.0 = Release|Any CPU
        		{0B3B8B8F-0DD2-4A42-B282-3FA6D91725F4}.Debug|Any CPU.ActiveCfg = Debug|Any CPU
        		{0B3B8B8F-0DD2-4A42-B282-3FA6D91725F4}.Release|Any CPU.ActiveCfg = Release|Any CPU
        		{0B3B8B8F-0DD2-4A42-B282-3FA6D91725F4}.Release|Any CPU.Build.0 = Release|Any CPU
        	EndGlobalSection
        EndGlobal
        """)]
    public async Task AProjectThatTheSolutionDoesNotBuild_IsLeftOutWhereItIsNotRestored(string name, string text)
    {
        using UserSolution solution = new();
        solution.AddProject("App").AddProject("Old", items: "<PackageReference Include=\"Nowhere.To.Be.Found\" Version=\"1.0.0\" />")
            .Write("App/A.cs", Code.Mended).Write("Old/A.cs", "class A : Nowhere.To.Be.Found;").Write(name, text);
        ToolResult result = await solution.RunAsync("check", name);
        Assert.Equal((0, "0 findings; 1 project analysed.\n"), (result.ExitCode, result.Output));
        Assert.EndsWith(
            $"warning: Old/Old.csproj is left out: {name} does not build it, and it is not restored; " +
            "'dotnet restore Old/Old.csproj' brings it in.\n",
            result.Error);
        ToolResult learned = await solution.RunAsync("learn", name);
        Assert.Equal(0, learned.ExitCode);
        Assert.Contains($"warning: Old/Old.csproj is left out: {name} does not build it, ", learned.Error);

        // In Release it is built, and so has to be restored.
        ToolResult release = await solution.RunAsync("check", name, "--property", "Configuration=Release");
        Assert.Equal(2, release.ExitCode);
        Assert.Equal("error: Old/Old.csproj is not restored; run 'dotnet restore' first.", release.Complaint);
    }

    [Fact]
    public async Task AProjectThatTheSolutionDoesNotBuild_IsReadWhereItIsRestored()
    {
        using UserSolution solution = new();
        solution.AddProject("Old").Write("Old/A.cs", Code.NowPlusOffset).Write(
            "All.slnx", "<Solution><Project Path=\"Old/Old.csproj\"><Build Project=\"false\" /></Project></Solution>");
        await solution.DoAsync("dotnet", "restore", "Old");
        ToolResult result = await solution.RunAsync("check");
        Assert.Equal(1, result.ExitCode);
        Assert.DoesNotContain("warning: ", result.Error);
    }

    /// <summary>A solution's C# projects are meant: others beside them are passed over, as those of web pages and containers.</summary>
    [Fact]
    public async Task AProjectOfAnotherLanguage_IsPassedOver()
    {
        using UserSolution solution = new();
        solution.AddProject("App").Write("App/Sessions.cs", Code.Mended)
            .Write("Web/Web.esproj", "<Project Sdk=\"Microsoft.VisualStudio.JavaScript.Sdk/1.0.0\" />")
            .Write("All.slnx", "<Solution><Project Path=\"App/App.csproj\" /><Project Path=\"Web/Web.esproj\" Type=\"54a90642-561a-4bb1-a94e-469adee60c69\" /></Solution>");
        ToolResult result = await solution.RunAsync("check");
        Assert.Equal((0, "0 findings; 1 project analysed.\n"), (result.ExitCode, result.Output));
    }

    [Fact]
    public async Task ABrokenProject_DoesNotHideTheOthers()
    {
        using UserSolution solution = new();
        solution.AddProject("App").AddProject("Broken").Write("Broken/Broken.csproj", "<Project").Write("App/Sessions.cs", Code.Mended);
        ToolResult clean = await solution.RunAsync("check");
        Assert.Equal((2, "0 findings; 1 project analysed.\n"), (clean.ExitCode, clean.Output));
        Assert.Contains("Broken", clean.Complaint);

        ToolResult found = await solution.Write("App/Sessions.cs", Code.NowPlusOffset).RunAsync("check");
        Assert.Equal(1, found.ExitCode);
    }

    [Fact]
    public async Task AProjectWhoseFileIsGone_IsNamed()
    {
        using UserSolution solution = new();
        solution.AddProject("App").AddProject("Gone").Write("App/Sessions.cs", Code.Mended);
        File.Delete(solution.PathOf("Gone/Gone.csproj"));
        ToolResult result = await solution.RunAsync("check");
        Assert.Equal((2, "0 findings; 1 project analysed.\n"), (result.ExitCode, result.Output));
        Assert.Equal("error: Gone/Gone.csproj could not be loaded: the solution lists it, but there is no such file.", result.Complaint);
    }

    [Fact]
    public async Task AnSdkThatIsNotThere_IsToldInWords()
    {
        using UserSolution solution = new();
        solution.AddProject("App").Write("App/Sessions.cs", Code.Mended)
            .Write("global.json", """{ "sdk": { "version": "99.0.100", "rollForward": "disable" } }""");
        ToolResult result = await solution.RunAsync("check");
        Assert.Equal(2, result.ExitCode);
        Assert.Equal(
            "error: All.slnx could not be read: its global.json asks for a .NET SDK that is not on this machine; " +
            "'dotnet --list-sdks' shows those that are.",
            result.Complaint);
    }

    [Fact]
    public async Task AWarningOfTheBuild_LosesNoProject()
    {
        using UserSolution solution = new();
        solution.AddProject("App").Write("App/Sessions.cs", Code.NowPlusOffset);
        await solution.DoAsync("dotnet", "restore", "App");
        solution.Write("App/Directory.Build.targets", """
            <Project>
              <Target Name="Warn" BeforeTargets="ResolveAssemblyReferences">
                <Warning Code="NU1603" Text="App depends on Some (&gt;= 4.0.3) but Some 4.0.3 was not found. Some 4.2.0 was resolved instead." />
              </Target>
            </Project>
            """);
        ToolResult result = await solution.RunAsync("check");
        Assert.Equal(1, result.ExitCode);
        Assert.DoesNotContain("error: ", result.Error);
    }

    [Fact]
    public async Task CodeThatDoesNotCompile_IsAWarning()
    {
        using UserSolution solution = new();
        solution.AddProject("App").Write("App/Sessions.cs", Code.NowPlusOffset + "\nclass B { int M() => nothing; }");
        await solution.DoAsync("dotnet", "restore", "App");
        ToolResult result = await solution.RunAsync("check", "App/App.csproj");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("warning: App/App.csproj does not compile (1 error), so findings may be missing; the first: ", result.Error);
    }
}
