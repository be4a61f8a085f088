using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExpiryAnalyzers.CodeFixes.Reading;

/// <summary>A condition on the way to a node, and what it must be for the node to be reached.</summary>
internal readonly record struct Guard(ExpressionSyntax Condition, bool Holds)
{
    /// <summary>The tests of a guard that must all have the same answer.</summary>
    public IEnumerable<Guard> Parts
    {
        get
        {
            Stack<ExpressionSyntax> open = new([Condition]);
            while (open.Count > 0)
            {
                ExpressionSyntax condition = Shapes.Innermost(open.Pop());
                if (condition is BinaryExpressionSyntax both &&
                    both.IsKind(Holds ? SyntaxKind.LogicalAndExpression : SyntaxKind.LogicalOrExpression))
                {
                    open.Push(both.Right);
                    open.Push(both.Left);
                }
                else
                {
                    yield return this with { Condition = condition };
                }
            }
        }
    }
}

/// <summary>
/// Finds the guards between two places of one function: of the <c>if</c>s and short circuits around the second, and of the early exits
/// in between. Exceptions do not count, only what the source says.
/// </summary>
internal sealed class Guards(SemanticModel model)
{
    private readonly List<Guard> _found = [];

    /// <summary>
    /// The guards of <paramref name="second"/>, where each run of <paramref name="first"/> that passes them reaches it exactly once;
    /// null where that is not certain. <paramref name="anchor"/> is what <see cref="Statements.AnchorOf"/> tells of the first.
    /// </summary>
    public static IReadOnlyList<Guard>? Between(SyntaxNode first, SyntaxNode anchor, SyntaxNode second, SemanticModel model)
    {
        Guards guards = new(model);
        return RunsWith(first, anchor) && guards.Collect(anchor, second) ? guards._found : null;
    }

    /// <summary>Whether a node runs whenever its anchor does, and once.</summary>
    private static bool RunsWith(SyntaxNode node, SyntaxNode anchor)
    {
        for (; node != anchor; node = node.Parent)
        {
            if (IsConditional(node) || node.Parent is not { } parent || IsRepeated(parent))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsRepeated(SyntaxNode node) =>
        node is WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or QueryClauseSyntax or SelectOrGroupClauseSyntax;

    /// <summary>Whether an expression is only evaluated on a condition that its parent decides.</summary>
    private static bool IsConditional(SyntaxNode node) => node.Parent switch
    {
        BinaryExpressionSyntax binary => binary.Right == node && IsShortCircuit(binary.Kind()),
        ConditionalExpressionSyntax conditional => conditional.Condition != node,
        ConditionalAccessExpressionSyntax access => access.WhenNotNull == node,
        AssignmentExpressionSyntax assignment => assignment.Right == node && assignment.IsKind(SyntaxKind.CoalesceAssignmentExpression),
        SwitchExpressionArmSyntax => true,
        _ => false,
    };

    private static bool IsShortCircuit(SyntaxKind kind) =>
        kind is SyntaxKind.LogicalAndExpression or SyntaxKind.LogicalOrExpression or SyntaxKind.CoalesceExpression;

    private bool Collect(SyntaxNode anchor, SyntaxNode second)
    {
        SyntaxNode? list = Statements.ListOf(anchor);
        SyntaxNode node = second;
        while (node != anchor && node.Parent is { } parent)
        {
            if (parent == list)
            {
                return anchor.SpanStart < node.SpanStart && AddExits(list, anchor.SpanStart, node.SpanStart);
            }

            if (!Climb(node, parent))
            {
                return false;
            }

            node = parent;
        }

        return node == anchor;
    }

    /// <summary>Takes one step out of the second node; false where it cannot be told when the node runs.</summary>
    private bool Climb(SyntaxNode node, SyntaxNode parent)
    {
        switch (parent)
        {
            case IfStatementSyntax conditional:
                if (conditional.Condition != node)
                {
                    _found.Add(new(conditional.Condition, conditional.Statement == node));
                }

                return true;
            case BinaryExpressionSyntax binary when IsConditional(node):
                _found.Add(new(binary.Left, binary.IsKind(SyntaxKind.LogicalAndExpression)));
                return !binary.IsKind(SyntaxKind.CoalesceExpression);
            case BlockSyntax block:
                return AddExits(block, block.SpanStart, node.SpanStart);
            case GlobalStatementSyntax:
                return true;
            default:
                return IsPassedThrough(parent) && !IsConditional(node);
        }
    }

    /// <summary>Whether what is in a node runs once where the node does, but for what an expression decides.</summary>
    private static bool IsPassedThrough(SyntaxNode node) => node switch
    {
        SwitchStatementSyntax or LabeledStatementSyntax or LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax => false,
        StatementSyntax => !Statements.IsLoop(node),
        ExpressionSyntax or ElseClauseSyntax or FinallyClauseSyntax => true,
        EqualsValueClauseSyntax or VariableDeclaratorSyntax or VariableDeclarationSyntax => true,
        ArgumentSyntax or ArgumentListSyntax or ArrowExpressionClauseSyntax => true,
        _ => false,
    };

    /// <summary>Adds the guards of those children of a statement list that may leave it, from one position to another.</summary>
    private bool AddExits(SyntaxNode list, int start, int end)
    {
        foreach (SyntaxNode child in list.ChildNodes())
        {
            if (Statements.In(child) is StatementSyntax statement && child.SpanStart >= start && child.SpanStart < end &&
                !AddExits(statement))
            {
                return false;
            }
        }

        return true;
    }

    private bool AddExits(StatementSyntax statement)
    {
        if (!Leaves(statement, statement))
        {
            return true;
        }

        if (statement is not IfStatementSyntax conditional)
        {
            return false;
        }

        bool leavesIfTrue = Leaves(conditional.Statement, statement);
        bool leavesIfFalse = conditional.Else is { } otherwise && Leaves(otherwise.Statement, statement);
        if (leavesIfTrue == leavesIfFalse || !NeverEnds(leavesIfTrue ? conditional.Statement : conditional.Else!.Statement))
        {
            return false;
        }

        _found.Add(new(conditional.Condition, leavesIfFalse));
        return true;
    }

    private bool NeverEnds(StatementSyntax statement) =>
        model.AnalyzeControlFlow(statement) is { Succeeded: true, EndPointIsReachable: false };

    /// <summary>Whether a part of a statement may jump out of the statement.</summary>
    private static bool Leaves(SyntaxNode part, StatementSyntax statement) =>
        part.DescendantNodesAndSelf(static node => !Statements.IsNestedFunction(node)).Any(node => node switch
        {
            ReturnStatementSyntax or ThrowStatementSyntax or GotoStatementSyntax or LabeledStatementSyntax => true,
            YieldStatementSyntax yield => yield.IsKind(SyntaxKind.YieldBreakStatement),
            BreakStatementSyntax =>
                !IsWithin(node, statement, static target => Statements.IsLoop(target) || target is SwitchStatementSyntax),
            ContinueStatementSyntax => !IsWithin(node, statement, Statements.IsLoop),
            _ => false,
        });

    private static bool IsWithin(SyntaxNode jump, StatementSyntax statement, Func<SyntaxNode, bool> isTarget) =>
        jump.Ancestors().TakeWhile(ancestor => ancestor != statement.Parent).Any(isTarget);
}
