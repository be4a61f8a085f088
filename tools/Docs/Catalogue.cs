using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using ExpiryAnalyzers.CodeFixes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace ExpiryAnalyzers.Docs;

/// <summary>What follows from the rules' descriptors.</summary>
public static partial class Catalogue
{
    private static readonly ImmutableArray<DiagnosticDescriptor> Rules = [.. new ExpiryAnalyzer().SupportedDiagnostics.OrderBy(rule => rule.Id, StringComparer.Ordinal)];

    private static readonly ImmutableArray<CodeFixProvider> Fixes = [.. typeof(ExpiryCodeFix).Assembly.GetTypes()
        .Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(CodeFixProvider)))
        .Select(type => (CodeFixProvider)Activator.CreateInstance(type)!)];

    /// <summary>The presets that <c>ExpiryAnalysisMode</c> selects; <c>Default</c> is what the descriptors say and needs none.</summary>
    private static readonly ImmutableArray<(string Name, string Meaning, Func<DiagnosticDescriptor, string> Severity)> Presets =
    [
        ("none", "Every rule is off.", _ => "none"),
        ("strict", "Warnings become errors, infos become warnings; rules that are off by default stay off.", rule => !rule.IsEnabledByDefault ? "none" : rule.DefaultSeverity == DiagnosticSeverity.Warning ? "error" : "warning"),
        ("all", "Every rule is at least a warning, those that are off by default included.", _ => "warning"),
    ];

    public static IEnumerable<GeneratedFile> Files(string root)
    {
        yield return WithTable(Path.Combine(root, "README.md"), "docs/rules/");
        yield return WithTable(Path.Combine(root, "docs", "rules", "README.md"), "");
        foreach ((string name, string meaning, Func<DiagnosticDescriptor, string> severity) in Presets)
        {
            yield return new(Path.Combine(root, "src", "ExpiryAnalyzers.Package", "config", $"ExpiryAnalyzers.{name}.globalconfig"), Preset(name, meaning, severity));
        }
    }

    private static GeneratedFile WithTable(string path, string folder)
    {
        StringBuilder table = new("<!-- rules -->\n| id | title | category | default | fix |\n|---|---|---|---|---|\n");
        foreach (DiagnosticDescriptor rule in Rules)
        {
            string severity = rule.IsEnabledByDefault ? rule.DefaultSeverity.ToString().ToLowerInvariant() : "off";
            table.Append($"| [{rule.Id}]({folder}{rule.Id}.md) | {rule.Title} | {rule.Category} | {severity} | {FixesOf(rule.Id)} |\n");
        }

        return new(path, Table().Replace(File.ReadAllText(path).ReplaceLineEndings("\n"), table.Append("<!-- /rules -->").ToString()));
    }

    /// <summary>Whether a rule has repairs that are safe, and some that ask first.</summary>
    private static string FixesOf(string id)
    {
        CodeFixProvider[] fixes = [.. Fixes.Where(fix => fix.FixableDiagnosticIds.Contains(id))];
        string[] kinds =
        [
            .. fixes.OfType<ExpiryCodeFix>().Where(static fix => !fix.OnlyAsks).Select(static _ => "safe"),
            .. fixes.OfType<AskingCodeFix>().Select(static _ => "asks"),
        ];
        return kinds is [] ? "no" : string.Join(", ", kinds);
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

    [GeneratedRegex("<!-- rules -->.*?<!-- /rules -->", RegexOptions.Singleline)]
    private static partial Regex Table();
}
