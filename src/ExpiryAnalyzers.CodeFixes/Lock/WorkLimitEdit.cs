using ExpiryAnalyzers.CodeFixes.Reading;
using ExpiryAnalyzers.CodeFixes.Writing;
using ExpiryAnalyzers.Rules.Lock;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExpiryAnalyzers.CodeFixes.Lock;

/// <summary>Shortens the limit that the code sets for its work, where that is as long as the lock's own life.</summary>
internal static class WorkLimitEdit
{
    /// <summary>What the parameter is called by which a timer takes a span.</summary>
    private const string Delay = "delay";

    /// <summary>What the parameter is called by which a wait takes a span.</summary>
    private const string Timeout = "timeout";

    private const string Milliseconds = nameof(TimeSpan.Milliseconds);

    /// <summary>What is rewritten, and how: from what stands there now, and the margin.</summary>
    private delegate SyntaxNode Rewriting(SyntaxNode current, ExpressionSyntax margin);

    public static Fix? Fix(LockFinding finding)
    {
        LockEpisode episode = finding.Episode;
        if (finding.Fault != LockWithoutMargin.BoundByTtl ||
            finding.Context.AdditionalNode(0)?.FirstAncestorOrSelf<ExpressionSyntax>() is not { } limit || !finding.IsInBody(limit) ||
            episode.Limits().FirstOrDefault(known => known.Value.Syntax.Span == limit.Span) is not { } known)
        {
            return null;
        }

        SafetyMargin margin = SafetyMargin.At(limit, finding);
        if (margin.LeavesNothing(finding) || RewritingOf(finding, limit, known) is not var (replaced, rewrite))
        {
            return null;
        }

        // To shorten one limit is no cure where another call has none.
        if (episode.FindUnreachedWork() is not null)
        {
            return null;
        }

        string title = $"End the work {margin.Description} before the lock expires{margin.PremiseFor(finding)}";
        return new("BoundWork", title, [replaced], editor =>
        {
            editor.Replace(replaced, current => rewrite(current, margin.Expression(editor.Generator)).WithTriviaFrom(current));
            margin.Declare(editor);
        })
        {
            Asks = margin.IsPremise(finding),
        };
    }

    private static (SyntaxNode Replaced, Rewriting Rewrite)? RewritingOf(LockFinding finding, ExpressionSyntax limit, WorkLimit known)
    {
        if (IsPartOfSum(limit))
        {
            return null;
        }

        bool isSpan = finding.IsTimeSpan(limit);
        if (isSpan && (finding.Episode.IsSame(known.Value, finding.Episode.Expiry) || known.Length == finding.Episode.Ttl))
        {
            return OfSpan(limit, ttl: null);
        }

        return LockTtl.At(limit.SpanStart, finding) is not { } ttl ? null
            : isSpan ? OfSpan(limit, ttl)
            : OfNumber(finding, limit, known.Unit.ToString(), ttl);
    }

    /// <summary><c>X - margin</c> for a limit that is the TTL itself, <c>ttl - margin</c> for another.</summary>
    private static (SyntaxNode Replaced, Rewriting Rewrite)? OfSpan(ExpressionSyntax limit, ExpressionSyntax? ttl)
    {
        if (limit.Parent is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum && sum.Right == limit)
        {
            // clock + ttl - margin reads better than clock + (ttl - margin), and is the same.
            return (sum, (current, margin) => Less(Moved((BinaryExpressionSyntax)current, ttl), margin));
        }

        return limit.Parent is ArgumentSyntax or EqualsValueClauseSyntax or AssignmentExpressionSyntax || Shapes.IsComparison(limit.Parent)
            ? (limit, (current, margin) => Less(ttl ?? (ExpressionSyntax)current, margin))
            : (limit, (current, margin) => SyntaxFactory.ParenthesizedExpression(Less(ttl ?? (ExpressionSyntax)current, margin)));
    }

    /// <summary>The clock plus the TTL, where another span is added so far.</summary>
    private static BinaryExpressionSyntax Moved(BinaryExpressionSyntax sum, ExpressionSyntax? ttl) =>
        ttl is null ? sum : sum.WithRight(Expressions.Operand(ttl, isFirst: true));

    /// <summary>A number of milliseconds becomes the span itself where the call takes one, any other the span's number.</summary>
    private static (SyntaxNode Replaced, Rewriting Rewrite)? OfNumber(
        LockFinding finding, ExpressionSyntax limit, string unit, ExpressionSyntax ttl)
    {
        if (limit.Parent is ArgumentSyntax { Parent.Parent: { } call } argument)
        {
            return finding.Context.SymbolOf(call) is IMethodSymbol method ? OfArgument(argument, method, ttl) : null;
        }

        if (!IsWholeUnit(unit))
        {
            return null;
        }

        if (Shapes.IsComparison(limit.Parent))
        {
            return (limit, (_, margin) => Total(unit, ttl, margin));
        }

        return limit.Parent is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum &&
            Expressions.KeywordOf(finding.Context.TypeOf(sum)) is { } keyword
                ? (limit, (_, margin) => Expressions.Cast(keyword, Total(unit, ttl, margin)))
                : null;
    }

    private static (SyntaxNode Replaced, Rewriting Rewrite)? OfArgument(ArgumentSyntax argument, IMethodSymbol method, ExpressionSyntax ttl)
    {
        if (TimeMembers.UnitOfMove(method.Name) is { } unit && Types.IsInstant(method.ContainingType))
        {
            return IsWholeUnit(unit) ? (argument.Expression, (_, margin) => Total(unit, ttl, margin)) : null;
        }

        string? parameter = method switch
        {
            _ when Types.IsTokenSource(method.ContainingType) => Delay,
            { Name: nameof(Task.Delay) } when Types.IsClassOfTasks(method.ContainingType) => Delay,
            { Name: nameof(Task.Wait), Parameters.Length: 1 } when Types.IsClassOfTasks(method.ContainingType) => Timeout,
            _ => null,
        };
        return parameter is null ? null : (argument, (current, margin) => Span((ArgumentSyntax)current, parameter, Less(ttl, margin)));
    }

    /// <summary>Whether a lock's limit may be counted in a unit.</summary>
    private static bool IsWholeUnit(string unit) =>
        unit is Milliseconds or nameof(TimeSpan.Seconds) or nameof(TimeSpan.Minutes) or nameof(TimeSpan.Hours);

    /// <summary>A span in place of a number, whose parameter has another name.</summary>
    private static ArgumentSyntax Span(ArgumentSyntax argument, string parameter, ExpressionSyntax span)
    {
        ArgumentSyntax changed = argument.WithExpression(span);
        return changed.NameColon is null ? changed : Arguments.Named(changed, parameter);
    }

    /// <summary>The number of units in the TTL less the margin.</summary>
    private static ExpressionSyntax Total(string unit, ExpressionSyntax ttl, ExpressionSyntax margin) =>
        Expressions.Dot(SyntaxFactory.ParenthesizedExpression(Less(ttl, margin)), TimeMembers.Total + unit);

    private static ExpressionSyntax Less(ExpressionSyntax span, ExpressionSyntax margin) =>
        Expressions.Sum(SyntaxKind.SubtractExpression, span, margin);

    /// <summary>Whether more is added to the limit to make a deadline, so that rewriting it alone does not say how long that is.</summary>
    private static bool IsPartOfSum(ExpressionSyntax limit)
    {
        SyntaxNode? deadline = limit.Parent is ArgumentSyntax argument ? argument.Parent?.Parent : limit.Parent;
        bool isMoved = deadline is InvocationExpressionSyntax || deadline.IsKind(SyntaxKind.AddExpression);
        return (isMoved && deadline!.Parent.IsKind(SyntaxKind.AddExpression)) ||
            (deadline?.Parent is MemberAccessExpressionSyntax next &&
                TimeMembers.StartsWith(next.Name.Identifier.ValueText, TimeMembers.Add));
    }
}
