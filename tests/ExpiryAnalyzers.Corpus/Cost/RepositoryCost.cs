namespace ExpiryAnalyzers.Corpus.Cost;

/// <summary>What analysing one repository costs, on one thread.</summary>
/// <param name="Binding">Binding every body, as a build does.</param>
/// <param name="NoOp">The frozen analyzer that does nothing.</param>
/// <param name="Ours">The analyzers under test.</param>
/// <param name="WithoutSummaries">The same, without looking into the repository's own members.</param>
/// <param name="CompileErrors">How many compile errors there were: the more, the less the analyzers could see.</param>
internal sealed record RepositoryCost(TimeSpan Binding, TimeSpan NoOp, TimeSpan Ours, TimeSpan WithoutSummaries, int CompileErrors)
{
    /// <summary>The analyzers' own time against binding, what a user notices in a build.</summary>
    public double OwnToBinding => (Ours - NoOp) / Binding;

    /// <summary>The analyzers against the no-op.</summary>
    public double OursToNoOp => Ours / NoOp;

    /// <summary>What looking into the repository's own members costs.</summary>
    public double OursToWithout => Ours / WithoutSummaries;
}
