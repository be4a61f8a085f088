namespace ExpiryAnalyzers.Tests.Observing;

/// <summary>One thing in which two runs differ.</summary>
internal sealed record Difference(Aspect Aspect, string Key, string Original, string Repaired)
{
    public (KeyEntry? Original, KeyEntry? Repaired) Keys { get; init; }

    public override string ToString() => $"{Aspect} {Key}: {Original} => {Repaired}";
}
