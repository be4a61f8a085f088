using System.Collections.Immutable;
using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers;

/// <summary>
/// Takes the compiler's CS4014 ("not awaited") away from commands that are queued on a transaction or batch: awaiting them there never
/// ends (EXP304). It is only asked where the compiler has reported one.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class QueuedCallSuppressor : DiagnosticSuppressor
{
    private static readonly SuppressionDescriptor Rule = new(
        "EXPS304",
        "CS4014",
        "The command is queued on a transaction or batch, which sends it when it is executed; awaited before that, it never completes.");

    /// <summary>The clients' tables. Others than the default serve to try a new client.</summary>
    internal IReadOnlyList<ApiLibrary> Libraries { get; init; } = Apis.Libraries.All;

    /// <inheritdoc/>
    public override ImmutableArray<SuppressionDescriptor> SupportedSuppressions { get; } = ImmutableArray.Create(Rule);

    /// <inheritdoc/>
    public override void ReportSuppressions(SuppressionAnalysisContext context)
    {
        Queues? queues = null;
        foreach (Diagnostic diagnostic in context.ReportedDiagnostics)
        {
            queues ??= QueuesOf(new(context.Compilation));
            if (queues.AreReferenced && diagnostic.Location.SourceTree is { } tree && IsQueued(diagnostic, tree, queues, context))
            {
                context.ReportSuppression(Suppression.Create(Rule, diagnostic));
            }
        }
    }

    private Queues QueuesOf(WellKnownTypes types) => new(Libraries, types, types.ByName.First);

    private static bool IsQueued(Diagnostic diagnostic, SyntaxTree tree, Queues queues, SuppressionAnalysisContext context)
    {
        SyntaxNode node = tree.GetRoot(context.CancellationToken).FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
        return context.GetSemanticModel(tree)
            .GetOperation(node, context.CancellationToken) is IInvocationOperation { Instance: { } receiver } call &&
            queues.IsQueue(receiver.Type) && queues.IsCommand(call.TargetMethod);
    }
}
