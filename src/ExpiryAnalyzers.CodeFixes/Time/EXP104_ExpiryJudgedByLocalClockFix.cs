using ExpiryAnalyzers.Rules.Time;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExpiryAnalyzers.CodeFixes.Time;

/// <summary>Repairs EXP104: the server is asked for the remaining time, which no other clock has a part in.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ExpiryJudgedByLocalClockFix))]
internal sealed class ExpiryJudgedByLocalClockFix() : ExpiryCodeFix("EXP104")
{
    private protected override IEnumerable<Fix> Fixes(FixContext context) =>
        context.Node is ExpressionSyntax judgement && context.AdditionalNode(0) is InvocationExpressionSyntax question &&
        context.Property(SinkReport.RelativeTwin) is { } twin && new RemainingTime(context, question, twin).Of(judgement) is { } fix
            ? [fix]
            : [];
}
