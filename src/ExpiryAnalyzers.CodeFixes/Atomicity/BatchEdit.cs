using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.CodeFixes.Atomicity;

/// <summary>Makes a transaction of the batch on which a pair is sent: the code stays as it is, and the server runs it as one.</summary>
internal static class BatchEdit
{
    /// <summary>The repair; null where the batch is made elsewhere, or is one by its declared type, or where only one of the calls is sent on it.</summary>
    public static Fix? Of(FixContext context, string title)
    {
        if (ClientCall.Of(context.Node, context) is not { Operation.Instance: { } instance } expire || ClientCall.Of(context.AdditionalNode(0), context) is not { } first ||
            !SyntaxFactory.AreEquivalent(first.Receiver, expire.Receiver) || Bare(instance) is not ILocalReferenceOperation { Local: { } local } ||
            local.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(context.CancellationToken) is not VariableDeclaratorSyntax { Initializer.Value: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name: IdentifierNameSyntax { Identifier.ValueText: "CreateBatch" } name } } creation, Parent: VariableDeclarationSyntax { Type.IsVar: true } } ||
            creation.ArgumentList.Arguments.Count > 1)
        {
            return null;
        }

        return new("Transaction", title, [name], editor => editor.ReplaceNode(name, static (current, _) => SyntaxFactory.IdentifierName("CreateTransaction").WithTriviaFrom(current)));
    }

    private static IOperation Bare(IOperation operation) => operation is IConversionOperation conversion ? Bare(conversion.Operand) : operation;
}
