using ExpiryAnalyzers.Calls;
using ExpiryAnalyzers.CodeFixes.Reading;
using ExpiryAnalyzers.CodeFixes.Writing;
using ExpiryAnalyzers.Rules.Lock;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExpiryAnalyzers.CodeFixes.Lock;

/// <summary>
/// Adds the margin to the lock's TTL, where the work or the renewal keeps to the TTL as it was. Work that nothing ends outlasts a longer
/// lock too.
/// </summary>
internal static class LongerTtl
{
    public static Fix? Fix(LockFinding finding)
    {
        LockEpisode episode = finding.Episode;
        if (ForWork(finding) is { } whole)
        {
            return whole;
        }

        if (episode.Ttl <= TimeSpan.Zero || !IsEnough(finding) || SpanOf(finding, episode.Expiry) is not { } ttl)
        {
            return null;
        }

        List<ExpressionSyntax> spans = [ttl];
        if (finding.Fault == LockWithoutMargin.RenewedTooLate && !TryAddRenewals(finding, spans))
        {
            return null;
        }

        SafetyMargin margin = SafetyMargin.At(ttl, finding);
        return new("AddMargin", $"Lengthen the TTL by a safety margin of {margin.Description}", spans, editor =>
        {
            foreach (ExpressionSyntax span in spans)
            {
                SafetyMargin own = SafetyMargin.At(span, finding);
                editor.Replace(span, current => Sum((ExpressionSyntax)current, own.Expression(editor.Generator)).WithTriviaFrom(current));
                own.Declare(editor);
            }
        })
        {
            // Whoever waits for a holder that has crashed waits longer.
            Asks = true,
        };
    }

    /// <summary>
    /// A TTL that is the longest that the work can take and the margin, where it was shorter than that work, and is written out.
    /// </summary>
    private static Fix? ForWork(LockFinding finding)
    {
        // A step that prolongs the lock would cut a longer TTL down again.
        bool isTooShort = finding.Fault == LockWithoutMargin.TooShort && !finding.Episode.Renewals.Any();
        if (!isTooShort || finding.Episode is not { Ttl: { } length, LongestWork: { } longest } || longest <= length ||
            SpanOf(finding, finding.Episode.Expiry) is not InvocationExpressionSyntax ttl || Spans.LengthOf(ttl) is null)
        {
            return null;
        }

        TimeSpan whole = longest + finding.Margin;
        string title = $"Lengthen the TTL to {Spans.Describe(whole)}: the work's own limit and a safety margin";
        return new("AddMargin", title, [ttl], editor =>
            editor.Replace(ttl, current => LockTtl.Literal(whole, finding).WithTriviaFrom(current)))
        {
            // Whoever waits for a holder that has crashed waits longer.
            Asks = true,
        };
    }

    private static ExpressionSyntax Sum(ExpressionSyntax span, ExpressionSyntax margin) =>
        Expressions.Sum(SyntaxKind.AddExpression, span, margin);

    /// <summary>Whether the rule is content with the longer TTL.</summary>
    private static bool IsEnough(LockFinding finding)
    {
        LockEpisode episode = finding.Episode;
        if (finding.Fault == LockWithoutMargin.RenewedTooLate)
        {
            return !episode.Renewals.SelectMany(episode.IntervalsOf).Any(interval => interval.Length >= episode.Ttl + finding.Margin);
        }

        if (finding.Fault == LockWithoutMargin.TooShort && episode.LongestWork is { } longest)
        {
            return longest <= episode.Ttl;
        }

        return episode.FindUnreachedWork() is null &&
            episode.Limits().Any(limit => limit.Length <= episode.Ttl || episode.IsSame(limit.Value, episode.Expiry));
    }

    /// <summary>
    /// The TTL's expression, where a sum binds to the same overload: it is a TimeSpan, or a nullable one, by its own type.
    /// </summary>
    private static ExpressionSyntax? SpanOf(LockFinding finding, IOperation expiry)
    {
        if (LockFinding.Unwrapped(expiry).Syntax is not ExpressionSyntax expression ||
            expression.SyntaxTree != finding.Context.Root.SyntaxTree)
        {
            return null;
        }

        ITypeSymbol? type = finding.Context.TypeOf(expression);
        ExpressionSyntax sum = Sum(expression, LockTtl.Literal(finding.Margin, finding));
        TypeInfo infoOfSum = finding.Model.GetSpeculativeTypeInfo(expression.SpanStart, sum, SpeculativeBindingOption.BindAsExpression);
        return type is not null && SymbolEqualityComparer.Default.Equals(type, infoOfSum.Type) ? expression : null;
    }

    /// <summary>
    /// Adds the TTLs of the renewals: one that stays as short makes the lock expire before the next renewal all the same.
    /// </summary>
    private static bool TryAddRenewals(LockFinding finding, List<ExpressionSyntax> spans)
    {
        foreach (CacheCall renewal in finding.Episode.Renewals)
        {
            if ((renewal.Behind ?? renewal).Expiry is not { } expiry || !finding.Episode.IsSame(expiry, finding.Episode.Expiry) ||
                SpanOf(finding, expiry) is not { } span)
            {
                return false;
            }

            if (!spans.Contains(span))
            {
                spans.Add(span);
            }
        }

        return true;
    }
}
