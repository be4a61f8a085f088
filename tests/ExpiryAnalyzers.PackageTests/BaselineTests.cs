using Xunit;

namespace ExpiryAnalyzers.Tests;

/// <summary>What <c>expiry baseline</c> wrote, in a build.</summary>
public sealed class BaselineTests
{
    private const string Row = "\tApp\tM:Old.Run(StackExchange.Redis.IDatabase)\tSystem . DateTime . Now . AddMinutes ( 5 )\t1\n";

    [Theory]
    [InlineData("-p:ExpiryAnalysisMode=Strict")]
    [InlineData("-p:TreatWarningsAsErrors=true")]
    [InlineData("-warnaserror:EXP101,EXP102")]
    public async Task FindingsOfTheBaseline_AreLeftOut_AndOnlyThose(string errors)
    {
        Consumer consumer = Consumer.Create("<OutputType>Library</OutputType>");
        consumer.Write("ExpiryAnalyzers.Baseline.txt", $"# Before.\n<<<<<<< ours\nEXP101{Row}EXP102{Row}");
        consumer.Write("App/Old.cs", Class("Old", "db.KeyExpire(\"k\", System.DateTime.Now.AddMinutes(5));"));
        CommandResult built = await consumer.BuildAsync(errors, "-p:ErrorLog=out.sarif%2Cversion=2.1");
        Assert.True(built.ExitCode == 0, built.Output);
        Assert.Empty(built.Diagnostics);
        Assert.Contains("It stands in ExpiryAnalyzers.Baseline.txt", consumer.Read("App/out.sarif"), StringComparison.Ordinal);

        // The second of a kind is new, and so is another place.
        consumer.Write("App/Old.cs", Class("Old", """
            db.KeyExpire("k", System.DateTime.Now.
                AddMinutes(5));
            db.KeyExpire("l", System.DateTime.Now.AddMinutes(5));
            """));
        consumer.Write("App/New.cs", Class("New", "db.KeyExpire(\"k\", System.DateTime.Now.AddMinutes(5));"));
        built = await consumer.BuildAsync(errors);
        Assert.Equal(
            [("New.cs", "error", "EXP101"), ("New.cs", "error", "EXP102"), ("Old.cs", "error", "EXP101"), ("Old.cs", "error", "EXP102")],
            built.Diagnostics.Order());
        Assert.Contains("Old.cs(8,", built.Output, StringComparison.Ordinal);
    }

    private static string Class(string name, string body) =>
        $"using StackExchange.Redis;\npublic static class {name}\n{{\n    public static void Run(IDatabase db)\n    {{\n{body}\n    }}\n}}\n";
}
