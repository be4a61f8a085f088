using ExpiryAnalyzers.CodeFixes.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace ExpiryAnalyzers.CodeFixes.Lock;

/// <summary>
/// Repairs EXP201: ends the work before the lock can expire, renews the lock while the work runs, or lets the lock live longer than the
/// limit that the work has.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(LockWithoutMarginFix))]
internal sealed class LockWithoutMarginFix() : ExpiryCodeFix("EXP201")
{
    private protected override IEnumerable<Fix> Fixes(FixContext context)
    {
        if (LockFinding.Of(context) is { } finding)
        {
            if ((WorkLimitEdit.Fix(finding) ?? WorkCancellation.Fix(finding)) is { } bound)
            {
                yield return bound;
            }

            if (LockRenewal.Fix(finding) is { } renewal)
            {
                yield return renewal;
            }

            if (LongerTtl.Fix(finding) is { } longer)
            {
                yield return longer;
            }
        }
    }
}

/// <summary>The repairs of EXP201 that ask.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(LockWithoutMarginAskingFix))]
internal sealed class LockWithoutMarginAskingFix() : AskingCodeFix(new LockWithoutMarginFix());
