using ExpiryAnalyzers.CodeFixes.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace ExpiryAnalyzers.CodeFixes.Lock;

/// <summary>Repairs EXP201: ends the work before the lock can expire, or lets the lock live longer.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(LockWithoutMarginFix))]
public sealed class LockWithoutMarginFix() : ExpiryCodeFix("EXP201")
{
    private protected override IEnumerable<Fix> Fixes(FixContext context)
    {
        if (LockFinding.Of(context) is { } finding)
        {
            if ((WorkLimitEdit.Fix(finding) ?? WorkCancellation.Fix(finding)) is { } bound)
            {
                yield return bound;
            }

            if (LongerTtl.Fix(finding) is { } longer)
            {
                yield return longer;
            }
        }
    }
}
