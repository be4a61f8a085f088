using ExpiryAnalyzers.Tests.Observing;
using ExpiryAnalyzers.Tests.Running;

namespace ExpiryAnalyzers.Tests.Judging.Places;

/// <summary>The work under a lock takes as long as its token lets it.</summary>
internal sealed class WorkTakesLong : Place
{
    /// <summary>The margin that the rule asks for, less what a run takes.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(4.5);

    public override string What => "the work takes as long as it is let";

    public override string Original => "it works on after the lock's TTL, or ends so late that the release comes behind it";

    public override string Repaired => "it is cancelled the margin before the lock ends";

    public override async Task<Sighting> LookAsync(Scene scene)
    {
        if (scene.Repair.Key == WorkOutlivesLock.Renewal)
        {
            // The work is not ended, and the lock with it.
            return new(false, null);
        }

        Situation empty = scene.Situations[0];
        Observed original = await scene.OriginalAsync(empty);
        Observed repaired = await scene.RepairedAsync(empty);
        string? bug = Late(original);
        return new(bug is not null, (scene.Repair.Key == "AddMargin" ? NotByTheMargin(original, repaired) : null) ?? Late(repaired));
    }

    /// <summary>A lock that has been released tells nothing of its TTL; the command that took it does.</summary>
    private static string? NotByTheMargin(Observed original, Observed repaired) =>
        original.Commands.Select(LockCommands.TtlOf).Max() is { } before && repaired.Commands.Select(LockCommands.TtlOf).Max() is { } after
            && (after <= before || after > before + (2 * Margin)) ? $"the lock lived for {before}, and lives for {after}" : null;

    private static string? Late(Observed seen) =>
        seen.Commands.Select(LockCommands.TtlOf).Max() is not { } ttl ||
        !seen.Limits.Any(limit => limit is null || limit > Latest(ttl)) ? null
        : $"the lock lives for {ttl}, work may take {(seen.Limits.Contains(null) ? "for ever" : seen.Limits.Max())}";

    /// <summary>Where a TTL is no longer than the margin, nothing but a part of it can be left to the work.</summary>
    private static TimeSpan Latest(TimeSpan ttl) => ttl > 2 * Margin ? ttl - Margin : ttl * 0.75;
}
