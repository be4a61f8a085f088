using ExpiryAnalyzers.CodeFixes.Reading;
using ExpiryAnalyzers.CodeFixes.Writing;
using ExpiryAnalyzers.Rules.Time;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExpiryAnalyzers.CodeFixes.Time;

/// <summary>
/// Repairs EXP103: the side of the subtraction that is not UTC becomes UTC, as a time at an absolute sink does, but for the days of this
/// machine's zone: the other side is an instant, and so is this one.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RemainingTimeMixesKindsFix))]
internal sealed class RemainingTimeMixesKindsFix() : ExpiryCodeFix("EXP103")
{
    private protected override IEnumerable<Fix> Fixes(FixContext context) =>
        SideOf(context) is { } side && Evaluation.NotUtc(side, context) is var (kind, source)
            ? new UtcRepairs(context, kind.ToString()).Of(side, source, keepsInstant: true)
            : [];

    /// <summary>The side that is not UTC: of a subtraction of two times, or all that is reported.</summary>
    private static ExpressionSyntax? SideOf(FixContext context)
    {
        string? side = context.Property(RemainingTimeMixesKinds.Side);
        if (side == RemainingTimeMixesKinds.Whole && context.Node is ExpressionSyntax whole)
        {
            return whole;
        }

        if (side == RemainingTimeMixesKinds.None || (context.AdditionalNode(0) ?? context.Node) is not ExpressionSyntax subtraction)
        {
            return null;
        }

        (ExpressionSyntax Left, ExpressionSyntax Right)? sides = Shapes.Innermost(subtraction) switch
        {
            BinaryExpressionSyntax { RawKind: (int)SyntaxKind.SubtractExpression } binary => (binary.Left, binary.Right),
            InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access, ArgumentList.Arguments: [{ } only] }
                when access.Name.Identifier.ValueText == nameof(DateTime.Subtract) => (access.Expression, only.Expression),
            _ => null,
        };
        ExpressionSyntax? time = side == RemainingTimeMixesKinds.Left ? sides?.Left : sides?.Right;
        return time is not null && Types.IsInstant(context.TypeOf(time)) ? time : null;
    }
}

/// <summary>The repairs of EXP103 that ask.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RemainingTimeMixesKindsAskingFix))]
internal sealed class RemainingTimeMixesKindsAskingFix() : AskingCodeFix(new RemainingTimeMixesKindsFix());
