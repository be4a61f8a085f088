namespace ExpiryAnalyzers.Keys;

/// <summary>Where the reading of keys gives up. Each bound counts the size of one key alone, so that no question's order shows.</summary>
internal static class KeyCaps
{
    /// <summary>Rows of more parts are nested instead of flat, so that what is shared is not unfolded.</summary>
    public const int RowParts = 64;

    /// <summary>Neighbouring constants are not made one text that is longer.</summary>
    public const int TextLength = 1024;

    /// <summary>A key that depends on more variables and members is not certain.</summary>
    public const int Symbols = 256;

    /// <summary>How many of the user's own members, each reading the next, are looked into.</summary>
    public const int HelperDepth = 4;

    /// <summary>What a helper returns is not put in the place of its call where it has more nodes, unfolded.</summary>
    public const int HelperSize = 1000;

    /// <summary>A key of more nodes, unfolded, is not told to other projects.</summary>
    public const int OutlinedSize = 128;

    /// <summary>A key whose shape needs more steps has none.</summary>
    public const int ShapeSteps = 512;

    /// <summary>How many characters of a key are shown.</summary>
    public const int Shown = 400;
}
