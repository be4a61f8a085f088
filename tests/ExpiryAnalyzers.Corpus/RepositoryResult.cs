using ExpiryAnalyzers.Corpus.Analysis;
using ExpiryAnalyzers.Corpus.Cost;
using ExpiryAnalyzers.Corpus.Fixing;
using ExpiryAnalyzers.Corpus.Loading;

namespace ExpiryAnalyzers.Corpus;

/// <summary>All that is kept of a repository once it is done.</summary>
/// <param name="Name">The folder's name.</param>
/// <param name="Size">How much source there is.</param>
/// <param name="Notes">How it was compiled, if not as usual.</param>
/// <param name="Findings">What the rules reported.</param>
/// <param name="Crashes">What must not happen.</param>
/// <param name="Fixes">The fixes tried.</param>
/// <param name="Cost">The measured cost, null when it was not asked for.</param>
internal sealed record RepositoryResult(
    string Name,
    RepositorySize Size,
    IReadOnlyList<string> Notes,
    IReadOnlyList<Finding> Findings,
    IReadOnlyList<Crash> Crashes,
    IReadOnlyList<FixOutcome> Fixes,
    RepositoryCost? Cost)
{
    /// <summary>Whether an analyzer or a fix threw.</summary>
    public bool Failed => Crashes.Count > 0 || Fixes.Any(static fix => fix.Verdict.HasFlag(FixVerdict.Threw));
}
