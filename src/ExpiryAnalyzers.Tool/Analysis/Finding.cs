using System.Globalization;
using ExpiryAnalyzers.Baselines;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace ExpiryAnalyzers.Tool.Analysis;

/// <summary>One report of a rule, once for all target frameworks of its project.</summary>
/// <param name="Diagnostic">What the rule reported.</param>
/// <param name="Project">The project it was found in.</param>
/// <param name="ProjectName">The project's name without a target framework.</param>
/// <param name="Key">What it is told apart by when lines move.</param>
internal sealed record Finding(Diagnostic Diagnostic, Project Project, string ProjectName, FindingKey Key)
{
    /// <summary>The rule.</summary>
    public DiagnosticDescriptor Rule => Diagnostic.Descriptor;

    /// <summary>The rule's id.</summary>
    public string Id => Diagnostic.Id;

    /// <summary>How severe it is by the options of its file.</summary>
    public DiagnosticSeverity Severity => Diagnostic.Severity;

    /// <summary>The file, absolute.</summary>
    public string Path => Span.Path;

    /// <summary>Its place, lines and columns from zero.</summary>
    public FileLinePositionSpan Span { get; } = Diagnostic.Location.GetMappedLineSpan();

    /// <summary>What the rule says, which ends with the cure.</summary>
    public string Message { get; } = Diagnostic.GetMessage(CultureInfo.InvariantCulture).ReplaceLineEndings(" ");

    /// <summary>The number of its first line, from one.</summary>
    public int Line => Span.StartLinePosition.Line + 1;

    /// <summary>The number of its first column, from one.</summary>
    public int Column => Span.StartLinePosition.Character + 1;

    /// <summary>The document it stands in; null in a file that is none of C#.</summary>
    public Document? Document => Diagnostic.Location.SourceTree is { } tree ? Project.GetDocument(tree) : null;

    /// <summary>All its places: its own, and those of what else takes part in the bug.</summary>
    public IEnumerable<FileLinePositionSpan> Places => Diagnostic.AdditionalLocations
        .Where(static location => location.IsInSource)
        .Select(static location => location.GetMappedLineSpan())
        .Prepend(Span);

    /// <summary>What makes two reports of different target frameworks one.</summary>
    public (string Id, string Path, LinePositionSpan Span, string Message) Identity => (Id, Path, Span.Span, Message);
}
