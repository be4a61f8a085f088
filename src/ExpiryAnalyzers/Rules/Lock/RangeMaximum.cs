namespace ExpiryAnalyzers.Rules.Lock;

/// <summary>The greatest of any neighbouring numbers of a row, found in the logarithm of its length.</summary>
internal sealed class RangeMaximum
{
    private readonly int _count;
    private readonly long[] _tree;

    public RangeMaximum(IReadOnlyList<long> numbers)
    {
        _count = numbers.Count;
        _tree = new long[2 * _count];
        for (int i = 0; i < _count; i++)
        {
            _tree[_count + i] = numbers[i];
        }

        for (int i = _count - 1; i > 0; i--)
        {
            _tree[i] = Math.Max(_tree[2 * i], _tree[(2 * i) + 1]);
        }
    }

    /// <summary>
    /// The greatest number from one place up to another, which does not count; the least number of all where there is none.
    /// </summary>
    public long Of(int from, int to)
    {
        long greatest = long.MinValue;
        for (int low = from + _count, high = to + _count; low < high; low /= 2, high /= 2)
        {
            if (low % 2 == 1)
            {
                greatest = Math.Max(greatest, _tree[low++]);
            }

            if (high % 2 == 1)
            {
                greatest = Math.Max(greatest, _tree[--high]);
            }
        }

        return greatest;
    }

    /// <summary>
    /// The first place, from one up to another that does not count, whose number is not less than the given one; null where there is none.
    /// </summary>
    public int? FirstFrom(int from, int to, long least)
    {
        if (from >= to || Of(from, to) < least)
        {
            return null;
        }

        int low = from;
        int high = to;
        while (high - low > 1)
        {
            int middle = low + ((high - low) / 2);
            if (Of(low, middle) >= least)
            {
                high = middle;
            }
            else
            {
                low = middle;
            }
        }

        return low;
    }
}
