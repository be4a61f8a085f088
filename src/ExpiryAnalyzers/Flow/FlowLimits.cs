namespace ExpiryAnalyzers.Flow;

/// <summary>
/// Every cap of the analysis, in one place. Each counts work of one body alone, so that an answer never depends on who asked before, on
/// threads or on what is left of the stack; past a cap everything is unknown, for that body. All lie above what readable code reaches.
/// </summary>
internal static class FlowLimits
{
    /// <summary>
    /// How often the blocks of a graph may be visited, for each block of it. Loops nested a dozen deep need about as many rounds.
    /// </summary>
    public const int VisitsPerBlock = 64;

    /// <summary>
    /// How often the blocks of local functions may be visited at their calls, for each block of the graph that calls them.
    /// </summary>
    public const int NestedVisitsPerBlock = 16;

    /// <summary>
    /// How many nested functions, each called by the one before, are followed at their calls. What deeper ones write is unknown.
    /// </summary>
    public const int NestedDepth = 8;

    /// <summary>How many parts of a comparison are looked at for what its outcome tells of them.</summary>
    public const int RefinedParts = 32;

    /// <summary>How many ways of leaving one <c>finally</c> are told apart; further ones are joined.</summary>
    public const int FinallyExits = 8;

    /// <summary>How deep expressions are evaluated, chains of operands and calls not counted. Deeper ones are unknown.</summary>
    public const int ExpressionDepth = 64;

    /// <summary>How many members of the user's own, each called by the one before, are looked into; see <c>Heights</c>.</summary>
    public const int MemberDepth = 4;

    /// <summary>In how many places objects of one type may be made, that the values of a member may be told from all of them.</summary>
    public const int Constructions = 8;

    /// <summary>Longer members, in characters of source, are not looked into for their callers.</summary>
    public const int MemberLength = 4000;

    /// <summary>Longer members, in characters of source, are not looked through for what they do to the keys of their type.</summary>
    public const int MemberTextLength = 16_000;

    /// <summary>
    /// Of a member that makes more calls, its helpers' included, the calls are unknown to its callers: each would have to look at all.
    /// </summary>
    public const int MemberCalls = 64;

    /// <summary>Of a member that makes more calls, other projects are told its times alone.</summary>
    public const int OutlinedCalls = 16;

    /// <summary>How many calls deep the text of a method that is handed a time is looked through for a client.</summary>
    public const int MemberLook = 2;
}
