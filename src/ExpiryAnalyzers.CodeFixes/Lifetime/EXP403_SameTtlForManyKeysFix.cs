using System.Globalization;
using ExpiryAnalyzers.CodeFixes.Time;
using ExpiryAnalyzers.Rules.Lifetime;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static ExpiryAnalyzers.CodeFixes.Time.TimeSyntax;

namespace ExpiryAnalyzers.CodeFixes.Lifetime;

/// <summary>
/// Repairs EXP403: each key lives up to a random part longer. Older frameworks have no <c>Random.Shared</c>, and one made in a loop
/// there repeats itself: for them no repair is offered.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SameTtlForManyKeysFix))]
public sealed class SameTtlForManyKeysFix() : ExpiryCodeFix("EXP403")
{
    private protected override IEnumerable<Fix> Fixes(FixContext context)
    {
        if (!double.TryParse(context.Property(SameTtlForManyKeys.JitterRatio), NumberStyles.Float, CultureInfo.InvariantCulture, out double ratio) || !HasSharedRandom(context))
        {
            yield break;
        }

        TimeEdits edits = new(context);
        bool isApart = context.Diagnostic.AdditionalLocations.Count > 0;
        bool canEdit = !isApart ? Spread(context.Node, ratio, edits, context)
            : context.Node is InvocationExpressionSyntax ? context.AdditionalNode(0) is { } ttl && Spread(ttl, ratio, edits, context)
            : Unshare(ratio, edits, context);
        string title = $"Add up to {(ratio * 100).ToString("0.###", CultureInfo.InvariantCulture)} % random jitter to the TTL";
        if (canEdit && edits.ToFix("Jitter", title) is { } fix)
        {
            yield return fix;
        }
    }

    private static bool HasSharedRandom(FixContext context) =>
        context.Model.Compilation.GetTypesByMetadataName("System.Random").FirstOrDefault()?.GetMembers("Shared").IsEmpty == false;

    private static bool Spread(SyntaxNode node, double ratio, TimeEdits edits, FixContext context)
    {
        if (node is not ExpressionSyntax ttl || WithJitter(ttl, ratio, context) is not { } spread)
        {
            return false;
        }

        edits.Replace(ttl, spread);
        return true;
    }

    /// <summary>Gives each round an object of its own in place of the one that all share.</summary>
    private static bool Unshare(double ratio, TimeEdits edits, FixContext context)
    {
        if (context.Node is not ExpressionSyntax shared || context.AdditionalNode(0) is not ExpressionSyntax ttl ||
            ttl is not { Parent: AssignmentExpressionSyntax { Parent: InitializerExpressionSyntax { Parent: BaseObjectCreationExpressionSyntax { Initializer: { } initializer } creation } } } || ttl.Ancestors().Contains(shared) ||
            creation.ArgumentList?.Arguments.Count > 0 || creation.ContainsDirectives || context.Model.GetTypeInfo(creation, context.CancellationToken).Type is not { } type || WithJitter(ttl, ratio, context) is not { } spread)
        {
            return false;
        }

        // What the initialiser sets, on one line.
        IEnumerable<ExpressionSyntax> settings = initializer.Expressions.Select(setting => setting == ttl.Parent
            ? ((AssignmentExpressionSyntax)setting).WithRight(spread)
            : setting).Select(static setting => setting.NormalizeWhitespace(elasticTrivia: false));
        string text = $"new {type.ToMinimalDisplayString(context.Model, shared.SpanStart)} {{ {string.Join(", ", settings.Select(static setting => setting.ToString()))} }}";
        edits.Replace(shared, SyntaxFactory.ParseExpression(text));
        if (shared is IdentifierNameSyntax && creation.Ancestors().OfType<LocalDeclarationStatementSyntax>().FirstOrDefault() is { } declaration && declaration.Span.Contains(creation.Span) && !declaration.Contains(shared))
        {
            edits.RemoveIfUnread(declaration);
        }

        return true;
    }

    /// <summary><c>ttl * (1 + Random.Shared.NextDouble() * 0.15)</c>, for a number in brackets of its own type.</summary>
    private static ExpressionSyntax? WithJitter(ExpressionSyntax ttl, double ratio, FixContext context)
    {
        ITypeSymbol? type = context.Model.GetTypeInfo(ttl, context.CancellationToken).Type;
        ExpressionSyntax draw = Call(Dot(Static(context, "System.Random", "Shared"), nameof(Random.NextDouble)));
        ExpressionSyntax part = Binary(SyntaxKind.MultiplyExpression, draw, Number(ratio < 1 ? SyntaxFactory.Literal(ratio) : SyntaxFactory.Literal(1)));
        ExpressionSyntax factor = SyntaxFactory.ParenthesizedExpression(Binary(SyntaxKind.AddExpression, Number(SyntaxFactory.Literal(1)), part));
        ExpressionSyntax product = Binary(SyntaxKind.MultiplyExpression, Primary(ttl), factor);
        return IsDuration(type) ? product
            : type?.SpecialType is SpecialType.System_Int32 or SpecialType.System_Int64 ? SyntaxFactory.CastExpression(SyntaxFactory.PredefinedType(SyntaxFactory.Token(type.SpecialType == SpecialType.System_Int32 ? SyntaxKind.IntKeyword : SyntaxKind.LongKeyword)), SyntaxFactory.ParenthesizedExpression(product))
            : null;
    }

    private static LiteralExpressionSyntax Number(SyntaxToken literal) => SyntaxFactory.LiteralExpression(SyntaxKind.NumericLiteralExpression, literal);
}
