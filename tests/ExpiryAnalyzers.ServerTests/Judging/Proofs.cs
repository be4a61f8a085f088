using ExpiryAnalyzers.Tests.Judging.Places;
using ExpiryAnalyzers.Tests.Observing;

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
                new("the client refuses a time that does not say what it is; the repair says it", [], Refused("ArgumentException")),
                new("a wall clock's time was read as the machine's; the repair reads it in its own zone", ["FromZone", "Utc"], Time(IsByAZone)),
            ],
            [new ClockChanges()]),
        "EXP102" => new([new("an options object holds the span in place of the instant", [], SameTimes)], [new ClockChanges()]),
        "EXP103" or "EXP104" => new([], [new ClockChanges()]),
        "EXP105" => new(
            [
                new("the number is read in its own unit: a TTL a thousand times as long or as short, sixty times with minutes", [], IsInItsUnit),
                new("a TTL so short that it ran out, or none at all, becomes one", [], Appears),
                new("a TTL that no unit can mean was refused, or wrapped round", [], Refused("ArgumentOutOfRangeException", "RedisServerException", "OverflowException", "ProtocolViolationException", "RedisConnectionException")),
            ],
            []),
        "EXP106" => new(
            [
                new("a TTL of decades becomes the time that is left", [], Time(IsWhatIsLeft)),
                new("an instant that no TTL can hold was refused", [], Refused("ArgumentOutOfRangeException", "RedisServerException", "OverflowException")),
            ],
            []),
        "EXP107" => new([new("the offset that was dropped is kept", [], SameTimes)], [new ClockChanges()]),
        "EXP108" => new([new("the client refuses a time that does not say what it is; the repair says it", [], Refused("ArgumentException"))], [new ClockChanges()]),
        _ => OfCommands(id),
    };

    private static Proof OfCommands(string id) => id switch
    {
        "EXP201" => new([new("the lock lives longer by the margin", ["AddMargin"], Time(static (before, after) => after > before && after - before <= 6))], [new WorkTakesLong(), new HeldByAnother()]),
        "EXP202" => new(
            [
                new("who did not get the lock does not work", ["Check", "Throw", "Return"], static (_, seen) => seen.Situation.Keys.Count > 0),
                new("the lock of failed work is given back", ["Finally"], static (difference, seen) => seen.Situation.FailingCall > 0 && difference is { Aspect: Aspect.Presence, Repaired: "missing" }),
            ],
            [new WorkFails(), new HeldByAnother()]),
        "EXP301" => new([], [new EndsBetween()]),
        "EXP302" => new([new("an expire before its write did nothing, or was lost; the key gets its TTL", [], GetsATtl)], [new CutBetween()]),
        "EXP303" => new([new("a counter that had lost its TTL gets one", [], GetsATtl)], [new CutBetween()]),
        "EXP304" => new([new("it never completed", [], static (_, seen) => !seen.Original.Completes && seen.Repaired.Completes)], [new NeverCompletes()]),
        "EXP305" => new([], [new TornBetween()]),
        _ => OfLifetimes(id),
    };

    private static Proof OfLifetimes(string id) => id switch
    {
        "EXP401" => new(
            [
                new("a TTL that deletes or is refused becomes what the code says: none", [], static (difference, seen) => seen.Original.Throws && !seen.Repaired.Throws || difference is { Aspect: Aspect.Presence, Original: "missing" }),
                new("the TTL that stayed is taken away", ["Persist"], static (difference, _) => difference.Keys is { Original.Ttl: not null, Repaired.Ttl: null }),
            ],
            []),
        "EXP402" => new([new("a TTL of no use becomes the least of use", [], static (difference, _) => Appears(difference, null!) || Time(static (before, after) => after > before)(difference, null!))], []),
        "EXP403" => new([new("each key gets a TTL of its own, up to 15 % longer", [], Time(static (before, after) => after >= before - Tolerance && after <= (before * 1.15) + Tolerance))], []),
        "EXP404" => new([new("the key's TTL is kept, or given anew", [], GetsATtl)], []),
        "EXP405" => new([new("the key gets a TTL", [], GetsATtl)], []),
        _ => throw new ArgumentOutOfRangeException(nameof(id), id, "No proof is written for this rule."),
    };

    /// <summary>All that follows from a call that the client or the server refused.</summary>
    private static Func<Difference, Comparison, bool> Refused(params string[] exceptions) =>
        (_, seen) => exceptions.Any(exception => seen.Original.Answer == "throws " + exception && seen.Repaired.Answer != seen.Original.Answer);

    private static Func<Difference, Comparison, bool> Time(Func<double, double, bool> times) =>
        (difference, _) => RunText.SameBut(difference.Original, difference.Repaired, (before, after) => Math.Abs(before - after) <= Tolerance || times(before, after));

    private static bool IsInItsUnit(Difference difference, Comparison seen)
    {
        double factor = seen.Repair.Title.Contains("minute", StringComparison.Ordinal) ? 60 : seen.Repair.Title.Contains("hour", StringComparison.Ordinal) ? 3600 : 1000;
        return Time((before, after) => IsTimes(before, after, factor) || IsTimes(after, before, factor))(difference, seen);
    }

    private static bool IsTimes(double small, double large, double factor) => Math.Abs(large - (small * factor)) <= Math.Max(Tolerance, 0.1 * large);

    private static bool IsByAZone(double before, double after) => Math.Abs(before - after) <= TimeSpan.FromHours(14).TotalSeconds && Math.Abs(Math.IEEERemainder(before - after, 900)) <= Tolerance;

    private static bool IsWhatIsLeft(double before, double after)
    {
        double now = (DateTime.UtcNow - DateTime.UnixEpoch).TotalSeconds;
        double ofAllTime = (DateTime.UtcNow - DateTime.MinValue).TotalSeconds;
        return new[] { before - now, before - ofAllTime, (before / 1000) - now, (before * 1000) - now }.Any(left => Math.Abs(left - after) <= Tolerance);
    }

    private static bool Appears(Difference difference, Comparison seen) => difference is { Aspect: Aspect.Presence, Original: "missing", Keys.Repaired.Ttl.TotalSeconds: > 1 };

    private static bool SameTimes(Difference difference, Comparison seen) =>
        difference.Aspect is Aspect.Answer or Aspect.Memory
        && RunText.Times(difference.Original) is var before && RunText.Times(difference.Repaired) is var after
        && before.Count == after.Count && before.Zip(after).All(pair => Math.Abs(pair.First - pair.Second) <= Tolerance);

    private static bool GetsATtl(Difference difference, Comparison seen) => difference is { Aspect: Aspect.Ttl, Keys: { Original.Ttl: null, Repaired.Ttl: not null } };
}
