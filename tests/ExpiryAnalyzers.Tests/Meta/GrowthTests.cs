using ExpiryAnalyzers.Fuzz.Growth;
using Xunit;

namespace ExpiryAnalyzers.Tests.Meta;

/// <summary>
/// Cost grows with the code and not faster. Larger sizes: <c>ExpiryAnalyzers.Fuzz growth 5000</c>, which <c>.ci/long</c> runs.
/// </summary>
[Collection(Alone.Name)]
public sealed class GrowthTests
{
    private const int Small = 100;
    private const int Large = 400;

    // The tables' bound is 2.2 at each doubling; sizes this small carry more of what is paid once.
    private const double MostAtTwoDoublings = 2.2 * 2.2;

    // What does not grow in proportion yet. A dimension leaves the list with the cause, and none joins it.
    private static readonly HashSet<string> Waiting = [.. Dimensions.All.Select(dimension => dimension.Name)];

    public static TheoryData<string> Names =>
        [.. Dimensions.All.Where(dimension => !dimension.IsNested).Select(dimension => dimension.Name)];

    [Theory, MemberData(nameof(Names))]
    public async Task GrowsInProportion(string name)
    {
        Dimension dimension = Dimensions.All.Single(dimension => dimension.Name == name);
        if (Waiting.Contains(name))
        {
            Sample few = await GrowthMeter.MeasureAsync(dimension, 10);
            Assert.Equal(dimension.Findings(10), few.Findings);
            return;
        }

        await GrowthMeter.WarmUpAsync(dimension);
        Sample small = await GrowthMeter.MeasureAsync(dimension, Small);
        Sample large = await GrowthMeter.MeasureAsync(dimension, Large);

        Assert.Equal(dimension.Findings(Small), small.Findings);
        Assert.Equal(dimension.Findings(Large), large.Findings);
        Assert.True(large.Bytes <= MostAtTwoDoublings * small.Bytes, $"{small.Bytes:N0} bytes at {Small}, {large.Bytes:N0} at {Large}");
    }
}
