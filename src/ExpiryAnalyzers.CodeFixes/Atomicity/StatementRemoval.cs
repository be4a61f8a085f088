using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace ExpiryAnalyzers.CodeFixes.Atomicity;

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

    /// <summary>The comments that go with what is removed.</summary>
    public IReadOnlyList<SyntaxTrivia> Comments => Target switch
    {
        IfStatementSyntax { Else: { } otherwise } conditional when _part == Part.Then => [.. PairEdits.CommentsOf(conditional.Statement), .. otherwise.ElseKeyword.LeadingTrivia.Concat(otherwise.ElseKeyword.TrailingTrivia).Where(PairEdits.IsComment)],
        IfStatementSyntax { Else: { } otherwise } when _part == Part.Else => PairEdits.CommentsOf(otherwise),
        TryStatementSyntax { Finally: { } last } when _part == Part.Finally => PairEdits.CommentsOf(last),
        _ => PairEdits.CommentsOf(Target),
    };

    /// <summary>How a statement can go; null where its place needs one.</summary>
    public static StatementRemoval? Of(StatementSyntax statement)
    {
        SyntaxNode node = Guards.SlotOf(statement);
        while (true)
        {
            switch (node.Parent)
            {
                case BlockSyntax { Statements.Count: 1 } block when block.Parent is BlockSyntax or IfStatementSyntax or ElseClauseSyntax:
                    node = block;
                    break;
                case BlockSyntax { Statements.Count: 1, Parent: FinallyClauseSyntax { Parent: TryStatementSyntax { Catches.Count: > 0 } whole } }:
                    return Plain(whole, Part.Finally);
                case BlockSyntax { Statements.Count: > 1 } or SwitchSectionSyntax or CompilationUnitSyntax:
                    return Plain(node, Part.All);
                case IfStatementSyntax { Else: null } conditional when !DeclaresForOthers(conditional):
                    node = Guards.SlotOf(conditional);
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
        HashSet<string> declared = [.. conditional.Condition.DescendantNodesAndSelf().OfType<SingleVariableDesignationSyntax>().Select(static part => part.Identifier.ValueText)];
        return declared.Count > 0 && Guards.SlotOf(conditional).Parent!.DescendantNodes(node => node != conditional).OfType<IdentifierNameSyntax>().Any(name => declared.Contains(name.Identifier.ValueText));
    }

    public void Apply(DocumentEditor editor)
    {
        switch (_part)
        {
            case Part.All:
                CloseGap(editor);
                editor.RemoveNode(Target, SyntaxRemoveOptions.KeepNoTrivia);
                break;
            case Part.Then:
                editor.ReplaceNode(Target, (current, _) => WithoutThen((IfStatementSyntax)current));
                break;
            case Part.Else:
                editor.ReplaceNode(Target, (current, _) => ((IfStatementSyntax)current).WithElse(null) is var left ? left.WithStatement(left.Statement.WithTrailingTrivia(current.GetTrailingTrivia())) : current);
                break;
            case Part.Finally:
                editor.ReplaceNode(Target, (current, _) => ((TryStatementSyntax)current).WithFinally(null).WithTrailingTrivia(current.GetTrailingTrivia()));
                break;
        }
    }

    private static SyntaxNode WithoutThen(IfStatementSyntax conditional)
    {
        SyntaxToken close = conditional.CloseParenToken;
        return conditional
            .WithCondition(PairEdits.Not(conditional.Condition).WithTriviaFrom(conditional.Condition))
            .WithCloseParenToken(conditional.Else!.Statement is BlockSyntax ? close : close.WithTrailingTrivia(conditional.Else.ElseKeyword.TrailingTrivia))
            .WithStatement(conditional.Else.Statement)
            .WithElse(null);
    }

    /// <summary>What stands before the statement behind the removed one, once the gap between them is closed; null where it is another statement.</summary>
    public SyntaxTriviaList? LeadingOfNext(SyntaxNode next) =>
        _part == Part.All && Target.Parent!.ChildNodes().SkipWhile(node => node != Target).Skip(1).FirstOrDefault() == next && PairEdits.StartsLine(Target)
            ? SyntaxFactory.TriviaList(Gap(Target).Concat(WithoutGap(next).GetLeadingTrivia()))
            : null;

    private static IEnumerable<SyntaxTrivia> Gap(SyntaxNode node) => StartsWithGap(node) ? node.GetLeadingTrivia().Take(node.GetLeadingTrivia().IndexOf(SyntaxKind.EndOfLineTrivia) + 1) : [];

    /// <summary>Leaves one blank line, at most, where the target stood between others, and none at the start of a block.</summary>
    private void CloseGap(DocumentEditor editor)
    {
        SyntaxNode[] siblings = [.. Target.Parent!.ChildNodes()];
        int index = Array.IndexOf(siblings, Target);
        if (index + 1 == siblings.Length || !PairEdits.StartsLine(Target))
        {
            return;
        }

        bool isFirst = index == 0 || Target.Parent is SwitchSectionSyntax && siblings[index - 1] is SwitchLabelSyntax;
        SyntaxNode next = siblings[index + 1];
        if (isFirst && StartsWithGap(next))
        {
            editor.ReplaceNode(next, static (current, _) => WithoutGap(current));
        }
        else if (StartsWithGap(Target) && !StartsWithGap(next) && PairEdits.StartsLine(next))
        {
            SyntaxTriviaList leading = Target.GetLeadingTrivia();
            IEnumerable<SyntaxTrivia> gap = leading.Take(leading.IndexOf(SyntaxKind.EndOfLineTrivia) + 1);
            editor.ReplaceNode(next, (current, _) => current.WithLeadingTrivia(gap.Concat(current.GetLeadingTrivia())));
        }
    }

    private static bool StartsWithGap(SyntaxNode node) => node.GetLeadingTrivia().FirstOrDefault(static trivia => !trivia.IsKind(SyntaxKind.WhitespaceTrivia)).IsKind(SyntaxKind.EndOfLineTrivia);

    private static SyntaxNode WithoutGap(SyntaxNode node)
    {
        SyntaxTriviaList leading = node.GetLeadingTrivia();
        while (StartsWithGap(node.WithLeadingTrivia(leading)))
        {
            leading = SyntaxFactory.TriviaList(leading.SkipWhile(static trivia => !trivia.IsKind(SyntaxKind.EndOfLineTrivia)).Skip(1));
        }

        return node.WithLeadingTrivia(leading);
    }
}
