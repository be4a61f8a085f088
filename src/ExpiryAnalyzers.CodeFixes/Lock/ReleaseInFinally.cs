using ExpiryAnalyzers.CodeFixes.Reading;
using ExpiryAnalyzers.CodeFixes.Writing;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExpiryAnalyzers.CodeFixes.Lock;

/// <summary>
/// Gives the lock back also when its work throws or leaves: puts the work into a <c>try</c>, the release into its <c>finally</c>.
/// </summary>
internal static class ReleaseInFinally
{
    public static Fix? Fix(FixContext context)
    {
        if (context.AdditionalNode(0) is not { } take || TakenLock.At(take, context) is not var (episode, _) ||
            HeldWork.Of(episode, context) is not { } work || !work.Block.Span.Contains(context.Node.Span))
        {
            return null;
        }

        return new(
            "Finally",
            "Release the lock in a finally",
            [work.Block],
            editor => editor.Replace(work.Block, current => work.Protected((BlockSyntax)current, [], [])))
        {
            Asks = work.DisposesBeforeRelease,
        };
    }
}
