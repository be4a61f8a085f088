using ExpiryAnalyzers.CodeFixes.Reading;
using ExpiryAnalyzers.CodeFixes.Writing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExpiryAnalyzers.CodeFixes.Atomicity;

/// <summary>
/// Queues calls that one <c>Task.WhenAll</c> waits for in one MULTI: the tasks are gathered, the transaction is run, and only then they
/// are waited for.
/// </summary>
internal sealed class GatherEdit
{
    private readonly FixContext _context;
    private readonly StatementSyntax _statement;
    private readonly InvocationExpressionSyntax _gathered;
    private readonly ExpressionSyntax? _waited;
    private readonly IReadOnlyList<ClientCall> _queued;

    private GatherEdit(
        FixContext context,
        StatementSyntax statement,
        InvocationExpressionSyntax gathered,
        ExpressionSyntax? waited,
        IReadOnlyList<ClientCall> queued)
    {
        _context = context;
        _statement = statement;
        _gathered = gathered;
        _waited = waited;
        _queued = queued;
    }

    /// <summary>The repair; null where the calls are gathered in another way.</summary>
    public static Fix? Of(FixContext context, string title)
    {
        if (QueueEdit.ExpireOf(context) is not { } expire || QueueEdit.StoresOf(context) is not { Count: > 0 } stores)
        {
            return null;
        }

        if (TaskWaits.GatheringOf(expire.Syntax) is not { } gathered || TaskWaits.MemberOf(gathered) != nameof(Task.WhenAll) ||
            StatementOf(gathered) is not { } statement)
        {
            return null;
        }

        // What is waited for here must wait for the transaction; what is kept is waited for later.
        ExpressionSyntax waited = TaskWaits.CallOn(gathered, nameof(Task.ConfigureAwait)) ?? gathered;
        bool isAwaited = waited.Parent is AwaitExpressionSyntax { Parent: ExpressionStatementSyntax };
        if (!isAwaited && !(IsKept(gathered) && Statements.IsInAsync(statement)))
        {
            return null;
        }

        List<ClientCall> queued =
        [
            .. gathered.ArgumentList.Arguments.Select(argument => SameKey(argument, expire, context)).OfType<ClientCall>(),
        ];
        bool isWhole = stores.All(store => queued.Any(call => call.Syntax == store.Syntax)) &&
            queued.All(call => QueuedCalls.Binds(context, call));
        return isWhole && IsRestQuiet(gathered, queued, context)
            ? new("Transaction", title, [statement], new GatherEdit(context, statement, gathered, isAwaited ? waited : null, queued).Apply)
            : null;
    }

    /// <summary>Whether nothing else that is gathered may keep the transaction, which is run behind it, from being run.</summary>
    private static bool IsRestQuiet(InvocationExpressionSyntax gathered, List<ClientCall> queued, FixContext context) =>
        gathered.ArgumentList.Arguments
            .Where(argument => queued.TrueForAll(call => call.Syntax != argument.Expression))
            .SelectMany(static argument => argument.DescendantNodes())
            .All(node => QuietCode.Is(node, context) || context.SymbolOf(node) is IMethodSymbol { IsAsync: true });

    /// <summary>The statement around an expression, where others can be put beside it.</summary>
    private static StatementSyntax? StatementOf(ExpressionSyntax expression) =>
        expression.FirstAncestorOrSelf<StatementSyntax>() is { ContainsDirectives: false } statement &&
        Statements.ListOf(statement) is not null &&
        Layout.StartsLine(statement) && Layout.EndsLine(statement)
            ? statement
            : null;

    /// <summary>Whether a local is declared with an expression.</summary>
    private static bool IsKept(ExpressionSyntax expression) =>
        expression.Parent is EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax declarator } &&
        declarator.Parent?.Parent is LocalDeclarationStatementSyntax;

    /// <summary>The call in an argument, where it is one on the expire's key.</summary>
    private static ClientCall? SameKey(ArgumentSyntax argument, ClientCall expire, FixContext context) =>
        ClientCall.Of(argument.Expression, context) is { IsAsync: true } call && call.IsOnDatabase(context) &&
        call.ArgumentSyntax(ClientNames.Key)?.Expression.ToString() == expire.ArgumentSyntax(ClientNames.Key)?.Expression.ToString()
            ? call
            : null;

    private void Apply(FixEditor editor)
    {
        SyntaxNode slot = Statements.SlotOf(_statement);
        SyntaxNode scope = Statements.ScopeOf(_statement);
        SyntaxTriviaList indent = Layout.IndentOf(slot);
        string transaction = editor.NewName(scope, QueuedCalls.Transaction);
        ArgumentListSyntax? configuration = _waited is InvocationExpressionSyntax configured && configured != _gathered
            ? configured.ArgumentList
            : null;
        InvocationExpressionSyntax rewritten = _gathered.ReplaceNodes(
            _queued.Select(static call => call.Syntax),
            (original, _) => QueuedCalls.On(transaction, _queued.First(call => call.Syntax == original)).WithTriviaFrom(original));
        StatementSyntax create = QueuedCalls.Create(transaction, _queued[0]);
        StatementSyntax run = QueuedCalls.Awaited(transaction, flags: null, configuration);
        if (_waited is null)
        {
            editor.InsertBefore(slot, Code.Lines([create], slot, indent, slot.GetLeadingTrivia()));
            editor.InsertAfter(slot, Code.Lines([run], slot, indent, indent));
            Gather(editor, slot, rewritten.WithTriviaFrom(_gathered), indent);
        }
        else
        {
            string tasks = editor.NewName(scope, "queued");
            editor.InsertBefore(slot, Code.Lines([create, Code.Var(tasks, rewritten), run], slot, indent, slot.GetLeadingTrivia()));
            Gather(editor, slot, SyntaxFactory.IdentifierName(tasks), indent);
        }
    }

    /// <summary>Puts something in place of what gathers the tasks.</summary>
    private void Gather(FixEditor editor, SyntaxNode slot, ExpressionSyntax replacement, SyntaxTriviaList indent) =>
        editor.Replace(slot, current => current.DescendantNodes().FirstOrDefault(node => node.IsEquivalentTo(_gathered)) is { } gathered
            ? current.ReplaceNode(gathered, replacement).WithLeadingTrivia(indent)
            : current);
}
