using ExpiryAnalyzers.CodeFixes.Reading;
using ExpiryAnalyzers.CodeFixes.Writing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.CodeFixes.Atomicity;

/// <summary>How the second call of a pair is queued.</summary>
/// <param name="Method">The method of the transaction.</param>
/// <param name="Arguments">Its arguments, as they can be written at the first call.</param>
internal sealed record QueuedCall(string Method, ArgumentListSyntax Arguments)
{
    /// <summary>The condition under which it is queued, as it can be written at the first call.</summary>
    public ExpressionSyntax? Condition { get; init; }

    /// <summary>Whether it is queued before the first call.</summary>
    public bool IsBefore { get; init; }

    /// <summary>
    /// Whether it may fail where the second call did not, so that the code must hear of it.
    /// </summary>
    public bool MayFail { get; init; }

    /// <summary>Whether it says itself what the guards of the second call said, which go, and what was said of them with them.</summary>
    public bool ReplacesGuards { get; init; }
}

/// <summary>
/// Queues both calls of a pair in one MULTI where the first one stands, runs it, and leaves the tasks' results where the calls' results
/// were used. The caller has checked that the second call may run wherever the first does, or has the server decide it.
/// </summary>
internal sealed class TransactionEdit
{
    private const string Seed = "seed";

    private readonly CommandPair _pair;
    private readonly ExpressionStatementSyntax? _secondStatement;
    private readonly StatementRemoval? _removal;
    private readonly QueuedCall _queued;

    private TransactionEdit(CommandPair pair, ExpressionStatementSyntax? secondStatement, StatementRemoval? removal, QueuedCall queued)
    {
        _pair = pair;
        _secondStatement = secondStatement;
        _removal = removal;
        _queued = queued;
    }

    /// <summary>Whether nobody reads the first call's answer: it is a statement of its own, or decides only on the second call.</summary>
    private bool IsFirstUnused => CallUse.StatementOf(_pair.First, _pair.Context) == _pair.Anchor || IsWholeIf;

    /// <summary>
    /// Whether the first call stands in the test of an <c>if</c> that does nothing but make the second one, and is wanted for itself.
    /// </summary>
    private bool IsWholeIf => _removal is { IsWhole: true } removal && !_pair.FirstOnlyReads && removal.Target == _pair.Slot;

    /// <summary>The flags of the transaction: nobody waits for it where nobody waits for any of its calls.</summary>
    private ExpressionSyntax? ExecuteFlags => _pair.First.IsForgotten && _pair.Second.IsForgotten
        ? _pair.First.ArgumentSyntax(ClientNames.Flags)?.Expression
        : null;

    /// <summary>
    /// What was said about the second call, for its new place: all that stood in what goes, or, where the guards are said anew, what stood
    /// under them. What stands behind the slot stays there.
    /// </summary>
    private IReadOnlyList<SyntaxTrivia> Comments => _queued.ReplacesGuards && _secondStatement is { } statement
        ? [.. Layout.CommentsOf(Guarded(statement)).Where(comment => !_pair.Slot.GetTrailingTrivia().Span.Contains(comment.Span))]
        : IsWholeIf ? Layout.InnerCommentsOf(_pair.Slot)
        : _removal?.Comments ?? [];

    /// <summary>A statement, or the block that holds it alone for a guard.</summary>
    private static SyntaxNode Guarded(StatementSyntax statement) =>
        statement.Parent is BlockSyntax { Statements.Count: 1 } block && block.Parent is not BlockSyntax ? block : statement;

    /// <summary>The repair; null where the calls cannot be queued or the statements cannot be written.</summary>
    /// <param name="pair">The two calls.</param>
    /// <param name="title">What the lightbulb shows.</param>
    /// <param name="key">What the repair does, in one word.</param>
    /// <param name="queued">How the second call is queued, if not as it stands.</param>
    public static Fix? Of(CommandPair pair, string title, string key = "Transaction", QueuedCall? queued = null)
    {
        ExpressionStatementSyntax? statement = CallUse.StatementOf(pair.Second, pair.Context);
        StatementRemoval? removal = statement is null ? null : StatementRemoval.Of(statement);
        queued ??= new(QueuedCalls.MethodOf(pair.Second), SecondArguments(pair));
        bool isMovable = statement is null ? queued is { Condition: null, IsBefore: false } : removal is not null;
        if (!isMovable || !CanStandBefore(pair) || !CanBeQueued(pair, queued) || (pair.IsReversed && !pair.IsQuietBetween))
        {
            return null;
        }

        TransactionEdit edit = new(pair, statement, removal, queued);
        if (removal?.Target.Span.Contains(pair.First.Syntax.Span) == true && !edit.IsWholeIf)
        {
            return null;
        }

        SyntaxNode first = pair.Anchor.Span.Contains(pair.Second.Syntax.Span) ? pair.Slot : pair.Anchor;
        return new(key, title, [first, removal?.Target ?? pair.Second.Syntax], edit.Apply)
        {
            // The second call was not made where the first failed, and whatever took its time came before it.
            Asks = !pair.IsReversed && ((pair.First.StopsTheRest && !queued.IsBefore) || !pair.IsQuietBetween),
        };
    }

    /// <summary>The second call's arguments, with the key as the first call writes it, which is the same.</summary>
    public static ArgumentListSyntax SecondArguments(CommandPair pair)
    {
        ArgumentListSyntax arguments = pair.Second.Syntax.ArgumentList;
        return pair.Second.ArgumentSyntax(ClientNames.Key) is { } key && pair.First.ArgumentSyntax(ClientNames.Key) is { } first
            ? arguments.ReplaceNode(key.Expression, first.Expression.WithTriviaFrom(key.Expression))
            : arguments;
    }

    /// <summary>Whether statements can be put before the first call's, and nothing in that one is evaluated before the call.</summary>
    private static bool CanStandBefore(CommandPair pair)
    {
        if (pair.Anchor is not StatementSyntax statement || Statements.ListOf(statement) is null || !Layout.StartsLine(statement))
        {
            return false;
        }

        for (SyntaxNode node = pair.First.Result; node != statement; node = node.Parent)
        {
            if (node.Parent is not { } parent || parent.ChildNodes().TakeWhile(child => child != node).Any(HasEffect))
            {
                return false;
            }
        }

        return true;
    }

    private static bool HasEffect(SyntaxNode node) => node.DescendantNodesAndSelf().Any(Statements.IsEffective);

    /// <summary>Whether a transaction takes both calls, and all that the second one is told is known at the first.</summary>
    private static bool CanBeQueued(CommandPair pair, QueuedCall queued)
    {
        (ClientCall first, ClientCall second) = (pair.First, pair.Second);
        bool isPlain = first.IsAsync == first.IsAwaited && first.ArgumentSyntax(ClientNames.Key) is not null;
        return isPlain && second.Operation.Arguments.All(argument => IsKnown(argument, pair)) &&
            QueuedCalls.Binds(pair.Context, first) && QueuedCalls.Binds(pair.Context, first, queued.Method, queued.Arguments);
    }

    private static bool IsKnown(IArgumentOperation argument, CommandPair pair) =>
        argument.Parameter?.Name == ClientNames.Key || argument.ArgumentKind == ArgumentKind.DefaultValue ||
            pair.IsKnownAtFirst(argument.Value);

    private void Apply(FixEditor editor)
    {
        string transaction = editor.NewName(_pair.Scope, QueuedCalls.Transaction);
        bool isFirstKept = !IsFirstUnused || _pair.First.TellsFailure;
        string? task = isFirstKept ? editor.NewName(_pair.Scope, QueuedCalls.TaskNameOf(_pair.First)) : null;
        bool isSecondKept = _secondStatement is null || (_queued.MayFail && _pair.First.TellsFailure);
        string? secondTask = isSecondKept ? editor.NewName(_pair.Scope, NameOfSecond) : null;
        if (_pair.IsReversed)
        {
            // Before anything else, because it may close the gap to the first call's statement.
            _removal?.Apply(editor);
        }

        Insert(editor, Written(transaction, task, secondTask));
        if (!IsFirstUnused)
        {
            ReplaceResult(editor, _pair.First, task);
        }

        if (_secondStatement is null)
        {
            ReplaceResult(editor, _pair.Second, secondTask);
        }

        if (!IsWholeIf && !_pair.IsReversed)
        {
            _removal?.Apply(editor);
        }
    }

    private static void ReplaceResult(FixEditor editor, ClientCall call, string? task)
    {
        if (task is not null)
        {
            editor.Replace(call.Syntax, current => QueuedCalls.ResultOf(task, call).WithTriviaFrom(current));
        }
    }

    /// <summary>The name of the second task: what makes the counter is no expire any more.</summary>
    private string NameOfSecond => _queued.IsBefore ? Seed : QueuedCalls.TaskNameOf(_pair.Second);

    /// <summary>The statements that make the transaction, queue both calls and run it.</summary>
    private IReadOnlyList<StatementSyntax> Written(string transaction, string? task, string? secondTask)
    {
        ClientCall first = _pair.First;
        StatementSyntax firstQueued = Queued(QueuedCalls.On(transaction, first), task);
        StatementSyntax secondQueued = SecondQueued(QueuedCalls.On(transaction, _queued.Method, _queued.Arguments), secondTask);
        StatementSyntax run = first.IsAsync
            ? QueuedCalls.Awaited(transaction, flags: null, first.Configuration)
            : Code.Statement(QueuedCalls.Execute(transaction, isAsync: false, ExecuteFlags));
        return
        [
            QueuedCalls.Create(transaction, first),
            _queued.IsBefore ? secondQueued : firstQueued,
            _queued.IsBefore ? firstQueued : secondQueued,
            run,
            .. Told(IsFirstUnused ? task : null, _secondStatement is null ? null : secondTask),
        ];
    }

    /// <summary>What makes the code hear of the calls whose answers it does not use, in the order of the queue.</summary>
    private IEnumerable<StatementSyntax> Told(string? task, string? secondTask)
    {
        string?[] tasks = _queued.IsBefore ? [secondTask, task] : [task, secondTask];
        return tasks.OfType<string>().Select(name => QueuedCalls.Told(name, _pair.First));
    }

    private StatementSyntax Queued(ExpressionSyntax call, string? task) =>
        task is null ? Code.Statement(Code.Discarded(call, _pair.Context, _pair.First.Syntax)) : Code.Var(task, call);

    /// <summary>The second call under its condition. Where its task is kept, one that is done stands for a call that is not made.</summary>
    private StatementSyntax SecondQueued(ExpressionSyntax call, string? task)
    {
        if (_queued.Condition is not { } condition)
        {
            return Queued(call, task);
        }

        return task is null
            ? Code.If(condition, Queued(call, null), _pair.Slot)
            : Code.Var(task, Expressions.Conditional(condition, call, Done));
    }

    private ExpressionSyntax Done => Expressions.Call(
        Imports.Static(_pair.Context, Types.Task, nameof(Task.FromResult)),
        SyntaxFactory.LiteralExpression(SyntaxKind.TrueLiteralExpression));

    private void Insert(FixEditor editor, IReadOnlyList<StatementSyntax> statements)
    {
        SyntaxNode slot = _pair.Slot;
        SyntaxTriviaList indent = Layout.IndentOf(slot);

        // What stands above the read stands above the whole; what was said about the expire stands above it, too.
        SyntaxTriviaList above = (_pair.IsReversed ? _removal?.LeadingOfNext(slot) : null) ?? slot.GetLeadingTrivia();
        SyntaxNode[] written = Code.Lines(statements, slot, indent, above);
        int second = _queued.IsBefore ? 1 : 2;
        written[second] = Layout.WithCommentsAbove(written[second], Comments, Layout.NewLineOf(slot));
        if (IsFirstUnused)
        {
            int last = written.Length - 1;
            written[last] = written[last].WithTrailingTrivia(slot.GetTrailingTrivia());
            editor.InsertBefore(slot, written);
            editor.Remove(slot);
        }
        else
        {
            editor.InsertBefore(slot, written);
            editor.Replace(slot, current => current.WithLeadingTrivia(indent));
        }
    }
}
