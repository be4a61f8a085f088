using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.CodeFixes.Reading;

/// <summary>What becomes of a call's answer.</summary>
internal static class CallUse
{
    /// <summary>The method by which a collection takes a task that is waited for later.</summary>
    private const string Add = nameof(ICollection<int>.Add);

    /// <summary>The statement that only makes the call and leaves its answer, awaited or not; null where the answer is used.</summary>
    public static ExpressionStatementSyntax? StatementOf(ClientCall call, FixContext context)
    {
        ExpressionSyntax whole = TaskWaits.Around(call.Result);
        if (whole.Parent is AssignmentExpressionSyntax { Left: { } target } discarding && context.OperationOf(target) is IDiscardOperation)
        {
            whole = discarding;
        }

        // tasks.Add(db.KeyExpireAsync(…)): kept to be waited for, and nothing else.
        if (whole == call.Syntax && KeptBy(call) is { } added && Types.IsClassOfTasks(context.ConvertedTypeOf(call.Syntax)))
        {
            whole = added;
        }

        return whole.Parent as ExpressionStatementSyntax;
    }

    /// <summary>The short circuit whose right side is the call's answer: <c>found &amp;&amp; await db.KeyExpireAsync(…)</c>.</summary>
    public static BinaryExpressionSyntax? ConjunctionOf(ClientCall call) =>
        TaskWaits.Outermost(call.Result).Parent is BinaryExpressionSyntax both && both.IsKind(SyntaxKind.LogicalAndExpression)
            ? both
            : null;

    private static InvocationExpressionSyntax? KeptBy(ClientCall call) =>
        call.Syntax.Parent is ArgumentSyntax { Parent: ArgumentListSyntax { Arguments.Count: 1 } list } &&
        list.Parent is InvocationExpressionSyntax added && TaskWaits.MemberOf(added) == Add
            ? added
            : null;
}
