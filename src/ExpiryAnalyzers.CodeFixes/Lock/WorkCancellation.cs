using ExpiryAnalyzers.Rules.Lock;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace ExpiryAnalyzers.CodeFixes.Lock;

/// <summary>Cancels work that nothing ends: a token source for the TTL less the margin, its token passed to the calls that take one.</summary>
internal static class WorkCancellation
{
    private const string Name = "lockCancellation";

    public static Fix? Fix(LockFinding finding)
    {
        if (finding.Fault != LockWithoutMargin.Unbounded ||
            finding.Model.Compilation.GetTypesByMetadataName("System.Threading.CancellationTokenSource").FirstOrDefault() is not { } sourceType ||
            InsertionPoint.Of(finding) is not { } point)
        {
            return null;
        }

        SafetyMargin margin = finding.MarginAt(point.First);
        if (finding.IsTooShortFor(margin) || finding.TtlAt(point.Position) is not { } ttl || TokenCalls.Of(finding, point) is not { Sites.Count: > 0 } calls)
        {
            return null;
        }

        List<SyntaxNode> touched = [.. calls.Sites.Select(site => site.Touched)];
        return new("BoundWork", $"Cancel the work {margin.Description} before the lock expires{finding.Premise(margin)}", touched, editor =>
        {
            string name = Name;
            point.Insert(editor, current =>
            {
                name = UniqueName(current);
                return Statements(name, calls.Linked, Spans.Combine(SyntaxKind.SubtractExpression, ttl, margin.Expression(editor.Generator)), sourceType, editor.Generator);
            });
            foreach (TokenSite site in calls.Sites)
            {
                site.Pass(editor, () => SyntaxFactory.MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, SyntaxFactory.IdentifierName(name), SyntaxFactory.IdentifierName("Token")));
            }

            margin.Declare(editor);
        });
    }

    private static IReadOnlyList<StatementSyntax> Statements(string name, IReadOnlyList<ExpressionSyntax> linked, ExpressionSyntax budget, INamedTypeSymbol sourceType, SyntaxGenerator generator)
    {
        SyntaxNode type = TypeNames.Of(sourceType, generator);
        if (linked.Count == 0)
        {
            return [Using(name, (ExpressionSyntax)generator.ObjectCreationExpression(type, budget))];
        }

        SyntaxNode source = generator.InvocationExpression(generator.MemberAccessExpression(type, "CreateLinkedTokenSource"), linked.Select(token => token.WithoutTrivia()));
        SyntaxNode cancel = generator.InvocationExpression(generator.MemberAccessExpression(generator.IdentifierName(name), "CancelAfter"), budget);
        return [Using(name, (ExpressionSyntax)source), SyntaxFactory.ExpressionStatement((ExpressionSyntax)cancel)];
    }

    private static LocalDeclarationStatementSyntax Using(string name, ExpressionSyntax value) =>
        SyntaxFactory.LocalDeclarationStatement(SyntaxFactory.VariableDeclaration(
            SyntaxFactory.IdentifierName("var"),
            SyntaxFactory.SingletonSeparatedList(SyntaxFactory.VariableDeclarator(name).WithInitializer(SyntaxFactory.EqualsValueClause(value)))))
        .WithUsingKeyword(SyntaxFactory.Token(SyntaxKind.UsingKeyword));

    /// <summary>A name that nothing in the scope, or in a scope around it, has.</summary>
    private static string UniqueName(SyntaxNode scope)
    {
        HashSet<string> taken = [.. scope.DescendantTokens().Where(token => token.IsKind(SyntaxKind.IdentifierToken)).Select(token => token.ValueText)];
        foreach (SyntaxNode outer in scope.Ancestors())
        {
            taken.UnionWith(DeclaredIn(outer));
            if (outer is MemberDeclarationSyntax and not GlobalStatementSyntax)
            {
                break;
            }
        }

        string name = Name;
        for (int number = 2; taken.Contains(name); number++)
        {
            name = Name + number;
        }

        return name;
    }

    /// <summary>The names that a node declares for all that is in it: not those of the statements nested deeper.</summary>
    private static IEnumerable<string> DeclaredIn(SyntaxNode node) => node
        .DescendantNodes(inner => inner == node || inner is not (BlockSyntax or AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax))
        .Select(declared => declared switch
        {
            VariableDeclaratorSyntax variable => variable.Identifier,
            SingleVariableDesignationSyntax designation => designation.Identifier,
            ParameterSyntax parameter => parameter.Identifier,
            ForEachStatementSyntax loop => loop.Identifier,
            CatchDeclarationSyntax caught => caught.Identifier,
            LocalFunctionStatementSyntax function => function.Identifier,
            _ => default,
        })
        .Select(identifier => identifier.ValueText);
}
