using ExpiryAnalyzers.Fuzz.Bodies;
using ExpiryAnalyzers.Fuzz.Runs;
using Xunit;

namespace ExpiryAnalyzers.Tests.Hostile;

/// <summary>
/// Cut, changed and generated code: the rules, the outline, every repair, and the findings in another order. The long leg is
/// <c>ExpiryAnalyzers.Fuzz fuzz FIRST COUNT</c>; what it has found stands in <c>Fuzzed</c>, as small as it gets.
/// </summary>
[Collection(Alone.Name)]
public sealed class FuzzTests
{
    private const int Seeds = 20;

    // What is compiled just in time counts as well, and other tests may have left work behind.
    private static readonly TimeSpan Limit = Guest.Limit * 5;

    private static readonly string Root = Path.Combine(AppContext.BaseDirectory, "Hostile", "Fuzzed");

    public static TheoryData<string> Files =>
        [.. Directory.EnumerateFiles(Root, "*.cs").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Files))]
    public void WhatWasFound_IsMended(string file) => Holds(file, File.ReadAllText(Path.Combine(Root, file)));

    [Fact]
    public void Cases_Hold()
    {
        for (int seed = 0; seed < Seeds; seed++)
        {
            Holds($"seed {seed}", Cases.Write(seed));
        }
    }

    [Fact]
    public void TheCasesRepeatThemselves()
    {
        Assert.Equal(Cases.Write(17), Cases.Write(17));
        Assert.NotEqual(Cases.Write(17), Cases.Write(18));
    }

    private static void Holds(string name, string text)
    {
        Outcome outcome = Trial.Run(text, Limit);
        Assert.True(outcome.Verdict == Verdict.Fine, $"{name}: {outcome.Verdict}, {outcome.Detail}");
    }
}
