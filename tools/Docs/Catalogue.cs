using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;

namespace ExpiryAnalyzers.Docs;

/// <summary>What follows from the rules' descriptors.</summary>
public static partial class Catalogue
{
    private static readonly ImmutableArray<DiagnosticDescriptor> Rules = [.. new ExpiryAnalyzer().SupportedDiagnostics.OrderBy(rule => rule.Id, StringComparer.Ordinal)];

    /// <summary>The presets that <c>ExpiryAnalysisMode</c> selects; <c>Default</c> is what the descriptors say and needs none.</summary>
    private static readonly ImmutableArray<(string Name, string Meaning, Func<DiagnosticDescriptor, string> Severity)> Presets =
    [
        ("none", "Every rule is off.", _ => "none"),
        ("strict", "Warnings become errors, infos become warnings; rules that are off by default stay off.", rule => !rule.IsEnabledByDefault ? "none" : rule.DefaultSeverity == DiagnosticSeverity.Warning ? "error" : "warning"),
        ("all", "Every rule is at least a warning, those that are off by default included.", _ => "warning"),
    ];

    public static IEnumerable<GeneratedFile> Files(string root)
    {
        GeneratedFile first = WithTable(root, Path.Combine(root, "README.md"), "docs/rules/");
        yield return first;
        yield return WithTable(root, Path.Combine(root, "docs", "rules", "README.md"), "");
        yield return new(Path.Combine(root, "src", "ExpiryAnalyzers.Package", "README.md"), OfThePackage(first.Text));
        foreach ((string name, string meaning, Func<DiagnosticDescriptor, string> severity) in Presets)
        {
            yield return new(Path.Combine(root, "src", "ExpiryAnalyzers.Package", "config", $"ExpiryAnalyzers.{name}.globalconfig"), Preset(name, meaning, severity));
        }
    }

    private static GeneratedFile WithTable(string root, string path, string folder)
    {
        string counts = File.ReadAllText(Path.Combine(root, "docs", "rules", "README.md")).ReplaceLineEndings("\n");
        StringBuilder table = new("<!-- rules -->\n| id | title | default | fix | server | option |\n|---|---|---|---|---|---|\n");
        foreach (DiagnosticDescriptor rule in Rules)
        {
            string severity = rule.IsEnabledByDefault ? rule.DefaultSeverity.ToString().ToLowerInvariant() : "off";
            string page = File.ReadAllText(Path.Combine(root, "docs", "rules", rule.Id + ".md")).ReplaceLineEndings("\n");
            table.Append($"| [{rule.Id}]({folder}{rule.Id}.md) | {rule.Title} | {severity} | {FixesOf(rule.Id, page, counts)} ");
            table.Append($"| {Server().Match(page).Groups[1].Value} | {OptionOf(rule.Id)} |\n");
        }

        return new(path, Table().Replace(File.ReadAllText(path).ReplaceLineEndings("\n"), table.Append("<!-- /rules -->").ToString()));
    }

    /// <summary>The first page as the package's: what is for users alone, with links that lead from anywhere.</summary>
    private static string OfThePackage(string page)
    {
        const string repository = "https://github.com/expiry-analyzers/ExpiryAnalyzers/blob/main/";
        const string pictures = "https://raw.githubusercontent.com/expiry-analyzers/ExpiryAnalyzers/main/docs/images/";
        string text = page[..page.IndexOf("## Two commands", StringComparison.Ordinal)].TrimEnd() + "\n\nMIT license.\n";
        return text.Replace("](docs/images/fix.svg", $"]({pictures}fix.png", StringComparison.Ordinal)
            .Replace("](docs/", $"]({repository}docs/", StringComparison.Ordinal);
    }

    /// <summary>The name of a rule's option.</summary>
    private static string OptionOf(string id) => typeof(Options).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(static field => (string)field.FieldType.GetProperty("Key")!.GetValue(field.GetValue(null))!)
        .Where(key => key.Contains($".{id}.", StringComparison.Ordinal))
        .Select(static key => $"`{key[(key.LastIndexOf('.') + 1)..]}`")
        .SingleOrDefault("");

    /// <summary>
    /// For how many places of the course a rule has a repair, and whether it has safe ones and ones that ask first: those that its page
    /// shows, which tests apply.
    /// </summary>
    private static string FixesOf(string id, string page, string counts)
    {
        string kinds = string.Join(", ", new[] { "safe", "asks" }.Where(kind => page.Contains($"\n```csharp {kind}\n", StringComparison.Ordinal)));
        Match row = Regex.Match(counts, $@"^\| {id} \| (\d+) \| \d+ \| \d+ \| (\d+) \|$", RegexOptions.Multiline);
        if (!row.Success)
        {
            return kinds;
        }

        int places = int.Parse(row.Groups[1].Value, CultureInfo.InvariantCulture);
        int none = int.Parse(row.Groups[2].Value, CultureInfo.InvariantCulture);
        return $"{(none == 0 ? "all" : none == places ? "none" : 2 * none <= places ? "most" : "some")}: {kinds}";
    }

    /// <summary>A level below that of any file that a user writes, so that every setting of the user's own wins.</summary>
    private static string Preset(string name, string meaning, Func<DiagnosticDescriptor, string> severity)
    {
        StringBuilder text = new($"# Written by tools/Docs. ExpiryAnalysisMode = {name}: {meaning}\nis_global = true\nglobal_level = -100\n\n");
        foreach (DiagnosticDescriptor rule in Rules)
        {
            text.Append($"# {rule.Title}\ndotnet_diagnostic.{rule.Id}.severity = {severity(rule)}\n");
        }

        return text.ToString();
    }

    /// <summary>What the fixes of a rule need of the server, as its page's first table says.</summary>
    [GeneratedRegex(@"^\| category \|.* server \|.*\n.*\n\|.*\| Redis ([^|]+) \|[^|]*\|$", RegexOptions.Multiline)]
    private static partial Regex Server();

    [GeneratedRegex("<!-- rules -->.*?<!-- /rules -->", RegexOptions.Singleline)]
    private static partial Regex Table();
}
