using ExpiryAnalyzers.Rules.Time;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExpiryAnalyzers.CodeFixes.Time;

/// <summary>
/// Repairs EXP101. Where the expression that gave the value its kind may be rewritten, that is done; else the value is converted at
/// the sink. Where only the user can know what a value without a kind means, both readings are offered.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AbsoluteExpiryNotUtcFix))]
internal sealed class AbsoluteExpiryNotUtcFix() : ExpiryCodeFix("EXP101")
{
    private protected override IEnumerable<Fix> Fixes(FixContext context) => context.Node is ExpressionSyntax sink
        ? new UtcRepairs(context, context.Property(SinkReport.Kind)).Of(sink, context.AdditionalNode(0) as ExpressionSyntax)
        : [];
}

/// <summary>The repairs of EXP101 that ask.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AbsoluteExpiryNotUtcAskingFix))]
internal sealed class AbsoluteExpiryNotUtcAskingFix() : AskingCodeFix(new AbsoluteExpiryNotUtcFix());
