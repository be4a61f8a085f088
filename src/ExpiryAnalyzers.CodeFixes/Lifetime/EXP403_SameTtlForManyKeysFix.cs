using System.Globalization;
using ExpiryAnalyzers.CodeFixes.Reading;
using ExpiryAnalyzers.CodeFixes.Writing;
using ExpiryAnalyzers.Rules.Lifetime;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExpiryAnalyzers.CodeFixes.Lifetime;

/// <summary>
/// Repairs EXP403: each key lives up to a random part longer. That asks: how much longer is a choice. Older frameworks have no
/// <c>Random.Shared</c>, and one made in a loop there repeats itself: for them no repair is offered.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SameTtlForManyKeysFix))]
internal sealed class SameTtlForManyKeysFix() : ExpiryCodeFix("EXP403")
{
    private protected override IEnumerable<Fix> Fixes(FixContext context)
    {
        string? property = context.Property(SameTtlForManyKeys.JitterRatio);
        if (!double.TryParse(property, NumberStyles.Float, CultureInfo.InvariantCulture, out double ratio) || !HasSharedRandom(context))
        {
            return [];
        }

        CheckedEdits edits = new(context);
        bool isApart = context.Diagnostic.AdditionalLocations.Count > 0;
        bool canEdit = !isApart ? Spread(context.Node, ratio, edits, context)
            : context.Node is InvocationExpressionSyntax ? Spread(context.AdditionalNode(0), ratio, edits, context)
            : Unshare(ratio, edits, context);
        string title = $"Add up to {(ratio * 100).ToString("0.###", CultureInfo.InvariantCulture)} % random jitter to the TTL";
        return canEdit && edits.ToFix("Jitter", title, asks: true) is { } fix ? [fix] : [];
    }

    private static bool HasSharedRandom(FixContext context) =>
        Types.Find(Types.Random, context)?.GetMembers(TimeMembers.Shared).IsEmpty == false;

    private static bool Spread(SyntaxNode? node, double ratio, CheckedEdits edits, FixContext context)
    {
        if (node is not ExpressionSyntax ttl || WithJitter(ttl, ratio, context) is not { } spread)
        {
            return false;
        }

        edits.Replace(ttl, spread);
        return true;
    }

    /// <summary>Gives each round an object of its own in place of the one that all share.</summary>
    private static bool Unshare(double ratio, CheckedEdits edits, FixContext context)
    {
        if (context.Node is not ExpressionSyntax shared || context.AdditionalNode(0) is not ExpressionSyntax ttl ||
            ttl.Ancestors().Contains(shared))
        {
            return false;
        }

        if (CreationAround(ttl) is not { Initializer: { } initializer } creation || context.TypeOf(creation) is not INamedTypeSymbol type ||
            WithJitter(ttl, ratio, context) is not { } spread)
        {
            return false;
        }

        SyntaxTrivia newLine = Layout.NewLineOf(context.Root);

        // What the initialiser sets, on one line.
        IEnumerable<ExpressionSyntax> settings = initializer.Expressions
            .Select(setting => setting == ttl.Parent && setting is AssignmentExpressionSyntax assignment
                ? assignment.WithRight(spread)
                : setting)
            .Select(setting => Layout.OnOneLine(setting, newLine));
        edits.Replace(shared, Expressions.New(Imports.Of(type, context.Generator), settings));
        if (shared is IdentifierNameSyntax &&
            creation.Ancestors().OfType<LocalDeclarationStatementSyntax>().FirstOrDefault() is { } declaration &&
            !declaration.Contains(shared))
        {
            edits.RemoveIfUnread(declaration);
        }

        return true;
    }

    /// <summary>The creation whose initializer sets a TTL, and which takes nothing else.</summary>
    private static BaseObjectCreationExpressionSyntax? CreationAround(ExpressionSyntax ttl) =>
        ttl.Parent is AssignmentExpressionSyntax { Parent: InitializerExpressionSyntax initializer } &&
        initializer.Parent is BaseObjectCreationExpressionSyntax creation &&
        creation is { ContainsDirectives: false, ArgumentList: null or { Arguments.Count: 0 } }
            ? creation
            : null;

    /// <summary><c>ttl * (1 + Random.Shared.NextDouble() * 0.15)</c>, for a number in brackets of its own type.</summary>
    private static ExpressionSyntax? WithJitter(ExpressionSyntax ttl, double ratio, FixContext context)
    {
        ITypeSymbol? type = context.TypeOf(ttl);
        ExpressionSyntax random = Imports.Static(context, Types.Random, TimeMembers.Shared);
        ExpressionSyntax draw = Expressions.Call(Expressions.Dot(random, nameof(Random.NextDouble)));
        ExpressionSyntax part = Product(draw, ratio < 1 ? Expressions.Number(ratio) : Expressions.Number(1));
        ExpressionSyntax factor = Expressions.Binary(SyntaxKind.AddExpression, Expressions.Number(1), part);
        ExpressionSyntax product = Product(Expressions.Primary(ttl), SyntaxFactory.ParenthesizedExpression(factor));
        return Types.IsDuration(type) ? product
            : Expressions.KeywordOf(type) is { } keyword ? Expressions.Cast(keyword, SyntaxFactory.ParenthesizedExpression(product))
            : null;
    }

    private static ExpressionSyntax Product(ExpressionSyntax left, ExpressionSyntax right) =>
        Expressions.Binary(SyntaxKind.MultiplyExpression, left, right);
}

/// <summary>The repairs of EXP403, which ask.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SameTtlForManyKeysAskingFix))]
internal sealed class SameTtlForManyKeysAskingFix() : AskingCodeFix(new SameTtlForManyKeysFix());
