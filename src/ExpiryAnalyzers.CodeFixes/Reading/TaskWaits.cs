using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExpiryAnalyzers.CodeFixes.Reading;

/// <summary>
/// What is written around a task to have its answer: <c>await</c>, <c>ConfigureAwait</c>, <c>Wait()</c>, <c>GetAwaiter().GetResult()</c>,
/// <c>Result</c>. The names are enough here: what they are called on is a task, or the code does not compile.
/// </summary>
internal static class TaskWaits
{
    /// <summary>TaskWaits for a task, but no longer than it is told.</summary>
    public const string WaitAsync = nameof(WaitAsync);

    private const string AsTask = nameof(AsTask);
    private const string WithCancellation = nameof(WithCancellation);

    /// <summary>The methods that hand a task's answer on, or wait for it.</summary>
    private static readonly IReadOnlyCollection<string> Steps =
        [nameof(Task.Wait), nameof(Task.GetAwaiter), nameof(TaskAwaiter.GetResult), nameof(Task.ConfigureAwait)];

    /// <summary>The methods that make one task of several, or wait for several.</summary>
    private static readonly IReadOnlyCollection<string> Combinators =
        [nameof(Task.WhenAll), nameof(Task.WhenAny), nameof(Task.WaitAll), nameof(Task.WaitAny), nameof(Task.Wait), WaitAsync];

    /// <summary>The expression with the parentheses around it.</summary>
    public static ExpressionSyntax Outermost(ExpressionSyntax expression)
    {
        while (expression.Parent is ParenthesizedExpressionSyntax parenthesized)
        {
            expression = parenthesized;
        }

        return expression;
    }

    /// <summary>The name by which a call calls a member of an expression.</summary>
    public static string? MemberOf(InvocationExpressionSyntax call) =>
        (call.Expression as MemberAccessExpressionSyntax)?.Name.Identifier.ValueText;

    /// <summary>The call of that method on an expression, where it stands right behind it.</summary>
    public static InvocationExpressionSyntax? CallOn(ExpressionSyntax receiver, string method) =>
        CallOn(receiver) is { } call && MemberOf(call) == method ? call : null;

    /// <summary>The expression with all that waits for it without <c>await</c>.</summary>
    public static ExpressionSyntax Around(ExpressionSyntax task)
    {
        ExpressionSyntax whole = Outermost(task);
        while (CallOn(whole) is { } call && Steps.Contains(MemberOf(call)))
        {
            whole = Outermost(call);
        }

        return whole;
    }

    /// <summary>The expression with all that waits for it, in whichever way.</summary>
    public static ExpressionSyntax Waited(ExpressionSyntax task)
    {
        ExpressionSyntax whole = Around(task);
        return whole.Parent switch
        {
            AwaitExpressionSyntax awaited => Outermost(awaited),
            MemberAccessExpressionSyntax { Name.Identifier.ValueText: nameof(Task<int>.Result) } result => Outermost(result),
            _ => whole,
        };
    }

    /// <summary>The question with what only waits for its answer, unwraps it or names its instant anew.</summary>
    public static ExpressionSyntax Answer(ExpressionSyntax question)
    {
        ExpressionSyntax answer = question;
        while (Next(answer) is { } outer)
        {
            answer = outer;
        }

        return answer;

        static ExpressionSyntax? Next(ExpressionSyntax inner) => inner.Parent switch
        {
            ParenthesizedExpressionSyntax or AwaitExpressionSyntax => (ExpressionSyntax)inner.Parent,
            PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } suppressed => suppressed,
            MemberAccessExpressionSyntax { Name.Identifier.ValueText: nameof(Nullable<int>.Value) or nameof(Task<int>.Result) } access
                when access.Expression == inner => access,
            MemberAccessExpressionSyntax access
                when access.Expression == inner && CallOn(inner) is { } call && IsAwaiting(MemberOf(call)) => call,
            _ => null,
        };
    }

    /// <summary>Whether a method of that name hands a task's answer on, or gives it.</summary>
    public static bool IsAwaiting(string? method) =>
        method is nameof(Task.ConfigureAwait) or nameof(Task.GetAwaiter) or nameof(TaskAwaiter.GetResult);

    /// <summary>Whether the code waits for a call where it stands.</summary>
    public static bool IsWaitedFor(ExpressionSyntax call)
    {
        ExpressionSyntax? current = call;
        while (current is not null)
        {
            switch (current.Parent)
            {
                case AwaitExpressionSyntax:
                case ForEachStatementSyntax { AwaitKeyword.RawKind: (int)SyntaxKind.AwaitKeyword } loop when loop.Expression == current:
                    return true;
                case ParenthesizedExpressionSyntax or ConditionalAccessExpressionSyntax or PostfixUnaryExpressionSyntax:
                    current = (ExpressionSyntax)current.Parent;
                    break;
                case MemberAccessExpressionSyntax access:
                    if (access.Name.Identifier.ValueText is nameof(Task<int>.Result) or nameof(TaskAwaiter.GetResult) or nameof(Task.Wait))
                    {
                        return true;
                    }

                    current = HandsOn(access.Name.Identifier.ValueText) ? access.Parent as InvocationExpressionSyntax : null;
                    break;
                case ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax all } when MemberOf(all) == nameof(Task.WhenAll):
                    current = all;
                    break;
                default:
                    return false;
            }
        }

        return false;
    }

    /// <summary>
    /// The task that a wait is written around; the whole wait where it takes its tasks as arguments, null where it is none.
    /// </summary>
    public static ExpressionSyntax? TaskOf(ExpressionSyntax wait)
    {
        ExpressionSyntax? task = wait switch
        {
            AwaitExpressionSyntax awaited => awaited.Expression,
            MemberAccessExpressionSyntax { Name.Identifier.ValueText: nameof(Task<int>.Result) } result => result.Expression,
            InvocationExpressionSyntax call => BlockedBy(call) ?? call,
            _ => null,
        };
        return task is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax configured } &&
            configured.Name.Identifier.ValueText == nameof(Task.ConfigureAwait)
                ? configured.Expression
                : task;
    }

    /// <summary>Whether a call makes one task of several, or waits for several, and does nothing else.</summary>
    public static bool Combines(InvocationExpressionSyntax call) => Combinators.Contains(MemberOf(call));

    /// <summary>Whether a call does nothing but wait for what it is called on.</summary>
    public static bool OnlyWaits(InvocationExpressionSyntax call) => Steps.Contains(MemberOf(call));

    /// <summary>Whether an expression takes the answer of a task that is there.</summary>
    public static bool Takes(SyntaxNode node) =>
        node is AwaitExpressionSyntax or MemberAccessExpressionSyntax { Name.Identifier.ValueText: nameof(Task<int>.Result) };

    /// <summary>The call of a method of <c>Task</c> that an argument stands in.</summary>
    public static InvocationExpressionSyntax? GatheringOf(ExpressionSyntax task) =>
        task.Parent is ArgumentSyntax { Parent: ArgumentListSyntax { Parent: InvocationExpressionSyntax call } } &&
        call.Expression is MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: nameof(Task) } }
            ? call
            : null;

    private static InvocationExpressionSyntax? CallOn(ExpressionSyntax receiver) =>
        receiver.Parent is MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call } ? call : null;

    /// <summary>What <c>GetAwaiter().GetResult()</c> and <c>Wait()</c> stand behind.</summary>
    private static ExpressionSyntax? BlockedBy(InvocationExpressionSyntax call) => call switch
    {
        {
            Expression: MemberAccessExpressionSyntax
            {
                Name.Identifier.ValueText: nameof(TaskAwaiter.GetResult),
                Expression: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax awaiter },
            },
        } => awaiter.Expression,
        {
            Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: nameof(Task.Wait), Expression: { } blocked },
            ArgumentList.Arguments: { } arguments,
        } when !IsTaskArgument(arguments) => blocked,
        _ => null,
    };

    private static bool IsTaskArgument(SeparatedSyntaxList<ArgumentSyntax> arguments) =>
        arguments is [{ Expression: not (LiteralExpressionSyntax or MemberAccessExpressionSyntax or InvocationExpressionSyntax) }];

    private static bool HandsOn(string method) =>
        method is nameof(Task.ConfigureAwait) or nameof(Task.GetAwaiter) or AsTask or WaitAsync or WithCancellation;
}
