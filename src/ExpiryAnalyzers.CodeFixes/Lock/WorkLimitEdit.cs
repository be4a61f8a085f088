using ExpiryAnalyzers.Rules.Lock;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExpiryAnalyzers.CodeFixes.Lock;

/// <summary>Shortens the limit that the code sets for its work, where that is as long as the lock's own life.</summary>
internal static class WorkLimitEdit
{
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

        SafetyMargin margin = finding.MarginAt(limit);
        if (finding.IsTooShortFor(margin) || RewritingOf(finding, limit, known) is not var (replaced, rewrite))
        {
            return null;
        }

        return new("BoundWork", $"End the work {margin.Description} before the lock expires{finding.Premise(margin)}", [replaced], editor =>
        {
            editor.ReplaceNode(replaced, (current, generator) => rewrite(current, margin.Expression(generator)).WithTriviaFrom(current));
            margin.Declare(editor);
        });
    }

    private static (SyntaxNode Replaced, Rewriting Rewrite)? RewritingOf(LockFinding finding, ExpressionSyntax limit, WorkLimit known)
    {
        if (IsPartOfSum(limit))
        {
            return null;
        }

        if (finding.IsTimeSpan(limit))
        {
            bool isTtl = finding.Episode.IsSame(known.Value, finding.Episode.Expiry) || known.Length == finding.Episode.Ttl;
            return isTtl ? OfSpan(limit, ttl: null) : finding.TtlAt(limit.SpanStart) is { } ttl ? OfSpan(limit, ttl) : null;
        }

        return finding.TtlAt(limit.SpanStart) is { } span ? OfNumber(finding, limit, span) : null;
    }

    /// <summary><c>X - margin</c> for a limit that is the TTL itself, <c>ttl - margin</c> for another.</summary>
    private static (SyntaxNode Replaced, Rewriting Rewrite)? OfSpan(ExpressionSyntax limit, ExpressionSyntax? ttl)
    {
        if (limit.Parent is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum && sum.Right == limit)
        {
            // clock + ttl - margin reads better than clock + (ttl - margin), and is the same.
            return (sum, (current, margin) => Less(ttl is null ? (BinaryExpressionSyntax)current : ((BinaryExpressionSyntax)current).WithRight(Spans.Operand(ttl)), margin));
        }

        return limit.Parent is ArgumentSyntax or EqualsValueClauseSyntax or AssignmentExpressionSyntax || IsComparison(limit.Parent)
            ? (limit, (current, margin) => Less(ttl ?? (ExpressionSyntax)current, margin))
            : (limit, (current, margin) => SyntaxFactory.ParenthesizedExpression(Less(ttl ?? (ExpressionSyntax)current, margin)));
    }

    /// <summary>A number of milliseconds becomes the span itself where the call takes one, else the span's number.</summary>
    private static (SyntaxNode Replaced, Rewriting Rewrite)? OfNumber(LockFinding finding, ExpressionSyntax limit, ExpressionSyntax ttl)
    {
        if (limit.Parent is ArgumentSyntax { Parent.Parent: { } call } argument)
        {
            IMethodSymbol? method = finding.Model.GetSymbolInfo(call, finding.Context.CancellationToken).Symbol as IMethodSymbol;
            return method switch
            {
                { ContainingType.Name: "CancellationTokenSource" } or { Name: "Delay", ContainingType.Name: "Task" } => (argument, (current, margin) => Span(current, "delay", margin)),
                { Name: "Wait", ContainingType.Name: "Task", Parameters.Length: 1 } => (argument, (current, margin) => Span(current, "timeout", margin)),
                { Name: "AddMilliseconds" or "AddSeconds" or "AddMinutes" or "AddHours", ContainingType.Name: "DateTime" or "DateTimeOffset" } => (limit, (_, margin) => Total(method.Name.Substring("Add".Length), margin)),
                _ => null,
            };
        }

        if (IsComparison(limit.Parent))
        {
            return (limit, (_, margin) => Total("Milliseconds", margin));
        }

        return limit.Parent is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum && finding.Model.GetTypeInfo(sum, finding.Context.CancellationToken).Type?.SpecialType is { } type and (SpecialType.System_Int32 or SpecialType.System_Int64)
            ? (limit, (_, margin) => SyntaxFactory.CastExpression(SyntaxFactory.PredefinedType(SyntaxFactory.Token(type == SpecialType.System_Int32 ? SyntaxKind.IntKeyword : SyntaxKind.LongKeyword)), Total("Milliseconds", margin)))
            : null;

        SyntaxNode Span(SyntaxNode current, string parameter, ExpressionSyntax margin)
        {
            ArgumentSyntax changed = ((ArgumentSyntax)current).WithExpression(Less(ttl, margin));
            return changed.NameColon is { } name ? changed.WithNameColon(name.WithName(SyntaxFactory.IdentifierName(parameter).WithTriviaFrom(name.Name))) : changed;
        }

        ExpressionSyntax Total(string unit, ExpressionSyntax margin) =>
            SyntaxFactory.MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, SyntaxFactory.ParenthesizedExpression(Less(ttl, margin)), SyntaxFactory.IdentifierName("Total" + unit));
    }

    private static ExpressionSyntax Less(ExpressionSyntax span, ExpressionSyntax margin) => Spans.Combine(SyntaxKind.SubtractExpression, span, margin);

    private static bool IsComparison(SyntaxNode? node) =>
        node.IsKind(SyntaxKind.LessThanExpression) || node.IsKind(SyntaxKind.LessThanOrEqualExpression) || node.IsKind(SyntaxKind.GreaterThanExpression) || node.IsKind(SyntaxKind.GreaterThanOrEqualExpression);

    /// <summary>Whether more is added to the limit to make a deadline, so that rewriting it alone does not say how long that is.</summary>
    private static bool IsPartOfSum(ExpressionSyntax limit)
    {
        SyntaxNode? deadline = limit.Parent is ArgumentSyntax argument ? argument.Parent?.Parent : limit.Parent;
        return deadline is InvocationExpressionSyntax or BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } &&
            deadline.Parent is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } ||
            (deadline?.Parent is MemberAccessExpressionSyntax next && next.Name.Identifier.ValueText.StartsWith("Add", StringComparison.Ordinal));
    }
}
