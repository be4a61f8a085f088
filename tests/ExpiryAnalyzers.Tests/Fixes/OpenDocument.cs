using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace ExpiryAnalyzers.Tests.Fixes;

/// <summary>A document as an editor has it open: what is reported in it, and what the fixes offer for that.</summary>
internal sealed class OpenDocument : IDisposable
{
    private readonly AdhocWorkspace _workspace = new();
    private readonly Document _document;

    /// <param name="source">The document.</param>
    /// <param name="references">What its project references.</param>
    /// <param name="sinks">The lines of the project's ExpiryAnalyzers.Sinks.txt.</param>
    public OpenDocument(string source, ImmutableArray<MetadataReference> references, string? sinks = null)
    {
        ProjectId project = ProjectId.CreateNewId();
        DocumentId document = DocumentId.CreateNewId(project);
        Solution solution = _workspace.CurrentSolution
            .AddProject(project, "Open", "Open", LanguageNames.CSharp)
            .WithProjectCompilationOptions(project, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary))
            .WithProjectParseOptions(project, new CSharpParseOptions(LanguageVersion.Preview))
            .AddMetadataReferences(project, references)
            .AddDocument(document, "Open.cs", SourceText.From(source), filePath: "/Open.cs");
        if (sinks is not null)
        {
            const string name = "ExpiryAnalyzers.Sinks.txt";
            solution = solution.AddAdditionalDocument(DocumentId.CreateNewId(project), name, SourceText.From(sinks), filePath: "/" + name);
        }

        _document = solution.GetDocument(document)!;
    }

    /// <summary>What is reported, in source order; an exception in the analyzer too.</summary>
    public async Task<ImmutableArray<Diagnostic>> DiagnosticsAsync()
    {
        Compilation compilation = (await _document.Project.GetCompilationAsync())!;
        CompilationWithAnalyzers analysis = compilation.WithAnalyzers([new ExpiryAnalyzer()], _document.Project.AnalyzerOptions);
        return [.. (await analysis.GetAnalyzerDiagnosticsAsync()).OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start)];
    }

    /// <summary>What one rule reports.</summary>
    public async Task<ImmutableArray<Diagnostic>> DiagnosticsAsync(string id) =>
        [.. (await DiagnosticsAsync()).Where(diagnostic => diagnostic.Id == id)];

    /// <summary>What a fix offers in one request for diagnostics of one place.</summary>
    public async Task<IReadOnlyList<CodeAction>> ActionsAsync(CodeFixProvider fix, ImmutableArray<Diagnostic> diagnostics)
    {
        List<CodeAction> actions = [];
        TextSpan span = diagnostics[0].Location.SourceSpan;
        CodeFixContext context = new(_document, span, diagnostics, (action, _) => actions.Add(action), CancellationToken.None);
        await fix.RegisterCodeFixesAsync(context);
        return actions;
    }

    /// <summary>What the fixes offer for some diagnostics, one at a time.</summary>
    public async Task<IReadOnlyList<CodeAction>> ActionsAsync(ImmutableArray<Diagnostic> diagnostics)
    {
        List<CodeAction> actions = [];
        foreach (Diagnostic diagnostic in diagnostics)
        {
            foreach (CodeFixProvider fix in FixProviders.Of(diagnostic.Id))
            {
                actions.AddRange(await ActionsAsync(fix, [diagnostic]));
            }
        }

        return actions;
    }

    /// <summary>The document after an action.</summary>
    public async Task<string> AppliedAsync(CodeAction action)
    {
        IEnumerable<CodeActionOperation> operations = await action.GetOperationsAsync(CancellationToken.None);
        ApplyChangesOperation operation = operations.OfType<ApplyChangesOperation>().Single();
        return (await operation.ChangedSolution.GetDocument(_document.Id)!.GetTextAsync()).ToString();
    }

    /// <summary>The document after all that one fix repairs in it at once.</summary>
    public async Task<string> AllAppliedAsync(CodeFixProvider fix, string? key, ImmutableArray<Diagnostic> diagnostics)
    {
        Reported reported = new(diagnostics);
        FixAllContext context = new(_document, fix, FixAllScope.Document, key!, fix.FixableDiagnosticIds, reported, CancellationToken.None);
        CodeAction? action = await fix.GetFixAllProvider()!.GetFixAsync(context);
        return await AppliedAsync(action!);
    }

    public void Dispose() => _workspace.Dispose();

    private sealed class Reported(ImmutableArray<Diagnostic> diagnostics) : FixAllContext.DiagnosticProvider
    {
        public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>(diagnostics);

        public override Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>(diagnostics);

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>([]);
    }
}
