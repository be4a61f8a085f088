namespace ExpiryAnalyzers.Tests.Running;

/// <summary>One way to fill the parameters: as usual but for one of them.</summary>
/// <param name="Parameter">The parameter that is filled in another way; empty where none is.</param>
internal sealed record Variant(string Parameter, Filling Filling)
{
    /// <summary>The form of a text that is read as an instant.</summary>
    public string Format { get; init; } = "";

    public static readonly Variant Usual = new("", Filling.Usual);

    public override string ToString() => Filling == Filling.Usual ? "usual arguments" : $"{Parameter}: {Filling}{Format}";
}
