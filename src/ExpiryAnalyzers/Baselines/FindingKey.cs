using System.Globalization;

namespace ExpiryAnalyzers.Baselines;

/// <summary>What a finding is told apart by as long as its code stays: no line takes part.</summary>
/// <param name="Rule">The rule's id.</param>
/// <param name="Assembly">The assembly's name, since two may hold a member of one name.</param>
/// <param name="Member">The documentation id of the member around it; the file's name where there is none.</param>
/// <param name="Expression">The tokens that are reported, a blank between each.</param>
/// <param name="Ordinal">Which of several in the member that are alike, from one.</param>
internal sealed record FindingKey(string Rule, string Assembly, string Member, string Expression, int Ordinal)
{
    /// <summary>All of it in a line, tabs between.</summary>
    public string ToRow() => string.Join("\t", Rule, Assembly, Member, Expression, Ordinal.ToString(CultureInfo.InvariantCulture));

    /// <summary>What a line tells; null where it is no row.</summary>
    public static FindingKey? Parse(string line) =>
        line.Split('\t') is [var rule, var assembly, var member, var expression, var last] &&
        int.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out int ordinal)
            ? new(rule, assembly, member, expression, ordinal)
            : null;
}
