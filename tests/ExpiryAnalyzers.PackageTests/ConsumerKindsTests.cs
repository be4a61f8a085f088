using System.Text.Json;
using Xunit;

namespace ExpiryAnalyzers.Tests;

/// <summary>Kinds of consumers, and what else a build leaves behind.</summary>
public sealed class ConsumerKindsTests
{
    [Fact]
    public async Task ManyTargets_WithAnOldClient()
    {
        Consumer consumer = Consumer.Create("<OutputType>Library</OutputType>", client: "2.13.23", frameworks: "net10.0;netstandard2.0");
        consumer.Write("App/Bad.cs", BadCode.Text);
        CommandResult built = await consumer.BuildAsync();
        Assert.True(built.ExitCode == 0, built.Output);
        Assert.Equal(["EXP101", "EXP102"], built.Ids("warning"));
        Assert.Contains("TargetFramework=netstandard2.0", built.Output, StringComparison.Ordinal);
        Assert.Contains("TargetFramework=net10.0", built.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WithoutAClient_NothingIsSaid()
    {
        Consumer consumer = Consumer.Create("<OutputType>Library</OutputType><ExpiryAnalysisMode>All</ExpiryAnalysisMode><ReportAnalyzer>true</ReportAnalyzer>", client: null);
        consumer.Write("App/Own.cs", "public interface IDatabase { bool KeyExpire(string key, System.DateTime when); }\npublic static class Own { public static bool Run(IDatabase db) => db.KeyExpire(\"k\", System.DateTime.Now.AddMinutes(5)); }\n");
        CommandResult built = await consumer.BuildAsync();
        Assert.True(built.ExitCode == 0, built.Output);
        Assert.Empty(built.Diagnostics);
        Assert.Contains("0 Warning(s)", built.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SinksFile_BesideTheProject_IsRead()
    {
        Consumer consumer = Consumer.Create("<OutputType>Library</OutputType>", "<ProjectReference Include=\"../Acme/Acme.csproj\" />", client: null);
        consumer.Write("Acme/Acme.csproj", "<Project Sdk=\"Microsoft.NET.Sdk\"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup></Project>");
        consumer.Write("Acme/Cache.cs", "namespace Acme { public class Cache { public void ExpireAt(string key, System.DateTime at) { } } }");
        consumer.Write("App/Use.cs", "static class Use { static void Run(Acme.Cache cache) => cache.ExpireAt(\"k\", System.DateTime.Now.AddMinutes(5)); }");
        consumer.Write("App/ExpiryAnalyzers.Sinks.txt", "# ours\nM:Acme.Cache.ExpireAt(System.String,System.DateTime) at expiry\nM:Acme.Cache.Forget key key\n");
        CommandResult built = await consumer.BuildAsync();
        Assert.True(built.ExitCode == 0, built.Output);
        Assert.Equal([("ExpiryAnalyzers.Sinks.txt", "warning", "EXP0002"), ("Use.cs", "warning", "EXP101"), ("Use.cs", "warning", "EXP102")], built.Diagnostics.Order());
        Assert.Contains("ExpiryAnalyzers.Sinks.txt(3,1): warning EXP0002: This line teaches nothing: 'M:Acme.Cache.Forget' is not in this project or its references", built.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sarif_CarriesTheRules()
    {
        Consumer consumer = Consumer.Create("<OutputType>Library</OutputType>");
        consumer.Write("App/Bad.cs", BadCode.Text.Replace("=> db", "=>\n#pragma warning disable EXP102\n        db", StringComparison.Ordinal));
        CommandResult built = await consumer.BuildAsync("-p:ErrorLog=out.sarif%2Cversion=2.1");
        Assert.True(built.ExitCode == 0, built.Output);

        using JsonDocument sarif = JsonDocument.Parse(consumer.Read("App/out.sarif"));
        Assert.Equal("2.1.0", sarif.RootElement.GetProperty("version").GetString());
        JsonElement run = sarif.RootElement.GetProperty("runs")[0];
        JsonElement rule = run.GetProperty("tool").GetProperty("driver").GetProperty("rules").EnumerateArray().Single(rule => rule.GetProperty("id").GetString() == "EXP101");
        Assert.Equal("Absolute expiry is not UTC", rule.GetProperty("shortDescription").GetProperty("text").GetString());
        Assert.EndsWith("/docs/rules/EXP101.md", rule.GetProperty("helpUri").GetString(), StringComparison.Ordinal);
        Assert.Equal("Time", rule.GetProperty("properties").GetProperty("category").GetString());
        JsonElement[] results = [.. run.GetProperty("results").EnumerateArray().Where(result => result.GetProperty("ruleId").GetString()!.StartsWith("EXP", StringComparison.Ordinal)).OrderBy(result => result.GetProperty("ruleId").GetString(), StringComparer.Ordinal)];
        Assert.Equal(["EXP101", "EXP102"], results.Select(result => result.GetProperty("ruleId").GetString()));
        Assert.False(results[0].TryGetProperty("suppressions", out _));
        Assert.Equal("inSource", results[1].GetProperty("suppressions")[0].GetProperty("kind").GetString());
    }
}
