namespace ExpiryAnalyzers.Tests.Judging;

/// <summary>What was seen of a repair.</summary>
/// <param name="Faults">In what it is wrong; nothing where it is right.</param>
/// <param name="Shown">What of the bug was shown: the allowances that a difference fell under, the places at which the original
/// failed.</param>
/// <param name="OnlyThrew">What the original threw in all situations, so that nothing is proven; null where it did not.</param>
internal sealed record Verdict(IReadOnlyList<string> Faults, IReadOnlyCollection<string> Shown, string? OnlyThrew = null)
{
    public bool Holds => Faults.Count == 0;
}
