using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static ExpiryAnalyzers.CodeFixes.Time.TimeSyntax;

namespace ExpiryAnalyzers.CodeFixes.Time;

/// <summary>A call that reads its number in a unit: <c>TimeSpan.FromSeconds</c>, <c>AddMinutes</c>, <c>new TimeSpan(ticks)</c>.</summary>
/// <param name="Node">The call.</param>
/// <param name="Number">The number.</param>
/// <param name="Unit">The unit in which it is read.</param>
/// <param name="Prefix">What stands before the unit in the method's name; empty for a constructor.</param>
internal sealed record UnitReader(ExpressionSyntax Node, ExpressionSyntax Number, TimeUnit Unit, string Prefix)
{
    private static readonly string[] Prefixes = ["FromUnixTime", "From", "Add"];

    /// <summary>The readers in an expression and in the locals that it names, each of which has one value.</summary>
    public static IEnumerable<UnitReader> In(ExpressionSyntax expression, FixContext context, int depth = 4)
    {
        foreach (ExpressionSyntax node in expression.DescendantNodesAndSelf().OfType<ExpressionSyntax>())
        {
            if (Of(node, context) is { } reader)
            {
                yield return reader;
            }
            else if (depth > 0 && node is IdentifierNameSyntax && LocalUse.Of(node, context) is { Values: [{ } only], IsMoved: false, IsOpen: false, OutCalls.Count: 0 })
            {
                foreach (UnitReader inner in In(only, context, depth - 1))
                {
                    yield return inner;
                }
            }
        }
    }

    public static UnitReader? Of(ExpressionSyntax node, FixContext context)
    {
        if (node is BaseObjectCreationExpressionSyntax { ArgumentList.Arguments: [{ } ticks], Initializer: null } && IsDuration(context.Model.GetTypeInfo(node, context.CancellationToken).Type))
        {
            return new(node, ticks.Expression, TimeUnit.Ticks, "");
        }

        if (node is not InvocationExpressionSyntax { ArgumentList.Arguments: [{ } argument] } call || context.Model.GetSymbolInfo(call, context.CancellationToken).Symbol is not IMethodSymbol method ||
            !(IsDuration(method.ContainingType) || IsInstant(method.ContainingType)))
        {
            return null;
        }

        return Prefixes.FirstOrDefault(prefix => method.Name.StartsWith(prefix, StringComparison.Ordinal)) is { } prefix && Enum.TryParse(method.Name.Substring(prefix.Length), out TimeUnit unit)
            ? new(node, argument.Expression, unit, prefix)
            : null;
    }

    /// <summary>The same call for another unit: the node to replace, and its replacement.</summary>
    public (SyntaxNode Old, SyntaxNode New) In(TimeUnit unit, FixContext context) => Node is InvocationExpressionSyntax call && Name(call.Expression) is { } name
        ? (name, Microsoft.CodeAnalysis.CSharp.SyntaxFactory.IdentifierName(Prefix + unit))
        : (Node, Call(Static(context, "System.TimeSpan", "From" + unit), Number.WithoutTrivia()));
}
