namespace ExpiryAnalyzers.Corpus.Fixing;

/// <summary>One fix tried on one finding.</summary>
/// <param name="Finding">The finding's line.</param>
/// <param name="Key">The action's equivalence key; the rule when nothing was offered.</param>
/// <param name="Title">What the user would read.</param>
/// <param name="Verdict">What came of it.</param>
/// <param name="Details">The new errors and findings, or the exception.</param>
/// <param name="Diff">The text changes.</param>
/// <param name="Rule">The id of the finding's rule.</param>
/// <param name="Asks">Whether the fix takes no part in fix-all.</param>
internal sealed record FixOutcome(
    string Finding, string Key, string Title, FixVerdict Verdict, IReadOnlyList<string> Details, IReadOnlyList<string> Diff, string Rule, bool Asks);
