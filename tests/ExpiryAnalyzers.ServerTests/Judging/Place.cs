namespace ExpiryAnalyzers.Tests.Judging;

/// <summary>Where something happens between two commands, or to the clock, that the bug needs.</summary>
internal abstract class Place
{
    /// <summary>What happens, and when.</summary>
    public abstract string What { get; }

    /// <summary>What is then seen with the original.</summary>
    public abstract string Original { get; }

    /// <summary>What must be seen with the repair.</summary>
    public abstract string Repaired { get; }

    /// <summary>Whether the bug was seen with the original, and what is wrong with the repair; null where nothing is.</summary>
    public abstract Task<Sighting> LookAsync(Scene scene);
}
