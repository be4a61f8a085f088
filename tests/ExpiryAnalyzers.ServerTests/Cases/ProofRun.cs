namespace ExpiryAnalyzers.Tests.Cases;

/// <summary>
/// How much is run, and whether the lists are written: the environment variables <c>EXPIRY_PROOF</c> and <c>EXPIRY_FILES</c>.
/// </summary>
internal static class ProofRun
{
    /// <summary>Of the course every so many files are proven where nothing is said.</summary>
    private const int Sample = 8;

    /// <summary>Of the course every so many files are mutated where nothing is said.</summary>
    private const int MutantSample = 60;

    private static readonly string Asked = Environment.GetEnvironmentVariable("EXPIRY_PROOF") ?? "";
    private static readonly string Prefixes = Environment.GetEnvironmentVariable("EXPIRY_FILES") ?? "";

    /// <summary>Whether all of the course is run, and not a sample of it: <c>all</c>, or <c>write</c>.</summary>
    public static bool IsAll => Asked is "all" or "write";

    /// <summary>Whether the lists are written anew, to be read by a person: <c>write</c>.</summary>
    public static bool IsWrite => Asked is "write";

    /// <summary>Whether some files are asked for by the beginning of their names.</summary>
    public static bool IsPart => Prefixes.Length > 0;

    public static IEnumerable<string> Files => Some(Sample);

    public static IEnumerable<string> MutatedFiles => Some(MutantSample);

    /// <summary>All of a repair's mutants, or every third of them.</summary>
    public static IEnumerable<T> SomeOf<T>(IEnumerable<T> mutants) => mutants.Where((_, index) => IsAll || index % 3 == 0);

    private static IEnumerable<string> Some(int sample) =>
        IsPart ? Course.Files.Where(file => Prefixes.Split(',').Any(prefix => file.StartsWith(prefix, StringComparison.Ordinal)))
        : Course.Files.Where((_, index) => IsAll || index % sample == 0);
}
