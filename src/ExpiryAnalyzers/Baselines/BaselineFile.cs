using ExpiryAnalyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace ExpiryAnalyzers.Baselines;

/// <summary>
/// <c>ExpiryAnalyzers.Baseline.txt</c>: findings that somebody decided to live with, a row each. The tool writes it; as an additional file
/// a build honours it.
/// </summary>
internal static class BaselineFile
{
    public const string Name = "ExpiryAnalyzers.Baseline.txt";

    /// <summary>The rows of those files that are baselines; a line that is no row is passed over, and the tool complains of it.</summary>
    public static HashSet<FindingKey> Read(IEnumerable<AdditionalText> files, CancellationToken cancellationToken)
    {
        HashSet<FindingKey> keys = [];
        foreach (AdditionalText file in files)
        {
            if (file.IsNamed(Name) && file.GetText(cancellationToken) is { } text)
            {
                foreach (TextLine line in text.Lines)
                {
                    if (FindingKey.Parse(line.ToString()) is { } key)
                    {
                        keys.Add(key);
                    }
                }
            }
        }

        return keys;
    }
}
