using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace ExpiryAnalyzers.CodeFixes.Atomicity;

/// <summary>Repairs EXP304: the task is kept and awaited behind the <c>Execute</c>, or queued before it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(QueuedTaskAwaitedFix))]
internal sealed class QueuedTaskAwaitedFix() : ExpiryCodeFix("EXP304")
{
    private protected override IEnumerable<Fix> Fixes(FixContext context) =>
        (AwaitAfterExecute.Of(context) ?? QueueBeforeExecute.Of(context)) is { } fix ? [fix] : [];
}
