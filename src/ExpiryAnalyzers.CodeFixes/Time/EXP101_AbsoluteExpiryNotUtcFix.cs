using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace ExpiryAnalyzers.CodeFixes.Time;

/// <summary>Repairs EXP101.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AbsoluteExpiryNotUtcFix))]
public sealed class AbsoluteExpiryNotUtcFix() : ExpiryCodeFix("EXP101")
{
    private protected override IEnumerable<Fix> Fixes(FixContext context) => [];
}
