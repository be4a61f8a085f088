using System.Globalization;
using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.CodeFixes.Time;
using ExpiryAnalyzers.Rules.Lifetime;
using ExpiryAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static ExpiryAnalyzers.CodeFixes.Time.TimeSyntax;

namespace ExpiryAnalyzers.CodeFixes.Lifetime;

/// <summary>Repairs EXP402: the TTL becomes the minimum.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(TtlTooShortFix))]
public sealed class TtlTooShortFix() : ExpiryCodeFix("EXP402")
{
    private protected override IEnumerable<Fix> Fixes(FixContext context)
    {
        if (context.Node is not ExpressionSyntax ttl || !int.TryParse(context.Property(TtlTooShort.Minimum), NumberStyles.None, CultureInfo.InvariantCulture, out int minimum) ||
            Written(ttl, context) is not { } written)
        {
            yield break;
        }

        ExpressionSyntax? replacement = context.Property(TtlTooShort.Unit) switch
        {
            nameof(TimeUnit.Milliseconds) => Number(minimum, written),
            nameof(TimeUnit.Seconds) => Number((minimum + 999) / 1000, written),
            _ => Call(Static(context, "System.TimeSpan", nameof(TimeSpan.FromMilliseconds)), Number(minimum)),
        };
        if (replacement is null)
        {
            yield break;
        }

        TimeEdits edits = new(context);
        edits.Replace(written, replacement);
        if (edits.ToFix("Raise", $"Raise the TTL to {minimum} ms") is { } fix)
        {
            yield return fix;
        }
    }

    /// <summary>The expression that is written for the TTL: in place, or as the value of a local that nothing else reads.</summary>
    private static ExpressionSyntax? Written(ExpressionSyntax ttl, FixContext context)
    {
        if (ttl is not IdentifierNameSyntax and not MemberAccessExpressionSyntax)
        {
            return ttl;
        }

        return context.Model.GetSymbolInfo(ttl, context.CancellationToken).Symbol is ILocalSymbol { DeclaringSyntaxReferences: [{ } reference] } local &&
            reference.GetSyntax(context.CancellationToken) is VariableDeclaratorSyntax { Initializer.Value: { } value } declarator &&
            Member(declarator).DescendantNodes().OfType<IdentifierNameSyntax>().Count(name => name.Identifier.ValueText == local.Name) == 1
                ? value
                : null;
    }

    private static LiteralExpressionSyntax Number(int number) => SyntaxFactory.LiteralExpression(SyntaxKind.NumericLiteralExpression, SyntaxFactory.Literal(number));

    /// <summary>A number in the form of the one written; null where another form is written.</summary>
    private static ExpressionSyntax? Number(int number, ExpressionSyntax written) => written.Kind() switch
    {
        SyntaxKind.NumericLiteralExpression => Number(number),
        SyntaxKind.StringLiteralExpression => SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(number.ToString(CultureInfo.InvariantCulture))),
        _ => null,
    };
}
