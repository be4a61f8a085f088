using ExpiryAnalyzers.Rules.Atomicity;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace ExpiryAnalyzers.CodeFixes.Atomicity;

/// <summary>Repairs EXP304: the task is kept and awaited behind the <c>Execute</c>, or queued before it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(QueuedTaskAwaitedFix))]
internal sealed class QueuedTaskAwaitedFix() : ExpiryCodeFix("EXP304")
{
    // What queues more behind an await of its own would be sent by halves, and then hang: that is for its own code to mend.
    private protected override IEnumerable<Fix> Fixes(FixContext context) =>
        !context.Has(QueuedTaskAwaited.InParts) && (AwaitAfterExecute.Of(context) ?? QueueBeforeExecute.Of(context)) is { } fix
            ? [fix]
            : [];
}
