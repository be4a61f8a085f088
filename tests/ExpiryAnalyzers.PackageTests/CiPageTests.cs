using Xunit;

namespace ExpiryAnalyzers.Tests;

/// <summary>What docs/ci.md promises, with the page's own blocks.</summary>
public sealed class CiPageTests
{
    /// <summary>The tool as it was built beside the tests.</summary>
    private static string Tool => Path.Combine(Repository.Root, "src", "ExpiryAnalyzers.Tool", "bin", "Debug", "net10.0", "expiry.dll");

    [Fact, Trait("Speed", "Slow")]
    public async Task ErrorsInCi_WarningsOnTheDesk_AndABaselineForOldCode()
    {
        Consumer consumer = Consumer.Create("<OutputType>Library</OutputType>");
        consumer.Write("Directory.Build.props", Block("xml", "props")).Write("App/Old code/Old.cs", BadCode.In("Old"));
        await consumer.RunAsync("new", "sln", "--format", "sln", "-n", "All");
        await consumer.RunAsync("sln", "add", "App");

        CommandResult desk = await consumer.RunAsync("build", "--no-incremental");
        Assert.True(desk.ExitCode == 0, desk.Output);
        Assert.Equal(["EXP101", "EXP102"], desk.Ids("warning"));

        CommandResult pipeline = await Docs.RunAsync(consumer, Block("sh", "build"));
        Assert.NotEqual(0, pipeline.ExitCode);
        Assert.Equal(["EXP101", "EXP102"], pipeline.Ids("error"));
        Assert.Contains("\"ruleId\": \"EXP101\"", consumer.Read("artifacts/sarif/App.sarif"), StringComparison.Ordinal);

        CommandResult baseline = await Docs.RunAsync(consumer, Block("sh", "baseline").Replace("dnx ExpiryAnalyzers.Tool", $"dotnet '{Tool}'", StringComparison.Ordinal));
        Assert.True(baseline.ExitCode == 0, baseline.Output);
        Assert.Contains("EXP102\tApp\tM:Old.Run(StackExchange.Redis.IDatabase)\t", consumer.Read("ExpiryAnalyzers.Baseline.txt"), StringComparison.Ordinal);
        CommandResult adopted = await Docs.RunAsync(consumer, Block("sh", "build"));
        Assert.True(adopted.ExitCode == 0, adopted.Output);
        Assert.Empty(adopted.Diagnostics);

        consumer.Write("App/New.cs", BadCode.In("New"));
        CommandResult broken = await Docs.RunAsync(consumer, Block("sh", "build"));
        Assert.NotEqual(0, broken.ExitCode);
        Assert.Equal([("New.cs", "error", "EXP101"), ("New.cs", "error", "EXP102")], broken.Diagnostics.Order());

        CommandResult formatted = await Docs.RunAsync(consumer, Block("sh", "format"));
        Assert.True(formatted.ExitCode == 0, formatted.Output);
        CommandResult repaired = await Docs.RunAsync(consumer, Block("sh", "build"));
        Assert.True(repaired.ExitCode == 0, repaired.Output);
    }

    [PowerShellFact, Trait("Speed", "Slow")]
    public async Task ErrorsInCi_InPowerShell()
    {
        Consumer consumer = Consumer.Create("<OutputType>Library</OutputType>");
        consumer.Write("Directory.Build.props", Block("xml", "props")).Write("App/Old.cs", BadCode.In("Old"));
        CommandResult pipeline = await Docs.RunInPowerShellAsync(consumer, Block("powershell", "build").Replace("dotnet build", "dotnet build App", StringComparison.Ordinal));
        Assert.NotEqual(0, pipeline.ExitCode);
        Assert.Equal(["EXP101", "EXP102"], pipeline.Ids("error"));
        Assert.Contains("\"ruleId\": \"EXP101\"", consumer.Read("artifacts/sarif/App.sarif"), StringComparison.Ordinal);
    }

    private static string Block(string language, string name) => Docs.Block("ci.md", language, name);
}
