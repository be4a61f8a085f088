using Microsoft.CodeAnalysis.Text;

namespace ExpiryAnalyzers.Operations;

/// <summary>Stretches of source, for the question whether a place lies in one of them.</summary>
internal sealed class SpanSet
{
    public static readonly SpanSet Empty = new([]);

    private readonly TextSpan[] _merged;

    public SpanSet(IEnumerable<TextSpan> spans)
    {
        List<TextSpan> merged = [];
        foreach (TextSpan span in spans.Where(static span => !span.IsEmpty).OrderBy(static span => span.Start))
        {
            if (merged.Count > 0 && span.Start <= merged[merged.Count - 1].End)
            {
                TextSpan last = merged[merged.Count - 1];
                merged[merged.Count - 1] = TextSpan.FromBounds(last.Start, Math.Max(last.End, span.End));
            }
            else
            {
                merged.Add(span);
            }
        }

        _merged = [.. merged];
    }

    public bool Contains(int position)
    {
        int low = 0;
        int high = _merged.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_merged[middle].End <= position)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low < _merged.Length && _merged[low].Start <= position;
    }
}
