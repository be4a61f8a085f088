namespace ExpiryAnalyzers.Tool.Inspecting;

/// <summary>What is to be looked at, and how gently.</summary>
internal sealed record InspectRequest
{
    /// <summary>The database.</summary>
    public required int Database { get; init; }

    /// <summary>Which keys.</summary>
    public required string Pattern { get; init; }

    /// <summary>How many keys of all servers together at most.</summary>
    public required long MostKeys { get; init; }

    /// <summary>How many keys a page of SCAN asks for.</summary>
    public required int Page { get; init; }

    /// <summary>How long each server rests between two pages.</summary>
    public required TimeSpan Pause { get; init; }

    /// <summary>Where the keys are written; null where no source was given.</summary>
    public KeyWriters? Writers { get; init; }
}
