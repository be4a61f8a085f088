using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace ExpiryAnalyzers.CodeFixes.Atomicity;

/// <summary>
/// Queues both calls of a pair in one MULTI where the first one stands, runs it, and leaves the tasks' results where the calls' results
/// were used. The caller has checked that the second call may run wherever the first does, or has the server decide it.
/// </summary>
internal sealed class TransactionEdit
{
    private readonly CommandPair _pair;
    private readonly ExpressionStatementSyntax? _secondStatement;
    private readonly StatementRemoval? _removal;
    private readonly ArgumentListSyntax _secondArguments;

    private TransactionEdit(CommandPair pair, ExpressionStatementSyntax? secondStatement, StatementRemoval? removal, ArgumentListSyntax secondArguments)
    {
        _pair = pair;
        _secondStatement = secondStatement;
        _removal = removal;
        _secondArguments = secondArguments;
    }

    /// <summary>Whether the first call is a statement of its own, whose answer nobody reads.</summary>
    private bool IsFirstUnused => SecondCall.StatementOf(_pair.First, _pair.Model) == _pair.Anchor;

    /// <summary>The repair; null where the calls cannot be queued or the statements cannot be written.</summary>
    /// <param name="pair">The two calls.</param>
    /// <param name="title">What the lightbulb shows.</param>
    /// <param name="key">What the repair does, in one word.</param>
    /// <param name="secondArguments">Changes what the second call is told, such as the condition on which it sets the TTL.</param>
    public static Fix? Of(CommandPair pair, string title, string key = "Transaction", Func<ArgumentListSyntax, ArgumentListSyntax>? secondArguments = null)
    {
        ExpressionStatementSyntax? statement = SecondCall.StatementOf(pair.Second, pair.Model);
        StatementRemoval? removal = statement is null ? null : StatementRemoval.Of(statement);
        ArgumentListSyntax arguments = SecondArguments(pair);
        arguments = secondArguments?.Invoke(arguments) ?? arguments;
        if (!CanStandBefore(pair) || !CanBeQueued(pair, arguments) || (statement is not null && (removal is null || removal.Target.Span.Contains(pair.First.Syntax.Span))))
        {
            return null;
        }

        TransactionEdit edit = new(pair, statement, removal, arguments);
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
    private static bool CanBeQueued(CommandPair pair, ArgumentListSyntax secondArguments)
    {
        (ClientCall first, ClientCall second) = (pair.First, pair.Second);
        return first.IsAsync == first.IsAwaited &&
            first.ArgumentSyntax("key") is not null &&
            second.Operation.Arguments.All(argument => argument.Parameter?.Name == "key" || argument.ArgumentKind == Microsoft.CodeAnalysis.Operations.ArgumentKind.DefaultValue || pair.IsKnownAtFirst(argument.Value)) &&
            Binds(pair, first, first.Syntax.ArgumentList) && Binds(pair, second, secondArguments);
    }

    private static bool Binds(CommandPair pair, ClientCall call, ArgumentListSyntax arguments) =>
        pair.BindAtFirst(SyntaxFactory.ParseExpression($"{pair.First.Receiver}.CreateTransaction().{call.Command}Async{arguments}"), call.Command + "Async") is not null;

    /// <summary>The second call's arguments, with the key as the first call writes it, which is the same.</summary>
    private static ArgumentListSyntax SecondArguments(CommandPair pair) => pair.Second.ArgumentSyntax("key") is { } key
        ? pair.Second.Syntax.ArgumentList.ReplaceNode(key.Expression, pair.First.ArgumentSyntax("key")!.Expression.WithoutTrivia())
        : pair.Second.Syntax.ArgumentList;

    private static string TaskName(ClientCall call) => char.ToLowerInvariant(call.Command[0]) + call.Command.Substring(1) + "Task";

    private void Apply(DocumentEditor editor)
    {
        ClientCall first = _pair.First;
        string transaction = PairEdits.NewName(editor, _pair.Scope, "transaction");
        string? task = IsFirstUnused ? null : PairEdits.NewName(editor, _pair.Scope, TaskName(first));
        string? secondTask = _secondStatement is null ? PairEdits.NewName(editor, _pair.Scope, TaskName(_pair.Second)) : null;
        Insert(editor,
        [
            $"var {transaction} = {first.Receiver}.CreateTransaction();",
            $"{(task is null ? "_" : "var " + task)} = {transaction}.{first.Command}Async{first.Syntax.ArgumentList};",
            $"{(secondTask is null ? "_" : "var " + secondTask)} = {transaction}.{_pair.Second.Command}Async{_secondArguments};",
            first.IsAsync ? $"await {transaction}.ExecuteAsync(){(first.Configuration is null ? "" : ".ConfigureAwait" + first.Configuration)};" : $"{transaction}.Execute();",
        ]);
        if (task is not null)
        {
            editor.ReplaceNode(first.Syntax, (current, _) => ResultOf(task, first).WithTriviaFrom(current));
        }

        if (secondTask is not null)
        {
            editor.ReplaceNode(_pair.Second.Syntax, (current, _) => ResultOf(secondTask, _pair.Second).WithTriviaFrom(current));
        }

        _removal?.Apply(editor);
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
        written[0] = written[0].WithLeadingTrivia(slot.GetLeadingTrivia());
        written[2] = PairEdits.WithCommentsAbove(written[2], _removal?.Comments ?? [], newLine);
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
