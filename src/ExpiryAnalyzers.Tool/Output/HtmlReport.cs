using System.Globalization;
using System.Net;
using System.Reflection;
using System.Text;
using ExpiryAnalyzers.Tool.Analysis;
using ExpiryAnalyzers.Tool.Fixing;
using ExpiryAnalyzers.Tool.Loading;
using Microsoft.CodeAnalysis;

namespace ExpiryAnalyzers.Tool.Output;

/// <summary>One file to send around: counts, the code of each finding, what happens in production, and the fix as a diff.</summary>
/// <param name="repairs">The fixes.</param>
/// <param name="terminal">Shows how far it is.</param>
internal sealed class HtmlReport(Repairs repairs, Terminal terminal) : IReportFormat
{
    private const string Style = "ExpiryAnalyzers.Tool.Output.Report.css";

    /// <inheritdoc/>
    public async Task WriteAsync(Report report, TextWriter writer, CancellationToken cancellationToken) => await writer.WriteAsync(
        await terminal.WorkAsync("Trying the fixes", step => PageAsync(report, step, cancellationToken)));

    private async Task<string> PageAsync(Report report, Action<string> step, CancellationToken cancellationToken)
    {
        StringBuilder html = new();
        Head(html, report);
        Counts(html, report);
        foreach (IGrouping<string, Finding> group in report.ByRule)
        {
            step(group.Key);
            DiagnosticDescriptor rule = group.First().Rule;
            html.AppendLine($"<h2 id=\"{Text(rule.Id)}\"><a href=\"{Text(rule.HelpLinkUri)}\">{Text(rule.Id)}</a> {Text(rule.Title)}</h2>");
            html.AppendLine($"<p><b>In production:</b> {Text(rule.Description)}</p>");
            foreach (Finding finding in group)
            {
                await OneAsync(html, finding, report, cancellationToken);
            }
        }

        html.AppendLine($"<footer>ExpiryAnalyzers {Text(Product.Version)}, <code>expiry check --format html</code></footer></body></html>");
        return html.ToString();
    }

    private static void Head(StringBuilder html, Report report)
    {
        string findings = Report.Counted(report.Findings.Count, "finding");
        string files = Report.Counted(report.Findings.Select(static finding => finding.Path).Distinct().Count(), "file");
        string day = DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        html.AppendLine("<!DOCTYPE html>").AppendLine("<html lang=\"en\"><head><meta charset=\"utf-8\">");
        html.AppendLine("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        html.AppendLine($"<title>Expiry report: {Text(report.Name)}</title><style>{ReadStyle()}</style></head><body>");
        html.AppendLine($"<h1>Expiry report: {Text(report.Name)}</h1>");
        html.AppendLine(
            $"<p class=\"dim\">{findings} in {files}; {Report.Counted(report.Projects.Count, "project")} analysed, {day}.</p>");
        if (report.Problems.Count > 0)
        {
            html.AppendLine("<div class=\"problems\"><p><b>Not all of it could be read:</b></p><ul>");
            foreach (LoadProblem problem in report.Problems)
            {
                html.AppendLine($"<li>{Text($"{Path.GetFileName(problem.Project)} {problem.Words}")}</li>");
            }

            html.AppendLine("</ul></div>");
        }
    }

    /// <summary>A row for each rule, a column for each project that has any.</summary>
    private static void Counts(StringBuilder html, Report report)
    {
        string[] projects = [.. report.Findings.Select(static finding => finding.ProjectName).Distinct().Order(StringComparer.Ordinal)];
        if (projects is [])
        {
            return;
        }

        html.Append("<table><thead><tr><th>Rule</th><th>Title</th>");
        html.AppendJoin("", projects.Select(static project => $"<th class=\"n\">{Text(project)}</th>"));
        html.AppendLine("<th class=\"n\">All</th></tr></thead><tbody>");
        foreach (IGrouping<string, Finding> group in report.ByRule)
        {
            html.Append($"<tr><td><a href=\"#{Text(group.Key)}\">{Text(group.Key)}</a></td><td>{Text(group.First().Rule.Title)}</td>");
            AppendCounts(html, group, projects);
        }

        html.Append("<tr><th colspan=\"2\">All</th>");
        AppendCounts(html, report.Findings, projects);
        html.AppendLine("</tbody></table>");
    }

    private static void AppendCounts(StringBuilder html, IEnumerable<Finding> findings, string[] projects)
    {
        Dictionary<string, int> counts = findings.CountBy(static finding => finding.ProjectName).ToDictionary();
        html.AppendJoin("", projects.Select(project => $"<td class=\"n\">{counts.GetValueOrDefault(project):#}</td>"));
        html.AppendLine($"<td class=\"n\"><b>{counts.Values.Sum()}</b></td></tr>");
    }

    private async Task OneAsync(StringBuilder html, Finding finding, Report report, CancellationToken cancellationToken)
    {
        string severity = Report.Word(finding.Severity);
        string place = $"{report.Relative(finding.Path)}({finding.Line},{finding.Column})";
        html.AppendLine($"<h3><span class=\"place\">{Text(place)}</span> <span class=\"{severity}\">{severity}</span></h3>");
        html.AppendLine($"<p>{Text(finding.Message)}</p>");
        if (Excerpt.Of(finding) is { Count: > 0 } lines)
        {
            html.Append("<pre>").AppendJoin("", lines.Select(line => Code(line, severity))).AppendLine("</pre>");
        }

        if (await repairs.SafestAsync(finding, cancellationToken) is { } repair)
        {
            html.AppendLine($"<p><b>Safe fix:</b> {Text(repair.Title)}</p>");
            IEnumerable<string> diff = UnifiedDiff.Hunks(repair.Before, repair.After).Select(Changed);
            html.Append("<pre>").AppendJoin("", diff).AppendLine("</pre>");
        }

        IReadOnlyList<string> asking = await repairs.AskingTitlesAsync(finding, cancellationToken);
        if (asking.Count > 0)
        {
            string titles = string.Join("; ", asking.Select(static title => $"<i>{Text(title)}</i>"));
            html.AppendLine($"<p class=\"dim\">The editor offers, for a person to choose: {titles}.</p>");
        }
    }

    private static string Code(ExcerptLine line, string severity)
    {
        string reported = line.Reported is "" ? "" : $"<u class=\"{severity}\">{Text(line.Reported)}</u>";
        return $"<div><span class=\"no\">{line.Number}</span>{Text(line.Before)}{reported}{Text(line.After)}</div>";
    }

    private static string Changed(string line)
    {
        string kind = line[..1] switch
        {
            "+" => " class=\"add\"",
            "-" => " class=\"cut\"",
            "@" or "\\" => " class=\"hunk\"",
            _ => "",
        };
        return $"<div{kind}>{Text(line.TrimEnd('\r'))}</div>";
    }

    private static string Text(object text) => WebUtility.HtmlEncode(text.ToString()) ?? "";

    private static string ReadStyle()
    {
        using StreamReader reader = new(Assembly.GetExecutingAssembly().GetManifestResourceStream(Style)!);
        return reader.ReadToEnd();
    }
}
