namespace ExpiryAnalyzers.Fuzz.Runs;

/// <summary>How one analysis ended, from harmless to worst.</summary>
public enum Verdict
{
    /// <summary>In time and without an exception.</summary>
    Fine,

    /// <summary>An exception reached the driver.</summary>
    Threw,

    /// <summary>More CPU time than a file of that size may take.</summary>
    TooLong,

    /// <summary>A repair left the code with an error that it did not have.</summary>
    Broke,

    /// <summary>The same members in another order have other findings.</summary>
    Reordered,

    /// <summary>The process is gone: a stack overflow, say.</summary>
    Died,
}
