using System.Globalization;
using ExpiryAnalyzers.CodeFixes.Reading;
using ExpiryAnalyzers.CodeFixes.Writing;
using ExpiryAnalyzers.Rules.Atomicity;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExpiryAnalyzers.CodeFixes.Atomicity;

/// <summary>
/// Puts the stores of a key and the expire behind them into one MULTI where they stand: a transaction is created before the first,
/// each call is queued on it in its place, under its conditions and in its loops, and it runs behind the expire.
/// </summary>
internal sealed class QueueEdit
{
    private readonly FixContext _context;
    private readonly ClientCall _expire;
    private readonly IReadOnlyList<ClientCall> _queued;
    private readonly QueuedSpan _span;

    private QueueEdit(FixContext context, ClientCall expire, IReadOnlyList<ClientCall> queued, QueuedSpan span)
    {
        _context = context;
        _expire = expire;
        _queued = queued;
        _span = span;
    }

    /// <summary>The repair; null where the order of things would change, or the calls cannot be queued.</summary>
    public static Fix? Of(FixContext context, string title)
    {
        if (ExpireOf(context) is not { } expire || StoresOf(context) is not { Count: > 0 } stores)
        {
            return null;
        }

        if (QueuedSpan.Of(context, expire, stores) is not { TakesExpire: true } span || span.CallsOnTheWay(stores) is not { } queued ||
            !queued.All(span.CanBeQueued))
        {
            return null;
        }

        QueueEdit edit = new(context, expire, [.. queued.OrderBy(static call => call.Syntax.SpanStart)], span);
        return new("Transaction", title, [.. span.Siblings], edit.Apply) { Asks = queued.Exists(static call => call.StopsTheRest) };
    }

    /// <summary>The expire that a diagnostic stands at; null where it does not go to a database.</summary>
    public static ClientCall? ExpireOf(FixContext context) =>
        ClientCall.Of(context.Node, context) is { Command: ClientNames.KeyExpire } expire && expire.IsOnDatabase(context) ? expire : null;

    /// <summary>
    /// The calls that the diagnostic names beside the expire; null where one of them is in a helper or on something else than a database.
    /// </summary>
    public static List<ClientCall>? StoresOf(FixContext context)
    {
        string? count = context.Property(PairReport.Others);
        if (context.Has(PairReport.IsIndirect) || !int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out int others))
        {
            return null;
        }

        List<ClientCall> stores = [];
        for (int i = 0; i <= others; i++)
        {
            if (ClientCall.Of(context.AdditionalNode(i), context) is not { Command: not ClientNames.Execute } store ||
                !store.IsOnDatabase(context))
            {
                return null;
            }

            stores.Add(store);
        }

        return stores;
    }

    private void Apply(FixEditor editor)
    {
        SyntaxNode scope = Statements.ScopeOf(_span.Start);
        string transaction = editor.NewName(scope, QueuedCalls.Transaction);
        ClientCall[] told = [.. _queued.Where(call => _span.UseOf(call) == AnswerUse.None && call.TellsFailure)];
        string? list = told.All(IsInList) ? null : editor.NewName(scope, QueuedCalls.Writes);
        SyntaxTriviaList indent = Layout.IndentOf(_span.Start);
        List<StatementSyntax> before = [QueuedCalls.Create(transaction, _queued[0])];
        if (list is not null)
        {
            before.Add(QueuedCalls.CreateList(list, _context));
        }

        // Before anything else, because a statement that is replaced cannot be found again.
        editor.InsertBefore(_span.Start, Lines(before, indent, _span.Start.GetLeadingTrivia()));
        editor.Replace(_span.Start, current => current.WithLeadingTrivia(indent));
        List<StatementSyntax> after = [];
        foreach (ClientCall call in _queued)
        {
            if (told.Contains(call))
            {
                Keep(editor, call, scope, transaction, list, after);
            }
            else
            {
                Queue(editor, call, _span.UseOf(call), scope, transaction, after);
            }
        }

        if (list is not null)
        {
            bool isAsync = Statements.IsInAsync(_span.Start) && _expire.IsAsync;
            string one = isAsync ? "" : editor.NewName(scope, QueuedCalls.TaskNameOf(told[0]));
            after.Insert(0, QueuedCalls.ToldOfAll(list, one, isAsync, _context, _span.Start));
        }

        AnswerUse use = _span.UseOfExpire();
        if (use == AnswerUse.Local)
        {
            RunBefore(editor, scope, transaction, after);
        }
        else
        {
            Queue(editor, _expire, use, scope, transaction, after);
            RunBehind(editor, indent, transaction, after);
        }

    }

    /// <summary>Whether a call is a statement of the list, so that a variable declared in its place can be seen behind the last.</summary>
    private bool IsInList(ClientCall call) =>
        call.Result.FirstAncestorOrSelf<StatementSyntax>() is { } statement && Statements.SlotOf(statement).Parent == _span.Start.Parent;

    /// <summary>Queues a call whose answer nobody uses, and keeps its task, for the code to hear of a failure as it did before.</summary>
    private void Keep(
        FixEditor editor,
        ClientCall call,
        SyntaxNode scope,
        string transaction,
        string? list,
        List<StatementSyntax> after)
    {
        if (call.Result.FirstAncestorOrSelf<StatementSyntax>() is not ExpressionStatementSyntax statement)
        {
            return;
        }

        ExpressionSyntax queued = QueuedCalls.On(transaction, call);
        StatementSyntax kept;
        if (list is null)
        {
            string task = editor.NewName(scope, QueuedCalls.TaskNameOf(call));
            kept = Code.Var(task, queued);
            after.Add(QueuedCalls.Told(task, call));
        }
        else
        {
            kept = Code.Statement(QueuedCalls.Kept(list, queued));
        }

        editor.Replace(statement, current => kept.WithTriviaFrom(current));
    }

    /// <summary>Runs the transaction before the statement that uses the expire's answer, and hands it the answer.</summary>
    private void RunBefore(FixEditor editor, SyntaxNode scope, string transaction, List<StatementSyntax> after)
    {
        string task = editor.NewName(scope, QueuedCalls.TaskNameOf(_expire));
        StatementSyntax queued = Code.Var(task, QueuedCalls.On(transaction, _expire));
        IEnumerable<StatementSyntax> statements = after.Prepend(Run(transaction)).Prepend(queued);
        editor.InsertBefore(_span.End, Lines(statements, Layout.IndentOf(_span.End), _span.End.GetLeadingTrivia()));
        editor.Replace(_expire.Syntax, current => QueuedCalls.ResultOf(task, _expire).WithTriviaFrom(current));
        editor.Replace(_span.End, static current => current.WithLeadingTrivia(Layout.IndentOf(current)));
    }

    /// <summary>Runs the transaction behind the last of the statements.</summary>
    private void RunBehind(FixEditor editor, SyntaxTriviaList indent, string transaction, List<StatementSyntax> after)
    {
        SyntaxTriviaList onNewLine = indent.Insert(0, Layout.NewLineOf(_context.Root));
        bool isBehindBlock = _span.End.GetLastToken().IsKind(SyntaxKind.CloseBraceToken);
        SyntaxNode[] written = Lines(after.Prepend(Run(transaction)), indent, isBehindBlock ? onNewLine : indent);
        if (!_span.End.GetTrailingTrivia().Any(SyntaxKind.EndOfLineTrivia))
        {
            // The end of the file.
            written[0] = written[0].WithLeadingTrivia(onNewLine);
            written[written.Length - 1] = written[written.Length - 1].WithoutTrailingTrivia();
        }

        editor.InsertAfter(_span.End, written);
    }

    private void Queue(FixEditor editor, ClientCall call, AnswerUse use, SyntaxNode scope, string transaction, List<StatementSyntax> after)
    {
        InvocationExpressionSyntax queued = QueuedCalls.On(transaction, call);
        switch (use)
        {
            case AnswerUse.None
                when call.Result.FirstAncestorOrSelf<StatementSyntax>() is ExpressionStatementSyntax { Expression: { } whole }:
                ExpressionSyntax discarded = Layout.Fixed(Code.Discarded(queued, _context, call.Syntax));
                editor.Replace(whole, current => discarded.WithTriviaFrom(current));
                break;
            case AnswerUse.Task:
                editor.Replace(call.Syntax, current => queued.WithTriviaFrom(current));
                break;
            case AnswerUse.Local when call.Result.FirstAncestorOrSelf<LocalDeclarationStatementSyntax>() is { } statement:
                string task = editor.NewName(scope, QueuedCalls.TaskNameOf(call));
                after.Add(WithAnswerOf(task, statement, call));
                VariableDeclarationSyntax declared = Code.Var(task, queued).Declaration;
                editor.Replace(statement.Declaration, current => declared.WithTriviaFrom(current));
                break;
        }
    }

    /// <summary>The declaration of a local with the answer of a task that is there.</summary>
    private static StatementSyntax WithAnswerOf(string task, LocalDeclarationStatementSyntax statement, ClientCall call)
    {
        ExpressionSyntax result = QueuedCalls.ResultOf(task, call);
        ExpressionSyntax answer = call.Result == call.Syntax ? result : call.Result.ReplaceNode(call.Syntax, result);
        return statement.ReplaceNode(statement.Declaration.Variables[0].Initializer!.Value, answer.WithoutTrivia()).WithoutTrivia();
    }

    /// <summary>The statement that runs the transaction, in the manner of the calls.</summary>
    private StatementSyntax Run(string transaction)
    {
        ClientCall[] all = _queued.Append(_expire).ToArray();
        ExpressionSyntax? flags = all.All(static call => call.IsForgotten)
            ? Imports.Static(_context, ClientNames.CommandFlags, ClientNames.FireAndForget)
            : null;
        bool isWaitedFor = all.Any(call => !call.IsAsync || call.IsAwaited || _span.UseOf(call) != AnswerUse.None);
        if (Statements.IsInAsync(_span.Start) && _expire.IsAsync && isWaitedFor)
        {
            return QueuedCalls.Awaited(transaction, flags, all.LastOrDefault(static call => call.Configuration is not null)?.Configuration);
        }

        return _expire.IsAsync && _span.UseOfExpire() == AnswerUse.None
            ? Code.Statement(Code.Discarded(QueuedCalls.Execute(transaction, isAsync: true, flags), _context, _span.Start))
            : Code.Statement(QueuedCalls.Execute(transaction, isAsync: false, flags));
    }

    private SyntaxNode[] Lines(IEnumerable<StatementSyntax> statements, SyntaxTriviaList indent, SyntaxTriviaList first) =>
        Code.Lines(statements, _span.Start, indent, first);
}
