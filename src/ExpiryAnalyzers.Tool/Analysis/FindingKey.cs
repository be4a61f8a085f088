using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ExpiryAnalyzers.Tool.Analysis;

/// <summary>What a finding is told apart by as long as its code stays: no line takes part.</summary>
/// <param name="Rule">The rule's id.</param>
/// <param name="Assembly">The assembly's name, since two may hold a member of one name.</param>
/// <param name="Member">The documentation id of the member around it; the file's name where there is none.</param>
/// <param name="Expression">The tokens that are reported, a blank between each.</param>
/// <param name="Ordinal">Which of several in the member that are alike, from one.</param>
internal sealed record FindingKey(string Rule, string Assembly, string Member, string Expression, int Ordinal)
{
    private const int FingerprintLength = 32;

    /// <summary>All of it in a line, tabs between.</summary>
    public string ToRow() => string.Join('\t', Rule, Assembly, Member, Expression, Ordinal.ToString(CultureInfo.InvariantCulture));

    /// <summary>A short text that differs where the keys do.</summary>
    public string ToFingerprint() => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ToRow())))[..FingerprintLength];
}
