using ExpiryAnalyzers.CodeFixes.Reading;
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
        if (ClientCall.Of(context.Node, context) is not { } expire || ClientCall.Of(context.AdditionalNode(0), context) is not { } first ||
            !SyntaxFactory.AreEquivalent(first.Receiver, expire.Receiver) || MakerOf(expire, context) is not { } name)
        {
            return null;
        }

        SyntaxNode made = SyntaxFactory.IdentifierName(ClientNames.CreateTransaction).WithTriviaFrom(name);
        return new("Transaction", title, [name], editor => editor.Replace(name, _ => made)) { Asks = HasOtherKeys(expire, context) };
    }

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

    /// <summary>The method that makes the batch which a call is sent on, and which a local declared with <c>var</c> holds.</summary>
    private static IdentifierNameSyntax? MakerOf(ClientCall call, FixContext context)
    {
        if (call.Operation.Instance?.WithoutConversions() is not ILocalReferenceOperation { Local: { } batch })
        {
            return null;
        }

        SyntaxNode? declaration = batch.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(context.CancellationToken);
        return declaration is VariableDeclaratorSyntax { Initializer.Value: InvocationExpressionSyntax creation } &&
            declaration.Parent is VariableDeclarationSyntax { Type.IsVar: true } && creation.ArgumentList.Arguments.Count <= 1 &&
            creation.Expression is MemberAccessExpressionSyntax { Name: IdentifierNameSyntax name } &&
            name.Identifier.ValueText == ClientNames.CreateBatch
                ? name
                : null;
    }
}
