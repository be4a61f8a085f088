using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace ExpiryAnalyzers.CodeFixes.Atomicity;

/// <summary>
/// Queues calls that one <c>Task.WhenAll</c> waits for in one MULTI: the tasks are gathered, the transaction is run, and only then they
/// are waited for.
/// </summary>
internal static class GatherEdit
{
    /// <summary>The repair; null where the calls are gathered in another way.</summary>
    public static Fix? Of(FixContext context, string title)
    {
        if (ClientCall.Of(context.Node, context) is not { Command: "KeyExpire" } expire || !expire.IsOnDatabase(context.Model) || QueueEdit.StoresOf(context) is not { Count: > 0 } stores ||
            expire.Syntax.Parent is not ArgumentSyntax { Parent: ArgumentListSyntax { Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "Task" }, Name.Identifier.ValueText: "WhenAll" } } gathered } list } ||
            gathered.FirstAncestorOrSelf<StatementSyntax>() is not { } statement || Guards.ListOf(statement) is null || statement.ContainsDirectives || !PairEdits.StartsLine(statement) || !PairEdits.EndsLine(statement))
        {
            return null;
        }

        // What is waited for here must wait for the transaction; what is kept is waited for later.
        ExpressionSyntax waited = gathered.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait", Parent: InvocationExpressionSyntax configured } ? configured : gathered;
        bool isAwaited = waited.Parent is AwaitExpressionSyntax { Parent: ExpressionStatementSyntax };
        if (!isAwaited && !(gathered.Parent is EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Parent: LocalDeclarationStatementSyntax } } } && QueueEdit.IsInAsync(statement)))
        {
            return null;
        }

        List<ClientCall> queued = [];
        foreach (ArgumentSyntax argument in list.Arguments)
        {
            if (argument.Expression is InvocationExpressionSyntax invocation && ClientCall.Of(invocation, context) is { IsAsync: true } call && call.ArgumentSyntax("key")?.Expression.ToString() == expire.ArgumentSyntax("key")?.Expression.ToString() && call.IsOnDatabase(context.Model))
            {
                queued.Add(call);
            }
        }

        return stores.All(store => queued.Any(call => call.Syntax == store.Syntax)) && queued.All(call => QueueEdit.Binds(context, call))
            ? new("Transaction", title, [statement], editor => Apply(editor, context, statement, gathered, isAwaited ? waited : null, queued))
            : null;
    }

    private static void Apply(DocumentEditor editor, FixContext context, StatementSyntax statement, InvocationExpressionSyntax gathered, ExpressionSyntax? waited, IReadOnlyList<ClientCall> queued)
    {
        SyntaxNode slot = Guards.SlotOf(statement);
        SyntaxNode scope = statement.Ancestors().First(static ancestor => ancestor is MemberDeclarationSyntax and not GlobalStatementSyntax or CompilationUnitSyntax);
        string transaction = PairEdits.NewName(editor, scope, "transaction");
        string configuration = waited is InvocationExpressionSyntax configured && configured != gathered ? ".ConfigureAwait" + configured.ArgumentList : "";
        InvocationExpressionSyntax rewritten = gathered.ReplaceNodes(queued.Select(static call => call.Syntax), (original, _) => QueueEdit.On(transaction, queued.First(call => call.Syntax == original)).WithTriviaFrom(original));

        string create = $"var {transaction} = {queued[0].Receiver.WithoutTrivia()}.CreateTransaction();";
        string run = $"await {transaction}.ExecuteAsync(){configuration};";
        SyntaxTrivia newLine = PairEdits.NewLineOf(context.Root);
        SyntaxTriviaList indent = PairEdits.IndentOf(slot.GetLeadingTrivia());
        if (waited is null)
        {
            editor.InsertBefore(slot, Written(create, slot.GetLeadingTrivia()));
            editor.InsertAfter(slot, Written(run, indent));
            editor.ReplaceNode(slot, (current, _) => current.ReplaceNode(current.DescendantNodes().First(node => node.IsEquivalentTo(gathered)), rewritten.WithTriviaFrom(gathered)).WithLeadingTrivia(indent));
        }
        else
        {
            string tasks = PairEdits.NewName(editor, scope, "queued");
            editor.InsertBefore(slot,
            [
                Written(create, slot.GetLeadingTrivia()),
                Written($"var {tasks} = {rewritten};", indent),
                Written(run, indent),
            ]);
            editor.ReplaceNode(slot, (current, _) => current.ReplaceNode(current.DescendantNodes().First(node => node.IsEquivalentTo(gathered)), SyntaxFactory.IdentifierName(tasks)).WithLeadingTrivia(indent));
        }

        SyntaxNode Written(string text, SyntaxTriviaList leading)
        {
            StatementSyntax written = SyntaxFactory.ParseStatement(text).WithLeadingTrivia(leading).WithTrailingTrivia(newLine);
            return slot is GlobalStatementSyntax ? SyntaxFactory.GlobalStatement(written) : written;
        }
    }
}
