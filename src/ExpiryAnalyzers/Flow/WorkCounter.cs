namespace ExpiryAnalyzers.Flow;

/// <summary>
/// What the analysis of a compilation has cost, counted in steps instead of seconds. For tests and cost gates; thread-safe.
/// </summary>
internal sealed class WorkCounter
{
    private long _bodies;
    private long _graphs;
    private long _visits;
    private long _steps;
    private long _incomplete;
    private long _failures;

    /// <summary>Bodies that were bound.</summary>
    public long Bodies => Interlocked.Read(ref _bodies);

    /// <summary>Control flow graphs that the flow ran over.</summary>
    public long Graphs => Interlocked.Read(ref _graphs);

    /// <summary>Visits of blocks.</summary>
    public long Visits => Interlocked.Read(ref _visits);

    /// <summary>Visits of operations.</summary>
    public long Steps => Interlocked.Read(ref _steps);

    /// <summary>Graphs that were given up at a cap.</summary>
    public long Incomplete => Interlocked.Read(ref _incomplete);

    /// <summary>Bodies that were given up because of an exception: each is a fault of ours.</summary>
    public long Failures => Interlocked.Read(ref _failures);

    public void AddFailure() => Interlocked.Increment(ref _failures);

    /// <summary>Told of each body and each visit of an operation as it happens; null where nobody asks.</summary>
    internal Action? Watch { get; init; }

    public void AddBody()
    {
        Interlocked.Increment(ref _bodies);
        Watch?.Invoke();
    }

    public void AddGraph(long visits, long steps, bool isComplete)
    {
        Interlocked.Increment(ref _graphs);
        Interlocked.Add(ref _visits, visits);
        Interlocked.Add(ref _steps, steps);
        Interlocked.Add(ref _incomplete, isComplete ? 0 : 1);
    }
}
