using System.Collections.Immutable;
using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Calls;
using ExpiryAnalyzers.Operations;
using ExpiryAnalyzers.Rules.Time;
using ExpiryAnalyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Rules.Lock;

/// <summary>EXP202: nobody looks whether the lock was got, or it is not given back when the work throws, or with another token.</summary>
internal sealed class LockOutcomeIgnored : ExpiryRule
{
    /// <summary>
    /// The property that names the fault, for the fix: <see cref="Unchecked"/>, <see cref="NotReleased"/> or <see cref="OtherToken"/>;
    /// of the others only the author knows the repair.
    /// </summary>
    public const string Fault = nameof(Fault);

    public const string Unchecked = nameof(Unchecked);
    public const string NotReleased = nameof(NotReleased);
    public const string OtherToken = nameof(OtherToken);
    public const string OtherKey = nameof(OtherKey);
    public const string WrittenOver = nameof(WrittenOver);
    public const string UncheckedHandle = nameof(UncheckedHandle);
    public const string Unheeded = nameof(Unheeded);
    public const string LeftHeld = nameof(LeftHeld);
    public const string OnSomePaths = nameof(OnSomePaths);
    public const string OtherTokenElsewhere = nameof(OtherTokenElsewhere);
    public const string NoToken = nameof(NoToken);
    public const string UnheardInQueue = nameof(UnheardInQueue);
    public const string Inverted = nameof(Inverted);
    public const string UncheckedRetry = nameof(UncheckedRetry);
    public const string UncheckedPart = nameof(UncheckedPart);
    public const string LeftHandle = nameof(LeftHandle);

    public static readonly DiagnosticDescriptor Rule = new(
        "EXP202",
        "Lock outcome ignored, or lock not released",
        "{0}",
        "Lock",
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        description:
            "A lock protects only who looks whether they got it, and blocks everybody until it is given back or expires. Leave " +
            "where the lock was not got, and release it in a finally with the token that took it.",
        helpLinkUri: HelpLink.For("EXP202"));

    private const string SameToken = "give the same token";

    private const string IntoTheTry = "move it into the try";

    private const string Stays = "stays until its TTL ends, and everybody else waits";

    private const string StaysForEver = "has no TTL and stays for ever";

    public override DiagnosticDescriptor Descriptor => Rule;

    public override bool SparesTests => true;

    public override void Judge(CacheCall call, RuleContext context)
    {
        if (call.Receiver is ReceiverKind.Transaction or ReceiverKind.Batch)
        {
            JudgeQueued(call, context);
            return;
        }

        LockEpisode? episode = LockEpisode.Of(call, context.Body);
        JudgeAnswer(call, episode, context);
        JudgeHandle(call, context);
        JudgeAbandonedHandle(call, context);
        JudgeTokens(call, episode, context);
        JudgeTokenOfType(call, context);
        JudgeKeys(call, episode, context);
        if (episode is not null)
        {
            JudgeWays(call, episode, context);
        }
    }

    /// <summary>Judges whether all ways out of the code under the lock lead past its release.</summary>
    private static void JudgeWays(CacheCall call, LockEpisode episode, RuleContext context)
    {
        if (episode.FindInvertedTest() is { } inverted)
        {
            string reason = $"'{episode.Releases[0].Name}' is reached only where '{call.Name}' did not get the lock{Key(call)}";
            Report(context, inverted.Syntax, Inverted, call.Syntax,
                $"{reason}, and where it did, this leaves with it: the lock {Stays}; turn the test round");
            return;
        }

        if (episode.Releases.FirstOrDefault() is { } last && episode.Work is { } work && episode.IsProtected(work) &&
            !episode.IsReleasedOnThrow && !episode.IsTakenAgainBefore(last))
        {
            string reason = $"'{last.Name}' is not reached when {SinkReport.Quoted(work.Syntax)} throws";
            bool isInFinally = context.Body.Places.Of(last.Operation).IsInFinally;
            string cure = isInFinally ? "release it whatever came before" : "release in a finally";
            string fault = episode.IsReleasedInHandler ? OnSomePaths : NotReleased;
            Report(context, last.Syntax, fault, call.Syntax, $"{reason}: {Kept(call, episode)}; {cure}");
        }

        if (episode.FindExitBeforeTry() is { } exit)
        {
            string way = exit is IReturnOperation ? "return" : "throw";
            string reason = $"This {way} leaves past the release";
            Report(context, exit.Syntax, LeftHeld, call.Syntax, $"{reason}: {Kept(call, episode)}; {IntoTheTry}");
        }
        else if (episode.FindCallBeforeTry() is { } before)
        {
            string reason = $"When {SinkReport.Quoted(before.Syntax)} throws, the release is not reached";
            Report(context, before.Syntax, LeftHeld, call.Syntax, $"{reason}: {Kept(call, episode)}; {IntoTheTry}");
        }

        if (new JoinedTests(episode, context.Body).FindOther() is { } other)
        {
            string reason = $"Where {SinkReport.Quoted(other.Syntax)} decides against the work, the release is not reached";
            Report(context, other.Syntax, LeftHeld, call.Syntax, $"{reason}: {Kept(call, episode)}; {IntoTheTry}");
        }
    }

    /// <summary>Judges the handles whose constructors take a lock.</summary>
    public override void Judge(RuleContext context)
    {
        foreach (IObjectCreationOperation made in context.Body.Operations.OfType<IObjectCreationOperation>())
        {
            if (MadeLocks.Of(made, context.Knowledge) is { LeavesAnswer: true } &&
                LockHandles.IsUnused(made, MissedLock.IsAsked, context.Body))
            {
                Report(context, made.Syntax, UncheckedHandle, null, NobodyLooks(made.Type!.Name, "", "its handle is not acquired"));
            }
        }
    }

    private static string NobodyLooks(string name, string key, string missing, bool isTask = false) =>
        $"Nobody looks whether '{name}' got the lock{key}: while another holder has it, {missing} and the work runs all the same; " +
        (isTask ? "await the task, and check the handle" : "check the handle");

    /// <summary>
    /// Judges a taking that is queued, whose answer comes when the queue is executed: where its task goes nowhere, and nobody looks
    /// whether the queue was executed, it comes to nobody. What is never given back is a throttle.
    /// </summary>
    private static void JudgeQueued(CacheCall take, RuleContext context)
    {
        Body body = context.Body;
        if (take.Behind is not null || !take.Has(Effect.TakeLock) || !IsUnused(take.Operation, body) || !IsUnheard(take, body))
        {
            return;
        }

        if (body.ByKey.On(take.Key) is { } onKey && onKey.With(Effect.ReleaseLock | Effect.Delete).Count > 0 &&
            onKey.With(Effect.Read).Count == 0)
        {
            Report(context, take.Syntax, UnheardInQueue, null, $"Nobody looks whether '{take.Name}' got the lock{Key(take)}: " +
                "while another holder has it, the work runs all the same; keep the task, and check its answer behind Execute");
        }
    }

    /// <summary>Whether a queue is the body's own, it is executed, and the answer of that goes nowhere.</summary>
    private static bool IsUnheard(CacheCall queued, Body body) =>
        OwnQueues.Of(queued, body) is { Executions: { Count: > 0 } executions } && executions.All(execute => IsUnused(execute, body));

    /// <summary>What becomes of a lock that is not given back.</summary>
    private static string Kept(CacheCall take, LockEpisode episode) =>
        $"the lock{Key(take)} that '{take.Name}' takes {(episode.IsEndless ? StaysForEver : Stays)}";

    private static void JudgeAnswer(CacheCall call, LockEpisode? episode, RuleContext context)
    {
        bool isOwn = call.Behind is null;
        bool isExtension = call.Has(Effect.ExtendLock) && (isOwn || IsAnswerOfHelper(call, context.Knowledge));
        bool isTake = (call.Has(Effect.TakeLock) && (isOwn || call.Held is { IsAnswer: true } or { AnswerParts.Count: > 0 })) ||
            (episode is not null && (isOwn || AnswersYesOrNo(call, context.Knowledge)));
        if ((isTake || isExtension) && UnusedAs(call, context.Body) is { } fault &&
            !LockEpisodes.Of(context.Body).Calls.Of(call).IsHolderAskedFor(call.Syntax.SpanStart))
        {
            (string done, string consequence) = isExtension
                ? ("prolonged", "once it has expired, the work goes on beside another holder")
                : ("got", "while another holder has it, the work runs all the same");
            string message = $"Nobody looks whether '{call.Name}' {done} the lock{Key(call)}: {consequence}; check the answer";
            Report(context, call.Syntax, fault, null, message);
        }
        else if (episode is { IsUnheeded: true, Work: { } work } && call.Held is null or { MayBeMissing: true })
        {
            ReportUnheeded(call, work, context);
        }
    }

    private static void ReportUnheeded(CacheCall call, IOperation work, RuleContext context) => Report(context, call.Syntax, Unheeded,
        work.Syntax, $"{SinkReport.Quoted(work.Syntax)} runs also where '{call.Name}' did not get the lock{Key(call)}: " +
            "while another holder has it, both work; leave where it was not got");

    /// <summary>Judges the handle that a client or a helper answers with, which says whether the lock was got.</summary>
    private static void JudgeHandle(CacheCall call, RuleContext context)
    {
        MissedLock missed = LockHandles.MissedBy(call);
        if (missed is not (MissedLock.IsNull or MissedLock.IsAsked))
        {
            return;
        }

        if (LockHandles.IsUnused(call, context.Body))
        {
            string missing = missed == MissedLock.IsNull ? "there is no handle" : "its handle is not acquired";
            bool isTask = context.Knowledge.Types.IsTask(call.Operation.Answer().Type);
            Report(context, call.Syntax, UncheckedHandle, null, NobodyLooks(call.Name, Key(call), missing, isTask));
        }
        else if (LockHandles.WorkWithout(call, context.Body) is { } work)
        {
            ReportUnheeded(call, work, context);
        }
    }

    /// <summary>Judges a handle that no <c>using</c> holds, and that is not disposed of when the work throws, or never.</summary>
    private static void JudgeAbandonedHandle(CacheCall call, RuleContext context)
    {
        if (AbandonedHandle.Of(call, context.Body) is not var (disposal, work))
        {
            return;
        }

        string stays = AbandonedHandle.IsKeptUp(call) ? "is kept up by its client, and everybody else waits" : Stays;
        string kept = $"the lock{Key(call)} that '{call.Name}' takes {stays}; hold its handle in a using";
        if (disposal is null || work is null)
        {
            Report(context, call.Syntax, LeftHandle, null, $"Nothing gives the handle of '{call.Name}' back: {kept}");
        }
        else
        {
            string reason = $"'{disposal.TargetMethod.Name}' is not reached when {SinkReport.Quoted(work.Syntax)} throws";
            Report(context, disposal.Syntax, LeftHandle, call.Syntax, $"{reason}: {kept}");
        }
    }

    private static void JudgeKeys(CacheCall call, LockEpisode? episode, RuleContext context)
    {
        if (episode?.Misdirected is { } release)
        {
            SyntaxNode? key = release.Behind is null ? release.KeyExpression?.Syntax : null;
            string given = key is null ? "another key" : SinkReport.Quoted(key);
            SyntaxNode place = key is not null && context.Body.Holds(key) ? key : release.Syntax;
            string fault = $"'{release.Name}' gives back {given}, which nobody took";
            Report(context, place, OtherKey, call.Syntax,
                $"{fault}: the lock{Key(call)} that '{call.Name}' takes {Stays}; release the same key");
        }

        if (episode?.OnOtherDatabase is { } elsewhere)
        {
            string fault = $"'{elsewhere.Name}' looks for the lock{Key(call)} in another database than '{call.Name}' takes it in";
            Report(context, elsewhere.Syntax, OtherKey, call.Syntax, $"{fault}: the lock {Stays}; release it where it was taken");
        }

        if (episode is not null && KeyFaults.WriteOverToken(episode, LockEpisodes.Of(context.Body).Calls) is { } write)
        {
            string stays = write.LeavesNoTtl ? StaysForEver : "stays as long as what is written";
            string fault = $"'{write.Name}' writes over the token of the lock{Key(call)}";
            Report(context, write.Syntax, WrittenOver, call.Syntax,
                $"{fault}: '{episode.Releases[0].Name}' finds another value, and the lock {stays}; lock another key");
        }
    }

    private static void JudgeTokens(CacheCall call, LockEpisode? episode, RuleContext context)
    {
        if (call is { Behind: null, Deletes: true, LacksValue: true })
        {
            Report(context, call.Syntax, NoToken, TakeOf(call, context.Body),
                $"'{call.Name}' gives the script no token to compare: it never deletes the key, and the lock {Stays}; {SameToken}");
        }

        if (call.Behind is null && EndedBy(call) is { } own && LockTokens.IsMadeAnew(own, context.Knowledge))
        {
            string consequence = call.Has(Effect.ExtendLock) ? "the lock is not prolonged, and ends under the work" : $"the lock {Stays}";
            SyntaxNode? take = episode is null ? TakeOf(call, context.Body) : null;
            string message = $"'{call.Name}' gives a new token, which nobody took the lock{Key(call)} with: {consequence}; {SameToken}";
            Report(context, own.Syntax, OtherToken, take, message);
        }

        foreach (CacheCall release in episode?.Releases ?? [])
        {
            // What was taken in between, by another token, is what the release is for.
            if (release.Written.Behind is null && release.Syntax.SpanStart > episode!.At.Syntax.SpanStart &&
                LockTokens.Of(call) is { } taken && LockTokens.GivenBy(release) is { } given &&
                !LockTokens.IsMadeAnew(given, context.Knowledge))
            {
                IOperation? written = LockTokens.WrittenBefore(release, given, episode, context.Body);
                if (written is null && !IsOther(call, taken, release, given, context.Body))
                {
                    continue;
                }

                string fault = $"'{release.Name}' gives another token than '{call.Name}' took the lock{Key(call)} with";
                Report(context, given.Syntax, OtherToken, (written ?? taken).Syntax, $"{fault}: the lock {Stays}; {SameToken}");
            }
        }
    }

    /// <summary>The token by which a call gives a lock back or prolongs it, or which a script compares before it deletes.</summary>
    private static IOperation? EndedBy(CacheCall call) => call.Has(Effect.ReleaseLock | Effect.ExtendLock) ? LockTokens.Of(call)
        : call.Deletes ? call.Compared
        : null;

    /// <summary>
    /// Judges a release of what other members of the type take, each time by a token of its own: what is made of the key is none of them.
    /// </summary>
    private static void JudgeTokenOfType(CacheCall release, RuleContext context)
    {
        if (release.Behind is not null || LockTokens.GivenBy(release) is not { } given || !context.Body.Holds(given.Syntax) ||
            !LockTokens.IsMadeOfKey(release, given, context.Body))
        {
            return;
        }

        LockMember[] takes = TypeLocks.TakesOf(release, context.Body);
        if (takes.Length > 0 && Array.TrueForAll(takes, static take => take.Ask(LockTokens.IsNew)))
        {
            string fault = $"'{release.Name}' gives another token than '{takes[0].Call.Name}' takes the lock{Key(release)} with";
            Report(context, given.Syntax, OtherTokenElsewhere, takes[0].Call.Syntax, $"{fault}: the lock {Stays}; {SameToken}");
        }
    }

    /// <summary>Whether a release gives a token that is none of those by which the body takes the lock.</summary>
    private static bool IsOther(CacheCall take, IOperation taken, CacheCall release, IOperation given, Body body)
    {
        LockKey key = LockEpisodes.Of(body).Calls.Of(take);
        if (key.Tokens.IsNone(given) && LockTokens.AreCertainlyOther(taken, given, body))
        {
            return true;
        }

        return LockTokens.IsMadeOfKey(release, given, body) && LockTokens.IsNew(take, body) &&
            key.Takes.All(own => LockTokens.IsNew(own, body));
    }

    /// <summary>The token with which the body takes the lock of a call.</summary>
    private static SyntaxNode? TakeOf(CacheCall call, Body body) =>
        LockEpisodes.Of(body).Calls.FirstTake(call.OnlyKey) is { } taken ? LockTokens.Of(taken)?.Syntax : null;

    private static void Report(RuleContext context, SyntaxNode at, string fault, SyntaxNode? other, string message) =>
        context.Report(Diagnostic.Create(
        Rule,
        at.GetLocation(),
        Locations.Of(other),
        ImmutableDictionary<string, string?>.Empty.Add(Fault, fault),
        message));

    /// <summary>The key, with a space before it; nothing where a helper knows it.</summary>
    private static string Key(CacheCall call) => call.KeyExpression is { } key && call.Behind is null
        ? " " + SinkReport.Quoted(key.Syntax) : "";

    /// <summary>Whether a helper that takes a lock answers whether it did.</summary>
    private static bool AnswersYesOrNo(CacheCall call, Knowledge knowledge) =>
        call.Held is { Work.Count: 0 } && GivesYesOrNo(call.Operation, knowledge);

    /// <summary>Whether a helper answers with the answer of the client, at which it has not looked itself.</summary>
    private static bool IsAnswerOfHelper(CacheCall call, Knowledge knowledge) =>
        call.IsUnseen && GivesYesOrNo(call.Operation, knowledge);

    private static bool GivesYesOrNo(IOperation call, Knowledge knowledge) => call.Type is { } type &&
        knowledge.Types.AwaitedResultOf(type).SpecialType == SpecialType.System_Boolean;

    /// <summary>How the answer goes nowhere: by itself, or as what another call hands on or a part of it; null where it does not.</summary>
    private static string? UnusedAs(CacheCall call, Body body)
    {
        if (IsUnused(call.Operation, body))
        {
            return LockHandles.IsAskedBeside(call.Operation, body) ? null : Unchecked;
        }

        if (LockEpisode.ResultOf(call.Operation, body) is IInvocationOperation retry && !ReferenceEquals(retry, call.Operation))
        {
            return AnswerHandedOn.Is(retry, body.Knowledge) && IsUnused(retry, body) ? UncheckedRetry : null;
        }

        return call.Held is { AnswerParts: [_, ..] parts } && AnswerParts.AreUnused(call.Operation, parts, body) ? UncheckedPart : null;
    }

    /// <summary>
    /// Whether the answer goes nowhere: a statement of its own, a discard, a variable that nobody reads or only waits for.
    /// </summary>
    private static bool IsUnused(IOperation call, Body body)
    {
        IOperation answer = call.Answer();
        return answer.Parent switch
        {
            IExpressionStatementOperation => true,
            ISimpleAssignmentOperation { Target: IDiscardOperation } => true,
            ISimpleAssignmentOperation { Target: ILocalReferenceOperation target, Parent: IExpressionStatementOperation } =>
                IsNeverRead(target.Local, body),
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator } => IsNeverRead(declarator.Symbol, body),
            IReturnOperation => answer is IConversionOperation && IsBareTask(answer.Type, body),
            _ => body.Knowledge.Types.CombinedBy(answer) is { } all && all.Answer().Parent is IExpressionStatementOperation or
                ISimpleAssignmentOperation { Target: IDiscardOperation },
        };
    }

    /// <summary>Whether a task gives whoever waits for it no answer.</summary>
    private static bool IsBareTask(ITypeSymbol? type, Body body) =>
        body.Knowledge.Types.Is(type, KnownType.Task) || body.Knowledge.Types.Is(type, KnownType.ValueTask);

    private static bool IsNeverRead(ILocalSymbol local, Body body) => body.Assignments.Reads(local).All(static read =>
        read.Answer() is var waited && !ReferenceEquals(waited, read) && waited.Parent is IExpressionStatementOperation);
}
