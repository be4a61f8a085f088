using ExpiryAnalyzers.CodeFixes.Reading;
using ExpiryAnalyzers.CodeFixes.Writing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExpiryAnalyzers.CodeFixes.Lock;

/// <summary>The TTL of a lock, written at other places.</summary>
internal static class LockTtl
{
    /// <summary>
    /// The TTL as an expression for another place: as written, where repeating it gives the same, else its length; null where neither can
    /// be said.
    /// </summary>
    public static ExpressionSyntax? At(int position, LockFinding finding)
    {
        IOperation ttl = LockFinding.Unwrapped(finding.Episode.Expiry);
        if (ttl.Syntax is ExpressionSyntax expression and not BaseObjectCreationExpressionSyntax &&
            finding.IsTimeSpan(expression) && finding.IsRepeatable(ttl, position))
        {
            return expression;
        }

        return finding.Episode.Ttl is { } length && Spans.IsLiteral(length) ? Literal(length, finding) : null;
    }

    /// <summary>A span as code.</summary>
    public static ExpressionSyntax Literal(TimeSpan span, LockFinding finding) =>
        Imports.Literal(span, finding.TimeSpanType, finding.Context.Generator);
}
