namespace ExpiryAnalyzers.Flow;

/// <summary>
/// Every cap of the analysis, in one place. Each counts work of one body alone, so that an answer never depends on who asked before, on
/// threads or on what is left of the stack; past a cap everything is unknown, for that body. All lie above what readable code reaches.
/// </summary>
internal static class FlowLimits
{
    /// <summary>How often the blocks of a graph may be visited, for each block of it. Loops nested a dozen deep need about as many rounds.</summary>
    public const int VisitsPerBlock = 64;

    /// <summary>How often the blocks of local functions may be visited at their calls, for each block of the graph that calls them.</summary>
    public const int NestedVisitsPerBlock = 16;

    /// <summary>How many nested functions, each called by the one before, are followed at their calls. What deeper ones write is unknown.</summary>
    public const int NestedDepth = 8;

    /// <summary>How many parts of a comparison are looked at for what its outcome tells of them.</summary>
    public const int RefinedParts = 32;

    /// <summary>How many ways of leaving one <c>finally</c> are told apart; further ones are joined.</summary>
    public const int FinallyExits = 8;

    /// <summary>How deep expressions are evaluated, chains of operands and calls not counted. Deeper ones are unknown.</summary>
    public const int ExpressionDepth = 128;
}
