using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ExpiryAnalyzers.Tests.Cases;

/// <summary>
/// How much is run, and whether the lists are written: the environment variables <c>EXPIRY_PROOF</c> and <c>EXPIRY_FILES</c>.
/// </summary>
internal static class ProofRun
{
    /// <summary>Of the course every so many files are proven where nothing is said.</summary>
    private const int Sample = 8;

    private static readonly string Asked = Environment.GetEnvironmentVariable("EXPIRY_PROOF") ?? "";
    private static readonly string Prefixes = Environment.GetEnvironmentVariable("EXPIRY_FILES") ?? "";

    private static readonly string Seed = Environment.GetEnvironmentVariable("EXPIRY_SEED") ?? "1";

    /// <summary>The share of the repairs whose mutants are tried: <c>EXPIRY_SHARE</c>.</summary>
    private static readonly double Share =
        double.Parse(Environment.GetEnvironmentVariable("EXPIRY_SHARE") ?? "1", CultureInfo.InvariantCulture);

    /// <summary>Whether a repair is of the share, on every machine alike.</summary>
    /// <param name="repair">Its name.</param>
    /// <param name="part">The part of the share that is taken.</param>
    public static bool IsOfShare(string repair, double part = 1) =>
        BitConverter.ToUInt32(SHA256.HashData(Encoding.UTF8.GetBytes(Seed + repair))) <= Share * part * uint.MaxValue;

    /// <summary>Says which part of the share is taken.</summary>
    public static string Sampled(double part = 1) => string.Create(CultureInfo.InvariantCulture, $"share {Share * part}, seed {Seed}");

    /// <summary>Whether all of the course is run, and not a sample of it: <c>all</c>, or <c>write</c>.</summary>
    public static bool IsAll => Asked is "all" or "write";

    /// <summary>Whether the lists are written anew, to be read by a person: <c>write</c>.</summary>
    public static bool IsWrite => Asked is "write";

    /// <summary>Whether some files are asked for by the beginning of their names.</summary>
    public static bool IsPart => Prefixes.Length > 0;

    public static IEnumerable<string> Files =>
        IsPart ? Course.Files.Where(IsAsked) : Course.Files.Where((_, index) => IsAll || index % Sample == 0);

    /// <summary>Whether a file, or a page, is of those that were asked for.</summary>
    public static bool IsAsked(string file) =>
        !IsPart || Prefixes.Split(',').Any(prefix => file.StartsWith(prefix, StringComparison.Ordinal));
}
