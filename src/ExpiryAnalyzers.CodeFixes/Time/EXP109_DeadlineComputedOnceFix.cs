using ExpiryAnalyzers.CodeFixes.Reading;
using ExpiryAnalyzers.CodeFixes.Writing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExpiryAnalyzers.CodeFixes.Time;

/// <summary>Repairs EXP109: each write gets the span, in the relative form of the sink, as the first one did.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(DeadlineComputedOnceFix))]
internal sealed class DeadlineComputedOnceFix() : ExpiryCodeFix("EXP109")
{
    private protected override IEnumerable<Fix> Fixes(FixContext context)
    {
        if (context.Node is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.SubtractExpression } left &&
            Types.IsDuration(context.TypeOf(left)))
        {
            return InsteadOfWhatIsLeft(left, context) is { } whole ? [whole] : [];
        }

        // That the span counts from the write, and not from the one reading of the clock, is what is repaired.
        return NowPlusOffsetAsAbsoluteFix.ToRelative(context, followsMembers: true).Select(static fix => fix with { Asks = false });
    }

    /// <summary><c>deadline - UtcNow</c></summary>
    private static Fix? InsteadOfWhatIsLeft(BinaryExpressionSyntax left, FixContext context)
    {
        CheckedEdits edits = new(context);
        SpanRewriter spans = new(context, edits, allowsNever: false) { FollowsMembers = true };
        if (spans.Convert(left.Left) is not { } span || spans.OpenReads.Any())
        {
            return null;
        }

        edits.Replace(left, span);
        return edits.ToFix("Relative", "Pass the whole span");
    }
}

/// <summary>The repairs of EXP109 that ask.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(DeadlineComputedOnceAskingFix))]
internal sealed class DeadlineComputedOnceAskingFix() : AskingCodeFix(new DeadlineComputedOnceFix());
