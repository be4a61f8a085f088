using ExpiryAnalyzers.CodeFixes.Reading;
using ExpiryAnalyzers.CodeFixes.Writing;
using ExpiryAnalyzers.Rules.Time;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExpiryAnalyzers.CodeFixes.Time;

/// <summary>
/// Repairs EXP110: the span goes to the relative form, or is added to UTC where there is none. From days on it asks: the same time of day
/// may be meant.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(LocalTimePlusSpanFix))]
internal sealed class LocalTimePlusSpanFix() : ExpiryCodeFix("EXP110")
{
    private protected override IEnumerable<Fix> Fixes(FixContext context)
    {
        bool asks = context.Has(LocalTimePlusSpan.CountsDays);
        Fix? fix = NowPlusOffsetAsAbsoluteFix.ToRelative(context).FirstOrDefault() ?? InUtc(context);
        return fix is null ? [] : [fix with { Asks = fix.Asks || asks }];
    }

    /// <summary>The clock read in UTC, where nothing else reads it.</summary>
    private static Fix? InUtc(FixContext context)
    {
        if (!context.Has(SinkReport.SourceIsOwn) || context.AdditionalNode(0) is not MemberAccessExpressionSyntax { Name: { } name } ||
            context.SymbolOf(name) is not IPropertySymbol { IsStatic: true, Type.SpecialType: SpecialType.System_DateTime })
        {
            return null;
        }

        CheckedEdits edits = new(context);
        edits.Replace(name, SyntaxFactory.IdentifierName(nameof(DateTime.UtcNow)));
        return edits.ToFix("Utc", "Add the span to UTC");
    }
}

/// <summary>The repairs of EXP110 that ask.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(LocalTimePlusSpanAskingFix))]
internal sealed class LocalTimePlusSpanAskingFix() : AskingCodeFix(new LocalTimePlusSpanFix());
