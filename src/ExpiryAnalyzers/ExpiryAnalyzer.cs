using System.Collections.Immutable;
using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Calls;
using ExpiryAnalyzers.Flow;
using ExpiryAnalyzers.Rules;
using ExpiryAnalyzers.Rules.Lifetime;
using ExpiryAnalyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ExpiryAnalyzers;

/// <summary>
/// The one analyzer, host of all rules: it binds the clients once per compilation, looks for their calls as the driver passes by,
/// and analyses a body once, for all rules that are on, where it found one.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class ExpiryAnalyzer : DiagnosticAnalyzer
{
    private static readonly ImmutableArray<OperationKind> LookedAt = ImmutableArray.Create(
        OperationKind.Invocation,
        OperationKind.SimpleAssignment,
        OperationKind.Conversion,
        OperationKind.ObjectCreation,
        OperationKind.Binary);

    private readonly TreeMemory _trees = new();

    private readonly IReadOnlyList<ExpiryRule> _rules;

    /// <summary>Runs every rule.</summary>
    public ExpiryAnalyzer()
        : this(ExpiryRules.All)
    {
    }

    /// <summary>Runs rules that may be others than the package's own.</summary>
    internal ExpiryAnalyzer(IReadOnlyList<ExpiryRule> rules)
    {
        _rules = rules;
        SupportedDiagnostics = ImmutableArray.CreateRange(rules.Select(static rule => rule.Descriptor));
    }

    /// <summary>
    /// How many calls deep the user's own members are looked into. Other values than the default serve to measure what that costs.
    /// </summary>
    internal int SummaryDepth { get; init; } = Summaries.MaxDepth;

    /// <summary>The clients' tables. Others than the default serve to try a new client.</summary>
    internal IReadOnlyList<ApiLibrary> Libraries { get; init; } = Apis.Libraries.All;

    /// <summary>Takes what the analysis costs, in steps; null where nobody asks.</summary>
    internal WorkCounter? Work { get; init; }

    /// <summary>
    /// Whether an exception goes on to the driver, which reports it (AD0001) and fails a build that takes warnings for errors. In a user's
    /// build the body is passed over instead, and counted; all tests let them out.
    /// </summary>
    internal bool LetsExceptionsOut { get; init; } = AppContext.TryGetSwitch("ExpiryAnalyzers.LetExceptionsOut", out bool letsOut) &&
        letsOut;

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; }

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(Start);
    }

    private void Start(CompilationStartAnalysisContext context)
    {
        WorkCounter work = Work ?? new();
        Guarded(
            static (context, own) =>
            {
                (ExpiryAnalyzer analyzer, WorkCounter work) = own;
                Knowledge? known = ExpiryRules.KnowledgeOf(
                    context.Compilation,
                    context.Options.AdditionalFiles,
                    analyzer.Libraries,
                    analyzer.SummaryDepth,
                    work,
                    analyzer._trees,
                    context.CancellationToken);
                if (known is not null)
                {
                    analyzer.Register(context, known);
                }
            },
            context,
            (this, work),
            work);
    }

    private void Register(CompilationStartAnalysisContext context, Knowledge knowledge)
    {
        RulesByFile rulesOf = new(_rules, context.Compilation.Options);
        context.RegisterOperationBlockStartAction(start =>
        {
            ExpiryRule[] rules = rulesOf.In(start.OperationBlocks[0].Syntax.SyntaxTree, start.CancellationToken);
            if (rules.Length == 0)
            {
                return;
            }

            // A block's own actions run one after the other. There is one of these for each body of the project: it is kept small.
            Interest interest = new(knowledge, start.OwningSymbol, Array.Exists(rules, static rule => rule.JudgesCallers));
            start.RegisterOperationAction(
                looked => Guarded(static (looked, interest) => interest.Look(looked.Operation), looked, interest, knowledge.Work),
                LookedAt);
            start.RegisterOperationBlockEndAction(end =>
            {
                if (interest.IsFound || interest.MayLeaveLifetime)
                {
                    Guarded(
                        static (end, body) => Analyze(end, body.MayLeaveLifetime, body.Knowledge, body.RulesOf),
                        end,
                        (interest.MayLeaveLifetime, Knowledge: knowledge, RulesOf: rulesOf),
                        knowledge.Work);
                }
            });
        });
    }

    /// <summary>The one place that catches exceptions: what the driver runs of ours.</summary>
    private void Guarded<TContext, TOwn>(Action<TContext, TOwn> action, TContext context, TOwn own, WorkCounter work)
    {
        try
        {
            action(context, own);
        }
        catch (Exception exception) when (!LetsExceptionsOut && exception is not OperationCanceledException)
        {
            work.AddFailure();
        }
    }

    private static void Analyze(OperationBlockAnalysisContext context, bool mayLeaveLifetime, Knowledge knowledge, RulesByFile rulesOf)
    {
        foreach (IOperation root in context.OperationBlocks)
        {
            SyntaxTree tree = root.Syntax.SyntaxTree;
            ExpiryRule[] rules = rulesOf.In(tree, context.CancellationToken);
            if (rules.Length == 0)
            {
                return;
            }

            Body body = new(knowledge, root, knowledge.Summaries.Depth, context.CancellationToken) { Owner = context.OwningSymbol };
            if (mayLeaveLifetime || !body.IsEmpty)
            {
                body.Follow(context.GetControlFlowGraph(root));
                AnalyzerConfigOptions options = context.Options.AnalyzerConfigOptionsProvider.GetOptions(tree);
                Judge(rules, new(body, knowledge, rules, options, context.ReportDiagnostic));
            }
        }
    }

    private static void Judge(ExpiryRule[] rules, RuleContext context)
    {
        Body body = context.Body;
        Sink[] sinks = [.. body.Sinks.Where(sink => !UnusedLifetimes.In(body).IsIdle(sink) && !body.Options.IsReplaced(sink))];
        bool isTest = Array.Exists(rules, static rule => rule.SparesTests) && body.IsTest;
        foreach (ExpiryRule rule in rules)
        {
            if (isTest && rule.SparesTests)
            {
                continue;
            }

            foreach (Sink sink in sinks)
            {
                rule.Judge(sink, context);
            }

            foreach (CacheCall call in body.Calls)
            {
                rule.Judge(call, context);
            }

            foreach (Judgement judgement in body.Judgements)
            {
                rule.Judge(judgement, context);
            }

            rule.Judge(context);
        }
    }
}
