using Xunit;

namespace ExpiryAnalyzers.Tests;

/// <summary>From <c>dotnet add package</c> to the first warning, and everything that sets its severity.</summary>
public sealed class BuildTests
{
    [Fact]
    public async Task Build_ShowsEveryWarningWithItsHelpLink()
    {
        Consumer consumer = Consumer.Create("<OutputType>Library</OutputType>").WriteExamples("App", Rules.Ids);
        CommandResult built = await consumer.BuildAsync();
        Assert.True(built.ExitCode == 0, built.Output);
        Assert.Equal(Rules.Warnings, built.Ids("warning"));
        Assert.All(Rules.Warnings, id => Assert.Contains($"/docs/rules/{id}.md)", built.Output, StringComparison.Ordinal));
        Assert.DoesNotContain("AD0001", built.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("CS8032", built.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AddPackage_ThenBuild_Warns()
    {
        Consumer consumer = Consumer.Empty();
        await consumer.RunAsync("new", "console", "-o", "App", "--no-restore");
        await consumer.RunAsync("add", "App", "package", "StackExchange.Redis", "--version", "3.4.35");
        CommandResult added = await consumer.RunAsync("add", "App", "package", "ExpiryAnalyzers", "--version", Feed.Version);
        Assert.True(added.ExitCode == 0, added.Output);
        Assert.Contains("<PrivateAssets>all</PrivateAssets>", consumer.Read("App/App.csproj"), StringComparison.Ordinal);
        consumer.Write("App/Program.cs", "StackExchange.Redis.IDatabase db = null!;\ndb.KeyExpire(\"k\", System.DateTime.Now.AddMinutes(5));\n");
        CommandResult built = await consumer.BuildAsync();
        Assert.True(built.ExitCode == 0, built.Output);
        Assert.Equal(["EXP101", "EXP102"], built.Ids("warning"));
    }

    [Theory]
    [InlineData("-warnaserror:EXP101", "EXP101")]
    [InlineData("-p:WarningsAsErrors=EXP102", "EXP102")]
    [InlineData("-p:TreatWarningsAsErrors=true", "EXP101 EXP102 EXP301")]
    [InlineData("-p:TreatWarningsAsErrors=true -p:WarningsNotAsErrors=EXP301", "EXP101 EXP102")]
    [InlineData("-p:NoWarn=EXP101%3BEXP102", "")]
    public async Task CommandLine_SetsSeverities(string arguments, string errors)
    {
        Consumer consumer = Consumer.Create("<OutputType>Library</OutputType>").WriteExamples("App", ["EXP101", "EXP102", "EXP301"]);
        CommandResult built = await consumer.BuildAsync(arguments.Split(' '));
        Assert.Equal(errors, string.Join(' ', built.Ids("error")));
        Assert.Equal(errors.Length == 0, built.ExitCode == 0);
        Assert.Equal(arguments.Contains("NoWarn", StringComparison.Ordinal), !built.Ids("warning").Concat(built.Ids("error")).Contains("EXP101"));
    }

    [Theory]
    [InlineData("dotnet_diagnostic.EXP101.severity = error", "EXP101", "EXP102 EXP301")]
    [InlineData("dotnet_analyzer_diagnostic.category-Time.severity = error", "EXP101 EXP102", "EXP301")]
    [InlineData("dotnet_diagnostic.EXP102.severity = none\ndotnet_diagnostic.EXP301.severity = suggestion", "", "EXP101")]
    public async Task EditorConfig_SetsSeverities(string lines, string errors, string warnings)
    {
        Consumer consumer = Consumer.Create("<OutputType>Library</OutputType>").WriteExamples("App", ["EXP101", "EXP102", "EXP301"]);
        consumer.Write(".editorconfig", "root = true\n[*.cs]\n" + lines + "\n");
        CommandResult built = await consumer.BuildAsync();
        Assert.Equal(errors, string.Join(' ', built.Ids("error")));
        Assert.Equal(warnings, string.Join(' ', built.Ids("warning")));
    }

    [Theory]
    [InlineData("None")]
    [InlineData("Default")]
    [InlineData("strict")]
    [InlineData("All")]
    public async Task Mode_SelectsAPreset(string mode)
    {
        Consumer consumer = Consumer.Create($"<OutputType>Library</OutputType><ExpiryAnalysisMode>{mode}</ExpiryAnalysisMode>").WriteExamples("App", Rules.Ids);
        CommandResult built = await consumer.BuildAsync();
        (IEnumerable<string> errors, IEnumerable<string> warnings) = mode switch
        {
            "None" => ([], []),
            "strict" => (Rules.Warnings, Rules.Infos),
            "All" => ([], Rules.Ids),
            _ => (Enumerable.Empty<string>(), Rules.Warnings),
        };
        Assert.Equal(errors, built.Ids("error"));
        Assert.Equal(warnings, built.Ids("warning"));
    }

    [Fact]
    public async Task Mode_OfAnotherName_GetsOneClearMessage()
    {
        Consumer consumer = Consumer.Create("<OutputType>Library</OutputType><ExpiryAnalysisMode>Strictest</ExpiryAnalysisMode>").WriteExamples("App", ["EXP101"]);
        CommandResult built = await consumer.BuildAsync();
        Assert.True(built.ExitCode == 0, built.Output);
        Assert.Contains("warning EXP0001: ExpiryAnalysisMode is 'Strictest'; it can be None, Default, Strict or All.", built.Output, StringComparison.Ordinal);
        Assert.Contains("EXP101", built.Ids("warning"));
    }

    [Fact]
    public async Task OwnSettings_WinOverThePreset()
    {
        Consumer consumer = Consumer.Create("<OutputType>Library</OutputType><ExpiryAnalysisMode>Strict</ExpiryAnalysisMode>").WriteExamples("App", ["EXP101", "EXP301"]);
        consumer.Write(".editorconfig", "root = true\n[*.cs]\ndotnet_diagnostic.EXP301.severity = warning\n");
        CommandResult built = await consumer.BuildAsync();
        Assert.Equal(["EXP101"], built.Ids("error"));
        Assert.Equal(["EXP301"], built.Ids("warning"));
    }

    /// <summary>The compiler asks for a category only where nobody names the rule, and the presets do: docs/configuration.md says so.</summary>
    [Theory]
    [InlineData("Default", "", "EXP301")]
    [InlineData("Strict", "EXP101 EXP102 EXP301", "")]
    public async Task ACategory_CountsWithoutAPresetAlone(string mode, string errors, string warnings)
    {
        Consumer consumer = Consumer.Create($"<OutputType>Library</OutputType><ExpiryAnalysisMode>{mode}</ExpiryAnalysisMode>").WriteExamples("App", ["EXP101", "EXP102", "EXP301"]);
        consumer.Write(".editorconfig", "root = true\n[*.cs]\ndotnet_analyzer_diagnostic.category-Time.severity = none\n");
        CommandResult built = await consumer.BuildAsync();
        Assert.Equal(errors, string.Join(' ', built.Ids("error")));
        Assert.Equal(warnings, string.Join(' ', built.Ids("warning")));
    }

    [Fact]
    public async Task Suppressions_InTheSource()
    {
        Consumer consumer = Consumer.Create("<OutputType>Library</OutputType>");
        consumer.Write("App/Pragma.cs", """
            using StackExchange.Redis;
            static class Pragma
            {
                static void Run(IDatabase db)
                {
            #pragma warning disable EXP101, EXP102 // The auction's clock is this machine's.
                    db.KeyExpire("k", System.DateTime.Now.AddMinutes(5));
            #pragma warning restore EXP101, EXP102
                }
            }
            """);
        consumer.Write("App/Attribute.cs", """
            using StackExchange.Redis;
            static class Attribute
            {
                [System.Diagnostics.CodeAnalysis.SuppressMessage("Time", "EXP101")]
                [System.Diagnostics.CodeAnalysis.SuppressMessage("Time", "EXP102")]
                static void Run(IDatabase db) => db.KeyExpire("k", System.DateTime.Now.AddMinutes(5));
            }
            """);
        consumer.Write("App/Seen.cs", """
            using StackExchange.Redis;
            static class Seen
            {
                static void Run(IDatabase db) => db.KeyExpire("k", System.DateTime.Now.AddMinutes(5));
            }
            """);
        CommandResult built = await consumer.BuildAsync();
        Assert.Equal([("Seen.cs", "warning", "EXP101"), ("Seen.cs", "warning", "EXP102")], built.Diagnostics.Order());
    }
}
