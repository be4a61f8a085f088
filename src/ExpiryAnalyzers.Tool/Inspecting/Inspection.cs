namespace ExpiryAnalyzers.Tool.Inspecting;

/// <summary>One server that was looked at.</summary>
/// <param name="Name">Its address.</param>
/// <param name="Role">What it is: a primary or a replica.</param>
/// <param name="Keys">How many keys it holds; null where they were not scanned.</param>
/// <param name="Offset">Its clock less this machine's.</param>
/// <param name="Uncertainty">How far off that may be.</param>
internal sealed record InspectedServer(string Name, string Role, long? Keys, TimeSpan Offset, TimeSpan Uncertainty);

/// <summary>All that was seen.</summary>
internal sealed class Inspection
{
    /// <summary>The servers.</summary>
    public List<InspectedServer> Servers { get; } = [];

    /// <summary>The addresses of those that belong to them and did not answer.</summary>
    public List<string> Unreached { get; } = [];

    /// <summary>The keys by shape.</summary>
    public ShapeTree Shapes { get; } = new();

    /// <summary>When keys die.</summary>
    public ExpirySeconds Seconds { get; } = new();

    /// <summary>How many keys were looked at.</summary>
    public long Scanned { get; set; }

    /// <summary>How many of them have no TTL.</summary>
    public long WithoutTtl { get; set; }

    /// <summary>How many of those look like locks.</summary>
    public long Locks { get; set; }

    /// <summary>Whether there are more keys than were looked at.</summary>
    public bool IsCut { get; set; }

    /// <summary>How far apart the clocks of the servers are.</summary>
    public TimeSpan Skew => Servers.Count == 0
        ? TimeSpan.Zero
        : Servers.Max(static server => server.Offset) - Servers.Min(static server => server.Offset);

    /// <summary>How far off that may be.</summary>
    public TimeSpan SkewUncertainty => Servers.Select(static server => server.Uncertainty).OrderDescending().Take(2)
        .Aggregate(TimeSpan.Zero, static (sum, next) => sum + next);
}
