using StackExchange.Redis;
using Xunit;

namespace ExpiryAnalyzers.Tests;

/// <summary>What programs are run on.</summary>
public sealed class StageTests(StageFixture fixture) : IClassFixture<StageFixture>
{
    /// <summary>They may block threads of the pool while they wait: proxy and server answer on others.</summary>
    [Fact]
    public async Task ManyThatBlockAThread_AreAnswered()
    {
        await fixture.Stage.ResetAsync();
        IDatabase db = fixture.Stage.Client.GetDatabase();
        await Task.WhenAll(Enumerable.Range(0, 48).Select(number => Task.Run(() => db.StringSet($"key:{number}", number))));
    }
}
