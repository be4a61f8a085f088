using ExpiryAnalyzers.Corpus.Analysis;
using Microsoft.CodeAnalysis;

namespace ExpiryAnalyzers.Corpus.Fixing;

/// <summary>The compile errors and findings of some documents, without their places, so that two versions can be compared.</summary>
internal sealed class DocumentState
{
    private readonly IReadOnlyList<string> _errors;
    private readonly IReadOnlyList<(string Id, string Text)> _findings;

    private DocumentState(IReadOnlyList<string> errors, IReadOnlyList<(string Id, string Text)> findings)
    {
        _errors = errors;
        _findings = findings;
    }

    /// <summary>Compiles and analyses one document, not its whole project.</summary>
    public static async Task<DocumentState> ReadAsync(Document document, AnalyzerRun run, CancellationToken cancellationToken)
    {
        SemanticModel model = await document.GetSemanticModelAsync(cancellationToken) ?? throw new InvalidOperationException("A C# document has a semantic model.");
        IEnumerable<Diagnostic> errors = model.GetDiagnostics(cancellationToken: cancellationToken).Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        IEnumerable<Diagnostic> findings = await run.DocumentAsync(model, cancellationToken);
        return new DocumentState([.. errors.Select(Text)], [.. findings.Select(static finding => (finding.Id, Text(finding)))]);
    }

    /// <summary>The state of several documents together.</summary>
    public static DocumentState Union(IReadOnlyCollection<DocumentState> states) =>
        new([.. states.SelectMany(static state => state._errors)], [.. states.SelectMany(static state => state._findings)]);

    /// <summary>The compile errors that <paramref name="before"/> lacks.</summary>
    public IReadOnlyList<string> ErrorsSince(DocumentState before) => Added(before._errors, _errors);

    /// <summary>The findings that <paramref name="before"/> lacks.</summary>
    public IReadOnlyList<string> FindingsSince(DocumentState before) => Added(before._findings.Select(static finding => finding.Text), _findings.Select(static finding => finding.Text));

    /// <summary>Whether there are at least as many findings of the rule as before.</summary>
    public bool StillReports(string id, DocumentState before) => CountOf(id) >= before.CountOf(id);

    /// <summary>Whether any other rule has more findings than before.</summary>
    public bool RaisesOtherThan(string id, DocumentState before) =>
        _findings.Select(static finding => finding.Id).Distinct().Any(other => other != id && CountOf(other) > before.CountOf(other));

    private int CountOf(string id) => _findings.Count(finding => finding.Id == id);

    private static string Text(Diagnostic diagnostic) => $"{diagnostic.Id} {diagnostic.GetMessage().ReplaceLineEndings(" ")}";

    /// <summary>The difference of two bags, sorted.</summary>
    private static IReadOnlyList<string> Added(IEnumerable<string> before, IEnumerable<string> after)
    {
        Dictionary<string, int> known = before.CountBy(static text => text).ToDictionary();
        return
        [
            .. after.CountBy(static text => text)
                .SelectMany(count => Enumerable.Repeat(count.Key, Math.Max(0, count.Value - known.GetValueOrDefault(count.Key))))
                .Order(StringComparer.Ordinal),
        ];
    }
}
