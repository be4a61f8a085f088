using ExpiryAnalyzers.CodeFixes.Reading;
using ExpiryAnalyzers.CodeFixes.Writing;
using ExpiryAnalyzers.Rules.Lock;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace ExpiryAnalyzers.CodeFixes.Lock;

/// <summary>
/// Cancels work that nothing ends: a token source for the TTL less the margin, its token passed to the calls that take one.
/// </summary>
internal static class WorkCancellation
{
    private const string Name = "lockCancellation";

    public static Fix? Fix(LockFinding finding)
    {
        if (finding.Fault != LockWithoutMargin.Unbounded ||
            Types.Find(Types.CancellationTokenSource, finding.Context) is not { } sourceType ||
            InsertionPoint.Of(finding) is not { } point)
        {
            return null;
        }

        SafetyMargin margin = SafetyMargin.At(point.First, finding);
        if (margin.LeavesNothing(finding) || LockTtl.At(point.Position, finding) is not { } ttl ||
            TokenCalls.Of(finding, point) is not { Sites.Count: > 0 } calls)
        {
            return null;
        }

        List<SyntaxNode> touched = [.. calls.Sites.Select(static site => site.Touched)];
        string title = $"Cancel the work {margin.Description} before the lock expires{margin.PremiseFor(finding)}";
        return new("BoundWork", title, touched, editor =>
        {
            string name = Name;
            point.Insert(editor, current =>
            {
                HashSet<string> taken = NamesInUse.InAndAround(current);
                name = NamesInUse.Free(Name, taken.Contains);
                ExpressionSyntax budget = Expressions.Sum(SyntaxKind.SubtractExpression, ttl, margin.Expression(editor.Generator));
                return Written(name, calls.Linked, budget, sourceType, editor.Generator);
            });
            foreach (TokenSite site in calls.Sites)
            {
                site.Pass(editor, () => Expressions.Dot(SyntaxFactory.IdentifierName(name), nameof(CancellationTokenSource.Token)));
            }

            margin.Declare(editor);
        });
    }

    private static IReadOnlyList<StatementSyntax> Written(
        string name,
        IReadOnlyList<ExpressionSyntax> linked,
        ExpressionSyntax budget,
        INamedTypeSymbol sourceType,
        SyntaxGenerator generator)
    {
        SyntaxNode type = Imports.Of(sourceType, generator);
        if (linked.Count == 0)
        {
            return [Using(name, (ExpressionSyntax)generator.ObjectCreationExpression(type, budget))];
        }

        SyntaxNode source = generator.InvocationExpression(
            generator.MemberAccessExpression(type, nameof(CancellationTokenSource.CreateLinkedTokenSource)),
            linked.Select(static token => token.WithoutTrivia()));
        SyntaxNode cancel = generator.InvocationExpression(
            generator.MemberAccessExpression(generator.IdentifierName(name), nameof(CancellationTokenSource.CancelAfter)),
            budget);
        return [Using(name, (ExpressionSyntax)source), SyntaxFactory.ExpressionStatement((ExpressionSyntax)cancel)];
    }

    private static LocalDeclarationStatementSyntax Using(string name, ExpressionSyntax value) =>
        SyntaxFactory.LocalDeclarationStatement(SyntaxFactory.VariableDeclaration(
            SyntaxFactory.IdentifierName("var"),
            SyntaxFactory.SingletonSeparatedList(SyntaxFactory.VariableDeclarator(name)
                .WithInitializer(SyntaxFactory.EqualsValueClause(value)))))
        .WithUsingKeyword(SyntaxFactory.Token(SyntaxKind.UsingKeyword));
}
