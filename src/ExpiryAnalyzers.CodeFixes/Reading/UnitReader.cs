using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExpiryAnalyzers.CodeFixes.Reading;

/// <summary>A call that reads its number in a unit: <c>TimeSpan.FromSeconds</c>, <c>AddMinutes</c>, <c>new TimeSpan(ticks)</c>.</summary>
/// <param name="Node">The call.</param>
/// <param name="Number">The number.</param>
/// <param name="Unit">The unit in which it is read.</param>
/// <param name="Prefix">What stands before the unit in the method's name; empty for a constructor.</param>
internal sealed record UnitReader(ExpressionSyntax Node, ExpressionSyntax Number, TimeUnit Unit, string Prefix)
{
    /// <summary>How many locals, each the value of the next, are looked into.</summary>
    private const int MaxDepth = 4;

    /// <summary>What stands before the unit in the names of the methods that take a number.</summary>
    private static readonly IReadOnlyList<string> Prefixes = [TimeMembers.FromUnixTime, TimeMembers.From, TimeMembers.Add];

    /// <summary>
    /// The readers in an expression and in the locals that it names, each of which has one value and is looked into once.
    /// </summary>
    public static IEnumerable<UnitReader> In(ExpressionSyntax expression, FixContext context) =>
        In(expression, context, new HashSet<ISymbol>(SymbolEqualityComparer.Default), MaxDepth);

    private static IEnumerable<UnitReader> In(ExpressionSyntax expression, FixContext context, HashSet<ISymbol> visited, int depth)
    {
        foreach (ExpressionSyntax node in expression.DescendantNodesAndSelf().OfType<ExpressionSyntax>())
        {
            if (Of(node, context) is { } reader)
            {
                yield return reader;
            }
            else if (depth > 0 && node is IdentifierNameSyntax && context.SymbolOf(node) is ILocalSymbol local && visited.Add(local) &&
                LocalUse.Of(node, context)?.OnlyValue is { } only)
            {
                foreach (UnitReader inner in In(only, context, visited, depth - 1))
                {
                    yield return inner;
                }
            }
        }
    }

    public static UnitReader? Of(ExpressionSyntax node, FixContext context) => node switch
    {
        BaseObjectCreationExpressionSyntax { ArgumentList.Arguments: [{ } ticks], Initializer: null }
            when Types.IsDuration(context.TypeOf(node)) =>
            new(node, ticks.Expression, TimeUnit.Ticks, ""),
        InvocationExpressionSyntax { ArgumentList.Arguments: [{ } argument] } when context.SymbolOf(node) is IMethodSymbol method =>
            OfMethod(node, argument.Expression, method),
        _ => null,
    };

    private static UnitReader? OfMethod(ExpressionSyntax node, ExpressionSyntax number, IMethodSymbol method)
    {
        if (!Types.IsDuration(method.ContainingType) && !Types.IsInstant(method.ContainingType))
        {
            return null;
        }

        string? prefix = Prefixes.FirstOrDefault(prefix => method.Name.StartsWith(prefix, StringComparison.Ordinal));
        return prefix is not null && Enum.TryParse(method.Name.Substring(prefix.Length), out TimeUnit unit)
            ? new(node, number, unit, prefix)
            : null;
    }
}
