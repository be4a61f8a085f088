using System.Reflection;
using ExpiryAnalyzers.Operations;
using Xunit;

namespace ExpiryAnalyzers.Tests;

/// <summary>Each guess from a name has a reason, an example that it is for, and one that it is not for.</summary>
public sealed class NameHintsTests
{
    private static readonly IReadOnlyList<(string Name, NameHint Hint)> All =
        [.. typeof(NameHints).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (field.Name, field.GetValue(null))).Where(field => field.Item2 is NameHint).Select(field => (field.Name, (NameHint)field.Item2!))];

    public static TheoryData<string> Names => [.. All.Select(hint => hint.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void HasReason(string name) => Assert.True(Find(name).Reason.Split(' ').Length > 3, name);

    [Theory]
    [MemberData(nameof(Names))]
    public void FitsItsExample(string name) => Assert.True(Find(name).Fits(Find(name).Example), Find(name).Example);

    [Theory]
    [MemberData(nameof(Names))]
    public void SparesItsCounterexample(string name) => Assert.False(Find(name).Fits(Find(name).Counterexample), Find(name).Counterexample);

    /// <summary>No word is there for nothing: alone, it gives the hint.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void FitsEachOfItsWords(string name) => Assert.All(Find(name).Words, word => Assert.True(Find(name).Fits(word), word));

    [Fact]
    public void AreManyAndDiffer() => Assert.True(All.Count > 30 && All.Select(hint => hint.Hint).Distinct().Count() == All.Count);

    [Theory]
    [InlineData("JobLock", "job lock")]
    [InlineData("TTLms", "ttl ms")]
    [InlineData("IOTimeout_ms", "io timeout ms")]
    [InlineData("lock:nightly", "lock nightly")]
    [InlineData("", "")]
    public void Words(string name, string words) => Assert.Equal(words, string.Join(' ', NameHint.WordsOf(name)));

    private static NameHint Find(string name) => All.Single(hint => hint.Name == name).Hint;
}
