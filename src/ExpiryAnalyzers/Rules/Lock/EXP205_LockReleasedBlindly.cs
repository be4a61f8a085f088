using System.Collections.Immutable;
using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Calls;
using ExpiryAnalyzers.Operations;
using ExpiryAnalyzers.Rules.Atomicity;
using ExpiryAnalyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Rules.Lock;

/// <summary>EXP205: a plain delete gives a lock back, whoever holds it by then.</summary>
internal sealed class LockReleasedBlindly : ExpiryRule
{
    /// <summary>The property that is present where the delete is written for other keys, too.</summary>
    public const string IsOfOthers = nameof(IsOfOthers);

    public static readonly DiagnosticDescriptor Rule = new(
        "EXP205",
        "Lock released without a look at its owner",
        "{0} deletes the lock{1} that {2} takes, {3}; release with the token",
        "Lock",
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description:
            "A lock that ended under its work has another holder, whom a plain delete takes it from. Compare the token and " +
            "delete in one step: LockRelease, or a script.",
        helpLinkUri: HelpLink.For("EXP205"));

    private const string Unseen = "whoever holds it: once its TTL has ended under the work, that is the next holder";

    private const string Late = "behind a look at its owner: if its TTL ends between the look and the delete, the next holder loses it";

    public override DiagnosticDescriptor Descriptor => Rule;

    public override bool SparesTests => true;

    public override void Judge(RuleContext context)
    {
        // One delete may give back what several calls take.
        HashSet<SyntaxNode> reported = [];
        foreach (CacheCall call in context.Body.Calls)
        {
            if (LockEpisode.Taken(call, context.Body) is { } episode)
            {
                JudgeEpisode(call, episode, reported, context);
            }
        }

        foreach (CacheCall release in context.Body.Calls)
        {
            if (release.Behind is null && IsBlind(release, context.Body))
            {
                JudgeRelease(release, reported, context);
            }
        }
    }

    private static void JudgeEpisode(CacheCall call, LockEpisode episode, HashSet<SyntaxNode> reported, RuleContext context)
    {
        CacheCall[] releases =
        [
            .. (episode.IsCertain ? episode.Releases : []).Concat(episode.LaterReleases)
                .Where(release => IsBlind(release.Written, context.Body) && IsBehind(release, episode.At) && IsOfKey(release, call) &&
                    !IsReadBeforeWork(release, episode, context.Body)),
        ];
        if (releases.Length == 0 || !MayEnd(episode, context.Body))
        {
            return;
        }

        foreach (CacheCall release in releases)
        {
            if (!TypeLocks.AreOfOneType(call, release.Written, context.Knowledge) && reported.Add(release.Written.Syntax))
            {
                bool isAsked = episode.ReadsBefore(release).Any(read => IsCompared(read, context.Body));
                bool isOfOthers = release.IsLocal && call.Key?.Equals(release.Written.OnlyKey) != true;
                context.Report(Report(call, release.Written, isAsked, isOfOthers));
            }
        }
    }

    /// <summary>A call that gives back what another member takes.</summary>
    private static void JudgeRelease(CacheCall release, HashSet<SyntaxNode> reported, RuleContext context)
    {
        LockMember? take = TypeLocks.TakesOf(release, context.Body).FirstOrDefault(take =>
            take.Ask(static (call, around) => LockEpisode.Taken(call, around) is { } episode && MayEnd(episode, around)) &&
            !(release.Has(Effect.ReleaseLock) && IsReleasedByToken(take)));
        if (take is not null && reported.Add(release.Syntax))
        {
            bool isAsked = context.Body.ByKey.On(release.Key)?.With(Effect.Read)
                .Any(read => read.Data == DataType.String && IsBehind(release, read) && IsCompared(read, context.Body)) == true;
            context.Report(Report(take.Call, release, isAsked, isOfOthers: false));
        }
    }

    /// <summary>
    /// Whether another member gives the lock back by a token of its own: to do so by whatever token the key holds is then to break a lock.
    /// </summary>
    private static bool IsReleasedByToken(LockMember take) => take.Ask(TypeLocks.EndsOf).Any(static end =>
        end.Call is { Deletes: true, DeletesAlways: false } ||
        (end.Call.Has(Effect.ReleaseLock) && end.Ask(LockTokens.ReadBack) is null));

    /// <summary>Whether a lock may end under its work, and tells its holders apart.</summary>
    private static bool MayEnd(LockEpisode episode, Body body) => !episode.IsEndless && !LockTokenShared.SpeaksOf(episode, body);

    /// <summary>Whether what was read is compared with more than nothing.</summary>
    private static bool IsCompared(CacheCall read, Body body) => body.Decisions.PartsWith(read.Operation).Any(static part => part switch
    {
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } test =>
            !IsNothing(test.LeftOperand) && !IsNothing(test.RightOperand),
        IInvocationOperation call => WellKnownTypes.IsEquals(call.TargetMethod),
        _ => false,
    });

    /// <summary>A constant, or the value that a type has for none.</summary>
    private static bool IsNothing(IOperation side) => side.WithoutConversions() is var bare && (bare.ConstantValue.HasValue ||
        bare is IDefaultValueOperation || (bare is IPropertyReferenceOperation { Property: { IsStatic: true } none } &&
            SymbolEqualityComparer.Default.Equals(none.Type, none.ContainingType)));

    private static bool IsBehind(CacheCall second, CacheCall first) => second.Syntax.SpanStart > first.Syntax.SpanStart;

    /// <summary>What is to be told of a release.</summary>
    /// <param name="take">The call that takes the lock.</param>
    /// <param name="release">The call that gives it back.</param>
    /// <param name="isAsked">Whether the code has looked at the key before.</param>
    /// <param name="isOfOthers">Whether the release is written for other keys, too.</param>
    private static Diagnostic Report(CacheCall take, CacheCall release, bool isAsked, bool isOfOthers)
    {
        ImmutableDictionary<string, string?> none = ImmutableDictionary<string, string?>.Empty;
        string? key = PairReport.KeyOf(take) ?? PairReport.KeyOf(release);
        IEnumerable<Location> others = Locations.Of(take.Syntax, release.Behind?.Syntax, take.Behind?.Syntax);
        return Diagnostic.Create(
            Rule,
            release.Syntax.GetLocation(),
            others,
            isOfOthers ? none.Add(IsOfOthers, null) : none,
            PairReport.NameOf(release),
            key is null ? "" : " " + key,
            PairReport.NameOf(take),
            isAsked ? Late : Unseen);
    }

    /// <summary>Whether a script that gives a lock back deletes that lock's key, and no other.</summary>
    private static bool IsOfKey(CacheCall release, CacheCall take) =>
        !release.Has(Effect.Opaque) || (take.Key is { } key && key.Equals(release.OnlyKey));

    /// <summary>
    /// Whether a call deletes its key whatever the key holds. One in a transaction may hang on a condition, and one of a type of values
    /// compares; one that reads what it deletes may want the value, unless nobody looks at that. To compare with what the key was just
    /// found to hold is no comparison, unless that was compared before.
    /// </summary>
    private static bool IsBlind(CacheCall release, Body body) =>
        release.Has(Effect.Opaque) ? release is { DeletesAlways: true, OnlyKey: not null }
        : release.Has(Effect.Delete) ? IsPlainDelete(release, body)
        : LockTokens.ReadBack(release, body) is { } read && !IsCompared(read, body);

    private static bool IsPlainDelete(CacheCall release, Body body) =>
        !MayHangOnCondition(release, body) &&
        (release.Data == DataType.None || (release.Behind is null && release.Has(Effect.Read) && IsForgotten(release.Operation.Answer())));

    private static bool MayHangOnCondition(CacheCall release, Body body) =>
        release.Receiver == ReceiverKind.Transaction && OwnQueues.Of(release, body)?.MayHold(release.Key) != false;

    /// <summary>Whether the token of a release is read before the work, when the key still holds the one of its taking.</summary>
    private static bool IsReadBeforeWork(CacheCall release, LockEpisode episode, Body body) =>
        LockTokens.ReadBack(release.Written, body) is { } read && episode.Work is { } work &&
        read.Syntax.SpanStart < work.Syntax.SpanStart && !(release.IsLocal && AreOfOneFunction(read, release.Written, body));

    private static bool AreOfOneFunction(CacheCall first, CacheCall second, Body body) =>
        ReferenceEquals(body.FunctionOf(first.Operation), body.FunctionOf(second.Operation));

    private static bool IsForgotten(IOperation answer) =>
        answer.Parent is IExpressionStatementOperation or ISimpleAssignmentOperation { Target: IDiscardOperation };
}
