using ExpiryAnalyzers.Tests.Observing;

namespace ExpiryAnalyzers.Tests.Judging;

/// <summary>A difference between original and repair that is the bug.</summary>
/// <param name="Why">What the original does wrong and the repair does instead.</param>
/// <param name="Keys">The kinds of repair that may differ so; all of the rule's where none is named.</param>
/// <param name="Covers">Whether a difference is this one.</param>
/// <param name="IsNeeded">Whether the difference must be seen in one situation at least: a repair that never shows it repairs nothing.</param>
internal sealed record Allowance(string Why, IReadOnlyCollection<string> Keys, Func<Difference, Comparison, bool> Covers, bool IsNeeded = false)
{
    public bool IsOf(string key) => Keys.Count == 0 || Keys.Contains(key);
}
