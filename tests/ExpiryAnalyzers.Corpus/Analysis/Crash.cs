using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ExpiryAnalyzers.Corpus.Analysis;

/// <summary>An exception that must not happen, however strange the source.</summary>
/// <param name="Where">The repository, and the analyzer if it was one.</param>
/// <param name="Place">The source that was being analysed, empty when unknown.</param>
/// <param name="Exception">The exception with its stack trace.</param>
internal sealed record Crash(string Where, string Place, string Exception)
{
    private static readonly string[] s_placeLines = ["SyntaxTree: ", "SyntaxNode: ", "ISymbol: "];

    /// <summary>The crash that the analyzer driver describes in <paramref name="report"/>.</summary>
    public static Crash From(string repository, DiagnosticAnalyzer analyzer, Diagnostic report, Exception exception) =>
        new($"{repository}: {analyzer.GetType().Name}", PlaceIn(report.GetMessage()), exception.ToString());

    /// <summary>The driver's message mixes the place with everything else.</summary>
    private static string PlaceIn(string message) =>
        string.Join(" ", message.Split('\n', StringSplitOptions.TrimEntries).Where(static line => s_placeLines.Any(line.StartsWith)).Distinct());
}
