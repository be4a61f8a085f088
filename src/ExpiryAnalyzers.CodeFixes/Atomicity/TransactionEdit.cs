using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

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
    private bool IsFirstUnused => SecondCall.StatementOf(_pair.First, _pair.Model) == _pair.Anchor || IsWholeIf;

    /// <summary>Whether the first call stands in the test of an <c>if</c> that does nothing but make the second one, and is wanted for itself.</summary>
    private bool IsWholeIf => _removal is { IsWhole: true } removal && !_pair.FirstOnlyReads && removal.Target == Guards.SlotOf(_pair.Anchor);

    /// <summary>The repair; null where the calls cannot be queued or the statements cannot be written.</summary>
    /// <param name="pair">The two calls.</param>
    /// <param name="title">What the lightbulb shows.</param>
    /// <param name="key">What the repair does, in one word.</param>
    /// <param name="queued">How the second call is queued, if not as it stands.</param>
    public static Fix? Of(CommandPair pair, string title, string key = "Transaction", QueuedCall? queued = null)
    {
        ExpressionStatementSyntax? statement = SecondCall.StatementOf(pair.Second, pair.Model);
        StatementRemoval? removal = statement is null ? null : StatementRemoval.Of(statement);
        queued ??= new(pair.Second.Command + "Async", SecondArguments(pair));
        if (!CanStandBefore(pair) || !CanBeQueued(pair, queued) || (statement is null ? queued.Condition is not null || queued.IsBefore : removal is null))
        {
            return null;
        }

        TransactionEdit edit = new(pair, statement, removal, queued);
        if (removal?.Target.Span.Contains(pair.First.Syntax.Span) == true && !edit.IsWholeIf)
        {
            return null;
        }

        return new(key, title, [Guards.SlotOf(pair.Anchor) is var slot && pair.Anchor.Span.Contains(pair.Second.Syntax.Span) ? slot : pair.Anchor, removal?.Target ?? pair.Second.Syntax], edit.Apply);
    }

    /// <summary>Whether statements can be put before the first call's, and nothing in that one is evaluated before the call.</summary>
    private static bool CanStandBefore(CommandPair pair)
    {
        if (pair.Anchor is not StatementSyntax statement || Guards.ListOf(statement) is null || !PairEdits.StartsLine(statement))
        {
            return false;
        }

        for (SyntaxNode node = pair.First.Result; node != statement; node = node.Parent!)
        {
            if (node.Parent!.ChildNodes().TakeWhile(child => child != node).SelectMany(child => child.DescendantNodesAndSelf()).Any(IsEffective))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsEffective(SyntaxNode node) => node is InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax or AwaitExpressionSyntax or AssignmentExpressionSyntax or PostfixUnaryExpressionSyntax ||
        node.Kind() is SyntaxKind.PreIncrementExpression or SyntaxKind.PreDecrementExpression;

    /// <summary>Whether a transaction takes both calls, and all that the second one is told is known at the first.</summary>
    private static bool CanBeQueued(CommandPair pair, QueuedCall queued)
    {
        (ClientCall first, ClientCall second) = (pair.First, pair.Second);
        return first.IsAsync == first.IsAwaited &&
            first.ArgumentSyntax("key") is not null &&
            second.Operation.Arguments.All(argument => argument.Parameter?.Name == "key" || argument.ArgumentKind == Microsoft.CodeAnalysis.Operations.ArgumentKind.DefaultValue || pair.IsKnownAtFirst(argument.Value)) &&
            Binds(pair, first.Command + "Async", first.Syntax.ArgumentList) && Binds(pair, queued.Method, queued.Arguments);
    }

    private static bool Binds(CommandPair pair, string method, ArgumentListSyntax arguments) =>
        pair.BindAtFirst(SyntaxFactory.ParseExpression($"{pair.First.Receiver}.CreateTransaction().{method}{arguments}"), method) is not null;

    /// <summary>The second call's arguments, with the key as the first call writes it, which is the same.</summary>
    public static ArgumentListSyntax SecondArguments(CommandPair pair) => pair.Second.ArgumentSyntax("key") is { } key
        ? pair.Second.Syntax.ArgumentList.ReplaceNode(key.Expression, pair.First.ArgumentSyntax("key")!.Expression.WithTriviaFrom(key.Expression))
        : pair.Second.Syntax.ArgumentList;

    private static string TaskName(ClientCall call) => char.ToLowerInvariant(call.Command[0]) + call.Command.Substring(1) + "Task";

    private void Apply(DocumentEditor editor)
    {
        ClientCall first = _pair.First;
        string transaction = PairEdits.NewName(editor, _pair.Scope, "transaction");
        string? task = IsFirstUnused ? null : PairEdits.NewName(editor, _pair.Scope, TaskName(first));
        string? secondTask = _secondStatement is null ? PairEdits.NewName(editor, _pair.Scope, TaskName(_pair.Second)) : null;
        string discard = PairEdits.Discard(_pair.Context, first.Syntax);
        string firstQueued = $"{(task is null ? discard : $"var {task} = ")}{transaction}.{first.Command}Async{first.Syntax.ArgumentList};";
        string secondQueued = $"{(secondTask is null ? discard : $"var {secondTask} = ")}{transaction}.{_queued.Method}{_queued.Arguments};";
        if (_pair.IsReversed)
        {
            // Before anything else, because it may close the gap to the first call's statement.
            _removal?.Apply(editor);
        }

        Insert(editor,
        [
            $"var {transaction} = {first.Receiver}.CreateTransaction();",
            _queued.IsBefore ? secondQueued : firstQueued,
            _queued.IsBefore ? firstQueued : Conditional(secondQueued),
            first.IsAsync ? $"await {transaction}.ExecuteAsync(){(first.Configuration is null ? "" : ".ConfigureAwait" + first.Configuration)};" : $"{transaction}.Execute({ExecuteFlags});",
        ]);
        if (task is not null)
        {
            editor.ReplaceNode(first.Syntax, (current, _) => ResultOf(task, first).WithTriviaFrom(current));
        }

        if (secondTask is not null)
        {
            editor.ReplaceNode(_pair.Second.Syntax, (current, _) => ResultOf(secondTask, _pair.Second).WithTriviaFrom(current));
        }

        if (!IsWholeIf && !_pair.IsReversed)
        {
            _removal?.Apply(editor);
        }
    }

    /// <summary>The flags of the transaction: nobody waits for it where nobody waits for any of its calls.</summary>
    private string ExecuteFlags => _pair.First.IsConstant("flags", "FireAndForget") && _pair.Second.IsConstant("flags", "FireAndForget") ? _pair.First.ArgumentSyntax("flags")!.Expression.ToString() : "";

    /// <summary>A statement under the condition, on lines of its own.</summary>
    private string Conditional(string statement)
    {
        if (_queued.Condition is not { } condition)
        {
            return statement;
        }

        string newLine = PairEdits.NewLineOf(_pair.Context.Root).ToFullString();
        string indent = PairEdits.IndentOf(Guards.SlotOf(_pair.Anchor).GetLeadingTrivia()).ToFullString();
        string step = indent.Contains('\t') ? "\t" : "    ";
        return $"if ({condition}){newLine}{indent}{{{newLine}{indent}{step}{statement}{newLine}{indent}}}";
    }

    /// <summary>A task in place of an asynchronous call; its result, which is there by then, in place of a synchronous one.</summary>
    private static ExpressionSyntax ResultOf(string task, ClientCall call) => SyntaxFactory.ParseExpression(call.IsAsync ? task : task + ".Result");

    private void Insert(DocumentEditor editor, IReadOnlyList<string> texts)
    {
        SyntaxNode slot = Guards.SlotOf(_pair.Anchor);
        SyntaxTrivia newLine = PairEdits.NewLineOf(_pair.Context.Root);
        SyntaxTriviaList indent = PairEdits.IndentOf(slot.GetLeadingTrivia());
        List<SyntaxNode> written = [];
        foreach (string text in texts)
        {
            StatementSyntax statement = SyntaxFactory.ParseStatement(text).WithLeadingTrivia(indent).WithTrailingTrivia(newLine);
            written.Add(slot is GlobalStatementSyntax ? SyntaxFactory.GlobalStatement(statement) : statement);
        }

        // What stands above the read stands above the whole; what was said about the expire stands above it, too.
        written[0] = written[0].WithLeadingTrivia(_pair.IsReversed ? _removal?.LeadingOfNext(slot) ?? slot.GetLeadingTrivia() : slot.GetLeadingTrivia());
        int second = _queued.IsBefore ? 1 : 2;
        written[second] = PairEdits.WithCommentsAbove(written[second], IsWholeIf ? PairEdits.InnerCommentsOf(slot) : _removal?.Comments ?? [], newLine);
        if (IsFirstUnused)
        {
            written[written.Count - 1] = written[written.Count - 1].WithTrailingTrivia(slot.GetTrailingTrivia());
            editor.InsertBefore(slot, written);
            editor.RemoveNode(slot, SyntaxRemoveOptions.KeepNoTrivia);
            return;
        }

        editor.InsertBefore(slot, written);
        editor.ReplaceNode(slot, (current, _) => current.WithLeadingTrivia(indent));
    }
}
