namespace ExpiryAnalyzers.Operations;

/// <summary>Searches in rows that are sorted by position.</summary>
internal static class Sorted
{
    /// <summary>The index of the first entry at a position or behind it.</summary>
    public static int FirstFrom<T>(IReadOnlyList<T> entries, int position, Func<T, int> positionOf)
    {
        int low = 0;
        int high = entries.Count;
        while (low < high)
        {
            int middle = low + ((high - low) / 2);
            if (positionOf(entries[middle]) < position)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    /// <summary>The index of the first number that is not less than the given one.</summary>
    public static int FirstFrom(IReadOnlyList<int> numbers, int least) => FirstFrom(numbers, least, static number => number);
}
