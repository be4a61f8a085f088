using ExpiryAnalyzers.CodeFixes.Reading;
using ExpiryAnalyzers.CodeFixes.Writing;
using ExpiryAnalyzers.Rules.Lock;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExpiryAnalyzers.CodeFixes.Lock;

/// <summary>
/// Cancels work that nothing ends: a token source for the TTL less the margin, its token passed to the calls that take one.
/// </summary>
internal static class WorkCancellation
{
    public static Fix? Fix(LockFinding finding)
    {
        if (finding.Fault != LockWithoutMargin.Unbounded || InsertionPoint.Of(finding) is not { } point)
        {
            return null;
        }

        SafetyMargin margin = SafetyMargin.At(point.First, finding);
        TokenCalls? calls = TokenCalls.Of(finding, point.Statements, point.Position);
        if (margin.LeavesNothing(finding) || LockTtl.At(point.Position, finding) is not { } ttl || calls is not { Sites.Count: > 0 } ||
            IsAlwaysLonger(calls, finding) || WorkSource.Of(finding, calls, point.First) is not { } source)
        {
            return null;
        }

        // To end some of the work is no cure where the code goes on to wait for the rest without end.
        if (finding.Episode.FindWorkBeside([.. calls.Sites.Select(static site => site.Touched.Span)]) is not null)
        {
            return null;
        }

        List<SyntaxNode> touched = [.. calls.Sites.Select(static site => site.Touched)];
        string work = calls.AreAll ? "Cancel the work" : "Cancel the work that takes a token";
        string title = $"{work} {margin.Description} before the lock expires{margin.PremiseFor(finding)}";
        return new("BoundWork", title, touched, Apply)
        {
            Asks = margin.IsPremise(finding) || !calls.AreAll || Statements.IsCancellationToldApart(point.First, finding.Context),
        };

        void Apply(FixEditor editor)
        {
            ExpressionSyntax budget = Expressions.Sum(SyntaxKind.SubtractExpression, ttl, margin.Expression(editor.Generator));
            point.Insert(editor, current => source.Limited(current, budget, editor.Generator));
            source.Pass(editor, calls);
            margin.Declare(editor);
        }
    }

    /// <summary>Whether the work waits for longer than it would be given, so that each run would be cancelled.</summary>
    private static bool IsAlwaysLonger(TokenCalls calls, LockFinding finding) =>
        calls.Sites.Any(site => finding.WaitOf(site.Call) >= finding.Episode.Ttl - finding.Margin);
}
