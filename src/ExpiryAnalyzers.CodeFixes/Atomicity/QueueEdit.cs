using System.Globalization;
using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Rules.Atomicity;
using ExpiryAnalyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

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
    private readonly SyntaxNode _start;
    private readonly SyntaxNode _end;

    private QueueEdit(FixContext context, ClientCall expire, IReadOnlyList<ClientCall> queued, SyntaxNode start, SyntaxNode end)
    {
        _context = context;
        _expire = expire;
        _queued = queued;
        _start = start;
        _end = end;
    }

    /// <summary>The repair; null where the order of things would change, or the calls cannot be queued.</summary>
    public static Fix? Of(FixContext context, string title)
    {
        if (ClientCall.Of(context.Node, context) is not { Command: "KeyExpire" } expire || !expire.IsOnDatabase(context.Model) || StoresOf(context) is not { Count: > 0 } stores ||
            Together(context, expire, stores) is not var (start, end))
        {
            return null;
        }

        List<ClientCall> queued = [.. stores];
        if (!CollectBetween(context, expire, queued, start, end) || !queued.All(store => CanBeQueued(context, store, start, end)) || !IsInReach(expire.Syntax, end, isLoopFine: false) || !Binds(context, expire))
        {
            return null;
        }

        QueueEdit edit = new(context, expire, queued, start, end);
        return edit.UseOfExpire() is Use.Other ? null : new("Transaction", title, [.. Siblings(start, end)], edit.Apply);
    }

    /// <summary>What is done with a call's answer.</summary>
    private enum Use
    {
        /// <summary>Nothing: the call is a statement.</summary>
        None,

        /// <summary>The task is kept, and waited for later.</summary>
        Task,

        /// <summary>A local of the statement list is declared with it.</summary>
        Local,
        Other,
    }

    /// <summary>The calls that the diagnostic names beside the expire; null where one of them is in a helper or on something else than a database.</summary>
    public static List<ClientCall>? StoresOf(FixContext context)
    {
        if (context.Has(PairReport.IsIndirect) || !int.TryParse(context.Property(PairReport.Others), NumberStyles.None, CultureInfo.InvariantCulture, out int others))
        {
            return null;
        }

        List<ClientCall> stores = [];
        for (int i = 0; i <= others; i++)
        {
            if (ClientCall.Of(context.AdditionalNode(i), context) is not { } store || store.Command == "Execute" || !store.IsOnDatabase(context.Model))
            {
                return null;
            }

            stores.Add(store);
        }

        return stores;
    }

    /// <summary>The statements of one list that hold the first store and the expire.</summary>
    private static (SyntaxNode Start, SyntaxNode End)? Together(FixContext context, ClientCall expire, IReadOnlyList<ClientCall> stores)
    {
        int first = stores.Min(static store => store.Syntax.SpanStart);
        for (SyntaxNode? node = expire.Syntax; node?.Parent is { } list; node = list)
        {
            if (list is BlockSyntax or SwitchSectionSyntax or CompilationUnitSyntax && stores.All(store => list.Span.Contains(store.Syntax.Span)))
            {
                SyntaxNode start = list.ChildNodes().First(child => child.Span.Contains(first));
                return start.SpanStart < node.SpanStart && stores.All(store => store.Syntax.Span.End <= node.SpanStart) && PairEdits.StartsLine(start) && PairEdits.EndsLine(node) &&
                    !start.ContainsDirectives && Siblings(start, node).All(static sibling => sibling is StatementSyntax or GlobalStatementSyntax && !sibling.ContainsDirectives)
                    ? (start, node)
                    : null;
            }
        }

        return null;
    }

    private static IEnumerable<SyntaxNode> Siblings(SyntaxNode start, SyntaxNode end) =>
        start.Parent!.ChildNodes().Where(node => node.SpanStart >= start.SpanStart && node.SpanStart <= end.SpanStart);

    /// <summary>Looks through what runs from the first store to the expire, adds what changes the same key, and answers false where something else would notice that the stores run later.</summary>
    private static bool CollectBetween(FixContext context, ClientCall expire, List<ClientCall> queued, SyntaxNode start, SyntaxNode end)
    {
        if (ApiCatalog.Create(context.Model.Compilation) is not { } catalog || expire.ArgumentSyntax("key") is not { } key)
        {
            return false;
        }

        HashSet<string> keys = [key.Expression.ToString(), .. queued.Select(static store => store.ArgumentSyntax("key")?.Expression.ToString() ?? "")];
        List<ClientCall> own = [expire, .. queued];
        foreach (SyntaxNode node in Siblings(start, end).SelectMany(static sibling => sibling.DescendantNodes()))
        {
            switch (node)
            {
                case ReturnStatementSyntax or ThrowStatementSyntax or ThrowExpressionSyntax or GotoStatementSyntax or YieldStatementSyntax or LocalFunctionStatementSyntax when !node.Contains(expire.Syntax):
                case BreakStatementSyntax or ContinueStatementSyntax when !node.Ancestors().TakeWhile(ancestor => ancestor != start.Parent).Any(static ancestor => ancestor is CommonForEachStatementSyntax or ForStatementSyntax or WhileStatementSyntax or DoStatementSyntax or SwitchStatementSyntax):
                case AwaitExpressionSyntax awaited when own.All(call => call.Result != awaited):
                    return false;
                case InvocationExpressionSyntax invocation when own.All(call => call.Syntax != invocation):
                    if (context.Model.GetSymbolInfo(invocation, context.CancellationToken).Symbol is not IMethodSymbol method)
                    {
                        break;
                    }

                    if (catalog.Find(method) is { } bound)
                    {
                        Effect effect = bound.Row.Effect;
                        if (ClientCall.Of(invocation, context) is not { } other || (effect & (Effect.Store | Effect.Edit | Effect.SetExpiry)) == 0 || (effect & ~(Effect.Store | Effect.Edit | Effect.SetExpiry)) != 0)
                        {
                            return false;
                        }

                        if (other.ArgumentSyntax("key")?.Expression.ToString() is { } written && keys.Contains(written))
                        {
                            if ((effect & Effect.SetExpiry) != 0 || !other.IsOnDatabase(context.Model))
                            {
                                return false;
                            }

                            queued.Add(other);
                            own = [.. own, other];
                        }
                    }
                    else if (!IsHarmless(method) && !own.Any(call => call.Syntax.Span.Contains(invocation.Span)) && !(node.Ancestors().FirstOrDefault(static ancestor => ancestor is StatementSyntax) is CommonForEachStatementSyntax loop && loop.Expression.Span.Contains(invocation.Span)) && !WaitsFor(invocation, own))
                    {
                        return false;
                    }

                    break;
            }
        }

        return true;
    }

    /// <summary>Whether a call only keeps, or waits for, what one of the calls answers: <c>tasks.Add(…)</c>, <c>ConfigureAwait</c>.</summary>
    private static bool WaitsFor(InvocationExpressionSyntax invocation, List<ClientCall> own) => own.Any(call => invocation.Span.Contains(call.Syntax.Span));

    private static bool IsHarmless(IMethodSymbol method)
    {
        string name = method.ContainingNamespace?.ToDisplayString() ?? "";
        return method.MethodKind != MethodKind.DelegateInvoke &&
            (name is "System" or "Microsoft.Extensions.Logging" || (name.StartsWith("System.", StringComparison.Ordinal) && !name.StartsWith("System.Threading", StringComparison.Ordinal)));
    }

    private static bool CanBeQueued(FixContext context, ClientCall store, SyntaxNode start, SyntaxNode end) =>
        IsInReach(store.Syntax, Siblings(start, end).First(sibling => sibling.Span.Contains(store.Syntax.Span)), isLoopFine: true) && Binds(context, store) &&
        UseOf(context, store, start, end) is not Use.Other;

    /// <summary>Whether a transaction takes the call.</summary>
    public static bool Binds(FixContext context, ClientCall call) =>
        context.Model.GetSpeculativeSymbolInfo(call.Syntax.SpanStart, SyntaxFactory.ParseExpression($"{call.Receiver}.CreateTransaction().{call.Command}Async{call.Syntax.ArgumentList}"), SpeculativeBindingOption.BindAsExpression).Symbol is IMethodSymbol;

    /// <summary>Whether a call is reached from the statement of the list by nothing but conditions and, perhaps, loops.</summary>
    private static bool IsInReach(SyntaxNode call, SyntaxNode statement, bool isLoopFine)
    {
        foreach (SyntaxNode ancestor in call.Ancestors())
        {
            if (ancestor is StatementSyntax and not (BlockSyntax or IfStatementSyntax or ExpressionStatementSyntax or LocalDeclarationStatementSyntax or ReturnStatementSyntax) && !(isLoopFine && ancestor is CommonForEachStatementSyntax { AwaitKeyword.RawKind: 0 } or ForStatementSyntax or WhileStatementSyntax or DoStatementSyntax))
            {
                return false;
            }

            if (ancestor is AnonymousFunctionExpressionSyntax or QueryExpressionSyntax)
            {
                return false;
            }

            if (ancestor == statement)
            {
                return true;
            }
        }

        return false;
    }

    private static Use UseOf(FixContext context, ClientCall call, SyntaxNode start, SyntaxNode end)
    {
        if (call.Result.Parent is ExpressionStatementSyntax || (call.Result.Parent is AssignmentExpressionSyntax { Parent: ExpressionStatementSyntax } discarded && discarded.Left is IdentifierNameSyntax { Identifier.ValueText: "_" }))
        {
            return Use.None;
        }

        if (call.IsAsync && !call.IsAwaited)
        {
            // Waited for in place: Wait(), Result.
            return call.Syntax.Parent is MemberAccessExpressionSyntax ? Use.Other : Use.Task;
        }

        return call.Result.Parent is EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: LocalDeclarationStatementSyntax { UsingKeyword.RawKind: 0, AwaitKeyword.RawKind: 0 } statement } } declarator } &&
            Guards.SlotOf(statement).Parent == start.Parent && context.Model.GetDeclaredSymbol(declarator, context.CancellationToken) is ILocalSymbol local &&
            !Siblings(start, end).SelectMany(static sibling => sibling.DescendantNodes()).OfType<IdentifierNameSyntax>().Any(name => name.Identifier.ValueText == local.Name && SymbolEqualityComparer.Default.Equals(context.Model.GetSymbolInfo(name, context.CancellationToken).Symbol, local))
            ? Use.Local
            : Use.Other;
    }

    /// <summary>What is done with the expire's answer; <see cref="Use.Local"/> where the transaction can run before the statement that uses it.</summary>
    private Use UseOfExpire()
    {
        Use use = UseOf(_context, _expire, _start, _end);
        if (use is Use.None or Use.Task)
        {
            // What is returned unawaited cannot be followed by the transaction's run.
            return _expire.Syntax.FirstAncestorOrSelf<ReturnStatementSyntax>() is null ? use : Use.Other;
        }

        SyntaxNode statement = _end is GlobalStatementSyntax global ? global.Statement : _end;
        if (Guards.AnchorOf(_expire.Syntax) != statement)
        {
            return Use.Other;
        }

        for (SyntaxNode node = _expire.Result; node != statement; node = node.Parent!)
        {
            if (node.Parent is BinaryExpressionSyntax or ConditionalExpressionSyntax or ConditionalAccessExpressionSyntax or WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or ArgumentSyntax or SwitchExpressionArmSyntax)
            {
                return Use.Other;
            }
        }

        return Use.Local;
    }

    private void Apply(DocumentEditor editor)
    {
        SyntaxNode scope = _start.Ancestors().First(static ancestor => ancestor is MemberDeclarationSyntax and not GlobalStatementSyntax or CompilationUnitSyntax);
        string transaction = PairEdits.NewName(editor, scope, "transaction");
        SyntaxTriviaList indent = PairEdits.IndentOf(_start.GetLeadingTrivia());
        List<string> after = [];
        foreach (ClientCall call in _queued)
        {
            Queue(editor, call, UseOf(_context, call, _start, _end), scope, transaction, after);
        }

        Use use = UseOfExpire();
        if (use == Use.Local)
        {
            string task = PairEdits.NewName(editor, scope, TaskName(_expire));
            editor.InsertBefore(_end, Written([$"var {task} = {On(transaction, _expire)};", Run(transaction), .. after], PairEdits.IndentOf(_end.GetLeadingTrivia()), _end.GetLeadingTrivia()));
            editor.ReplaceNode(_expire.Syntax, (current, _) => SyntaxFactory.ParseExpression(_expire.IsAsync ? task : task + ".Result").WithTriviaFrom(current));
            editor.ReplaceNode(_end, (current, _) => current.WithLeadingTrivia(PairEdits.IndentOf(current.GetLeadingTrivia())));
        }
        else
        {
            Queue(editor, _expire, use, scope, transaction, after);
            SyntaxTrivia newLine = PairEdits.NewLineOf(_context.Root);
            bool isBehindBlock = _end.GetLastToken().IsKind(SyntaxKind.CloseBraceToken);
            List<SyntaxNode> written = Written([Run(transaction), .. after], indent, isBehindBlock ? indent.Insert(0, newLine) : indent);
            if (!_end.GetTrailingTrivia().Any(SyntaxKind.EndOfLineTrivia))
            {
                // The end of the file.
                written[0] = written[0].WithLeadingTrivia(indent.Insert(0, newLine));
                written[written.Count - 1] = written[written.Count - 1].WithoutTrailingTrivia();
            }

            editor.InsertAfter(_end, written);
        }

        editor.InsertBefore(_start, Written([$"var {transaction} = {_queued.OrderBy(static call => call.Syntax.SpanStart).First().Receiver.WithoutTrivia()}.CreateTransaction();"], indent, _start.GetLeadingTrivia()));
        editor.ReplaceNode(_start, (current, _) => current.WithLeadingTrivia(indent));
    }

    private void Queue(DocumentEditor editor, ClientCall call, Use use, SyntaxNode scope, string transaction, List<string> after)
    {
        InvocationExpressionSyntax queued = On(transaction, call);
        switch (use)
        {
            case Use.None:
                ExpressionSyntax whole = ((ExpressionStatementSyntax)call.Result.FirstAncestorOrSelf<StatementSyntax>()!).Expression;
                editor.ReplaceNode(whole, (current, _) => SyntaxFactory.ParseExpression(PairEdits.Discard(_context, call.Syntax) + queued).WithTriviaFrom(current));
                break;
            case Use.Task:
                editor.ReplaceNode(call.Syntax, (current, _) => queued.WithTriviaFrom(current));
                break;
            case Use.Local:
                LocalDeclarationStatementSyntax statement = call.Result.FirstAncestorOrSelf<LocalDeclarationStatementSyntax>()!;
                string task = PairEdits.NewName(editor, scope, TaskName(call));
                string answer = call.IsAsync ? call.Result.ReplaceNode(call.Syntax, SyntaxFactory.IdentifierName(task)).ToString() : task + ".Result";
                after.Add(statement.ReplaceNode(statement.Declaration.Variables[0].Initializer!.Value, SyntaxFactory.ParseExpression(answer)).ToString());
                editor.ReplaceNode(statement.Declaration, (current, _) => SyntaxFactory.ParseStatement($"var {task} = {queued};") is LocalDeclarationStatementSyntax declared ? declared.Declaration.WithTriviaFrom(current) : current);
                break;
        }
    }

    /// <summary>The call on a transaction.</summary>
    public static InvocationExpressionSyntax On(string transaction, ClientCall call) => call.Syntax.WithoutTrivia().WithExpression(
        SyntaxFactory.MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, SyntaxFactory.IdentifierName(transaction), SyntaxFactory.IdentifierName(call.Command + "Async")));

    private static string TaskName(ClientCall call) => char.ToLowerInvariant(call.Command[0]) + call.Command.Substring(1) + "Task";

    /// <summary>The statement that runs the transaction, in the manner of the calls.</summary>
    private string Run(string transaction)
    {
        string flags = _expire.IsConstant("flags", "FireAndForget") ? "CommandFlags.FireAndForget" : "";
        ClientCall? configured = _queued.Append(_expire).LastOrDefault(static call => call.Configuration is not null);
        bool isWaitedFor = _queued.Append(_expire).Any(call => !call.IsAsync || call.IsAwaited || UseOf(_context, call, _start, _end) != Use.None);
        return IsInAsync(_start) && _expire.IsAsync && isWaitedFor ? $"await {transaction}.ExecuteAsync({flags}){(configured is null ? "" : ".ConfigureAwait" + configured.Configuration)};"
            : _expire.IsAsync && UseOfExpire() == Use.None ? $"{PairEdits.Discard(_context, _start)}{transaction}.ExecuteAsync({flags});"
            : $"{transaction}.Execute({flags});";
    }

    /// <summary>Whether the code around a statement can wait.</summary>
    public static bool IsInAsync(SyntaxNode statement) => statement.Ancestors().FirstOrDefault(static ancestor => ancestor is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or CompilationUnitSyntax) switch
    {
        AnonymousFunctionExpressionSyntax lambda => lambda.AsyncKeyword.RawKind != 0,
        LocalFunctionStatementSyntax local => local.Modifiers.Any(SyntaxKind.AsyncKeyword),
        BaseMethodDeclarationSyntax method => method.Modifiers.Any(SyntaxKind.AsyncKeyword),
        CompilationUnitSyntax => true,
        _ => false,
    };

    private List<SyntaxNode> Written(IReadOnlyList<string> texts, SyntaxTriviaList indent, SyntaxTriviaList first)
    {
        SyntaxTrivia newLine = PairEdits.NewLineOf(_context.Root);
        List<SyntaxNode> written = [];
        foreach (string text in texts)
        {
            StatementSyntax statement = SyntaxFactory.ParseStatement(text).WithLeadingTrivia(written.Count == 0 ? first : indent).WithTrailingTrivia(newLine);
            written.Add(_start is GlobalStatementSyntax ? SyntaxFactory.GlobalStatement(statement) : statement);
        }

        return written;
    }
}
