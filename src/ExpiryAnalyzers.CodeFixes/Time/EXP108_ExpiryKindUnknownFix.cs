using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExpiryAnalyzers.CodeFixes.Time;

/// <summary>Repairs EXP108: only the user can know what the time means, so both readings are offered.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ExpiryKindUnknownFix))]
internal sealed class ExpiryKindUnknownFix() : ExpiryCodeFix("EXP108", onlyAsks: true)
{
    private protected override IEnumerable<Fix> Fixes(FixContext context) =>
        context.Node is ExpressionSyntax sink ? UtcRepairs.Readings(sink, context) : [];
}

/// <summary>The repairs of EXP108 that ask.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ExpiryKindUnknownAskingFix))]
internal sealed class ExpiryKindUnknownAskingFix() : AskingCodeFix(new ExpiryKindUnknownFix());
