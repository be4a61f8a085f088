using ExpiryAnalyzers.Tool.Analysis;
using Microsoft.CodeAnalysis;

namespace ExpiryAnalyzers.Tool.Output;

/// <summary>The commands by which a step of GitHub Actions marks lines of a pull request.</summary>
internal sealed class GitHubReport : IReportFormat
{
    /// <inheritdoc/>
    public async Task WriteAsync(Report report, TextWriter writer, CancellationToken cancellationToken)
    {
        foreach (Finding finding in report.Findings)
        {
            await writer.WriteLineAsync(Command(finding, report));
        }
    }

    private static string Command(Finding finding, Report report)
    {
        string level = finding.Severity switch
        {
            DiagnosticSeverity.Error => "error",
            DiagnosticSeverity.Warning => "warning",
            _ => "notice",
        };
        string file = Property(report.Relative(finding.Path));
        int lastLine = finding.Span.EndLinePosition.Line + 1;
        string place = $"file={file},line={finding.Line},endLine={lastLine},col={finding.Column}";
        if (lastLine == finding.Line)
        {
            // A last column is only taken on the first line.
            place += $",endColumn={finding.Span.EndLinePosition.Character + 1}";
        }

        string title = Property($"{finding.Id}: {finding.Rule.Title}");
        return $"::{level} {place},title={title}::{Data($"{finding.Message} ({finding.Rule.HelpLinkUri})")}";
    }

    private static string Data(string text) => text.Replace("%", "%25").Replace("\r", "%0D").Replace("\n", "%0A");

    private static string Property(string text) => Data(text).Replace(":", "%3A").Replace(",", "%2C");
}
