using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Calls;
using ExpiryAnalyzers.Rules.Lock;
using Microsoft.CodeAnalysis;

namespace ExpiryAnalyzers.CodeFixes.Reading;

/// <summary>Finds the lock that a call takes, seen as the rules have seen it.</summary>
internal static class TakenLock
{
    /// <summary>The lock, and the body that takes it; null where the node takes none.</summary>
    public static (LockEpisode Episode, Body Body)? At(SyntaxNode take, FixContext context)
    {
        if (BodyAt(take, context) is { } body)
        {
            foreach (CacheCall call in body.CallsAt(take))
            {
                if (LockEpisode.Of(call, body) is { } episode)
                {
                    return (episode, body);
                }
            }
        }

        return null;
    }

    /// <summary>The body around a call.</summary>
    public static Body? BodyAt(SyntaxNode call, FixContext context) =>
        context.OperationOf(call) is { } operation ? context.Analysis.BodyAround(operation) : null;
}
