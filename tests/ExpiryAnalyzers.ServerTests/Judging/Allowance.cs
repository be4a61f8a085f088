using ExpiryAnalyzers.Tests.Observing;

namespace ExpiryAnalyzers.Tests.Judging;

/// <summary>A difference between original and repair that is the bug.</summary>
/// <param name="Original">What is seen with the original.</param>
/// <param name="Repaired">What is seen with the repair instead.</param>
/// <param name="Keys">The kinds of repair that may differ so; all of the rule's where none is named.</param>
/// <param name="Covers">Whether a difference is this one.</param>
internal sealed record Allowance(string Original, string Repaired, IReadOnlyCollection<string> Keys, Func<Difference, Comparison,
    bool> Covers)
{
    public bool IsOf(string key) => Keys.Count == 0 || Keys.Contains(key);
}
