using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace ExpiryAnalyzers.Tests;

/// <summary>What a command printed, and its exit code.</summary>
internal sealed partial record CommandResult(int ExitCode, string Output)
{
    /// <summary>The diagnostics of ours in a build's output, each once: file, severity, id.</summary>
    public ImmutableArray<(string File, string Severity, string Id)> Diagnostics =>
        [.. Diagnostic().Matches(Output).Select(match => (Line: match.Groups["file"].Value + match.Groups["place"].Value, File: Path.GetFileName(match.Groups["file"].Value), Severity: match.Groups["severity"].Value, Id: match.Groups["id"].Value)).Distinct().Select(found => (found.File, found.Severity, found.Id))];

    /// <summary>The ids shown with a severity, sorted.</summary>
    public IEnumerable<string> Ids(string severity) => Diagnostics.Where(found => found.Severity == severity).Select(found => found.Id).Distinct().Order(StringComparer.Ordinal);

    [GeneratedRegex(@"^\s*(?<file>[^\r\n(]+)(?<place>\([\d,]+\)): (?<severity>warning|error) (?<id>EXP\d+): ", RegexOptions.Multiline)]
    private static partial Regex Diagnostic();
}
