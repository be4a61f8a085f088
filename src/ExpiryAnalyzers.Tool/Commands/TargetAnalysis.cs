using System.Collections.Immutable;
using ExpiryAnalyzers.Tool.Analysis;
using ExpiryAnalyzers.Tool.Loading;
using DiagnosticAnalyzer = Microsoft.CodeAnalysis.Diagnostics.DiagnosticAnalyzer;

namespace ExpiryAnalyzers.Tool.Commands;

/// <summary>Loads and analyses what a command was given, and tells what could not be.</summary>
internal sealed class TargetAnalysis
{
    private readonly Terminal _terminal;
    private readonly TargetRequest _request;

    /// <param name="request">What is to be analysed.</param>
    /// <param name="terminal">Where it is told what could not be.</param>
    /// <param name="more">What else looks at each project.</param>
    public TargetAnalysis(TargetRequest request, Terminal terminal, params ImmutableArray<DiagnosticAnalyzer> more)
    {
        _terminal = terminal;
        _request = request;
        Product = Product.Load();
        Target = TargetFinder.Find(terminal.PathOf(request.Target), terminal);
        Rules = RulesOf(request.Rules);
        Analysis = new(Product, Rules, more);
    }

    public Product Product { get; }

    public Target Target { get; }

    /// <summary>The rules that were named; none where all run.</summary>
    public IReadOnlySet<string> Rules { get; }

    public SolutionAnalysis Analysis { get; }

    /// <summary>Reads the target.</summary>
    public Task<LoadedSolution> LoadAsync(CancellationToken cancellationToken) => Target is Target.Sources sources
        ? new LooseLoader(_terminal, _request.References).LoadAsync(sources, cancellationToken)
        : new SolutionLoader(_terminal, _request.Properties).LoadAsync(Target, cancellationToken);

    /// <summary>Analyses it; says what could not be read, and fails where that is all of it.</summary>
    public async Task<AnalysisResult> RunAsync(LoadedSolution loaded, CancellationToken cancellationToken)
    {
        AnalysisResult result = await _terminal.WorkAsync("Analysing", step => Analysis.RunAsync(loaded, step, cancellationToken));
        Tell(result.Problems);

        return result.Projects.Count > 0 ? result : throw Nothing(result.Problems);
    }

    /// <summary>What is said of a target in which there is nothing for the tool.</summary>
    public ToolException Nothing(IReadOnlyCollection<LoadProblem> problems) => new(
        problems.Any(static problem => problem.IsFatal) ? $"Nothing of {Target.Name} could be analysed."
            : problems.Count > 0 ? $"All of {Target.Name} is left out, so there is nothing to analyse."
            : $"{Target.Name} holds no C# project, so there is nothing to analyse.");

    /// <summary>Says what could not be read, or was left out.</summary>
    public void Tell(IEnumerable<LoadProblem> problems)
    {
        foreach (LoadProblem problem in problems)
        {
            string kind = problem.IsFatal ? "error" : "warning";
            string project = problem.Project is null ? "" : _terminal.Shown(problem.Project) + " ";
            _terminal.Say($"{kind}: {project}{problem.Words}");
        }
    }

    private HashSet<string> RulesOf(IReadOnlyList<string> named) =>
        [.. named.SelectMany(static text => text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            .Select(id => Product.Rules.TryGetValue(id, out var rule)
                ? rule.Id
                : throw new ToolException($"There is no rule '{id}'; the rules are {AllRules()}."))];

    private string AllRules() =>
        string.Join(", ", Product.Rules.Values.Select(static rule => rule.Id).Order(StringComparer.Ordinal));
}
