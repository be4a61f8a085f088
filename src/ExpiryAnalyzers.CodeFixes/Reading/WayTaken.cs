using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExpiryAnalyzers.CodeFixes.Reading;

/// <summary>What the code has looked at before it comes to a place.</summary>
internal static class WayTaken
{
    /// <summary>
    /// Whether code comes to a place because of what a variable or member holds: a test of it chose the branch, or another way left
    /// before. A test that only throws refuses a value, and says nothing of those that it lets pass.
    /// </summary>
    public static bool HangsOn(string name, SyntaxNode place, FixContext context) => place.AncestorsAndSelf()
        .TakeWhile(static node => node is not MemberDeclarationSyntax or GlobalStatementSyntax)
        .SelectMany(static node => TestsAround(node).Concat(TestsBefore(node)))
        .Any(test => Names(test, name, context));

    /// <summary>The tests that decide whether a node runs, which its parent makes.</summary>
    private static IEnumerable<SyntaxNode?> TestsAround(SyntaxNode node) => node.Parent switch
    {
        IfStatementSyntax choice when choice.Condition != node => [choice.Condition],
        ElseClauseSyntax { Parent: IfStatementSyntax choice } => [choice.Condition],
        ConditionalExpressionSyntax choice when choice.Condition != node => [choice.Condition],
        BinaryExpressionSyntax both when both.Right == node && IsShortCircuit(both) => [both.Left],
        SwitchExpressionArmSyntax { Parent: SwitchExpressionSyntax choice } arm => [choice.GoverningExpression, arm.WhenClause],
        SwitchSectionSyntax { Parent: SwitchStatementSyntax choice } section => [choice.Expression, .. section.Labels],
        WhileStatementSyntax loop when loop.Condition != node => [loop.Condition],
        _ => [],
    };

    private static bool IsShortCircuit(BinaryExpressionSyntax both) =>
        both.IsKind(SyntaxKind.LogicalAndExpression) || both.IsKind(SyntaxKind.LogicalOrExpression);

    /// <summary>The tests before a statement behind which another way leaves its list.</summary>
    private static IEnumerable<SyntaxNode?> TestsBefore(SyntaxNode node) =>
        node.Parent is BlockSyntax or SwitchSectionSyntax or CompilationUnitSyntax
            ? node.Parent.ChildNodes().TakeWhile(other => other != node).Select(Statements.In).OfType<IfStatementSyntax>()
                .Where(Leaves)
                .Select(static choice => choice.Condition)
            : [];

    private static bool Leaves(IfStatementSyntax choice) => choice.DescendantNodes(static node => !Statements.IsNestedFunction(node))
        .Any(static node => node is ReturnStatementSyntax or ContinueStatementSyntax or BreakStatementSyntax or GotoStatementSyntax);

    /// <summary>Whether a test looks at what bears a name, or at a variable that holds the outcome of one that does.</summary>
    private static bool Names(SyntaxNode? test, string name, FixContext context) =>
        test is not null && NamesIn(test).Any(read => read.Identifier.ValueText == name || IsOutcome(read, name, context));

    private static IEnumerable<IdentifierNameSyntax> NamesIn(SyntaxNode test) =>
        test.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>();

    private static bool IsOutcome(IdentifierNameSyntax read, string name, FixContext context) =>
        context.SymbolOf(read) is ILocalSymbol { Type.SpecialType: SpecialType.System_Boolean } outcome &&
        outcome.DeclaringSyntaxReferences is [{ } declaration] &&
        declaration.GetSyntax(context.CancellationToken) is VariableDeclaratorSyntax { Initializer.Value: { } test } &&
        NamesIn(test).Any(other => other.Identifier.ValueText == name);
}
