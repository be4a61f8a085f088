using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.CodeFixes.Reading;
using ExpiryAnalyzers.CodeFixes.Writing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExpiryAnalyzers.CodeFixes.Atomicity;

/// <summary>What is done with a call's answer.</summary>
internal enum AnswerUse
{
    /// <summary>Nothing: the call is a statement.</summary>
    None,

    /// <summary>The task is kept, and waited for later.</summary>
    Task,

    /// <summary>A local of the statement list is declared with it.</summary>
    Local,
    Other,
}

/// <summary>
/// The statements of one list from the first store of a key to the expire behind it, and whether a transaction can take what they call.
/// </summary>
internal sealed class QueuedSpan
{
    private readonly FixContext _context;
    private readonly ClientCall _expire;

    private QueuedSpan(FixContext context, ClientCall expire, SyntaxNode start, SyntaxNode end)
    {
        _context = context;
        _expire = expire;
        Start = start;
        End = end;
    }

    /// <summary>The statement with the first store.</summary>
    public SyntaxNode Start { get; }

    /// <summary>The statement with the expire.</summary>
    public SyntaxNode End { get; }

    public IEnumerable<SyntaxNode> Siblings => SiblingsOf(Start, End);

    /// <summary>Whether a transaction takes the expire where it stands.</summary>
    public bool TakesExpire =>
        IsInReach(_expire.Syntax, End, isLoopFine: false) && QueuedCalls.Binds(_context, _expire) && UseOfExpire() is not AnswerUse.Other;

    /// <summary>The statements; null where the calls stand in no common list, or in lines that cannot be told apart.</summary>
    public static QueuedSpan? Of(FixContext context, ClientCall expire, IReadOnlyList<ClientCall> stores)
    {
        int first = stores.Min(static store => store.Syntax.SpanStart);
        SyntaxNode? end = expire.Syntax.AncestorsAndSelf().FirstOrDefault(node => node.Parent is { } list && HoldsAll(list));
        SyntaxNode? start = end?.Parent?.ChildNodes().FirstOrDefault(child => child.Span.Contains(first));
        return start is not null && end is not null && start.SpanStart < end.SpanStart &&
            stores.All(store => store.Syntax.Span.End <= end.SpanStart) && AreApart(start, end)
                ? new(context, expire, start, end)
                : null;

        bool HoldsAll(SyntaxNode list) =>
            list is BlockSyntax or SwitchSectionSyntax or CompilationUnitSyntax &&
                stores.All(store => list.Span.Contains(store.Syntax.Span));
    }

    /// <summary>
    /// The stores, and what else changes the same key from the first of them to the expire; null where something there would notice that
    /// the stores run later.
    /// </summary>
    public List<ClientCall>? CallsOnTheWay(IReadOnlyList<ClientCall> stores)
    {
        if (TextOfKey(_expire) is not { } key)
        {
            return null;
        }

        // The first call waits for the others to be told what they are told.
        ClientCall first = stores.OrderBy(static store => store.Syntax.SpanStart).First();
        bool isTold = stores.Append(_expire).All(call =>
            (call == first && Statements.AnchorOf(call.Syntax) == Statements.In(Start)) || QuietCode.HasQuietArguments(call, _context));
        if (!isTold)
        {
            return null;
        }

        HashSet<string> keys = [key, .. stores.Select(static store => TextOfKey(store) ?? "")];
        List<ClientCall> queued = [.. stores];
        List<ClientCall> own = [_expire, .. stores];
        foreach (SyntaxNode node in Siblings.SelectMany(static sibling => sibling.DescendantNodes()))
        {
            if (Jumps(node))
            {
                return null;
            }

            if (own.Any(call => call.Syntax == node || call.Result == node))
            {
                continue;
            }

            if (CallOfKey(node, keys) is { } other)
            {
                queued.Add(other);
                own.Add(other);
            }
            else if (!QuietCode.Is(node, _context) && !IsPartOf(node, own))
            {
                return null;
            }
        }

        return queued;
    }

    /// <summary>Whether a transaction takes a store where it stands.</summary>
    public bool CanBeQueued(ClientCall store) =>
        IsInReach(store.Syntax, Siblings.First(sibling => sibling.Span.Contains(store.Syntax.Span)), isLoopFine: true) &&
        QueuedCalls.Binds(_context, store) && UseOf(store) is not AnswerUse.Other;

    /// <summary>Whether a call is reached from the statement of the list by nothing but conditions and, perhaps, loops.</summary>
    public static bool IsInReach(SyntaxNode call, SyntaxNode statement, bool isLoopFine)
    {
        foreach (SyntaxNode ancestor in call.Ancestors())
        {
            bool isPassed = ancestor is StatementSyntax
                ? IsCondition(ancestor) || (isLoopFine && IsLoop(ancestor))
                : ancestor is not (AnonymousFunctionExpressionSyntax or QueryExpressionSyntax);
            if (!isPassed || ancestor == statement)
            {
                return isPassed;
            }
        }

        return false;

        static bool IsCondition(SyntaxNode node) =>
            node is BlockSyntax or IfStatementSyntax or ExpressionStatementSyntax or LocalDeclarationStatementSyntax
                or ReturnStatementSyntax;

        static bool IsLoop(SyntaxNode node) =>
            Statements.IsLoop(node) && node is not CommonForEachStatementSyntax { AwaitKeyword.RawKind: not 0 };
    }

    public AnswerUse UseOf(ClientCall call)
    {
        SyntaxNode? user = call.Result.Parent;
        if (user is ExpressionStatementSyntax ||
            (user is AssignmentExpressionSyntax { Parent: ExpressionStatementSyntax } discarded && Statements.IsDiscard(discarded.Left)))
        {
            return AnswerUse.None;
        }

        if (call.IsAsync && !call.IsAwaited)
        {
            // Waited for in place: Wait(), Result.
            return call.Syntax.Parent is MemberAccessExpressionSyntax ? AnswerUse.Other : AnswerUse.Task;
        }

        return user is EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax declarator } && IsDeclaredAlone(declarator) &&
            _context.Model.GetDeclaredSymbol(declarator, _context.CancellationToken) is ILocalSymbol local &&
            !Siblings.Any(sibling => Statements.Names(sibling, local, _context))
                ? AnswerUse.Local
                : AnswerUse.Other;
    }

    /// <summary>
    /// What is done with the expire's answer; <see cref="AnswerUse.Local"/> where the transaction can run before the statement that uses
    /// it.
    /// </summary>
    public AnswerUse UseOfExpire()
    {
        AnswerUse use = UseOf(_expire);
        if (use is AnswerUse.None or AnswerUse.Task)
        {
            // What is returned unawaited cannot be followed by the transaction's run.
            return _expire.Syntax.FirstAncestorOrSelf<ReturnStatementSyntax>() is null ? use : AnswerUse.Other;
        }

        SyntaxNode statement = Statements.In(End);
        bool isRunWithStatement = Statements.AnchorOf(_expire.Syntax) == statement &&
            !_expire.Result.Ancestors().TakeWhile(node => node != statement).Append(statement).Any(Decides);
        return isRunWithStatement ? AnswerUse.Local : AnswerUse.Other;
    }

    private static IEnumerable<SyntaxNode> SiblingsOf(SyntaxNode start, SyntaxNode end) =>
        start.Parent!.ChildNodes().Where(node => node.SpanStart >= start.SpanStart && node.SpanStart <= end.SpanStart);

    /// <summary>Whether the statements from one to another stand on lines of their own, and all of them are compiled.</summary>
    private static bool AreApart(SyntaxNode start, SyntaxNode end) =>
        Layout.StartsLine(start) && Layout.EndsLine(end) && !start.ContainsDirectives && SiblingsOf(start, end).All(IsPlain);

    private static bool IsPlain(SyntaxNode sibling) =>
        sibling is { ContainsDirectives: false } and (StatementSyntax or GlobalStatementSyntax);

    private static string? TextOfKey(ClientCall call) => call.ArgumentSyntax(ClientNames.Key)?.Expression.ToString();

    /// <summary>Whether a node may leave the statements on a way that does not pass the expire.</summary>
    private bool Jumps(SyntaxNode node) => node switch
    {
        ReturnStatementSyntax or ThrowStatementSyntax or ThrowExpressionSyntax or GotoStatementSyntax => !node.Contains(_expire.Syntax),
        YieldStatementSyntax or LocalFunctionStatementSyntax => !node.Contains(_expire.Syntax),
        BreakStatementSyntax or ContinueStatementSyntax => !node.Ancestors().TakeWhile(ancestor => ancestor != Start.Parent).Any(IsTarget),
        _ => false,
    };

    private static bool IsTarget(SyntaxNode node) => Statements.IsLoop(node) || node is SwitchStatementSyntax;

    /// <summary>Another call that changes one of the keys, and gives it no TTL: it is queued with the rest.</summary>
    private ClientCall? CallOfKey(SyntaxNode node, HashSet<string> keys)
    {
        const Effect changes = Effect.Store | Effect.Edit;
        if (ClientCall.Of(node, _context) is not { } call || (call.Effect & changes) == 0 || (call.Effect & ~changes) != 0)
        {
            return null;
        }

        bool isOfKey = call.IsOnDatabase(_context) && TextOfKey(call) is { } key && keys.Contains(key);
        return isOfKey && QuietCode.HasQuietArguments(call, _context) ? call : null;
    }

    /// <summary>
    /// Whether a node stands in one of the calls, keeps or waits for what one of them answers (<c>tasks.Add(…)</c>,
    /// <c>ConfigureAwait</c>), or gives what a loop goes through.
    /// </summary>
    private static bool IsPartOf(SyntaxNode node, List<ClientCall> own) =>
        node is not AwaitExpressionSyntax &&
        (own.Any(call => call.Syntax.Span.Contains(node.Span) || node.Span.Contains(call.Syntax.Span)) ||
            (node.Ancestors().FirstOrDefault(static ancestor => ancestor is StatementSyntax) is CommonForEachStatementSyntax loop &&
                loop.Expression.Span.Contains(node.Span)));

    private bool IsDeclaredAlone(VariableDeclaratorSyntax declarator) =>
        declarator.Parent is VariableDeclarationSyntax { Variables.Count: 1, Parent: LocalDeclarationStatementSyntax statement } &&
        statement is { UsingKeyword.RawKind: 0, AwaitKeyword.RawKind: 0 } && Statements.SlotOf(statement).Parent == Start.Parent;

    /// <summary>Whether a node may keep what is in it from running, or run it again.</summary>
    private static bool Decides(SyntaxNode node) =>
        node is BinaryExpressionSyntax or ConditionalExpressionSyntax or ConditionalAccessExpressionSyntax or SwitchExpressionArmSyntax ||
        node is WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or ArgumentSyntax;
}
