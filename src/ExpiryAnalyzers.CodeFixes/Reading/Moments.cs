using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExpiryAnalyzers.CodeFixes.Reading;

/// <summary>Whether time passes between two places of a function.</summary>
internal static class Moments
{
    /// <summary>
    /// Whether a place is reached at once from an earlier one: in the same round of every loop, with no more in between than what is
    /// computed and the client's own commands.
    /// </summary>
    public static bool AreOne(SyntaxNode earlier, SyntaxNode later, FixContext context)
    {
        SyntaxNode? around = later.Ancestors().FirstOrDefault(node => node.Span.Contains(earlier.Span));
        return around is not null &&
            !later.Ancestors().TakeWhile(node => node != around).Any(IsRepeated) &&
            !around.DescendantNodes().Any(node => IsBetween(node) && TakesTime(node, context));

        bool IsBetween(SyntaxNode node) => node.SpanStart >= earlier.Span.End && node.Span.End <= later.SpanStart;

        static bool IsRepeated(SyntaxNode node) => Statements.IsLoop(node) || Statements.IsNestedFunction(node);
    }

    private static bool TakesTime(SyntaxNode node, FixContext context) => node switch
    {
        AwaitExpressionSyntax wait => TaskWaits.TaskOf(wait) is not InvocationExpressionSyntax call || !IsCommand(call, context),
        InvocationExpressionSyntax call when TaskWaits.OnlyWaits(call) || TaskWaits.Combines(call) => !IsCommand(call, context),
        InvocationExpressionSyntax call => context.SymbolOf(call) is not IMethodSymbol method ||
            Types.Is(method.ContainingType, Types.Thread) || (!method.DeclaringSyntaxReferences.IsEmpty && !IsCommand(call, context)),
        _ => false,
    };

    /// <summary>Whether a call sends one command to a server, or waits for one.</summary>
    private static bool IsCommand(InvocationExpressionSyntax call, FixContext context) =>
        TaskWaits.TaskOf(call) is InvocationExpressionSyntax command && context.SymbolOf(command) is IMethodSymbol method &&
        context.Analysis.EffectOf(method) is not null;
}
