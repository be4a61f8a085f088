using System.Collections.Concurrent;
using System.Collections.Immutable;
using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Calls;
using ExpiryAnalyzers.Flow;
using ExpiryAnalyzers.Rules;
using ExpiryAnalyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers;

/// <summary>
/// The one analyzer, host of all rules: it binds the clients once per compilation, looks for their calls as the driver passes by,
/// and analyses a body once, for all rules that are on, where it found one.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ExpiryAnalyzer : DiagnosticAnalyzer
{
    /// <summary>
    /// How many calls deep the user's own members are looked into. Other values than the default serve to measure what that costs.
    /// </summary>
    internal int SummaryDepth { get; init; } = Summaries.MaxDepth;

    /// <summary>The clients' tables. Others than the default serve to try a new client.</summary>
    internal IReadOnlyList<ApiLibrary> Libraries { get; init; } = Apis.Libraries.All;

    /// <summary>Takes what the analysis costs, in steps; null where nobody asks.</summary>
    internal WorkCounter? Work { get; init; }

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.CreateRange(
        ExpiryRules.All, static rule => rule.Descriptor);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(Start);
    }

    private void Start(CompilationStartAnalysisContext context)
    {
        if (ApiCatalog.Create(
            context.Compilation,
            TaughtMembers.Read(context.Options.AdditionalFiles, context.Compilation, context.CancellationToken),
            Libraries) is not { } catalog)
        {
            return;
        }

        Knowledge knowledge = ExpiryRules.KnowledgeOf(catalog, SummaryDepth, Work ?? new(), context.CancellationToken);
        ConcurrentDictionary<SyntaxTree, ExpiryRule[]> rules = new();
        context.RegisterOperationBlockStartAction(start =>
        {
            // A block's own actions run one after the other.
            bool isOfInterest = false;
            int helpers = 0;
            Reach reach = Reach.None;
            start.RegisterOperationAction(
                operation =>
                {
                    isOfInterest = isOfInterest || IsOfInterest(operation.Operation, knowledge);
                    if (!isOfInterest && operation.Operation is IInvocationOperation call &&
                        knowledge.Summaries.MayReach(call) is var next and not Reach.None)
                    {
                        // Two calls on one key may both sit in helpers; a helper may store a key in each round of a loop, or take a lock
                        // for its caller.
                        reach |= next;
                        isOfInterest = (++helpers > 1 && (reach & Reach.Expire) != 0) || (next & Reach.Lock) != 0 ||
                            IsRepeated(call.Syntax);
                    }
                },
                OperationKind.Invocation,
                OperationKind.SimpleAssignment,
                OperationKind.Conversion,
                OperationKind.ObjectCreation,
                OperationKind.Binary);
            start.RegisterOperationBlockEndAction(end =>
            {
                if (isOfInterest)
                {
                    Analyze(end, knowledge, rules);
                }
            });
        });
    }

    private static bool IsOfInterest(IOperation operation, Knowledge knowledge) => operation switch
    {
        IInvocationOperation invocation =>
            knowledge.Catalog.Find(invocation.TargetMethod) is not null || knowledge.Summaries.MayHandOn(invocation) ||
            knowledge.AsksForInstant(invocation) ||
            knowledge.Catalog.Queues.IsQueue(invocation.Type) || knowledge.Catalog.Queues.IsQueue(invocation.Instance?.Type),
        ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property: { } property } } =>
            knowledge.Catalog.Find(property) is not null,
        IConversionOperation { OperatorMethod: { } conversion } => knowledge.Catalog.FindExpiryType(conversion.ContainingType) is not null,
        IObjectCreationOperation { Constructor: { } constructor } =>
            knowledge.Catalog.Find(constructor) is not null || knowledge.Catalog.FindExpiryType(constructor.ContainingType) is not null ||
            knowledge.Summaries.MayHandOn(constructor),

        // A property that asks; a call that does is seen by itself.
        IBinaryOperation { LeftOperand: { } left, RightOperand: { } right } =>
            (knowledge.IsInstant(left.Type) || knowledge.IsInstant(right.Type)) &&
            left.DescendantsAndSelf().Concat(right.DescendantsAndSelf()).Any(knowledge.AsksForInstant),
        _ => false,
    };

    /// <summary>Whether code stands in a loop or a lambda.</summary>
    private static bool IsRepeated(SyntaxNode syntax)
    {
        for (SyntaxNode? node = syntax.Parent; node is not null and not MemberDeclarationSyntax; node = node.Parent)
        {
            if (node is CommonForEachStatementSyntax or ForStatementSyntax or WhileStatementSyntax or DoStatementSyntax or
                LambdaExpressionSyntax)
            {
                return true;
            }
        }

        return false;
    }

    private static void Analyze(
        OperationBlockAnalysisContext context,
        Knowledge knowledge,
        ConcurrentDictionary<SyntaxTree, ExpiryRule[]> rulesOf)
    {
        foreach (IOperation root in context.OperationBlocks)
        {
            SyntaxTree tree = root.Syntax.SyntaxTree;
            if (!rulesOf.TryGetValue(tree, out ExpiryRule[]? rules))
            {
                rules = rulesOf.GetOrAdd(tree, [.. ExpiryRules.All.Where(rule => IsOn(rule.Descriptor, tree, context))]);
            }

            if (rules.Length == 0)
            {
                return;
            }

            Body body = new(knowledge, root, knowledge.Summaries.Depth, context.CancellationToken) { Owner = context.OwningSymbol };
            if (!body.IsEmpty)
            {
                body.Follow(context.GetControlFlowGraph(root));
                Judge(
                    rules, new(body, knowledge, context.Options.AnalyzerConfigOptionsProvider.GetOptions(tree), context.ReportDiagnostic));
            }
        }
    }

    private static void Judge(ExpiryRule[] rules, RuleContext context)
    {
        Body body = context.Body;
        bool isTest = Array.Exists(rules, static rule => rule.SparesTests) && body.IsTest;
        foreach (ExpiryRule rule in rules)
        {
            if (isTest && rule.SparesTests)
            {
                continue;
            }

            foreach (Sink sink in body.SinksInOrder)
            {
                rule.Judge(sink, context);
            }

            foreach (CacheCall call in body.CallsInOrder)
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

    /// <summary>Whether the rule would be shown in this file; a rule that is off is not even asked.</summary>
    private static bool IsOn(DiagnosticDescriptor descriptor, SyntaxTree tree, OperationBlockAnalysisContext context)
    {
        CompilationOptions options = context.Compilation.Options;
        if (options.SyntaxTreeOptionsProvider is { } provider &&
            (provider.TryGetDiagnosticValue(tree, descriptor.Id, context.CancellationToken, out ReportDiagnostic configured) ||
                provider.TryGetGlobalDiagnosticValue(descriptor.Id, context.CancellationToken, out configured)))
        {
            return configured switch
            {
                ReportDiagnostic.Suppress => false,
                ReportDiagnostic.Default => descriptor.IsEnabledByDefault,
                _ => true,
            };
        }

        return descriptor.GetEffectiveSeverity(options) != ReportDiagnostic.Suppress &&
            (descriptor.IsEnabledByDefault || options.SpecificDiagnosticOptions.ContainsKey(descriptor.Id));
    }
}
