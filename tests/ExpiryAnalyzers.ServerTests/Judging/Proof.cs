namespace ExpiryAnalyzers.Tests.Judging;

/// <summary>What is proven of the repairs of a rule.</summary>
/// <param name="Allowances">The differences that are the bug; there may be no other.</param>
/// <param name="Places">Where the bug is shown, beside the situations in which all repairs are compared.</param>
internal sealed record Proof(IReadOnlyList<Allowance> Allowances, IReadOnlyList<Place> Places);
