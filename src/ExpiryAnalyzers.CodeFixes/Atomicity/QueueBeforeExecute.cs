using ExpiryAnalyzers.CodeFixes.Reading;
using ExpiryAnalyzers.CodeFixes.Writing;
using ExpiryAnalyzers.Rules.Atomicity;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExpiryAnalyzers.CodeFixes.Atomicity;

/// <summary>Runs a lazy query where it is written, so that its commands are queued before the <c>Execute</c> that follows.</summary>
internal static class QueueBeforeExecute
{
    /// <summary>The repair; null where the query is not the one value of a variable declared with <c>var</c>.</summary>
    public static Fix? Of(FixContext context)
    {
        VariableDeclaratorSyntax? declarator = context.AdditionalNode(0)?.FirstAncestorOrSelf<VariableDeclaratorSyntax>();
        if (!context.Has(QueuedTaskAwaited.Lazy) || declarator is not { Initializer.Value: { } query } ||
            declarator.Parent is not VariableDeclarationSyntax { Type.IsVar: true } || declarator.Span.End > context.Node.SpanStart ||
            !IsQuery(query, context) || !IsExecutedBetween(declarator, context))
        {
            return null;
        }

        return new("QueueBeforeExecute", "Run the query before Execute: ToList()", [query], editor => editor.Replace(query, Listed));
    }

    private static bool IsQuery(ExpressionSyntax query, FixContext context) =>
        query is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax } or QueryExpressionSyntax &&
        context.TypeOf(query) is { TypeKind: TypeKind.Interface };

    /// <summary>Whether a queue is executed between the query and the wait; where it is not, the wait itself comes too early.</summary>
    private static bool IsExecutedBetween(SyntaxNode query, FixContext context) =>
        query.FirstAncestorOrSelf<MemberDeclarationSyntax>() is { } member &&
        member.DescendantNodes().OfType<InvocationExpressionSyntax>()
            .Where(call => call.SpanStart > query.Span.End && call.Span.End < context.Node.SpanStart)
            .Any(call => context.SymbolOf(call) is IMethodSymbol method && context.Analysis.IsExecute(method));

    private static SyntaxNode Listed(SyntaxNode query)
    {
        ExpressionSyntax bare = ((ExpressionSyntax)query).WithoutTrivia();
        ExpressionSyntax receiver = bare is QueryExpressionSyntax ? SyntaxFactory.ParenthesizedExpression(bare) : bare;
        return SyntaxFactory.InvocationExpression(Expressions.Dot(receiver, nameof(Enumerable.ToList))).WithTriviaFrom(query);
    }
}
