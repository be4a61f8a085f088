namespace ExpiryAnalyzers.Corpus;

/// <summary>What one run was asked to do.</summary>
internal sealed record RunOptions
{
    /// <summary>The repositories.</summary>
    public required IReadOnlyList<DirectoryInfo> Folders { get; init; }

    /// <summary>Where the findings go; standard output when null.</summary>
    public required FileInfo? Findings { get; init; }

    /// <summary>How many source lines to print around a finding.</summary>
    public required int Context { get; init; }

    /// <summary>Whether rules that are off by default run too.</summary>
    public required bool AllRules { get; init; }

    /// <summary>Whether the offered fixes are tried.</summary>
    public required bool Fix { get; init; }

    /// <summary>Where the text changes of the fixes go.</summary>
    public required FileInfo? FixDiffs { get; init; }

    /// <summary>Where the measured cost goes; nothing is measured when null.</summary>
    public required FileInfo? Timings { get; init; }

    /// <summary>The StackExchange.Redis version to compile against.</summary>
    public required string Client { get; init; }

    /// <summary>Folders of further assemblies.</summary>
    public required IReadOnlyList<DirectoryInfo> References { get; init; }
}
