using System.Text.RegularExpressions;
using Xunit;

namespace ExpiryAnalyzers.Tests.Meta;

/// <summary>The layers of the analyzer assembly (docs/decisions/0014-layers.md): each names only those before it, so that there is no circle.</summary>
public sealed partial class LayersTests
{
    private static readonly string[] Layers = ["Apis", "Symbols", "Operations", "Flow", "Values", "Keys", "Calls", "Analysis", "Rules"];

    private static readonly string Source = Path.Combine(Repository.Root, "src", "ExpiryAnalyzers");

    public static TheoryData<string> Names => [.. Layers];

    [Theory, MemberData(nameof(Names))]
    public void NamesOnlyLayersBelow(string layer)
    {
        string[] files = [.. Directory.EnumerateFiles(Path.Combine(Source, layer), "*.cs", SearchOption.AllDirectories)];
        Assert.NotEmpty(files);
        int own = Array.IndexOf(Layers, layer);
        Assert.All(files, file =>
        {
            string text = File.ReadAllText(file);
            Assert.Matches($@"(?m)^namespace ExpiryAnalyzers\.{layer}\b", text);
            Assert.All(Named().Matches(text), match => Assert.InRange(Array.IndexOf(Layers, match.Groups[1].Value), -1, own));
        });
    }

    // The flow names the framework and Roslyn alone.
    [Fact]
    public void TheEngine_NamesNoOtherLayer() => Assert.All(
        Directory.EnumerateFiles(Path.Combine(Source, "Flow"), "*.cs"),
        file => Assert.DoesNotMatch(@"using ExpiryAnalyzers", File.ReadAllText(file)));

    [GeneratedRegex(@"\bExpiryAnalyzers\.(\w+)")]
    private static partial Regex Named();
}
