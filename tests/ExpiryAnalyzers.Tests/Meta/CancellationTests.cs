using ExpiryAnalyzers.Fuzz.Growth;
using ExpiryAnalyzers.Fuzz.Runs;
using Microsoft.CodeAnalysis;
using Xunit;

namespace ExpiryAnalyzers.Tests.Meta;

/// <summary>
/// An editor cancels at each keystroke and waits for the end. Counted in steps; the milliseconds: <c>ExpiryAnalyzers.Fuzz cancel 200</c>.
/// </summary>
public sealed class CancellationTests
{
    private const int Size = 60;

    // No statement of these is longer.
    private const int MostSteps = 60;

    private const int Moments = 8;

    public static TheoryData<string> Names => [.. Dimensions.All.Select(static dimension => dimension.Name)];

    [Theory, MemberData(nameof(Names))]
    public void IsHeardWithinAStatement(string name)
    {
        Dimension dimension = Dimensions.All.Single(dimension => dimension.Name == name);
        Compilation compilation = Guest.Compile(dimension.Sources(Size));
        long all = Cancelling.Steps(compilation);
        Assert.True(all > Size, $"only {all} steps");
        foreach (long moment in Enumerable.Range(0, Moments).Select(part => 1 + (part * (all - 1) / (Moments - 1))))
        {
            long? after = Cancelling.StepsAfter(compilation, moment);
            Assert.True(after is <= MostSteps, $"{(after is { } steps ? $"{steps} steps more" : "went on to its end")} after step {moment} of {all}");
        }
    }
}
