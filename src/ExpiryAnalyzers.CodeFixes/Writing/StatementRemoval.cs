using ExpiryAnalyzers.CodeFixes.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExpiryAnalyzers.CodeFixes.Writing;

/// <summary>
/// The removal of a statement together with the <c>if</c>, <c>else</c> or block that has nothing left to do without it. What a removed
/// <c>if</c> tests must be without effect.
/// </summary>
internal sealed class StatementRemoval
{
    private readonly Part _part;

    private StatementRemoval(SyntaxNode target, Part part)
    {
        Target = target;
        _part = part;
    }

    /// <summary>What of the target goes.</summary>
    private enum Part
    {
        All,

        /// <summary>The branch that is taken if the condition holds; the other one stays.</summary>
        Then,
        Else,
        Finally,
    }

    /// <summary>The node that is removed or loses a part.</summary>
    public SyntaxNode Target { get; }

    public bool IsWhole => _part == Part.All;

    /// <summary>Those of the comments that stand inside the target.</summary>
    public IReadOnlyList<SyntaxTrivia> InnerComments => [.. Comments.Where(comment => Target.Span.Contains(comment.Span))];

    /// <summary>The comments that go with what is removed.</summary>
    public IReadOnlyList<SyntaxTrivia> Comments => Target switch
    {
        IfStatementSyntax { Else: { } otherwise } conditional when _part == Part.Then =>
            Layout.CommentsOf(conditional.Statement).Concat(otherwise.ElseKeyword.GetAllTrivia().Where(Layout.IsComment)).ToArray(),
        IfStatementSyntax { Else: { } otherwise } when _part == Part.Else => Layout.CommentsOf(otherwise),
        TryStatementSyntax { Finally: { } last } when _part == Part.Finally => Layout.CommentsOf(last),
        _ => Layout.CommentsOf(Target),
    };

    /// <summary>How a statement can go; null where its place needs one.</summary>
    public static StatementRemoval? Of(StatementSyntax statement)
    {
        SyntaxNode node = Statements.SlotOf(statement);
        while (true)
        {
            switch (node.Parent)
            {
                case BlockSyntax { Statements.Count: 1 } block when block.Parent is BlockSyntax or IfStatementSyntax or ElseClauseSyntax:
                    node = block;
                    break;
                case BlockSyntax { Statements.Count: 1, Parent: FinallyClauseSyntax { Parent: TryStatementSyntax whole } }
                    when whole.Catches.Count > 0:
                    return Plain(whole, Part.Finally);
                case BlockSyntax { Statements.Count: > 1 } or SwitchSectionSyntax or CompilationUnitSyntax:
                    return Plain(node, Part.All);
                case IfStatementSyntax { Else: null } conditional when !DeclaresForOthers(conditional):
                    node = Statements.SlotOf(conditional);
                    break;
                case IfStatementSyntax { Else.Statement: not IfStatementSyntax } conditional:
                    return Plain(conditional, Part.Then);
                case ElseClauseSyntax { Parent: IfStatementSyntax conditional }:
                    return Plain(conditional, Part.Else);
                default:
                    return null;
            }
        }

        static StatementRemoval? Plain(SyntaxNode target, Part part) => target.ContainsDirectives ? null : new(target, part);
    }

    /// <summary>Whether what a condition declares is used behind its statement.</summary>
    private static bool DeclaresForOthers(IfStatementSyntax conditional)
    {
        HashSet<string> declared =
        [
            .. conditional.Condition.DescendantNodesAndSelf()
                .OfType<SingleVariableDesignationSyntax>()
                .Select(static part => part.Identifier.ValueText),
        ];
        return declared.Count > 0 && Statements.SlotOf(conditional).Parent!.DescendantNodes(node => node != conditional)
            .OfType<IdentifierNameSyntax>().Any(name => declared.Contains(name.Identifier.ValueText));
    }

    public void Apply(FixEditor editor)
    {
        if (_part == Part.All)
        {
            CloseGap(editor);
            editor.Remove(Target);
            return;
        }

        editor.Replace(Target, current => (_part, current) switch
        {
            (Part.Then, IfStatementSyntax { Else: not null } conditional) => WithoutThen(conditional),
            (Part.Else, IfStatementSyntax conditional) =>
                conditional.WithElse(null).WithStatement(conditional.Statement.WithTrailingTrivia(current.GetTrailingTrivia())),
            (Part.Finally, TryStatementSyntax attempt) => attempt.WithFinally(null).WithTrailingTrivia(current.GetTrailingTrivia()),
            _ => current,
        });
    }

    private static SyntaxNode WithoutThen(IfStatementSyntax conditional)
    {
        ElseClauseSyntax otherwise = conditional.Else!;
        SyntaxToken close = conditional.CloseParenToken;
        close = otherwise.Statement is BlockSyntax ? close : close.WithTrailingTrivia(otherwise.ElseKeyword.TrailingTrivia);
        return conditional
            .WithCondition(Expressions.Not(conditional.Condition).WithTriviaFrom(conditional.Condition))
            .WithCloseParenToken(close)
            .WithStatement(otherwise.Statement)
            .WithElse(null);
    }

    /// <summary>
    /// What stands before the statement behind the removed one, once the gap between them is closed; null where it is another statement.
    /// </summary>
    public SyntaxTriviaList? LeadingOfNext(SyntaxNode next)
    {
        SyntaxNode? behind = Target.Parent!.ChildNodes().SkipWhile(node => node != Target).Skip(1).FirstOrDefault();
        return _part == Part.All && behind == next && Layout.StartsLine(Target)
            ? SyntaxFactory.TriviaList(Layout.GapOf(Target).Concat(Layout.LeadingWithoutGap(next)))
            : null;
    }

    /// <summary>Leaves one blank line, at most, where the target stood between others, and none at the start of a block.</summary>
    private void CloseGap(FixEditor editor)
    {
        SyntaxNode[] siblings = [.. Target.Parent!.ChildNodes()];
        int index = Array.IndexOf(siblings, Target);
        if (index + 1 == siblings.Length || !Layout.StartsLine(Target))
        {
            return;
        }

        bool isFirst = index == 0 || Target.Parent is SwitchSectionSyntax && siblings[index - 1] is SwitchLabelSyntax;
        SyntaxNode next = siblings[index + 1];
        if (isFirst && Layout.StartsWithGap(next))
        {
            editor.Replace(next, static current => current.WithLeadingTrivia(Layout.LeadingWithoutGap(current)));
        }
        else if (Layout.StartsWithGap(Target) && !Layout.StartsWithGap(next) && Layout.StartsLine(next))
        {
            editor.Replace(next, current => current.WithLeadingTrivia(Layout.GapOf(Target).Concat(current.GetLeadingTrivia())));
        }
    }
}
