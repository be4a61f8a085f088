using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Operations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace ExpiryAnalyzers.Rules.Lock;

/// <summary>Tests that ask for more than whether a lock was got, so that it may stay held where something else says no.</summary>
internal sealed class JoinedTests(LockEpisode episode, Body body)
{
    /// <summary>How many operations behind a test are looked at for what may give the lock back.</summary>
    private const int MaxParts = 512;

    /// <summary>
    /// What else a test asks for although nothing gives the lock back where that decides against the work; null where there is no such.
    /// </summary>
    public IOperation? FindOther() => episode.Releases.Count == 0 ? null
        : episode.AnswerUses.Select(OtherIn).FirstOrDefault(static other => other is not null);

    private IOperation? OtherIn(AnswerUse use) => use.Owner is IConditionalOperation { Type: null } test && !IsTakenUnderTest(test) &&
        episode.HeldAlone(use) is { } isHeld && IsLeftHeld(test, isHeld) && !episode.IsEndedAround(test)
            ? BesideIn(test, use.Leaf!) : null;

    /// <summary>Whether the lock is taken under a condition of its own, which may imply what else the test asks for.</summary>
    private bool IsTakenUnderTest(IConditionalOperation test)
    {
        for (IOperation? around = episode.Take.Operation; around is not null; around = around.Parent)
        {
            if (around is IConditionalOperation && !ReferenceEquals(around, test))
            {
                return !IsIn(around, test);
            }
        }

        return false;
    }

    /// <summary>
    /// Whether nothing gives the lock back, nor asks for the answer again, on the way that a test takes where it fails. What stands under
    /// a test is certainly the work, and no cleaning up after a failure, where its <c>finally</c> gives the lock back.
    /// </summary>
    private bool IsLeftHeld(IConditionalOperation test, bool isHeld)
    {
        IOperation? held = isHeld ? test.WhenTrue : test.WhenFalse;
        IOperation? missed = isHeld ? test.WhenFalse : test.WhenTrue;
        TextSpan behind = TextSpan.FromBounds(test.Syntax.Span.End, Math.Max(test.Syntax.Span.End, body.Root.Syntax.Span.End));
        bool mayEndMissed = missed is not null && MayBeReleasedIn(missed.Syntax.Span);
        return missed is not null && Places.Leaves(missed)
            ? IsAllIn(behind, test) && !mayEndMissed
            : held is not null && HasFinalRelease() && IsAllIn(held.Syntax.Span, test) && !mayEndMissed && !MayBeReleasedIn(behind);
    }

    private bool HasFinalRelease() =>
        episode.Releases.Any(release => body.Places.Of(release.Operation).IsInFinallyOfFunction);

    /// <summary>
    /// Whether all that gives the lock back stands in a stretch of source, and all that asks for it there or in the test.
    /// </summary>
    private bool IsAllIn(TextSpan span, IConditionalOperation test) =>
        episode.MayEndAt.All(end => span.Contains(end.Syntax.Span)) &&
        episode.AnswerReads.All(read => span.Contains(read.Syntax.Span) || IsIn(test.Condition, read));

    /// <summary>Whether a stretch of source calls what is named for a release.</summary>
    private bool MayBeReleasedIn(TextSpan span)
    {
        IOperation[] parts = [.. body.Remember(static body => new OperationPlaces(body)).Between(span.Start, span.End).Take(MaxParts)];
        return parts.Length == MaxParts || parts.Any(static part =>
            part is IInvocationOperation call && NameHints.ReleaseWord.Fits(call.TargetMethod.Name));
    }

    /// <summary>
    /// The first operand beside one that is, or holds, the answer: what is asked once the lock is taken, and says nothing of it.
    /// </summary>
    private IOperation? BesideIn(IConditionalOperation test, IOperation leaf)
    {
        bool isTakenHere = IsIn(leaf, episode.Take.Operation);
        IOperation inner = leaf;
        while (!ReferenceEquals(inner, test.Condition) && inner.Parent is { } outer)
        {
            if (outer is IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr } both)
            {
                bool isFirst = ReferenceEquals(both.LeftOperand, inner);
                IOperation other = isFirst ? both.RightOperand : both.LeftOperand;
                if ((isFirst || !isTakenHere) && !other.ConstantValue.HasValue && !episode.AsksForLock(other))
                {
                    return other;
                }
            }

            inner = outer;
        }

        return null;
    }

    private static bool IsIn(IOperation outer, IOperation inner) => outer.Syntax.Span.Contains(inner.Syntax.Span);
}
