using ExpiryAnalyzers.Rules.Atomicity;
using ExpiryAnalyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExpiryAnalyzers.CodeFixes.Atomicity;

/// <summary>Runs a lazy query where it is written, so that its commands are queued before the <c>Execute</c> that follows.</summary>
internal static class QueueBeforeExecute
{
    /// <summary>The repair; null where the query is not the one value of a variable declared with <c>var</c>.</summary>
    public static Fix? Of(FixContext context) =>
        context.Has(QueuedTaskAwaited.Lazy) &&
        context.AdditionalNode(0)?.FirstAncestorOrSelf<VariableDeclaratorSyntax>() is { Initializer.Value: { } query, Parent: VariableDeclarationSyntax { Type.IsVar: true } } declarator &&
        !declarator.Span.Contains(context.Node.Span) && declarator.SpanStart < context.Node.SpanStart && IsExecutedBetween(declarator, context) &&
        query is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax } or QueryExpressionSyntax &&
        context.Model.GetTypeInfo(query, context.CancellationToken).Type is { TypeKind: TypeKind.Interface }
            ? new("QueueBeforeExecute", "Run the query before Execute: ToList()", [query], editor => editor.ReplaceNode(query, static (current, _) => Listed((ExpressionSyntax)current)))
            : null;

    /// <summary>Whether a queue is executed between the query and the wait; where it is not, the wait itself comes too early.</summary>
    private static bool IsExecutedBetween(SyntaxNode query, FixContext context) =>
        ApiCatalog.Create(context.Model.Compilation)?.Queues is { } queues && query.FirstAncestorOrSelf<MemberDeclarationSyntax>() is { } member &&
        member.DescendantNodes().OfType<InvocationExpressionSyntax>().Any(call => call.SpanStart > query.Span.End && call.Span.End < context.Node.SpanStart &&
            context.Model.GetSymbolInfo(call, context.CancellationToken).Symbol is IMethodSymbol method && queues.IsExecute(method));

    private static ExpressionSyntax Listed(ExpressionSyntax query)
    {
        ExpressionSyntax receiver = query is QueryExpressionSyntax ? SyntaxFactory.ParenthesizedExpression(query.WithoutTrivia()) : query.WithoutTrivia();
        return SyntaxFactory.InvocationExpression(SyntaxFactory.MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, receiver, SyntaxFactory.IdentifierName("ToList"))).WithTriviaFrom(query);
    }
}
