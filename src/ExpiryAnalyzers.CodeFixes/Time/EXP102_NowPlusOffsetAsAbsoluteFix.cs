using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace ExpiryAnalyzers.CodeFixes.Time;

/// <summary>Repairs EXP102.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(NowPlusOffsetAsAbsoluteFix))]
public sealed class NowPlusOffsetAsAbsoluteFix() : ExpiryCodeFix("EXP102")
{
    private protected override IEnumerable<Fix> Fixes(FixContext context) => [];
}
