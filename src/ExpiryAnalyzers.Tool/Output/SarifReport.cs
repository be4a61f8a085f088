using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ExpiryAnalyzers.Baselines;
using ExpiryAnalyzers.Tool.Analysis;
using ExpiryAnalyzers.Tool.Loading;
using Microsoft.CodeAnalysis;

namespace ExpiryAnalyzers.Tool.Output;

/// <summary>SARIF 2.1.0, for code scanning and other tools.</summary>
internal sealed class SarifReport : IReportFormat
{
    private const string Schema = "https://json.schemastore.org/sarif-2.1.0.json";

    private const string Home = "https://github.com/expiry-analyzers/ExpiryAnalyzers";

    private const string RootId = "SRCROOT";

    private const int FingerprintLength = 32;

    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <inheritdoc/>
    public async Task WriteAsync(Report report, TextWriter writer, CancellationToken cancellationToken)
    {
        DiagnosticDescriptor[] rules = [.. report.ByRule.Select(static group => group.First().Rule)];
        JsonObject run = new()
        {
            ["tool"] = new JsonObject { ["driver"] = Driver(rules) },
            ["columnKind"] = "utf16CodeUnits",
            ["originalUriBaseIds"] = new JsonObject { [RootId] = new JsonObject { ["uri"] = RootUri(report.Root) } },
            ["invocations"] = new JsonArray(Invocation(report)),
            ["results"] = new JsonArray([.. report.Findings.Select(finding => Result(finding, rules, report))]),
        };
        JsonObject log = new() { ["$schema"] = Schema, ["version"] = "2.1.0", ["runs"] = new JsonArray(run) };
        await writer.WriteLineAsync(log.ToJsonString(Indented));
    }

    private static JsonObject Driver(DiagnosticDescriptor[] rules) => new()
    {
        ["name"] = "ExpiryAnalyzers",
        ["version"] = Product.Version,
        ["semanticVersion"] = Product.Version,
        ["informationUri"] = Home,
        ["rules"] = new JsonArray([.. rules.Select(Rule)]),
    };

    private static JsonObject Rule(DiagnosticDescriptor rule) => new()
    {
        ["id"] = rule.Id,
        ["shortDescription"] = Message(rule.Title.ToString()),
        ["fullDescription"] = Message(rule.Description.ToString()),
        ["help"] = new JsonObject
        {
            ["text"] = $"{rule.Description} See {rule.HelpLinkUri}",
            ["markdown"] = $"{rule.Description} [What happens in production, and the cure]({rule.HelpLinkUri})",
        },
        ["helpUri"] = rule.HelpLinkUri,
        ["defaultConfiguration"] = new JsonObject { ["level"] = Level(rule.DefaultSeverity), ["enabled"] = rule.IsEnabledByDefault },
        ["properties"] = new JsonObject { ["category"] = rule.Category, ["tags"] = new JsonArray("correctness", "caching") },
    };

    private static JsonObject Invocation(Report report) => new()
    {
        ["executionSuccessful"] = !report.Problems.Any(static problem => problem.IsFatal),
        ["toolExecutionNotifications"] = new JsonArray([.. report.Problems.Select(Notification)]),
    };

    private static JsonObject Notification(LoadProblem problem) => new()
    {
        ["level"] = problem.IsFatal ? "error" : "warning",
        ["message"] = Message($"{Path.GetFileName(problem.Project)} {problem.Words}".Trim()),
    };

    private static JsonObject Result(Finding finding, DiagnosticDescriptor[] rules, Report report)
    {
        JsonObject result = new()
        {
            ["ruleId"] = finding.Id,
            ["ruleIndex"] = Array.FindIndex(rules, rule => rule.Id == finding.Id),
            ["level"] = Level(finding.Severity),
            ["message"] = Message(finding.Message),
            ["locations"] = new JsonArray(Location(finding.Span, report)),
            ["partialFingerprints"] = new JsonObject { ["expiryFinding/v1"] = FingerprintOf(finding.Key) },
            ["properties"] = new JsonObject { ["project"] = finding.ProjectName },
        };
        JsonNode[] related = [.. finding.Places.Skip(1).Select(place => Location(place, report))];
        if (related.Length > 0)
        {
            result["relatedLocations"] = new JsonArray(related);
        }

        return result;
    }

    private static JsonObject Location(FileLinePositionSpan place, Report report) => new()
    {
        ["physicalLocation"] = new JsonObject
        {
            ["artifactLocation"] = ArtifactLocation(place.Path, report),
            ["region"] = new JsonObject
            {
                ["startLine"] = place.StartLinePosition.Line + 1,
                ["startColumn"] = place.StartLinePosition.Character + 1,
                ["endLine"] = place.EndLinePosition.Line + 1,
                ["endColumn"] = place.EndLinePosition.Character + 1,
            },
        },
    };

    private static JsonObject ArtifactLocation(string path, Report report)
    {
        string relative = report.Relative(path);
        return relative.StartsWith("..", StringComparison.Ordinal)
            ? new() { ["uri"] = new Uri(path).AbsoluteUri }
            : new() { ["uri"] = Escaped(relative), ["uriBaseId"] = RootId };
    }

    /// <summary>A short text that differs where the keys do.</summary>
    private static string FingerprintOf(FindingKey key) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key.ToRow())))[..FingerprintLength];

    private static JsonObject Message(string text) => new() { ["text"] = text };

    private static string Level(DiagnosticSeverity severity) => severity switch
    {
        DiagnosticSeverity.Error => "error",
        DiagnosticSeverity.Warning => "warning",
        _ => "note",
    };

    private static string RootUri(string root) => new Uri(root.TrimEnd('/', '\\') + "/").AbsoluteUri;

    private static string Escaped(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));
}
