namespace ExpiryAnalyzers.Fuzz.Growth;

/// <summary>One way in which code grows.</summary>
/// <param name="Name">As the table prints it.</param>
/// <param name="Sources">The files of size n.</param>
/// <param name="Findings">How many findings of the rule they hold.</param>
/// <param name="Rule">The rule whose findings are counted.</param>
/// <param name="IsNested">Whether its depth grows, which ends where the compiler's own stack does.</param>
public sealed record Dimension(string Name, Func<int, IEnumerable<string>> Sources, Func<int, int> Findings, string Rule,
    bool IsNested = false)
{
    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
