using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace ExpiryAnalyzers.CodeFixes.Atomicity;

/// <summary>Repairs EXP301.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(GetThenExpireFix))]
public sealed class GetThenExpireFix() : ExpiryCodeFix("EXP301")
{
    private protected override IEnumerable<Fix> Fixes(FixContext context) => [];
}
