using ExpiryAnalyzers.Tool.Analysis;
using ExpiryAnalyzers.Tool.Loading;
using Microsoft.CodeAnalysis;

namespace ExpiryAnalyzers.Tool.Output;

/// <summary>What a report tells.</summary>
/// <param name="Name">The solution, project or folder.</param>
/// <param name="Root">The folder that its paths start from: the repository's, where there is one.</param>
/// <param name="Findings">The findings in the order of their places.</param>
/// <param name="Projects">The projects that were analysed.</param>
/// <param name="Problems">What could not be read.</param>
internal sealed record Report(
    string Name, string Root, IReadOnlyList<Finding> Findings, IReadOnlyList<string> Projects, IReadOnlyList<LoadProblem> Problems)
{
    /// <summary>The findings of each rule, the rules by id.</summary>
    public IEnumerable<IGrouping<string, Finding>> ByRule =>
        Findings.GroupBy(static finding => finding.Id).OrderBy(static group => group.Key, StringComparer.Ordinal);

    /// <summary>A path from the root, with slashes.</summary>
    public string Relative(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

    /// <summary>How a severity is called.</summary>
    public static string Word(DiagnosticSeverity severity) => severity.ToString().ToLowerInvariant();

    /// <summary>A count with its noun.</summary>
    public static string Counted(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";
}

/// <summary>A way to write a report down.</summary>
internal interface IReportFormat
{
    /// <summary>Writes it.</summary>
    Task WriteAsync(Report report, TextWriter writer, CancellationToken cancellationToken);
}
