using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Calls;
using ExpiryAnalyzers.Rules.Atomicity;
using Microsoft.CodeAnalysis;

namespace ExpiryAnalyzers.Rules.Lock;

/// <summary>EXP205: a plain delete gives a lock back, whoever holds it by then.</summary>
internal sealed class LockReleasedBlindly : ExpiryRule
{
    public static readonly DiagnosticDescriptor Rule = new(
        "EXP205",
        "Lock released without a look at its owner",
        "{0} deletes the lock{1} that {2} takes, {3}; release with the token",
        "Lock",
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        description: "A lock that ended under its work has another holder, whom a plain delete takes it from.",
        helpLinkUri: HelpLink.For("EXP205"));

    private const string Unseen = "whoever holds it: once its TTL has ended under the work, that is the next holder";

    private const string Late = "behind a look at its owner: if its TTL ends between the look and the delete, the next holder loses it";

    public override DiagnosticDescriptor Descriptor => Rule;

    public override bool SparesTests => true;

    public override void Judge(RuleContext context)
    {
        // One delete may give back what several calls take.
        HashSet<SyntaxNode> reported = [];
        foreach (CacheCall take in context.Body.Calls)
        {
            if (LockEpisode.Of(take, context.Body) is not { IsEndless: false } episode)
            {
                continue;
            }

            foreach (CacheCall release in episode.Releases)
            {
                if (IsBlind(release) && release.Syntax.SpanStart > take.Syntax.SpanStart && reported.Add(release.Syntax))
                {
                    context.Report(Report(release, episode));
                }
            }
        }
    }

    private static Diagnostic Report(CacheCall release, LockEpisode episode)
    {
        CacheCall take = episode.Take;
        SyntaxNode?[] others = [take.Syntax, release.Behind?.Syntax, take.Behind?.Syntax];
        return Diagnostic.Create(
            Rule,
            release.Syntax.GetLocation(),
            [.. others.OfType<SyntaxNode>().Select(static place => place.GetLocation())],
            PairReport.NameOf(release),
            PairReport.KeyOf(release) is { } key ? " " + key : "",
            PairReport.NameOf(take),
            episode.IsHolderAskedForBefore(release) ? Late : Unseen);
    }

    /// <summary>
    /// Whether a call deletes its key whatever the key holds. One in a transaction may hang on a condition, and one of a type of values
    /// compares.
    /// </summary>
    private static bool IsBlind(CacheCall release) =>
        release is { Data: DataType.None, Receiver: not ReceiverKind.Transaction } && release.Has(Effect.Delete);
}
