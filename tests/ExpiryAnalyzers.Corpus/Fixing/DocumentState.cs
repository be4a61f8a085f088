using ExpiryAnalyzers.Corpus.Analysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Options;

namespace ExpiryAnalyzers.Corpus.Fixing;

/// <summary>What the compiler, the rules and the formatter say of some documents, without places, so that two versions can be compared.</summary>
internal sealed class DocumentState
{
    private readonly IReadOnlyList<string> _errors;
    private readonly IReadOnlyList<string> _warnings;
    private readonly IReadOnlyList<(string Id, string Text)> _findings;

    private DocumentState(
        IReadOnlyList<string> errors, IReadOnlyList<string> warnings, IReadOnlyList<(string Id, string Text)> findings, bool isFormatted)
    {
        _errors = errors;
        _warnings = warnings;
        _findings = findings;
        IsFormatted = isFormatted;
    }

    /// <summary>Whether the formatter, by its defaults, leaves the documents as they are.</summary>
    public bool IsFormatted { get; }

    /// <summary>Compiles and analyses one document, not its whole project.</summary>
    public static async Task<DocumentState> ReadAsync(Document document, AnalyzerRun run, CancellationToken cancellationToken)
    {
        SemanticModel model = await document.GetSemanticModelAsync(cancellationToken) ?? throw new InvalidOperationException("A C# document has a semantic model.");
        ILookup<DiagnosticSeverity, string> problems = model.GetDiagnostics(cancellationToken: cancellationToken).ToLookup(static problem => problem.Severity, Text);
        IEnumerable<Diagnostic> findings = await run.DocumentAsync(model, cancellationToken);
        return new DocumentState(
            [.. problems[DiagnosticSeverity.Error]],
            [.. problems[DiagnosticSeverity.Warning]],
            [.. findings.Select(static finding => (finding.Id, Text(finding)))],
            await IsFormattedAsync(document, cancellationToken));
    }

    /// <summary>The state of several documents together.</summary>
    public static DocumentState Union(IReadOnlyCollection<DocumentState> states) => new(
        [.. states.SelectMany(static state => state._errors)],
        [.. states.SelectMany(static state => state._warnings)],
        [.. states.SelectMany(static state => state._findings)],
        states.All(static state => state.IsFormatted));

    /// <summary>The compiler's warnings that <paramref name="before"/> lacks.</summary>
    public IReadOnlyList<string> WarningsSince(DocumentState before) => Added(before._warnings, _warnings);

    /// <summary>The compile errors that <paramref name="before"/> lacks.</summary>
    public IReadOnlyList<string> ErrorsSince(DocumentState before) => Added(before._errors, _errors);

    /// <summary>The findings that <paramref name="before"/> lacks.</summary>
    public IReadOnlyList<string> FindingsSince(DocumentState before) => Added(before._findings.Select(static finding => finding.Text), _findings.Select(static finding => finding.Text));

    /// <summary>Whether there are at least as many findings of the rule as before.</summary>
    public bool StillReports(string id, DocumentState before) => CountOf(id) >= before.CountOf(id);

    /// <summary>Whether any other rule has more findings than before.</summary>
    public bool RaisesOtherThan(string id, DocumentState before) =>
        _findings.Select(static finding => finding.Id).Distinct().Any(other => other != id && CountOf(other) > before.CountOf(other));

    private static async Task<bool> IsFormattedAsync(Document document, CancellationToken cancellationToken)
    {
        string text = (await document.GetTextAsync(cancellationToken)).ToString();
        OptionSet options = (await document.GetOptionsAsync(cancellationToken)).WithChangedOption(
            FormattingOptions.NewLine,
            LanguageNames.CSharp,
            text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n");
        Document formatted = await Formatter.FormatAsync(document, options, cancellationToken);
        return (await formatted.GetTextAsync(cancellationToken)).ToString() == text;
    }

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
