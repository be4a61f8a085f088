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
}

/// <summary>
/// Queues both calls of a pair in one MULTI where the first one stands, runs it, and leaves the tasks' results where the calls' results
/// were used. The caller has checked that the second call may run wherever the first does, or has the server decide it.
/// </summary>
internal sealed class TransactionEdit
{
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
    private ExpressionSyntax? ExecuteFlags => IsForgotten(_pair.First) && IsForgotten(_pair.Second)
        ? _pair.First.ArgumentSyntax(ClientNames.Flags)?.Expression
        : null;

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
        if (!isMovable || !CanStandBefore(pair) || !CanBeQueued(pair, queued))
        {
            return null;
        }

        TransactionEdit edit = new(pair, statement, removal, queued);
        if (removal?.Target.Span.Contains(pair.First.Syntax.Span) == true && !edit.IsWholeIf)
        {
            return null;
        }

        SyntaxNode first = pair.Anchor.Span.Contains(pair.Second.Syntax.Span) ? pair.Slot : pair.Anchor;
        return new(key, title, [first, removal?.Target ?? pair.Second.Syntax], edit.Apply);
    }

    /// <summary>The second call's arguments, with the key as the first call writes it, which is the same.</summary>
    public static ArgumentListSyntax SecondArguments(CommandPair pair)
    {
        ArgumentListSyntax arguments = pair.Second.Syntax.ArgumentList;
        return pair.Second.ArgumentSyntax(ClientNames.Key) is { } key && pair.First.ArgumentSyntax(ClientNames.Key) is { } first
            ? arguments.ReplaceNode(key.Expression, first.Expression.WithTriviaFrom(key.Expression))
            : arguments;
    }

    private static bool IsForgotten(ClientCall call) => call.IsConstant(ClientNames.Flags, ClientNames.FireAndForget);

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
        string? task = IsFirstUnused ? null : editor.NewName(_pair.Scope, QueuedCalls.TaskNameOf(_pair.First));
        string? secondTask = _secondStatement is null ? editor.NewName(_pair.Scope, QueuedCalls.TaskNameOf(_pair.Second)) : null;
        if (_pair.IsReversed)
        {
            // Before anything else, because it may close the gap to the first call's statement.
            _removal?.Apply(editor);
        }

        Insert(editor, Written(transaction, task, secondTask));
        ReplaceResult(editor, _pair.First, task);
        ReplaceResult(editor, _pair.Second, secondTask);
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

    /// <summary>The statements that make the transaction, queue both calls and run it.</summary>
    private IReadOnlyList<StatementSyntax> Written(string transaction, string? task, string? secondTask)
    {
        ClientCall first = _pair.First;
        StatementSyntax firstQueued = Queued(QueuedCalls.On(transaction, first), task);
        StatementSyntax secondQueued = Queued(QueuedCalls.On(transaction, _queued.Method, _queued.Arguments), secondTask);
        StatementSyntax run = first.IsAsync
            ? QueuedCalls.Awaited(transaction, flags: null, first.Configuration)
            : Code.Statement(QueuedCalls.Execute(transaction, isAsync: false, ExecuteFlags));
        return
        [
            QueuedCalls.Create(transaction, first),
            _queued.IsBefore ? secondQueued : firstQueued,
            _queued.IsBefore ? firstQueued : Conditional(secondQueued),
            run,
        ];
    }

    private StatementSyntax Queued(ExpressionSyntax call, string? task) =>
        task is null ? Code.Statement(Code.Discarded(call, _pair.Context, _pair.First.Syntax)) : Code.Var(task, call);

    /// <summary>A statement under the condition, on lines of its own.</summary>
    private StatementSyntax Conditional(StatementSyntax statement) =>
        _queued.Condition is { } condition ? Code.If(condition, statement, _pair.Slot) : statement;

    private void Insert(FixEditor editor, IReadOnlyList<StatementSyntax> statements)
    {
        SyntaxNode slot = _pair.Slot;
        SyntaxTriviaList indent = Layout.IndentOf(slot);

        // What stands above the read stands above the whole; what was said about the expire stands above it, too.
        SyntaxTriviaList above = (_pair.IsReversed ? _removal?.LeadingOfNext(slot) : null) ?? slot.GetLeadingTrivia();
        SyntaxNode[] written = Code.Lines(statements, slot, indent, above);
        int second = _queued.IsBefore ? 1 : 2;
        IReadOnlyList<SyntaxTrivia> comments = IsWholeIf ? Layout.InnerCommentsOf(slot) : _removal?.Comments ?? [];
        written[second] = Layout.WithCommentsAbove(written[second], comments, Layout.NewLineOf(slot));
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
