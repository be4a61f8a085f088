using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace ExpiryAnalyzers.CodeFixes.Lock;

/// <summary>Repairs EXP201.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(LockWithoutMarginFix))]
public sealed class LockWithoutMarginFix() : ExpiryCodeFix("EXP201")
{
    private protected override IEnumerable<Fix> Fixes(FixContext context) => [];
}
