using System.Globalization;
using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.CodeFixes.Reading;
using ExpiryAnalyzers.CodeFixes.Writing;
using ExpiryAnalyzers.Rules.Lifetime;
using ExpiryAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExpiryAnalyzers.CodeFixes.Lifetime;

/// <summary>
/// Repairs EXP402: the TTL becomes the minimum. That asks: the minimum is the least that can be relied on, not what is meant.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(TtlTooShortFix))]
internal sealed class TtlTooShortFix() : ExpiryCodeFix("EXP402")
{
    private protected override IEnumerable<Fix> Fixes(FixContext context)
    {
        string? property = context.Property(TtlTooShort.Minimum);
        if (context.Node is not ExpressionSyntax ttl ||
            !int.TryParse(property, NumberStyles.None, CultureInfo.InvariantCulture, out int minimum) ||
            Written(ttl, context) is not { } written || IsOfHelper(written, context) ||
            Replacement(minimum, written, context) is not { } replacement)
        {
            return [];
        }

        CheckedEdits edits = new(context);
        edits.Replace(written, replacement);
        return edits.ToFix("Raise", $"Raise the TTL to {minimum} ms", asks: true) is { } fix ? [fix] : [];
    }

    /// <summary>Whether a helper of the code's own makes the TTL, which may do more than this place shows.</summary>
    private static bool IsOfHelper(ExpressionSyntax written, FixContext context) =>
        written.DescendantNodesAndSelf().OfType<InvocationExpressionSyntax>()
            .Any(call => context.SymbolOf(call) is IMethodSymbol { DeclaringSyntaxReferences.IsEmpty: false });

    /// <summary>
    /// The minimum in the unit that the sink reads, and in the form of what is written; null where another form is written.
    /// </summary>
    private static ExpressionSyntax? Replacement(int minimum, ExpressionSyntax written, FixContext context)
    {
        switch (context.Property(TtlTooShort.Unit))
        {
            case nameof(TimeUnit.Milliseconds):
                return Number(minimum, written);
            case nameof(TimeUnit.Seconds):
                return Number((minimum + 999) / 1000, written);
            default:
                ExpressionSyntax method = Imports.Static(context, Types.TimeSpan, nameof(TimeSpan.FromMilliseconds));
                return Expressions.Call(method, Expressions.Number(minimum));
        }
    }

    /// <summary>The expression that is written for the TTL: in place, or as the value of a local that nothing else reads.</summary>
    private static ExpressionSyntax? Written(ExpressionSyntax ttl, FixContext context)
    {
        if (ttl is not IdentifierNameSyntax and not MemberAccessExpressionSyntax)
        {
            return ttl;
        }

        return context.SymbolOf(ttl) is ILocalSymbol { DeclaringSyntaxReferences: [{ } reference] } local &&
            reference.GetSyntax(context.CancellationToken) is VariableDeclaratorSyntax { Initializer.Value: { } value } declarator &&
            IsNamedOnce(local.Name, Statements.MemberAround(declarator))
                ? value
                : null;
    }

    private static bool IsNamedOnce(string name, SyntaxNode member) =>
        member.DescendantNodes().OfType<IdentifierNameSyntax>().Count(other => other.Identifier.ValueText == name) == 1;

    private static ExpressionSyntax? Number(int number, ExpressionSyntax written) => written.Kind() switch
    {
        SyntaxKind.NumericLiteralExpression => Expressions.Number(number),
        SyntaxKind.StringLiteralExpression => Expressions.Text(number.ToString(CultureInfo.InvariantCulture)),
        _ => null,
    };
}

/// <summary>The repairs of EXP402, which ask.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(TtlTooShortAskingFix))]
internal sealed class TtlTooShortAskingFix() : AskingCodeFix(new TtlTooShortFix());
