namespace ExpiryAnalyzers.Tests.Mutants;

/// <summary>What became of a mutant.</summary>
internal enum Fate
{
    DoesNotCompile,
    KilledByTheTable,
    KilledByTheReference,
    Survives,
}
