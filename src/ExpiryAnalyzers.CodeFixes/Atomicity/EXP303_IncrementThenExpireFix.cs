using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace ExpiryAnalyzers.CodeFixes.Atomicity;

/// <summary>Repairs EXP303: one transaction counts and sets the TTL.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(IncrementThenExpireFix))]
public sealed class IncrementThenExpireFix() : ExpiryCodeFix("EXP303")
{
    private protected override IEnumerable<Fix> Fixes(FixContext context) => CommandPair.Of(context) is { } pair ? CounterEdits.Of(pair) : [];
}
