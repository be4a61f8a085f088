namespace ExpiryAnalyzers.Corpus.Fixing;

/// <summary>What came of one fix.</summary>
[Flags]
internal enum FixVerdict
{
    /// <summary>The finding is gone and nothing else is worse.</summary>
    Clean = 0,

    /// <summary>A provider covers the rule but offers nothing for this finding.</summary>
    NotOffered = 1,

    /// <summary>The provider or the action threw.</summary>
    Threw = 2,

    /// <summary>The action changes no text.</summary>
    Unchanged = 4,

    /// <summary>A changed document has compile errors it did not have before.</summary>
    CompileErrors = 8,

    /// <summary>The changed documents have no fewer findings of the rule than before.</summary>
    StillReported = 16,

    /// <summary>The changed documents have more findings of some other rule than before.</summary>
    RaisesOthers = 32,

    /// <summary>A changed document has compiler warnings it did not have before.</summary>
    NewWarnings = 64,

    /// <summary>The formatter finds something to do in a changed document in which it found nothing before.</summary>
    Unformatted = 128,
}
