using System.Runtime.CompilerServices;
using ExpiryAnalyzers.Apis;
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

    /// <summary>What a variable that holds the tasks of several writes is called.</summary>
    public const string Writes = "writes";

    private const string Expire = "expire";
    private const string Increment = "increment";
    private const string Read = "read";
    private const string Write = "write";

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

    /// <summary>
    /// The name of a variable that holds a call's task: after the variable that gets the answer, else after what the call does.
    /// </summary>
    public static string TaskNameOf(ClientCall call) => VariableOf(call.Result) is { } variable
        ? variable + nameof(Task)
        : call.Effect switch
        {
            Effect.SetExpiry => Expire,
            Effect.Increment => Increment,
            var effect when (effect & Effect.Read) != 0 => Read,
            _ => Write,
        };

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
    public static StatementSyntax Awaited(string transaction, ExpressionSyntax? flags, ArgumentListSyntax? configuration) =>
        Awaited(Execute(transaction, isAsync: true, flags), configuration);

    /// <summary><c>await task;</c></summary>
    public static StatementSyntax Awaited(ExpressionSyntax task, ArgumentListSyntax? configuration) =>
        Code.Statement(Code.Await(Configured(task, configuration)));

    /// <summary>A task in place of an asynchronous call; its result, which is there by then, in place of a synchronous one.</summary>
    public static ExpressionSyntax ResultOf(string task, ClientCall call) => Layout.Fixed<ExpressionSyntax>(
        call.IsAsync ? SyntaxFactory.IdentifierName(task) : Got(task));

    /// <summary>
    /// Lets the code hear of a queued call what it heard of the call before. <c>GetResult</c> throws what the command threw; <c>Result</c>
    /// would wrap it, and the client's own <c>Wait</c> is what its analyzer warns of (SER308).
    /// </summary>
    public static StatementSyntax Told(string task, ClientCall call) => call.IsAsync
        ? Awaited(SyntaxFactory.IdentifierName(task), call.Configuration)
        : Code.Statement(Got(task));

    /// <summary>Does so for a list of tasks.</summary>
    /// <param name="tasks">The list.</param>
    /// <param name="task">What one of them is called where they are waited for one by one.</param>
    /// <param name="isAsync">Whether they can be awaited together.</param>
    /// <param name="context">What may be looked at.</param>
    /// <param name="place">The node as which it is indented.</param>
    public static StatementSyntax ToldOfAll(
        string tasks,
        string task,
        bool isAsync,
        FixContext context,
        SyntaxNode place)
    {
        ExpressionSyntax list = SyntaxFactory.IdentifierName(tasks);
        return isAsync
            ? Awaited(Expressions.Call(Imports.Static(context, Types.Task, nameof(Task.WhenAll)), list), null)
            : Code.ForEach(task, list, Code.Statement(Got(task)), place);
    }

    /// <summary><c>var tasks = new List&lt;Task&gt;();</c></summary>
    public static StatementSyntax CreateList(string tasks, FixContext context) => Code.Var(
        tasks,
        Expressions.New(Imports.ListOf(Types.Task, context)));

    /// <summary><c>tasks.Add(queued)</c></summary>
    public static ExpressionSyntax Kept(string tasks, ExpressionSyntax queued) =>
        Expressions.Call(Expressions.Dot(SyntaxFactory.IdentifierName(tasks), nameof(ICollection<int>.Add)), queued);

    private static InvocationExpressionSyntax Got(string task) => Expressions.Call(Expressions.Dot(
        Expressions.Call(Expressions.Dot(SyntaxFactory.IdentifierName(task), nameof(Task.GetAwaiter))),
        nameof(TaskAwaiter.GetResult)));

    private static ExpressionSyntax Configured(ExpressionSyntax task, ArgumentListSyntax? configuration) => configuration is null
        ? task
        : SyntaxFactory.InvocationExpression(Expressions.Dot(task, nameof(Task.ConfigureAwait)), configuration.WithoutTrivia());

    /// <summary>The variable that gets an answer as it is, or converted.</summary>
    private static string? VariableOf(ExpressionSyntax answer)
    {
        SyntaxNode? user = TaskWaits.Waited(answer).Parent;
        while (user is CastExpressionSyntax or ParenthesizedExpressionSyntax or PostfixUnaryExpressionSyntax)
        {
            user = user.Parent;
        }

        return user switch
        {
            EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax declarator } => declarator.Identifier.ValueText,
            AssignmentExpressionSyntax { Left: IdentifierNameSyntax name, Parent: ExpressionStatementSyntax } when
                !Statements.IsDiscard(name) => name.Identifier.ValueText,
            _ => null,
        };
    }
}
