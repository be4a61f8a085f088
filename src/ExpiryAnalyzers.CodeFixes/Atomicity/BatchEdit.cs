using ExpiryAnalyzers.CodeFixes.Reading;
using ExpiryAnalyzers.CodeFixes.Writing;
using ExpiryAnalyzers.Operations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.CodeFixes.Atomicity;

/// <summary>Makes a transaction of the batch on which a pair is sent: the code stays as it is, and the server runs it as one.</summary>
internal static class BatchEdit
{
    /// <summary>
    /// The repair; null where the batch is made elsewhere, or is one by its declared type, or where only one of the calls is sent on it.
    /// </summary>
    public static Fix? Of(FixContext context, string title)
    {
        if (ClientCall.Of(context.Node, context) is not { } expire || ClientCall.Of(context.AdditionalNode(0), context) is not { } first)
        {
            return null;
        }

        bool isOnOne = SyntaxFactory.AreEquivalent(first.Receiver, expire.Receiver);
        if (!isOnOne || BatchOf(expire, context) is not var (batch, declaration, maker))
        {
            return null;
        }

        IdentifierNameSyntax[] uses = [.. UsesOf(batch, declaration, context)];
        IdentifierNameSyntax[] renamed = NamesABatch(batch) ? uses : [];
        ExpressionStatementSyntax[] runs = [.. uses.Select(RunOf).OfType<ExpressionStatementSyntax>().Where(CanWait)];
        AwaitStyle style = AsyncFunction.StyleAround(declaration);
        return new("Transaction", title, [declaration, .. uses], Apply) { Asks = HasOtherKeys(expire, context) };

        void Apply(FixEditor editor)
        {
            editor.Replace(maker, static current =>
                SyntaxFactory.IdentifierName(ClientNames.CreateTransaction).WithTriviaFrom(current));
            if (renamed.Length > 0)
            {
                Rename(declaration, renamed, editor);
            }

            foreach (ExpressionStatementSyntax run in runs)
            {
                editor.Replace(run, current => Awaited((ExpressionStatementSyntax)current, style));
            }
        }
    }

    private static void Rename(VariableDeclaratorSyntax declaration, IdentifierNameSyntax[] uses, FixEditor editor)
    {
        SyntaxToken name = SyntaxFactory.Identifier(editor.NewName(Statements.ScopeOf(declaration), QueuedCalls.Transaction));
        foreach (IdentifierNameSyntax use in uses)
        {
            editor.Replace(use, current => SyntaxFactory.IdentifierName(name).WithTriviaFrom(current));
        }

        editor.Replace(declaration, current =>
            ((VariableDeclaratorSyntax)current).WithIdentifier(name.WithTriviaFrom(declaration.Identifier)));
    }

    /// <summary>The statement that does nothing but run a batch, where it is named for that.</summary>
    private static ExpressionStatementSyntax? RunOf(IdentifierNameSyntax batch) =>
        batch.Parent is MemberAccessExpressionSyntax { Name: IdentifierNameSyntax { Identifier.ValueText: ClientNames.Execute } } member &&
        member.Parent is InvocationExpressionSyntax { Parent: ExpressionStatementSyntax statement }
            ? statement
            : null;

    /// <summary>
    /// Whether a run can be awaited. The run of a batch waits for nothing, and that of a transaction would hold its thread until the server
    /// has answered. What ends with a block may be bound to the thread, as a lock is, unless the block waits for something already.
    /// </summary>
    private static bool CanWait(ExpressionStatementSyntax run) => Statements.IsInAsync(run) &&
        (WaitsIn(run.Parent) || !run.Ancestors().TakeWhile(static around => !Statements.IsNestedFunction(around)).Any(Ends));

    private static bool WaitsIn(SyntaxNode? around) => around is BlockSyntax block && block.Statements.Any(static statement =>
        statement.DescendantNodes(static node => !Statements.IsNestedFunction(node)).OfType<AwaitExpressionSyntax>().Any());

    /// <summary>Whether code gives something back as it is left.</summary>
    private static bool Ends(SyntaxNode around) => around switch
    {
        LockStatementSyntax or UsingStatementSyntax or FixedStatementSyntax or UnsafeStatementSyntax => true,
        TryStatementSyntax { Finally: not null } => true,
        BlockSyntax { Statements: var statements } =>
            statements.Any(static statement => statement is LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0 }),
        _ => false,
    };

    private static ExpressionStatementSyntax Awaited(ExpressionStatementSyntax run, AwaitStyle style)
    {
        var call = (InvocationExpressionSyntax)run.Expression;
        var member = (MemberAccessExpressionSyntax)call.Expression;
        SimpleNameSyntax name = SyntaxFactory.IdentifierName(ClientNames.Execute + ClientNames.Async).WithTriviaFrom(member.Name);
        ExpressionSyntax awaitable = style.Configured(call.WithExpression(member.WithName(name)).WithoutTrivia());
        return run.WithExpression(Code.Await(awaitable).WithTriviaFrom(call));
    }

    /// <summary>Whether a variable is called what it will no longer be.</summary>
    private static bool NamesABatch(ILocalSymbol local) => local.Name.IndexOf(ClientNames.Batch, StringComparison.OrdinalIgnoreCase) >= 0;

    private static IEnumerable<IdentifierNameSyntax> UsesOf(ILocalSymbol local, SyntaxNode declaration, FixContext context) =>
        Statements.ScopeOf(declaration).DescendantNodes()
            .OfType<IdentifierNameSyntax>()
            .Where(name => name.Identifier.ValueText == local.Name &&
                SymbolEqualityComparer.Default.Equals(context.SymbolOf(name), local));

    /// <summary>Whether the batch may hold commands on other keys: in a cluster, those of a transaction must be in one slot.</summary>
    private static bool HasOtherKeys(ClientCall expire, FixContext context) => Statements.ScopeOf(expire.Syntax).DescendantNodes()
        .OfType<IdentifierNameSyntax>()
        .Where(name => SyntaxFactory.AreEquivalent(name, expire.Receiver) && name.Parent is not VariableDeclaratorSyntax)
        .Any(name => !IsOnKeyOf(name, expire, context));

    /// <summary>
    /// Whether a batch is named for a command on the key of another one, or for no command at all: its run, its <c>Wait</c>.
    /// </summary>
    private static bool IsOnKeyOf(SyntaxNode batch, ClientCall other, FixContext context) =>
        batch.Parent is MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax invocation } access &&
        access.Expression == batch &&
        ClientCall.Of(invocation, context) is { } call &&
        (call.Member is null || HaveSameKey(call, other));

    private static bool HaveSameKey(ClientCall call, ClientCall other) =>
        call.ArgumentSyntax(ClientNames.Key) is { } key && other.ArgumentSyntax(ClientNames.Key) is { } otherKey &&
        SyntaxFactory.AreEquivalent(key.Expression, otherKey.Expression);

    /// <summary>The batch that a call is sent on, which a local declared with <c>var</c> holds, and the method that makes it.</summary>
    private static (ILocalSymbol Batch, VariableDeclaratorSyntax Declaration, IdentifierNameSyntax Maker)? BatchOf(
        ClientCall call,
        FixContext context)
    {
        if (call.Operation.Instance?.WithoutConversions() is not ILocalReferenceOperation { Local: { } batch })
        {
            return null;
        }

        SyntaxNode? syntax = batch.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(context.CancellationToken);
        if (syntax is not VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Type.IsVar: true } } declaration)
        {
            return null;
        }

        return MakerOf(declaration) is { } maker ? (batch, declaration, maker) : null;
    }

    private static IdentifierNameSyntax? MakerOf(VariableDeclaratorSyntax declaration) =>
        declaration.Initializer?.Value is InvocationExpressionSyntax { ArgumentList.Arguments.Count: <= 1 } creation &&
        creation.Expression is MemberAccessExpressionSyntax { Name: IdentifierNameSyntax maker } &&
        maker.Identifier.ValueText == ClientNames.CreateBatch
            ? maker
            : null;
}
