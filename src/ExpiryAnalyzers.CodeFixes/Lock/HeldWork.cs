using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Calls;
using ExpiryAnalyzers.CodeFixes.Reading;
using ExpiryAnalyzers.CodeFixes.Writing;
using ExpiryAnalyzers.Rules.Lock;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Operations;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace ExpiryAnalyzers.CodeFixes.Lock;

/// <summary>
/// The statements of a block from the place where the lock is certainly held up to its release. They may be put into a <c>try</c>, and
/// the release into its <c>finally</c>: whoever did not get the lock does not come there.
/// </summary>
internal sealed class HeldWork
{
    private readonly int _start;
    private readonly int _end;

    private HeldWork(BlockSyntax block, int start, int end, FixContext context)
    {
        Block = block;
        _start = start;
        _end = end;
        DisposesBeforeRelease = Statements.Any(statement => IsDisposed(statement, context));
    }

    public BlockSyntax Block { get; }

    public IEnumerable<StatementSyntax> Statements => Block.Statements.Skip(_start).Take(_end - _start);

    /// <summary>Where the work begins.</summary>
    public int Position => Block.Statements[_start].SpanStart;

    /// <summary>
    /// Whether the work holds what is disposed of at the end of the block: so far behind the release, then before it.
    /// </summary>
    public bool DisposesBeforeRelease { get; }

    /// <summary>The work; null where it cannot be told from what runs without the lock, or cannot be moved.</summary>
    public static HeldWork? Of(LockEpisode episode, FixContext context)
    {
        if (episode.Releases is not [{ } call] || IsQueued(call) || ReleaseOf(call) is not { } release ||
            release.Parent is not BlockSyntax { ContainsDirectives: false } block ||
            FirstHeld(block, episode, context) is not { } start)
        {
            return null;
        }

        int end = block.Statements.IndexOf(release);
        return start < end && new HeldWork(block, start, end, context) is var work && work.IsAll(episode) && work.CanMove(context)
            ? work
            : null;
    }

    /// <summary>
    /// The first statement of a block that runs only with the lock: of a branch, or behind the test that leaves without it.
    /// </summary>
    public static int? FirstHeld(BlockSyntax block, LockEpisode episode, FixContext context)
    {
        int take = block.Statements.IndexOf(statement => statement.Span.Contains(episode.At.Syntax.Span));
        if (take < 0)
        {
            return IsBranch(block, episode) ? 0 : null;
        }

        for (int i = take; i < block.Statements.Count; i++)
        {
            if (LeavesWithout(block.Statements[i], episode, context))
            {
                return i + 1;
            }
        }

        return null;
    }

    /// <summary>Whether a release is put on a queue, so that what executes that belongs to it.</summary>
    public static bool IsQueued(CacheCall release) => release.Receiver is ReceiverKind.Transaction or ReceiverKind.Batch;

    /// <summary>The statement that does nothing but release; null where its answer is used.</summary>
    public static ExpressionStatementSyntax? ReleaseOf(CacheCall call)
    {
        ExpressionSyntax answer = TaskWaits.Outermost(TaskWaits.Answer((ExpressionSyntax)call.Syntax));
        return answer.Parent is AssignmentExpressionSyntax assignment && Reading.Statements.IsDiscard(assignment.Left)
            ? assignment.Parent as ExpressionStatementSyntax
            : answer.Parent as ExpressionStatementSyntax;
    }

    /// <summary>The block with the work in a <c>try</c>, and the release in its <c>finally</c>.</summary>
    /// <param name="current">The block as it now is.</param>
    /// <param name="before">What comes before the <c>try</c>.</param>
    /// <param name="first">What comes before the release.</param>
    public BlockSyntax Protected(BlockSyntax current, IEnumerable<StatementSyntax> before, IEnumerable<StatementSyntax> first)
    {
        SyntaxTrivia newLine = Layout.NewLineOf(Block);
        SyntaxList<StatementSyntax> statements = current.Statements;
        bool isFollowed = _end + 1 < statements.Count && !Layout.StartsWithGap(statements[_end + 1]);
        StatementSyntax attempt = TryStatement(
            Block(statements.Skip(_start).Take(_end - _start).Select((statement, index) => index == 0 ? WithoutGap(statement) : statement)),
            List<CatchClauseSyntax>(),
            FinallyClause(Block(first.Select(OnLine).Append(WithoutGap(statements[_end])))));
        attempt = attempt.WithTrailingTrivia(isFollowed ? TriviaList(newLine, newLine) : TriviaList(newLine));
        StatementSyntax[] written = before.Select(OnLine).Append(attempt).ToArray();
        written[0] = written[0].WithLeadingTrivia(Layout.GapOf(statements[_start]));
        return current.WithStatements(List(statements.Take(_start)
            .Concat(written.Select(static statement => statement.WithAdditionalAnnotations(Formatter.Annotation)))
            .Concat(statements.Skip(_end + 1))));

        StatementSyntax OnLine(StatementSyntax statement) => statement.WithTrailingTrivia(newLine);
    }

    private static StatementSyntax WithoutGap(StatementSyntax statement) =>
        statement.WithLeadingTrivia(Layout.LeadingWithoutGap(statement));

    private static bool IsBranch(BlockSyntax block, LockEpisode episode) => block.Parent switch
    {
        IfStatementSyntax test => episode.IsCertainlyHeldIf(test) == true,
        ElseClauseSyntax { Parent: IfStatementSyntax test } => episode.IsCertainlyHeldIf(test) == false,
        WhileStatementSyntax loop => episode.IsCertainlyHeldIf(loop) == true,
        _ => false,
    };

    /// <summary>Whether nothing gets past a statement without the lock.</summary>
    private static bool LeavesWithout(StatementSyntax statement, LockEpisode episode, FixContext context)
    {
        bool? isHeld = episode.IsCertainlyHeldIf(statement);
        return statement switch
        {
            IfStatementSyntax test when isHeld is { } ifTrue =>
                (ifTrue ? test.Else?.Statement : test.Statement) is { } missed && Leaves(missed, context),
            WhileStatementSyntax or DoStatementSyntax => isHeld == false && !IsLeftElsewhere(statement),
            _ => false,
        };
    }

    private static bool Leaves(StatementSyntax branch, FixContext context) =>
        context.Model.AnalyzeControlFlow(branch) is { Succeeded: true, EndPointIsReachable: false } &&
        !branch.DescendantNodesAndSelf().Any(static node => node is GotoStatementSyntax);

    /// <summary>Whether a loop may end by more than its condition.</summary>
    private static bool IsLeftElsewhere(StatementSyntax loop) =>
        loop.DescendantNodes().Any(static node => node is BreakStatementSyntax or GotoStatementSyntax);

    /// <summary>Whether the work is all of the rule's, and nothing in it gives the lock back before its end.</summary>
    private bool IsAll(LockEpisode episode) =>
        episode.Work is { } first && Statements.Any(statement => statement.Span.Contains(first.Syntax.Span)) &&
        !Statements.Any(statement => episode.HasRelease(statement.Span));

    /// <summary>Whether what the work declares is used by nothing behind it, and nothing jumps into it.</summary>
    private bool CanMove(FixContext context)
    {
        StatementSyntax[] work = Statements.ToArray();
        if (!Layout.StartsLine(work[0]) || !Layout.StartsLine(Block.Statements[_end]))
        {
            return false;
        }

        return !work.Any(static statement => statement is LocalFunctionStatementSyntax or LabeledStatementSyntax) &&
            context.Model.AnalyzeDataFlow(work[0], work[work.Length - 1]) is { Succeeded: true } flow &&
            !flow.VariablesDeclared.Any(variable => IsUsedBehind(variable, context));
    }

    private bool IsUsedBehind(ISymbol variable, FixContext context) =>
        Block.Statements.Skip(_end).Any(statement => Reading.Statements.Names(statement, variable, context));

    /// <summary>Whether a statement leaves something to be disposed of that does more than end tokens.</summary>
    private static bool IsDisposed(StatementSyntax statement, FixContext context) =>
        statement is LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0 } declaration &&
        context.OperationOf(declaration) is IUsingDeclarationOperation { DeclarationGroup.Declarations: { } declarations } &&
        !declarations.SelectMany(static group => group.Declarators).All(static resource => Types.IsTokenSource(resource.Symbol.Type));
}
