using ExpiryAnalyzers.Tool.Analysis;

namespace ExpiryAnalyzers.Tool.Inspecting;

/// <summary>Where a solution writes keys, asked for by the name of a key.</summary>
internal sealed class KeyWriters
{
    /// <summary>Longer names are no programmer's: to look for texts in them takes long, and says nothing.</summary>
    private const int LongestName = 512;

    private readonly IReadOnlyList<KeyWrite> _writes;

    /// <param name="source">What the solution is called.</param>
    /// <param name="writes">Where it writes keys.</param>
    /// <param name="findings">What the rules found in it.</param>
    public KeyWriters(string source, IReadOnlyList<KeyWrite> writes, IReadOnlyList<Finding> findings)
    {
        Source = source;
        ILookup<(string Path, int Line), string> rules = findings
            .SelectMany(static finding => finding.Places.Select(place => (finding.Id, place.Path, Line: place.StartLinePosition.Line + 1)))
            .ToLookup(static found => (found.Path, found.Line), static found => found.Id);
        _writes = [.. writes.Select(write => write with { Rules = [.. rules[(write.Path, write.Line)].Distinct().Order()] })];
    }

    /// <summary>What the solution is called.</summary>
    public string Source { get; }

    /// <summary>Whether a project of it could not be read, so that lines are missing.</summary>
    public bool IsPartial { get; init; }

    /// <summary>
    /// The lines that write a key of some name: those whose pattern fits as a whole, or else those that leave its beginning open, and of
    /// these the ones that fix most of the name.
    /// </summary>
    public IReadOnlyList<KeyWrite> Of(string name)
    {
        (KeyFit Fit, int Fixed) best = (KeyFit.InPart, 0);
        List<KeyWrite> found = [];
        foreach (KeyWrite write in name.Length <= LongestName ? _writes : [])
        {
            (KeyFit Fit, int Fixed) fit = (write.Pattern.FitOf(name), write.Pattern.Fixed);
            int order = fit.CompareTo(best);
            if (order > 0)
            {
                best = fit;
                found.Clear();
            }

            if (order >= 0)
            {
                found.Add(write);
            }
        }

        return found;
    }
}
