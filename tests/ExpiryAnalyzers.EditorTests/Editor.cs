using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.MSBuild;
using Xunit;

namespace ExpiryAnalyzers.Tests;

/// <summary>A consumer's solution as an editor has it open: the packed analyzers and fixes, loaded from the package.</summary>
internal sealed class Editor : IAsyncDisposable
{
    private readonly MSBuildWorkspace _workspace;
    private readonly ImmutableArray<DiagnosticAnalyzer> _analyzers;
    private readonly ImmutableArray<CodeFixProvider> _fixes;

    // A project that a repair leaves alone keeps its compilation, and with it what is reported there.
    private readonly ConditionalWeakTable<Compilation, Task<ImmutableArray<Diagnostic>>> _reported = [];

    private Editor(MSBuildWorkspace workspace)
    {
        _workspace = workspace;
        AnalyzerFileReference[] own = [.. workspace.CurrentSolution.Projects.First().AnalyzerReferences.OfType<AnalyzerFileReference>().Where(reference => Path.GetFileName(reference.FullPath).StartsWith("ExpiryAnalyzers", StringComparison.Ordinal))];
        _analyzers = [.. own.SelectMany(reference => reference.GetAnalyzers(LanguageNames.CSharp))];
        _fixes = [.. own.SelectMany(reference => reference.GetAssembly().GetTypes())
            .Where(type => !type.IsAbstract && typeof(CodeFixProvider).IsAssignableFrom(type) && type.GetCustomAttribute<ExportCodeFixProviderAttribute>()?.Languages.Contains(LanguageNames.CSharp) == true)
            .Select(type => (CodeFixProvider)Activator.CreateInstance(type)!)];
    }

    public Solution Solution => _workspace.CurrentSolution;

    /// <summary>Every rule that the packed analyzer knows.</summary>
    public IEnumerable<DiagnosticDescriptor> Rules => _analyzers.SelectMany(analyzer => analyzer.SupportedDiagnostics).Where(rule => rule.Category != "Configuration");

    /// <summary>Opens a restored solution.</summary>
    public static async Task<Editor> OpenAsync(string solution)
    {
        MSBuildWorkspace workspace = MSBuildWorkspace.Create();
        List<string> failures = [];
        using (workspace.RegisterWorkspaceFailedHandler(failure => failures.Add(failure.Diagnostic.ToString())))
        {
            await workspace.OpenSolutionAsync(solution);
        }

        Assert.DoesNotContain(failures, failure => failure.StartsWith("[Failure]", StringComparison.Ordinal));
        return new(workspace);
    }

    /// <summary>What our analyzer reports in a project.</summary>
    public async Task<ImmutableArray<Diagnostic>> DiagnosticsAsync(Project project)
    {
        Compilation compilation = (await project.GetCompilationAsync())!;
        return await _reported.GetValue(compilation, _ => DiagnosticsAsync(compilation, project.AnalyzerOptions));
    }

    private async Task<ImmutableArray<Diagnostic>> DiagnosticsAsync(Compilation compilation, AnalyzerOptions options)
    {
        Assert.DoesNotContain(compilation.GetDiagnostics(), diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        return await compilation.WithAnalyzers(_analyzers, new CompilationWithAnalyzersOptions(options, static (exception, _, _) => throw new InvalidOperationException("An analyzer crashed.", exception), concurrentAnalysis: true, logAnalyzerExecutionTime: false)).GetAnalyzerDiagnosticsAsync();
    }

    /// <summary>The actions that our fixes offer for a diagnostic: the safe ones in their order, then those that ask.</summary>
    public async Task<ImmutableArray<CodeAction>> ActionsAsync(Document document, Diagnostic diagnostic) =>
        [.. await ActionsAsync(document, diagnostic, asking: false), .. await ActionsAsync(document, diagnostic, asking: true)];

    /// <summary>The actions that can be applied to many places at once, or those that ask first.</summary>
    public async Task<ImmutableArray<CodeAction>> ActionsAsync(Document document, Diagnostic diagnostic, bool asking)
    {
        List<CodeAction> actions = [];
        foreach (CodeFixProvider fix in _fixes.Where(fix => fix.FixableDiagnosticIds.Contains(diagnostic.Id) && IsAsking(fix) == asking))
        {
            await fix.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => actions.Add(action), CancellationToken.None));
        }

        return [.. actions];
    }

    private static bool IsAsking(CodeFixProvider fix) => fix.GetFixAllProvider() is null;

    /// <summary>The solution after an action.</summary>
    public static async Task<Solution> ApplyAsync(CodeAction action) =>
        (await action.GetOperationsAsync(CancellationToken.None)).OfType<ApplyChangesOperation>().Single().ChangedSolution;

    /// <summary>The solution after one kind of action was applied to everything of a rule in a scope.</summary>
    public async Task<Solution> FixAllAsync(Document document, string id, string key, FixAllScope scope)
    {
        CodeFixProvider fix = _fixes.Single(fix => fix.FixableDiagnosticIds.Contains(id) && !IsAsking(fix));
        FixAllContext context = new(document, fix, scope, key, [id], new Reported(this, id), CancellationToken.None);
        return await ApplyAsync((await fix.GetFixAllProvider()!.GetFixAsync(context))!);
    }

    /// <summary>The titles that the editor's own lightbulb shows for a diagnostic, ours among them.</summary>
    public Task<IReadOnlyList<string>> LightbulbAsync(Document document, Diagnostic diagnostic) => Lightbulb.TitlesAsync(_workspace, document, diagnostic.Location.SourceSpan);

    public ValueTask DisposeAsync()
    {
        _workspace.Dispose();
        return ValueTask.CompletedTask;
    }

    private sealed class Reported(Editor editor, string id) : FixAllContext.DiagnosticProvider
    {
        public override async Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            (await editor.DiagnosticsAsync(project)).Where(diagnostic => diagnostic.Id == id);

        public override async Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken)
        {
            SyntaxTree? tree = await document.GetSyntaxTreeAsync(cancellationToken);
            return (await GetAllDiagnosticsAsync(document.Project, cancellationToken)).Where(diagnostic => diagnostic.Location.SourceTree == tree);
        }

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) => Task.FromResult<IEnumerable<Diagnostic>>([]);
    }
}
