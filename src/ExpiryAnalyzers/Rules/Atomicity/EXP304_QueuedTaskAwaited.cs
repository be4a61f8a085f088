using System.Collections.Immutable;
using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Rules.Time;
using Microsoft.CodeAnalysis;

namespace ExpiryAnalyzers.Rules.Atomicity;

/// <summary>EXP304: a command is queued on a transaction or batch, and its task is waited for before the queue is executed.</summary>
internal sealed class QueuedTaskAwaited : ExpiryRule
{
    /// <summary>The property that says that the command is queued only when a query runs.</summary>
    public const string Lazy = nameof(Lazy);

    /// <summary>
    /// The property that says that what is waited for queues more behind an await of its own, so that no wait behind <c>Execute</c> ends.
    /// </summary>
    public const string InParts = nameof(InParts);

    public static readonly DiagnosticDescriptor Rule = new(
        "EXP304",
        "Transaction or batch awaited before it runs",
        "'{0}' never completes: what '{1}' {3} on {2} is sent only when that is executed; {4}",
        "Atomicity",
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description:
            "A transaction or batch sends its commands only when it is executed: a task that is awaited before that never " +
            "completes, and it has no timeout. Keep the task, execute, then await it.",
        helpLinkUri: HelpLink.For("EXP304"));

    public override DiagnosticDescriptor Descriptor => Rule;

    public override void Judge(RuleContext context)
    {
        foreach (QueuedWait wait in QueueFlow.WaitsIn(context.Body, context.Knowledge))
        {
            context.Report(Diagnostic.Create(
                Rule,
                wait.Syntax.GetLocation(),
                [wait.Call.GetLocation()],
                Properties(wait),
                Time.SinkReport.Short(wait.Syntax),
                wait.Command,
                wait.Queue.Symbols is { Length: 1 } symbols ? $"'{symbols.Single().Name}'" : "the transaction or batch",
                wait.IsLazy ? "queues only now, when the lazy query runs," : "queues",
                wait.IsInParts ? "queue all of it before the first await, and await after Execute"
                    : wait.IsLazy ? "run the query before Execute"
                    : wait.IsTooLate ? "queue before Execute, or call the database"
                    : "await after Execute"));
        }
    }

    private static ImmutableDictionary<string, string?> Properties(QueuedWait wait)
    {
        ImmutableDictionary<string, string?> none = ImmutableDictionary<string, string?>.Empty;
        ImmutableDictionary<string, string?> properties = wait.IsLazy ? none.Add(Lazy, null) : none;
        return wait.IsInParts ? properties.Add(InParts, null) : properties;
    }
}
