using ExpiryAnalyzers.Rules.Time;
using ExpiryAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static ExpiryAnalyzers.CodeFixes.Time.TimeSyntax;

namespace ExpiryAnalyzers.CodeFixes.Time;

/// <summary>Repairs EXP103: the side of the subtraction that is not UTC becomes UTC, as a time at an absolute sink does.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RemainingTimeMixesKindsFix))]
public sealed class RemainingTimeMixesKindsFix() : ExpiryCodeFix("EXP103")
{
    private protected override IEnumerable<Fix> Fixes(FixContext context)
    {
        ExpressionSyntax? whole = context.Property(RemainingTimeMixesKinds.Side) == RemainingTimeMixesKinds.Whole ? context.Node as ExpressionSyntax : null;
        if ((whole ?? context.AdditionalNode(0) ?? context.Node) is not ExpressionSyntax subtraction || (whole ?? SideOf(subtraction, context)) is not { } side ||
            Evaluation.ValuesOf(side, context).Alternatives.FirstOrDefault(static value => value.IsCertainlyNotUtc) is not { } value)
        {
            return [];
        }

        ExpressionSyntax? source = value.Source?.Syntax is ExpressionSyntax syntax && syntax.SyntaxTree == side.SyntaxTree ? syntax : null;
        return new UtcRepairs(context, (value.IsMisread ? TimeKind.Unspecified : value.Kind).ToString()).Of(side, source);
    }

    /// <summary>The side that is not UTC, if the expression is a subtraction of two times.</summary>
    private static ExpressionSyntax? SideOf(ExpressionSyntax subtraction, FixContext context)
    {
        while (subtraction is ParenthesizedExpressionSyntax parenthesized)
        {
            subtraction = parenthesized.Expression;
        }

        if (context.Property(RemainingTimeMixesKinds.Side) == RemainingTimeMixesKinds.None)
        {
            return null;
        }

        bool isLeft = context.Property(RemainingTimeMixesKinds.Side) == RemainingTimeMixesKinds.Left;
        ExpressionSyntax? side = subtraction switch
        {
            BinaryExpressionSyntax { RawKind: (int)SyntaxKind.SubtractExpression } binary => isLeft ? binary.Left : binary.Right,
            InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: nameof(DateTime.Subtract) } access, ArgumentList.Arguments: [{ } only] } => isLeft ? access.Expression : only.Expression,
            _ => null,
        };
        return side is not null && IsInstant(context.Model.GetTypeInfo(side, context.CancellationToken).Type) ? side : null;
    }
}
