using ExpiryAnalyzers.Fuzz.Growth;
using Xunit;

namespace ExpiryAnalyzers.Tests.Meta;

/// <summary>
/// Cost grows with the code and not faster. Larger sizes: <c>ExpiryAnalyzers.Fuzz growth 5000</c>, which <c>.ci/long</c> runs.
/// </summary>
[Collection(Alone.Name)]
public sealed class GrowthTests
{
    private const int Small = 50;
    private const int Large = 200;

    // Deeper code than this is left to processes of their own, which a stack overflow may end.
    private const int SmallNest = 25;
    private const int LargeNest = 100;

    // The tables' bound is 2.2 at each doubling.
    private const double MostAtTwoDoublings = 2.2 * 2.2;

    public static TheoryData<string> Names => [.. Dimensions.All.Select(static dimension => dimension.Name)];

    [Theory, MemberData(nameof(Names))]
    public async Task GrowsInProportion(string name)
    {
        Dimension dimension = Dimensions.All.Single(dimension => dimension.Name == name);
        await GrowthMeter.WarmUpAsync(dimension);
        Sample small = await GrowthMeter.MeasureAsync(dimension, dimension.IsNested ? SmallNest : Small);
        Sample large = await GrowthMeter.MeasureAsync(dimension, dimension.IsNested ? LargeNest : Large);

        Assert.Equal(dimension.Findings(small.Size), small.Findings);
        Assert.Equal(dimension.Findings(large.Size), large.Findings);
        Assert.True(large.Bytes <= MostAtTwoDoublings * small.Bytes, $"{small.Bytes:N0} bytes at {small.Size}, {large.Bytes:N0} at {large.Size}");
        Assert.True(large.Steps <= MostAtTwoDoublings * small.Steps, $"{small.Steps:N0} steps at {small.Size}, {large.Steps:N0} at {large.Size}");
    }
}
