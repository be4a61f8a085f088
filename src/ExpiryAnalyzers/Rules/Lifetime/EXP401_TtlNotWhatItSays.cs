using System.Collections.Immutable;
using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Calls;
using ExpiryAnalyzers.Rules.Atomicity;
using ExpiryAnalyzers.Rules.Lock;
using ExpiryAnalyzers.Rules.Time;
using ExpiryAnalyzers.Symbols;
using ExpiryAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Rules.Lifetime;

/// <summary>EXP401: a TTL that is none: it deletes, is refused, is left out, or keeps the key for ever.</summary>
internal sealed class TtlNotWhatItSays : ExpiryRule
{
    /// <summary>The property that holds the <see cref="TtlOutcome"/>, for the fix.</summary>
    public const string Outcome = nameof(Outcome);

    /// <summary>The property that is present where the TTL is longer than zero and was meant to be one.</summary>
    public const string IsCutDown = nameof(IsCutDown);

    /// <summary>The property that is present where the value is another on another path, of which another comes.</summary>
    public const string IsOnSomePath = nameof(IsOnSomePath);

    /// <summary>The property that holds the <see cref="NeverForm"/> of the member, for the fix.</summary>
    public const string Never = nameof(Never);

    /// <summary>The property that names the method that says "never", where that is another one.</summary>
    public const string NeverMethod = nameof(NeverMethod);

    /// <summary>The property that is present where the server refuses a number because it is no whole one.</summary>
    public const string IsFraction = nameof(IsFraction);

    /// <summary>The property that is present where the TTL is the clock less a deadline, at the first additional location.</summary>
    public const string IsReversed = nameof(IsReversed);

    public static readonly DiagnosticDescriptor Rule = new(
        "EXP401",
        "TTL is zero, negative or not what it says",
        "{0} {1}: {2}; {3}",
        "Lifetime",
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description:
            "A TTL of zero or less deletes the key at once, makes the call fail or means for ever, as the client decides; some " +
            "values that look like a TTL are none. Give a TTL above zero, or say what is meant: delete, or persist.",
        helpLinkUri: HelpLink.For("EXP401"));

    public override DiagnosticDescriptor Descriptor => Rule;

    public override bool SparesTests => true;

    public override void Judge(Sink sink, RuleContext context)
    {
        if (sink.Ttl is null || sink.Values is not { } values || TtlReport.KeepsTtl(sink) ||
            (sink.Call is { } call && (LockWithoutTtl.SpeaksOf(call, context.Body) || GetsTtlBehind(call, context.Body))))
        {
            return;
        }

        // On one path only an instant may be kept back by a comparison of instants, which is not followed: then a branch written here has
        // to be it.
        IOperation branch = TtlReport.Branch(sink, context, IsMeant);
        bool isWhole = ReferenceEquals(branch, sink.Value);
        if (!IsMeant(values) && (!sink.IsAbsolute || isWhole))
        {
            return;
        }

        TimeValues reported = isWhole ? values : context.Body.ValuesOf(branch);
        TimeValue value = reported.Alternatives.First(Misleads);
        TtlOutcome outcome = OutcomeOf(sink, value, context.Body);
        bool isOnSomePath = !reported.All(other => OutcomeOf(sink, other, context.Body) == outcome);
        bool isLock = IsLock(sink, context.Body);
        context.Report(Diagnostic.Create(
            Rule,
            branch.Syntax.GetLocation(),
            SinkReport.Additional(sink, value, context),
            Properties(sink, value, outcome, isOnSomePath, isLock),
            SinkReport.Words(sink, branch.Syntax),
            Fault(sink, value),
            Consequence(sink, outcome, isLock),
            Cure(sink, value, outcome, isLock)));

        bool Misleads(TimeValue value) => OutcomeOf(sink, value, context.Body) != TtlOutcome.AsSaid;

        bool IsMeant(TimeValues values) => sink.IsAbsolute ? values.All(Misleads) : values.Any(Misleads);
    }

    /// <summary>A word for taking the TTL away, told to a write of one key that refuses it.</summary>
    public override void Judge(CacheCall call, RuleContext context)
    {
        CacheCall innermost = call.Innermost;
        if (innermost.Method.Row.Ttl is not { AtTaking: var outcome and not TtlOutcome.AsSaid } ||
            !innermost.Method.Roles.ContainsKey(Role.Value) || call.ValueOf(Role.Expiry) is not { } expiry ||
            !context.Body.Holds(expiry.Syntax) || !TakesTtl(expiry, context.Body))
        {
            return;
        }

        string key = PairReport.KeyOf(call) ?? "the key";
        context.Report(Diagnostic.Create(
            Rule,
            expiry.Syntax.GetLocation(),
            Locations.Of(call.Behind?.Syntax),
            ImmutableDictionary<string, string?>.Empty.Add(Outcome, outcome.ToString()),
            SinkReport.Quoted(expiry.Syntax),
            "is no time to live",
            $"{PairReport.NameOf(call)} fails at run time, and {key} is not stored",
            "leave it out"));
    }

    private static bool TakesTtl(IOperation expiry, Body body) => body.Resolved(expiry) is IMemberReferenceOperation { Member: { } word } &&
        body.Knowledge.Catalog.MeaningOf(word) == Meaning.TakeTtl;

    /// <summary>Whether whatever may arrive at a sink deletes the key there.</summary>
    public static bool Deletes(Sink sink, Body body) => sink is { Ttl: not null, IsMixed: false, Values: { } values } &&
        values.All(value => OutcomeOf(sink, value, body) == TtlOutcome.Deletes);

    /// <summary>Whether the key gets its TTL from an expire that is queued behind the call in the same transaction.</summary>
    private static bool GetsTtlBehind(CacheCall call, Body body) => call.Receiver == ReceiverKind.Transaction &&
        body.ByKey.On(call.Key)?.With(Effect.SetExpiry).Any(expire =>
            expire.SharesKeyWith(call) && expire.Syntax.SpanStart > call.Syntax.SpanStart) == true;

    /// <summary>What the fix needs.</summary>
    private static ImmutableDictionary<string, string?> Properties(
        Sink sink,
        TimeValue value,
        TtlOutcome outcome,
        bool isOnSomePath,
        bool isLock)
    {
        ImmutableDictionary<string, string?>.Builder properties = ImmutableDictionary.CreateBuilder<string, string?>();
        properties.Add(Outcome, outcome.ToString());
        if (isOnSomePath)
        {
            properties.Add(IsOnSomePath, null);
        }

        if (!sink.IsAbsolute && (value.CameToNothing || TtlReport.LengthOf(sink, value) > TimeSpan.Zero))
        {
            properties.Add(IsCutDown, null);
        }

        if (!sink.IsAbsolute && !IsReversedAt(sink, value) && IsFractionOf(sink, value))
        {
            properties.Add(IsFraction, null);
        }

        if (IsReversedAt(sink, value))
        {
            properties.Add(IsReversed, null);
        }

        if (!isLock)
        {
            properties.Add(Never, sink.Ttl!.Never.ToString());
            properties.Add(NeverMethod, sink.Ttl.NeverMethod);
        }

        return SinkReport.WithPath(properties.ToImmutable(), sink);
    }

    /// <summary>What comes of a value here.</summary>
    private static TtlOutcome OutcomeOf(Sink sink, TimeValue value, Body body)
    {
        TtlFacts ttl = sink.Ttl!;
        if (ttl == TtlFacts.OfTaught && (value.Origin == Origin.Minimum || sink.IsOmitted))
        {
            // What is left out there, or is the first of all times, may say that there is to be no TTL.
            return TtlOutcome.AsSaid;
        }

        if (sink.IsAbsolute)
        {
            return value.Origin == Origin.Never ? SinceThen(ttl.AtLastInstant, ttl, body)
                : IsPast(sink, value) ? ttl.Past
                : TtlOutcome.AsSaid;
        }

        if (sink.IsTested)
        {
            return TtlOutcome.AsSaid;
        }

        if (IsReversedAt(sink, value))
        {
            return ttl.Of(TimeSpan.FromMinutes(-1));
        }

        // Numbers that go to the server as they are have to be whole.
        return IsFractionOf(sink, value) ? TtlOutcome.Fails
            : TtlReport.LengthOf(sink, value) is { } length && !SaysNone(sink, value, length) && !IsOver(sink, value, length)
                ? OutcomeOf(sink, length, body)
            : TtlOutcome.AsSaid;
    }

    private static TtlOutcome OutcomeOf(Sink sink, TimeSpan length, Body body) =>
        length != TimeSpan.MaxValue ? sink.Ttl!.Of(length)
        : IsLock(sink, body) ? TtlOutcome.LivesForEver
        : SinceThen(sink.Ttl!.AtMaximum, sink.Ttl, body);

    /// <summary>
    /// Whether a value means "no TTL" where zero or less is how that is said: a number, or the length zero that is one of several, or is
    /// given to a form which has no twin without a TTL. What became of a length does not.
    /// </summary>
    private static bool SaysNone(Sink sink, TimeValue value, TimeSpan length) => sink.Ttl!.TakesZeroForNone && !value.CameToNothing &&
        (sink.Unit != TimeUnit.Unknown ||
            (length == TimeSpan.Zero && (sink.Values?.Alternatives.Length > 1 || !MayBeLeftOut(sink))));

    // What zero means to a taught member is not known, whatever other forms it has.
    private static bool MayBeLeftOut(Sink sink) => sink.Ttl == TtlFacts.OfTaught || sink.Call is not { Behind: null } call ||
        call.Operation.Arguments.FirstOrDefault(argument => argument.Syntax.Span.Contains(sink.Value.Syntax.Span)) is not { } given ||
        Overloads.HaveOneWithout(given, call.Operation);

    /// <summary>Whether a zero stands for a remaining time that is over: the key is to go then, as it does where a zero deletes.</summary>
    private static bool IsOver(Sink sink, TimeValue value, TimeSpan length) => length == TimeSpan.Zero && !value.CameToNothing &&
        sink.Ttl!.Of(length) == TtlOutcome.Deletes &&
        sink.Values?.Alternatives.Any(static other => other is { Origin: Origin.Difference, Constant: null }) == true;

    /// <summary>
    /// Whether a value is certainly negative as long as the deadline in it lies ahead, if nothing looks at it on the way. Where a number
    /// below zero means none, it is a mistake all the same.
    /// </summary>
    private static bool IsReversedAt(Sink sink, TimeValue value) => !sink.IsAbsolute && value is { IsReversed: true, IsTested: false } &&
        sink.MixupOf(value) is null;

    /// <summary>Whether a number that goes to the server as it is may be no whole one. Another unit is another rule's matter.</summary>
    private static bool IsFractionOf(Sink sink, TimeValue value) =>
        value is { Shape: TimeShape.Count, IsEpoch: false, Components: 0 } && sink.MixupOf(value) is null &&
        (value.Constant is { } number ? number % 1 != 0 : value.IsFractional) && IsSentAsWritten(sink);

    /// <summary>Whether a number goes to the server as it is: through no duration, and through no type of whole numbers alone.</summary>
    private static bool IsSentAsWritten(Sink sink)
    {
        for (Sink? next = sink; next is not null; next = next.Behind)
        {
            if (next.Unit == TimeUnit.Unknown || WellKnownTypes.IsWholeNumber(next.Value.Type))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>An outcome of <c>MaxValue</c>, where the client is new enough for it.</summary>
    private static TtlOutcome SinceThen(TtlOutcome outcome, TtlFacts ttl, Body body) =>
        ttl.MaximumSince is null || body.Knowledge.Types.ByName.First(ttl.MaximumSince) is not null
            ? outcome
            : TtlOutcome.AsSaid;

    /// <summary>
    /// Whether an instant is certainly past when it arrives. One of a kind that the client refuses is another rule's matter.
    /// </summary>
    private static bool IsPast(Sink sink, TimeValue value) => sink.Unit == TimeUnit.Unknown
        ? value is { Shape: TimeShape.Instant, IsPast: true } &&
            (sink.Library.Kinds != KindPolicy.UnspecifiedThrows || value.Kind != TimeKind.Unspecified)
        : value is { Shape: TimeShape.Count, IsPast: true } ||
            (value is { Shape: TimeShape.Count, IsEpoch: false, Unit: TimeUnit.Unknown } &&
                TimeArithmetic.IsBeforeRedis(value.Constant, sink.Unit));

    private static bool IsLock(Sink sink, Body body) =>
        sink.Innermost.Call is { } call &&
        (call.Has(Effect.TakeLock | Effect.ExtendLock) || (sink.Behind is null && LockEpisode.Of(call, body) is not null));

    private static string Fault(Sink sink, TimeValue value)
    {
        if (value.Origin == Origin.Never)
        {
            return "is no time to live";
        }

        if (sink.IsAbsolute)
        {
            return "is in the past";
        }

        if (IsReversedAt(sink, value))
        {
            return "is negative as long as the deadline lies ahead";
        }

        if (TtlReport.LengthOf(sink, value) is not { } length)
        {
            return "may be no whole number";
        }

        return length == Timeout.InfiniteTimeSpan ? "is -1 ms, which does not mean 'never' here"
            : length == TimeSpan.MaxValue ? "is no time to live"
            : length > TimeSpan.Zero && length >= sink.Ttl!.Resolution ? "is no whole number"
            : length > TimeSpan.Zero
                ? $"is {TtlReport.Describe(length)}, less than the {TtlReport.Describe(Least(sink))} that '{sink.Name}' can keep"
            : value.CameToNothing ? $"comes to {TtlReport.Describe(length)}"
            : $"is {TtlReport.Describe(length)}";
    }

    /// <summary>What to do, in a few words.</summary>
    private static string Cure(Sink sink, TimeValue value, TtlOutcome outcome, bool isLock)
    {
        TimeSpan? length = sink.IsAbsolute ? null : TtlReport.LengthOf(sink, value);
        bool isNever = value.Origin == Origin.Never || length == TimeSpan.MaxValue || length == Timeout.InfiniteTimeSpan;
        TtlFacts ttl = sink.Innermost.Ttl ?? sink.Ttl!;
        if (IsReversedAt(sink, value))
        {
            return "exchange the sides";
        }

        return isLock ? "give it a TTL"
            : isNever ? ttl.Never switch
            {
                NeverForm.LeftOut => "leave it out",
                NeverForm.OtherMethod => $"use '{ttl.NeverMethod}'",
                NeverForm.Null => "pass null",
                NeverForm.Zero => "pass 0",
                NeverForm.Maximum => "pass TimeSpan.MaxValue",
                _ => "give it a TTL",
            }
            : IsFractionOf(sink, value) ? "round it up"
            : length > TimeSpan.Zero || value.CameToNothing ? "make it longer"
            : outcome == TtlOutcome.Deletes ? "give it a TTL, or delete it"
            : "give it a TTL";
    }

    private static TimeSpan Least(Sink sink) => sink.Unit == TimeUnit.Seconds ? TimeSpan.FromSeconds(1) : sink.Ttl!.Resolution;

    private static string Consequence(Sink sink, TtlOutcome outcome, bool isLock)
    {
        Sink innermost = sink.Innermost;
        string name = ReferenceEquals(innermost, sink) ? $"'{sink.Name}'" : $"'{sink.Name}' hands it to '{innermost.Name}', which";
        string key = isLock ? "the lock" : TtlReport.Key(sink);
        return outcome switch
        {
            TtlOutcome.Deletes when innermost.Call is null => $"{name} sends zero seconds, and the entry is gone as soon as it is stored",
            TtlOutcome.Deletes => $"{name} deletes {key} at once and still reports success",
            TtlOutcome.Fails when isLock => $"{name} fails at run time, and no lock is taken",
            TtlOutcome.Fails when innermost.Call?.Has(Effect.Write | Effect.Overwrite) == true =>
                $"{name} fails at run time, and {key} is not stored",
            TtlOutcome.Fails => $"{name} fails at run time",
            TtlOutcome.FailsOrIsLost => $"{name} makes reads of the entry throw, and writes store nothing and say so to nobody",
            TtlOutcome.DeletesOrFails => $"{name} deletes the field at once, or the server refuses it",
            TtlOutcome.LivesForEver when isLock => $"{name} gives the lock no TTL, and it stays for ever if its holder dies",
            TtlOutcome.LivesForEver => $"{name} stores {key} without a TTL, and it lives for ever",
            TtlOutcome.NotKnown => $"{name} may delete {key} at once, fail, or keep it for ever",
            TtlOutcome.LeavesTtl => $"{name} leaves the TTL of {key} as it was",
            _ => $"{name} gets a life that is over before the entry is stored, so that storing it fails or stores nothing",
        };
    }
}
