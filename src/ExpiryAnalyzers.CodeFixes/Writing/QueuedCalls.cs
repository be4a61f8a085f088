using ExpiryAnalyzers.CodeFixes.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExpiryAnalyzers.CodeFixes.Writing;

/// <summary>Transactions: how they are made and run, and how calls are queued on them.</summary>
internal static class QueuedCalls
{
    /// <summary>What a variable that holds a transaction is called.</summary>
    public const string Transaction = "transaction";

    /// <summary>Whether a transaction has a method of that name which takes the arguments, at the place of a call.</summary>
    public static bool Binds(FixContext context, ClientCall place, string method, ArgumentListSyntax arguments)
    {
        ExpressionSyntax transaction = Expressions.Call(Expressions.Dot(place.Receiver.WithoutTrivia(), ClientNames.CreateTransaction));
        ExpressionSyntax call = SyntaxFactory.InvocationExpression(Expressions.Dot(transaction, method), arguments);
        return context.Model.GetSpeculativeSymbolInfo(place.Syntax.SpanStart, call, SpeculativeBindingOption.BindAsExpression).Symbol
            is IMethodSymbol bound && bound.Name == method && Types.IsOfClient(bound);
    }

    /// <summary>Whether a transaction takes a call as it stands.</summary>
    public static bool Binds(FixContext context, ClientCall call) => Binds(context, call, MethodOf(call), call.Syntax.ArgumentList);

    /// <summary>The method by which a call is queued.</summary>
    public static string MethodOf(ClientCall call) => call.Command + ClientNames.Async;

    /// <summary>The name of a variable that holds the call's task.</summary>
    public static string TaskNameOf(ClientCall call) => TaskNameOf(call.Command);

    /// <summary>The name of a variable that holds a method's task.</summary>
    public static string TaskNameOf(string method) => char.ToLowerInvariant(method[0]) + method.Substring(1) + "Task";

    /// <summary>The call on a transaction.</summary>
    public static InvocationExpressionSyntax On(string transaction, ClientCall call) =>
        On(transaction, MethodOf(call), call.Syntax.ArgumentList);

    /// <summary>A call of a transaction's method.</summary>
    public static InvocationExpressionSyntax On(string transaction, string method, ArgumentListSyntax arguments) => Layout.Fixed(
        SyntaxFactory.InvocationExpression(Expressions.Dot(SyntaxFactory.IdentifierName(transaction), method), arguments.WithoutTrivia()));

    /// <summary>Makes a transaction of the database that a call goes to.</summary>
    public static StatementSyntax Create(string transaction, ClientCall call) =>
        Code.Var(transaction, Expressions.Call(Expressions.Dot(call.Receiver.WithoutTrivia(), ClientNames.CreateTransaction)));

    /// <summary>Runs a transaction, without waiting for it.</summary>
    public static ExpressionSyntax Execute(string transaction, bool isAsync, ExpressionSyntax? flags) => Expressions.Call(
        Expressions.Dot(SyntaxFactory.IdentifierName(transaction), isAsync ? ClientNames.Execute + ClientNames.Async : ClientNames.Execute),
        flags is null ? [] : [flags.WithoutTrivia()]);

    /// <summary>Runs a transaction, and waits for it in the manner of the calls.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="flags">The flags of its run.</param>
    /// <param name="configuration">What the calls' <c>ConfigureAwait</c> is told.</param>
    public static StatementSyntax Awaited(string transaction, ExpressionSyntax? flags, ArgumentListSyntax? configuration)
    {
        ExpressionSyntax run = Execute(transaction, isAsync: true, flags);
        run = configuration is null
            ? run
            : SyntaxFactory.InvocationExpression(Expressions.Dot(run, nameof(Task.ConfigureAwait)), configuration.WithoutTrivia());
        return Code.Statement(Code.Await(run));
    }

    /// <summary>A task in place of an asynchronous call; its result, which is there by then, in place of a synchronous one.</summary>
    public static ExpressionSyntax ResultOf(string task, ClientCall call) => Layout.Fixed<ExpressionSyntax>(
        call.IsAsync ? SyntaxFactory.IdentifierName(task) : Expressions.Dot(SyntaxFactory.IdentifierName(task), nameof(Task<int>.Result)));
}
