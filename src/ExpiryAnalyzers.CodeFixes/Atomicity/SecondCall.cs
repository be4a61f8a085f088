using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.CodeFixes.Atomicity;

/// <summary>What becomes of a call's answer.</summary>
internal static class SecondCall
{
    /// <summary>The statement that only makes the call and leaves its answer, awaited or not; null where the answer is used.</summary>
    public static ExpressionStatementSyntax? StatementOf(ClientCall call, SemanticModel model)
    {
        ExpressionSyntax whole = ClientCall.Outermost(call.Result);
        while (whole.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Wait" or "GetAwaiter" or "GetResult" or "ConfigureAwait", Parent: InvocationExpressionSyntax waited })
        {
            whole = ClientCall.Outermost(waited);
        }

        if (whole.Parent is AssignmentExpressionSyntax { Left: { } target } discarding && model.GetOperation(target) is IDiscardOperation)
        {
            whole = discarding;
        }

        // tasks.Add(db.KeyExpireAsync(…)): kept to be waited for, and nothing else.
        if (whole == call.Syntax && whole.Parent is ArgumentSyntax { Parent: ArgumentListSyntax { Arguments.Count: 1, Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Add" } } added } } && model.GetTypeInfo(call.Syntax).ConvertedType is { Name: "Task" })
        {
            whole = added;
        }

        return whole.Parent as ExpressionStatementSyntax;
    }

    /// <summary>The short circuit whose right side is the call's answer: <c>found &amp;&amp; await db.KeyExpireAsync(…)</c>.</summary>
    public static BinaryExpressionSyntax? ConjunctionOf(ClientCall call) =>
        ClientCall.Outermost(call.Result).Parent is BinaryExpressionSyntax both && both.IsKind(SyntaxKind.LogicalAndExpression) ? both : null;
}
