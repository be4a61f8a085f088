using ExpiryAnalyzers.Tool.Analysis;
using Microsoft.CodeAnalysis;
using Spectre.Console;

namespace ExpiryAnalyzers.Tool.Output;

/// <summary>For people at a terminal: the findings by rule, then a table of counts.</summary>
/// <param name="terminal">What gives paths their form.</param>
/// <param name="isScreen">Whether the writer is the terminal itself.</param>
internal sealed class TextReport(Terminal terminal, bool isScreen) : IReportFormat
{
    /// <inheritdoc/>
    public Task WriteAsync(Report report, TextWriter writer, CancellationToken cancellationToken)
    {
        IAnsiConsole console = isScreen ? terminal.Console : Terminal.ConsoleOn(writer);
        foreach (IGrouping<string, Finding> group in report.ByRule)
        {
            DiagnosticDescriptor rule = group.First().Rule;
            console.MarkupLineInterpolated($"[bold]{group.Key}[/] {rule.Title.ToString()} [grey]{rule.HelpLinkUri}[/]");
            foreach (Finding finding in group)
            {
                string place = $"{terminal.Shown(finding.Path)}({finding.Line},{finding.Column})";
                string color = ColorOf(finding.Severity);
                console.MarkupLineInterpolated($"  {place}: [{color}]{Report.Word(finding.Severity)}[/]: {finding.Message}");
            }

            console.WriteLine();
        }

        if (report.Findings.Count > 0)
        {
            console.Write(Counts(report));
        }

        int files = report.Findings.Select(static finding => finding.Path).Distinct().Count();
        string places = report.Findings.Count == 0 ? "" : $" in {Report.Counted(files, "file")}";
        console.MarkupLineInterpolated(
            $"{Report.Counted(report.Findings.Count, "finding")}{places}; {Report.Counted(report.Projects.Count, "project")} analysed.");
        return Task.CompletedTask;
    }

    private static Table Counts(Report report)
    {
        Table table = new Table().Border(TableBorder.Simple).AddColumns("Rule", "Title");
        table.AddColumn(new TableColumn("Findings").RightAligned()).AddColumn("Projects");
        foreach (IGrouping<string, Finding> group in report.ByRule)
        {
            IEnumerable<string> projects = group.Select(static finding => finding.ProjectName).Distinct().Order(StringComparer.Ordinal);
            table.AddRow(
                new Text(group.Key),
                new Text(group.First().Rule.Title.ToString()),
                new Text($"{group.Count()}"),
                new Text(string.Join(", ", projects)));
        }

        return table;
    }

    private static string ColorOf(DiagnosticSeverity severity) => severity switch
    {
        DiagnosticSeverity.Error => "red",
        DiagnosticSeverity.Warning => "yellow",
        _ => "blue",
    };
}
