namespace ExpiryAnalyzers.Tests.Mutants;

/// <summary>What became of a mutant.</summary>
internal enum Fate
{
    DoesNotCompile,

    /// <summary>No run comes to where it was made.</summary>
    NotReached,
    KilledByTheTable,
    KilledByTheReference,
    Survives,
}
