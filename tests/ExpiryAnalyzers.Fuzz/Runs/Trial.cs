using System.Collections.Concurrent;
using System.Collections.Immutable;
using ExpiryAnalyzers.Frozen;
using ExpiryAnalyzers.Tests;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace ExpiryAnalyzers.Fuzz.Runs;

/// <summary>All that one text is put through: the rules, the outline and its reader, every repair, and the rules on another order.</summary>
public static class Trial
{
    private static readonly Lazy<AdhocWorkspace> Workspace = new(static () => new());

    /// <summary>The first thing that went wrong. What it costs the process counts, so nothing else may run beside it.</summary>
    public static Outcome Run(string source) => Run(source, Guest.Limit);

    /// <summary>The same with a limit of the caller's choice for each step.</summary>
    public static Outcome Run(string source, TimeSpan limit)
    {
        Document document = Open(source);
        Compilation compilation = document.Project.GetCompilationAsync().GetAwaiter().GetResult()!;
        Outcome found = Named("rules", Guest.InTime(token => Guest.Analyze(compilation, new ExpiryAnalyzer(), token), limit));
        IEnumerable<Func<Outcome>> steps =
        [
            () => Named("outline", Guest.InTime(token => Outlining.Try(compilation, token), limit)),
            () => Named("order", Reordering.Try(source, found.Diagnostics, limit)),
            () => Excused(Repairing.Try(document, found.Diagnostics, limit)),
        ];
        return found.Verdict != Verdict.Fine ? Excused(found)
            : steps.Select(static step => step()).FirstOrDefault(static outcome => outcome.Verdict != Verdict.Fine) ?? found;

        // A repair has the whole text bound twice, before it and after; the rules are the first that ask for it.
        Outcome Excused(Outcome outcome) => outcome.Verdict == Verdict.TooLong && RunNothing(source, limit / 2).Verdict == Verdict.TooLong
            ? new Outcome(Verdict.Fine, "slow to bind", [])
            : outcome;
    }

    /// <summary>What an analyzer that does nothing makes of the text: where it takes long too, the compiler does.</summary>
    internal static Outcome RunNothing(string source, TimeSpan limit) => Guest.InTime(
        token => Guest.Analyze(Open(source).Project.GetCompilationAsync(token).GetAwaiter().GetResult()!, new DoNothingAnalyzer(), token), limit);

    private static Outcome Named(string step, Outcome outcome) =>
        outcome.Verdict == Verdict.Fine ? outcome : outcome with { Detail = $"{step}: {outcome.Detail}" };

    // Documents made from one of these share what the references of their project mean, which costs more than most texts.
    private static readonly ConcurrentDictionary<LanguageVersion, Document> Empty = [];

    /// <summary>The text in a project beside every client that the tables know.</summary>
    internal static Document Open(string source)
    {
        CSharpParseOptions options = Guest.OptionsOf(source);
        return Empty.GetOrAdd(options.LanguageVersion, _ => Bound(options)).WithText(SourceText.From(source));
    }

    private static Document Bound(CSharpParseOptions options)
    {
        Document empty = Open(Workspace.Value, "", options, References.With(References.AllClients));
        _ = empty.Project.GetCompilationAsync().GetAwaiter().GetResult()!.ObjectType;
        return empty;
    }

    /// <summary>The text in a project of its own.</summary>
    internal static Document Open(AdhocWorkspace workspace, string source, CSharpParseOptions options, IEnumerable<MetadataReference> references)
    {
        ProjectId project = ProjectId.CreateNewId();
        Solution solution = workspace.CurrentSolution.AddProject(ProjectInfo.Create(
            project, VersionStamp.Default, "Guest", "Guest", LanguageNames.CSharp, parseOptions: options,
            compilationOptions: Guest.CompilationOptions, metadataReferences: references));
        foreach (SyntaxTree tree in Guest.UsingsFor(options))
        {
            solution = solution.AddDocument(DocumentId.CreateNewId(project), tree.FilePath, tree.GetText());
        }

        DocumentId id = DocumentId.CreateNewId(project);
        return solution.AddDocument(id, "File0.cs", SourceText.From(source)).GetDocument(id)!;
    }
}
