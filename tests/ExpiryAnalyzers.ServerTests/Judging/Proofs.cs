using System.Text.RegularExpressions;
using ExpiryAnalyzers.Tests.Judging.Places;
using ExpiryAnalyzers.Tests.Observing;
using StackExchange.Redis;

namespace ExpiryAnalyzers.Tests.Judging;

/// <summary>
/// The table of what original and repair may differ in, and of where the bug is shown, rule by rule. What is not in it may not differ:
/// results, types of exceptions, what is asked of the surroundings, keys, types, values and TTLs.
/// </summary>
internal static class Proofs
{
    private const double Tolerance = RunText.Tolerance;

    public static Proof Of(string id) => id switch
    {
        "EXP101" => new(
            [
                new("the client refuses a time that does not say what it is", "the time is taken", [], Refused("ArgumentException")),
                new("a local time is handed on", "the same instant in UTC is", [], IsSameInstant),
                new("a wall clock's time is read as the machine's", "it is read in its own zone", ["FromZone", "Utc"], Time(IsByAZone)),
            ],
            [new ClockChanges()]),
        "EXP102" => new(
            [
                new("the client refuses a time that does not say what it is", "the span is taken", [], Refused("ArgumentException")),
                new("an options object holds an instant", "it holds the span to it", [], SameTimes),
            ],
            [new ClockChanges()]),
        "EXP103" or "EXP104" => new([], [new ClockChanges()]),
        "EXP105" => new(
            [
                new("a number is read in another unit", "a TTL a thousand times as long or as short, sixty times with minutes", [],
                    IsInItsUnit),
                new("an instant so far away that it is never", "the instant in its unit", [],
                    Time(static (before, after) => before > 1e10 && after is > 1 and < 3e8)),
                new("a TTL so short that the key is gone", "the key is there, with a TTL", [], Appears),
                new("a component of zero stands for none", "the key has its TTL", ["Take"], GetsATtl),
                new("a TTL that no unit can mean is refused", "it is taken", [],
                    Refused("ArgumentOutOfRangeException", "RedisServerException", "OverflowException", "ProtocolViolationException",
                        "RedisConnectionException")),
            ],
            []),
        "EXP106" => new(
            [
                new("a TTL of decades", "the time that is left", [], Time(IsWhatIsLeft)),
                new("an instant that no TTL can hold is refused", "the time that is left is taken", [],
                    Refused("ArgumentOutOfRangeException", "RedisServerException", "OverflowException")),
            ],
            [new ClockChanges()]),
        "EXP107" => new([new("an options object whose instant is kept without its offset", "the same instant, or the span to it", [],
            SameTimes)], [new ClockChanges()]),
        "EXP108" => new([new("the client refuses a time that does not say what it is", "the time is taken", [],
            Refused("ArgumentException"))], [new ClockChanges()]),
        "EXP109" => new(
            [
                new("what is written after the deadline is gone at once", "it lives for the span", [], Time(static (_, _) => true)),
                new("what is written after the deadline is gone at once", "it is there, with a TTL", [], Appears),
                new("an options object holds an instant", "it holds the span to it", [], SameTimes),
            ],
            []),
        "EXP110" => new([new("a local time is handed on", "the span to it, or the same instant in UTC", [], SameTimes)],
            [new ClockChanges()]),
        _ => OfCommands(id),
    };

    private static Proof OfCommands(string id) => id switch
    {
        "EXP201" => new(
            [
                new("the lock ends with the work", "it lives longer by the margin", ["AddMargin"],
                    Time(static (before, after) => after > before && after - before <= 6)),
                new("the lock of work that failed stays", "it is released", [WorkOutlivesLock.Renewal], IsReleased),
            ],
            [new WorkTakesLong(), new WorkOutlivesLock(), new HeldByAnother()]),
        "EXP202" => new(
            [
                new("who did not get the lock works", "only who got it works", ["Check", "Throw", "Return"], static (_, seen) =>
                    seen.Situation.Keys.Count > 0),
                new("the lock of work that failed stays", "it is released", ["Finally"], IsReleased),
                new("a release with another token does nothing", "the lock is released", ["SameToken"], static (difference, _) =>
                    difference is { Aspect: Aspect.Presence, Repaired: "missing" }),
            ],
            [new WorkFails(), new HeldByAnother()]),
        "EXP203" => new([new("the lock holds what every holder gives", "it holds a token of its own", [], static (difference, seen) =>
            difference is { Aspect: Aspect.Value, Keys: { Original.Type: RedisType.String, Repaired.Type: RedisType.String } })],
            [new LostUnderWork(isToItsLike: true)]),
        "EXP204" => new([], [new FreedUnderWork()]),
        "EXP205" => new([], [new LostUnderWork()]),
        "EXP206" => new([new("the lock never ends", "it has a TTL", [], GetsATtl)], [new HolderDies()]),
        "EXP301" => new([RefusesBoth, AsksForTheSecond, AsksForTheFull, AsksForTheRefused,
            new("a key of another type makes the read throw", "the token is not there, or the extension throws: the repair asks",
                ["LockExtend"], static (difference, seen) => difference.Aspect == Aspect.Answer && IsOfWrongType(seen))],
            [new EndsBetween(), new TakenBetween()]),
        "EXP302" => new([RefusesBoth, AsksForTheSecond, AsksForTheFull, AsksForTheRefused,
            new("an expire before its write does nothing, or is lost", "the key has its TTL", [], GetsATtl)],
            [new CutBetween()]),
        "EXP303" => new([RefusesBoth, AsksForTheSecond, AsksForTheFull, AsksForTheRefused,
            new("a counter that has lost its TTL never gets one", "it gets one", [], GetsATtl)], [new CutBetween()]),
        "EXP304" => new([new("it never completes, or not in the time that it is given", "it completes", [], static (_, seen) =>
            (!seen.Original.Completes || seen.Original.Answer is "throws TimeoutException" or "throws TaskCanceledException")
            && seen.Repaired.Completes)],
            [new NeverCompletes()]),
        "EXP305" => new([RefusesBoth], [new TornBetween()]),
        _ => OfLifetimes(id),
    };

    private static Allowance RefusesBoth => new("of two commands the server refuses one", "it refuses both", [], IsHalf);

    /// <summary>Decision 0017: where a first command that fails does not keep the second from running, the repair asks.</summary>
    private static Allowance AsksForTheSecond => new(
        "the first command is refused, and the second not sent",
        "the second runs all the same: the repair asks",
        ["Transaction"],
        static (difference, seen) => seen.Repair.Asks && difference.Aspect == Aspect.Ttl && seen.Original.Throws
            && seen.Original.Errors.Count > 0);

    private static Allowance AsksForTheFull => new(
        "a full server answers what takes no memory",
        "it refuses all that is queued: the repair asks",
        ["Transaction"],
        static (_, seen) => seen.Repair.Asks && seen.Situation.IsFull && seen.Repaired.Answer == "throws RedisServerException");

    private static Allowance AsksForTheRefused => new(
        "the client refuses the expiry when the first command is done, or is not asked for it",
        "it refuses it at once: the repair asks",
        [],
        static (_, seen) => seen.Repair.Asks && seen.Repaired.Answer == "throws ArgumentException");

    private static Proof OfLifetimes(string id) => id switch
    {
        "EXP401" => new(
            [
                new("a TTL that deletes the key or is refused", "what the code says: none", [], static (difference, seen) =>
                    seen.Original.Throws && !seen.Repaired.Throws || difference is { Aspect: Aspect.Presence, Original: "missing" }),
                new("the key is deleted and the answer is of that", "the answer is of the key that stays", ["Never", "Persist"],
                    WasDeleted),
                new("the TTL stays", "it is taken away", ["Persist"], static (difference, _) =>
                    difference.Keys is { Original.Ttl: not null, Repaired.Ttl: null }),
            ],
            []),
        "EXP402" => new([new("a TTL of no use", "the least of use", [], static (difference, _) =>
            difference is { Aspect: Aspect.Presence, Original: "missing" }
            || Time(static (before, after) => after > before)(difference, null!))], [new TooShort()]),
        "EXP403" => new([new("one TTL for all keys", "each has its own, up to 15 % longer", [],
            Time(static (before, after) => after >= before - Tolerance && after <= (before * 1.15) + Tolerance))], []),
        "EXP404" => new([new("the key's TTL is dropped", "it is kept, or given anew", [], GetsATtl)], []),
        "EXP405" => new([new("the key never ends", "it has a TTL", [], GetsATtl)], []),
        "EXP406" => new(
            [
                new("the key never ends", "it has the TTL that was asked for", [], GetsATtl),
                new("the key has another TTL", "it has the one that was asked for", ["Instead"], Time(static (_, _) => true)),
            ],
            []),
        _ => throw new ArgumentOutOfRangeException(nameof(id), id, "No proof is written for this rule."),
    };

    /// <summary>All that follows from a call that the client or the server refused.</summary>
    private static Func<Difference, Comparison, bool> Refused(params string[] exceptions) =>
        (_, seen) => exceptions.Any(exception => seen.Original.Answer == "throws " + exception
            && seen.Repaired.Answer != seen.Original.Answer);

    private static Func<Difference, Comparison, bool> Time(Func<double, double, bool> times) =>
        (difference, _) => RunText.SameBut(difference.Original, difference.Repaired, (before, after) =>
            Math.Abs(before - after) <= Tolerance || times(before, after));

    private static bool IsInItsUnit(Difference difference, Comparison seen)
    {
        double factor = seen.Repair.Title.Contains("minute", StringComparison.OrdinalIgnoreCase) ? 60
            : seen.Repair.Title.Contains("hour", StringComparison.OrdinalIgnoreCase) ? 3600 : 1000;
        return Time((before, after) => IsTimes(before, after, factor) || IsTimes(after, before, factor))(difference, seen);
    }

    /// <summary>Of the shorter some may have run out before it was looked at, or it was rounded up to a second.</summary>
    private static bool IsTimes(double small, double large, double factor) =>
        large >= Math.Min((small * factor) - Math.Max(Tolerance, 0.1 * large), (Math.Ceiling(small) - 1) * factor)
        && large <= ((small + 0.15) * factor) + Tolerance;

    private static bool IsByAZone(double before, double after) =>
        Math.Abs(before - after) <= TimeSpan.FromHours(14).TotalSeconds && Math.Abs(Math.IEEERemainder(before - after, 900)) <= Tolerance;

    private static bool IsWhatIsLeft(double before, double after)
    {
        double now = (DateTime.UtcNow - DateTime.UnixEpoch).TotalSeconds;
        double ofAllTime = (DateTime.UtcNow - DateTime.MinValue).TotalSeconds;
        return new[] { before - now, before - ofAllTime, (before / 1000) - now, (before * 1000) - now,
            before - DateTime.UtcNow.TimeOfDay.TotalSeconds }.Any(left =>
            Math.Abs(left - after) <= Tolerance);
    }

    private static bool IsReleased(Difference difference, Comparison seen) =>
        seen.Situation.FailingCall > 0 && difference is { Aspect: Aspect.Presence, Repaired: "missing" };

    private static bool IsOfWrongType(Comparison seen) =>
        seen.Original.Errors.Any(static error => error.StartsWith("WRONGTYPE", StringComparison.Ordinal));

    private static bool Appears(Difference difference, Comparison seen) =>
        difference is { Aspect: Aspect.Presence, Original: "missing", Keys.Repaired.Ttl.TotalSeconds: > 1 };

    private static bool SameTimes(Difference difference, Comparison seen) =>
        difference.Aspect is Aspect.Answer or Aspect.Memory
        && RunText.Times(difference.Original) is var before && RunText.Times(difference.Repaired) is var after
        && before.Count == after.Count && before.Zip(after).All(pair => Math.Abs(pair.First - pair.Second) <= Tolerance);

    private static bool GetsATtl(Difference difference, Comparison seen) =>
        difference is { Aspect: Aspect.Ttl or Aspect.Value, Keys: { Original: { } original, Repaired: { Ttl: not null } repaired } }
        && (original.Ttl is null || original.Content != WithoutExpiry(original.Content))
        && RunText.Same(WithoutExpiry(original.Content), WithoutExpiry(repaired.Content));

    /// <summary>The content of a distributed cache's entry, which holds its expiry as well.</summary>
    private static string WithoutExpiry(string content) => Regex.Replace(content, "absexp, [^,]*, ", "");

    private static bool IsSameInstant(Difference difference, Comparison seen) =>
        difference.Aspect is Aspect.Answer
            && RunText.Same(Regex.Replace(difference.Original, " (Local|Utc)", ""), Regex.Replace(difference.Repaired, " (Local|Utc)", ""));

    /// <summary>A full server refuses the write and not the expire, which the repair does not send alone.</summary>
    private static bool IsHalf(Difference difference, Comparison seen) =>
        seen.Situation.IsFull && difference.Aspect == Aspect.Ttl
            && seen.Original.Errors.Any(error => error.StartsWith("OOM", StringComparison.Ordinal));

    private static bool WasDeleted(Difference difference, Comparison seen) =>
        difference.Aspect == Aspect.Answer && seen.Repaired.Keys.Any(entry => seen.Original.Key(entry.Name) is null);
}
