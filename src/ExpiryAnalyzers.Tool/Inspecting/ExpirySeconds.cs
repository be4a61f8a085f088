namespace ExpiryAnalyzers.Tool.Inspecting;

/// <summary>
/// How many keys die in each second, for the seconds in which most do. Its size is bounded: where there are too many seconds, all counts
/// go down together (Misra and Gries), so that a count is at least what it says.
/// </summary>
internal sealed class ExpirySeconds
{
    private const int MostSeconds = 20_000;

    private readonly Dictionary<long, (int Count, ShapeCount Example)> _seconds = [];

    /// <summary>Counts one key.</summary>
    /// <param name="second">When it dies, in seconds of Unix time.</param>
    /// <param name="shape">What is counted of keys of its shape.</param>
    public void Add(long second, ShapeCount shape)
    {
        if (_seconds.TryGetValue(second, out (int Count, ShapeCount Example) known))
        {
            _seconds[second] = known with { Count = known.Count + 1 };
        }
        else if (_seconds.Count < MostSeconds)
        {
            _seconds[second] = (1, shape);
        }
        else
        {
            foreach ((long other, (int count, ShapeCount example)) in _seconds.ToArray())
            {
                if (count == 1)
                {
                    _seconds.Remove(other);
                }
                else
                {
                    _seconds[other] = (count - 1, example);
                }
            }
        }
    }

    /// <summary>
    /// The seconds of Unix time in which at least some number of keys die, the fullest first, and the shape of one of those keys.
    /// </summary>
    public IReadOnlyList<(long Second, int Count, ShapeCount Example)> Fullest(int least, int most) =>
    [
        .. _seconds.Where(second => second.Value.Count >= least)
            .OrderByDescending(static second => second.Value.Count).ThenBy(static second => second.Key)
            .Take(most)
            .Select(static second => (second.Key, second.Value.Count, second.Value.Example)),
    ];
}
