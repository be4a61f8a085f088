using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExpiryAnalyzers.CodeFixes.Reading;

/// <summary>Statements and what holds them.</summary>
internal static class Statements
{
    /// <summary>The statement around an expression, or the expression body that is it.</summary>
    public static SyntaxNode? AnchorOf(ExpressionSyntax expression)
    {
        for (SyntaxNode? node = expression; node is not null; node = node.Parent)
        {
            if (node is StatementSyntax or ArrowExpressionClauseSyntax ||
                (node is ExpressionSyntax && node.Parent is LambdaExpressionSyntax lambda && lambda.ExpressionBody == node))
            {
                return node;
            }
        }

        return null;
    }

    /// <summary>The list that holds a statement: a block, a switch section, or the file at top level.</summary>
    public static SyntaxNode? ListOf(SyntaxNode statement) =>
        SlotOf(statement).Parent is { } list and (BlockSyntax or SwitchSectionSyntax or CompilationUnitSyntax) ? list : null;

    /// <summary>A statement as its list holds it: at top level inside a member of the file.</summary>
    public static SyntaxNode SlotOf(SyntaxNode statement) => statement.Parent is GlobalStatementSyntax global ? global : statement;

    /// <summary>The statement that a list holds.</summary>
    public static SyntaxNode In(SyntaxNode slot) => slot is GlobalStatementSyntax global ? global.Statement : slot;

    /// <summary>The member or the top-level code around a node, in which the names of locals must differ.</summary>
    public static SyntaxNode ScopeOf(SyntaxNode node) =>
        node.Ancestors().FirstOrDefault(static ancestor => ancestor is MemberDeclarationSyntax and not GlobalStatementSyntax) ??
        node.SyntaxTree.GetRoot();

    /// <summary>The member around or at a node; for top-level statements, all of the file.</summary>
    public static SyntaxNode MemberAround(SyntaxNode node) =>
        node.FirstAncestorOrSelf<MemberDeclarationSyntax>() is { } member and not GlobalStatementSyntax
            ? member
            : node.SyntaxTree.GetRoot();

    /// <summary>The nested function or the member that a node runs in; null where it is no code.</summary>
    public static SyntaxNode? FunctionAround(SyntaxNode node) => node.Ancestors().FirstOrDefault(static ancestor => ancestor
        is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax
        or BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or CompilationUnitSyntax);

    /// <summary>Whether the code around a statement can wait.</summary>
    public static bool IsInAsync(SyntaxNode statement) => FunctionAround(statement) switch
    {
        AnonymousFunctionExpressionSyntax lambda => lambda.AsyncKeyword.RawKind != 0,
        LocalFunctionStatementSyntax local => local.Modifiers.Any(SyntaxKind.AsyncKeyword),
        BaseMethodDeclarationSyntax method => method.Modifiers.Any(SyntaxKind.AsyncKeyword),
        CompilationUnitSyntax => true,
        _ => false,
    };

    public static bool IsLoop(SyntaxNode node) =>
        node is CommonForEachStatementSyntax or WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax;

    /// <summary>Whether a loop has its rounds given, so that one may be left out: another would try again at once, or never more.</summary>
    public static bool EndsByItself(SyntaxNode loop) =>
        loop is CommonForEachStatementSyntax or ForStatementSyntax { Condition: not null, Incrementors.Count: > 0 };

    public static bool IsNestedFunction(SyntaxNode node) => node is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax;

    /// <summary>Whether an expression does something beside giving a value.</summary>
    public static bool IsEffective(SyntaxNode node) =>
        node is InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax or AwaitExpressionSyntax ||
        node is AssignmentExpressionSyntax or PostfixUnaryExpressionSyntax ||
        node.Kind() is SyntaxKind.PreIncrementExpression or SyntaxKind.PreDecrementExpression;

    /// <summary>
    /// Whether a <c>catch</c> around a statement of the function makes a difference between what was cancelled and what failed.
    /// </summary>
    public static bool IsCancellationToldApart(SyntaxNode statement, FixContext context) => statement.Ancestors()
        .TakeWhile(static around => around is not MemberDeclarationSyntax || around is GlobalStatementSyntax)
        .OfType<TryStatementSyntax>()
        .Where(attempt => attempt.Block.Span.Contains(statement.Span))
        .SelectMany(static attempt => attempt.Catches)
        .Any(caught => NamesCancellation(caught.Declaration, context) || NamesCancellation(caught.Filter, context));

    private static bool NamesCancellation(SyntaxNode? said, FixContext context) =>
        said?.DescendantNodes().OfType<TypeSyntax>().Any(type => Types.IsCancellation(context.SymbolOf(type) as ITypeSymbol)) == true;

    /// <summary>Whether a part of the code names a variable or member.</summary>
    public static bool Names(SyntaxNode node, ISymbol symbol, FixContext context) =>
        node.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Any(name => Names(name, symbol, context));

    /// <inheritdoc cref="Names(SyntaxNode, ISymbol, FixContext)"/>
    public static bool Names(IdentifierNameSyntax name, ISymbol symbol, FixContext context) =>
        name.Identifier.ValueText == symbol.Name && SymbolEqualityComparer.Default.Equals(context.SymbolOf(name), symbol);

    /// <summary>Whether an expression discards what is assigned to it, as far as its name says.</summary>
    public static bool IsDiscard(ExpressionSyntax target) => target is IdentifierNameSyntax { Identifier.ValueText: "_" };
}
