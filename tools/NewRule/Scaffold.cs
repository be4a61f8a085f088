using System.Text.RegularExpressions;

namespace ExpiryAnalyzers.NewRule;

/// <summary>The files of a new rule, made of the templates, and the places that have to know of it.</summary>
internal sealed partial class Scaffold(string id, string name, string title, string root)
{
    private static readonly Dictionary<char, string> Areas = new() { ['1'] = "Time", ['2'] = "Lock", ['3'] = "Atomicity", ['4'] = "Lifetime" };

    private string Area => Areas[id[3]];

    /// <summary>Why nothing can be made; null where all is well.</summary>
    public string? Complaint =>
        !Id().IsMatch(id) ? $"'{id}' is no id: EXP and three digits, the first from 1 to 4."
        : !Word().IsMatch(name) ? $"'{name}' is no name of a class."
        : title.Length == 0 || title.Contains('"') || title.Contains('|') ? "The title must have words, and neither quotes nor bars."
        : !File.Exists(Registry) ? $"'{root}' is not the repository."
        : Directory.EnumerateFiles(Path.Combine(root, "src"), id + "_*.cs", SearchOption.AllDirectories).Any() ? $"{id} is taken."
        : null;

    private string Registry => Path.Combine(root, "src", "ExpiryAnalyzers", "Rules", "ExpiryRules.cs");

    /// <summary>Writes everything; gives back the paths of what was written or changed.</summary>
    public IEnumerable<string> Write()
    {
        (string Template, string Path)[] files =
        [
            ("Rule", Path.Combine("src", "ExpiryAnalyzers", "Rules", Area, $"{id}_{name}.cs")),
            ("Fix", Path.Combine("src", "ExpiryAnalyzers.CodeFixes", Area, $"{id}_{name}Fix.cs")),
            ("Tests", Path.Combine("tests", "ExpiryAnalyzers.Tests", Area, $"{id}_{name}Tests.cs")),
            ("Page", Path.Combine("docs", "rules", $"{id}.md")),
        ];
        foreach ((string template, string path) in files)
        {
            string file = Path.Combine(root, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, Filled(template));
            yield return path;
        }

        yield return Insert(Registry, "        new ", $"        new {name}(),");
        if (!File.ReadAllText(Registry).Contains($"using ExpiryAnalyzers.Rules.{Area};", StringComparison.Ordinal))
        {
            Insert(Registry, "using ExpiryAnalyzers.Rules.", $"using ExpiryAnalyzers.Rules.{Area};");
        }

        yield return Insert(Path.Combine(root, "src", "ExpiryAnalyzers", "AnalyzerReleases.Unshipped.md"), "EXP", $"{id} | {Area} | Info | {title}");
        yield return Insert(Path.Combine(root, "CHANGELOG.md"), "- **EXP", $"- **{id}** {title}.");
    }

    /// <summary>Puts a line behind the last of the first run of lines that begin with a text.</summary>
    private string Insert(string file, string sibling, string line)
    {
        List<string> lines = [.. File.ReadAllLines(file)];
        int at = lines.FindIndex(existing => existing.StartsWith(sibling, StringComparison.Ordinal));
        if (at < 0)
        {
            throw new InvalidOperationException($"{file} has no line that begins with '{sibling}'.");
        }

        while (at < lines.Count && lines[at].StartsWith(sibling, StringComparison.Ordinal))
        {
            at++;
        }

        lines.Insert(at, line);
        File.WriteAllText(file, string.Join('\n', lines) + "\n");
        return Path.GetRelativePath(root, file);
    }

    private string Filled(string template)
    {
        using StreamReader reader = new(typeof(Scaffold).Assembly.GetManifestResourceStream(template)!);
        return reader.ReadToEnd().Replace("{Id}", id, StringComparison.Ordinal).Replace("{Name}", name, StringComparison.Ordinal).Replace("{Title}", title, StringComparison.Ordinal).Replace("{Area}", Area, StringComparison.Ordinal);
    }

    [GeneratedRegex("^EXP[1-4][0-9]{2}$")]
    private static partial Regex Id();

    [GeneratedRegex("^[A-Z][A-Za-z0-9]+$")]
    private static partial Regex Word();
}
