namespace ExpiryAnalyzers.Tests.Running;

/// <summary>How a parameter is filled.</summary>
internal enum Filling
{
    Usual,
    Null,
    Flipped,
    LocalTime,
    UnspecifiedTime,

    /// <summary>The text of an instant.</summary>
    TextOfTime,
}
