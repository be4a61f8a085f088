using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace ExpiryAnalyzers.Corpus.Analysis;

/// <summary>One diagnostic as text; holds on to no syntax tree.</summary>
/// <param name="Id">The rule.</param>
/// <param name="Line">Place, rule and message in one line.</param>
/// <param name="Context">The source around it, empty unless asked for.</param>
internal sealed record Finding(string Id, string Line, IReadOnlyList<string> Context)
{
    /// <summary>Puts <paramref name="diagnostic"/> into words.</summary>
    public static Finding From(string repository, Diagnostic diagnostic, int contextLines) =>
        new(diagnostic.Id, Describe(repository, diagnostic), contextLines > 0 ? SourceContext.Around(diagnostic, contextLines) : []);

    /// <summary>The line that names <paramref name="diagnostic"/>: <c>repository/path(line,column): ID message</c>.</summary>
    public static string Describe(string repository, Diagnostic diagnostic)
    {
        FileLinePositionSpan place = diagnostic.Location.GetLineSpan();
        LinePosition start = place.StartLinePosition;
        return $"{repository}/{place.Path}({start.Line + 1},{start.Character + 1}): {diagnostic.Id} {OneLine(diagnostic.GetMessage())}";
    }

    private static string OneLine(string message) => message.ReplaceLineEndings(" ");
}
