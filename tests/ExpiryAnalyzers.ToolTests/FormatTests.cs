using System.Text.Json.Nodes;
using System.Xml.Linq;
using Xunit;

namespace ExpiryAnalyzers.Tests;

/// <summary>Each format is what its readers take.</summary>
public sealed class FormatTests
{
    [Fact]
    public async Task Sarif_HasWhatCodeScanningReads()
    {
        using UserSolution solution = new();
        solution.AddProject("App").Write("App/Se ssions.cs", Code.NowPlusOffset).Write("App/Carts.cs", Code.WriteThenExpire);
        ToolResult result = await solution.RunAsync("check", "--format", "sarif", "--output", "out/report.sarif");
        Assert.Equal((1, ""), (result.ExitCode, result.Output));
        Assert.EndsWith("2 findings written to out/report.sarif.\n", result.Error);

        JsonNode log = JsonNode.Parse(solution.Read("out/report.sarif"))!;
        Assert.Equal("2.1.0", (string?)log["version"]);
        JsonNode run = Assert.Single(log["runs"]!.AsArray())!;
        JsonArray rules = run["tool"]!["driver"]!["rules"]!.AsArray();
        Assert.Equal(["EXP102", "EXP302"], rules.Select(static rule => (string)rule!["id"]!));
        Assert.All(rules, static rule =>
        {
            Assert.NotEmpty((string)rule!["help"]!["text"]!);
            Assert.NotEmpty((string)rule["fullDescription"]!["text"]!);
            Assert.True(Uri.IsWellFormedUriString((string)rule["helpUri"]!, UriKind.Absolute));
        });

        JsonArray results = run["results"]!.AsArray();
        Assert.Equal(2, results.Select(static found => (string)found!["partialFingerprints"]!["expiryFinding/v1"]!).Distinct().Count());
        Assert.All(results, found => Assert.Equal((string)found!["ruleId"]!, (string)rules[(int)found["ruleIndex"]!]!["id"]!));
        JsonNode place = results[1]!["locations"]![0]!["physicalLocation"]!;
        Assert.Equal(("App/Se%20ssions.cs", "SRCROOT"), ((string)place["artifactLocation"]!["uri"]!, (string)place["artifactLocation"]!["uriBaseId"]!));
        Assert.Equal((6, 32), ((int)place["region"]!["startLine"]!, (int)place["region"]!["startColumn"]!));
        Assert.True((bool)run["invocations"]![0]!["executionSuccessful"]!);
    }

    [Fact]
    public async Task Html_IsOneWholeFile_WithCodeAndFix()
    {
        using UserSolution solution = new();
        solution.AddProject("App").Write("App/Sessions.cs", Code.NowPlusOffset.Replace("string key", "string @class").Replace("(key", "(\"<&>\" + @class"));
        ToolResult result = await solution.RunAsync("check", "--format", "html");
        Assert.Equal(1, result.ExitCode);

        // Well-formed but for what HTML leaves open.
        string html = result.Output.Replace("<!DOCTYPE html>", "").Replace("<meta charset=\"utf-8\">", "")
            .Replace("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">", "");
        XElement page = XElement.Parse(html, LoadOptions.PreserveWhitespace);
        Assert.DoesNotContain(page.Descendants().Attributes(), static attribute => attribute.Name.LocalName is "src" or "onclick");
        Assert.Equal("DateTime.UtcNow.AddMinutes(5)", Assert.Single(page.Descendants("u")).Value);
        Assert.Contains(
            "+        db.KeyExpireAsync(\"<&>\" + @class, TimeSpan.FromMinutes(5));",
            page.Descendants("div").Where(static line => (string?)line.Attribute("class") == "add").Select(static line => line.Value));
        Assert.Contains("A length of time was meant", page.Value);
        Assert.Contains("1 finding in 1 file; 1 project analysed", page.Value);
    }
}
