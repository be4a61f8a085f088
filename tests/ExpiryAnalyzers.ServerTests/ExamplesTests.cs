using ExpiryAnalyzers.Tests.Cases;
using ExpiryAnalyzers.Tests.Observing;
using ExpiryAnalyzers.Tests.Programs;
using ExpiryAnalyzers.Tests.Running;
using StackExchange.Redis;
using Xunit;

namespace ExpiryAnalyzers.Tests;

/// <summary>The examples of the pages, run against a server.</summary>
public sealed class ExamplesTests(StageFixture fixture) : IClassFixture<StageFixture>
{
    public static TheoryData<string> Ids => [.. new ExpiryAnalyzer().SupportedDiagnostics.Select(rule => rule.Id)];

    [Theory, MemberData(nameof(Ids))]
    public async Task GoodExamples_Run(string id)
    {
        foreach (string block in Page.Blocks(id, "good"))
        {
            Observed seen = await fixture.Runner.RunAsync(SourceProgram.Of(id, Pages.Program(block), []), new("Test", "Run", 0),
                Situation.Empty);
            Assert.True(seen.Completes && !seen.Throws, $"{block}\n{seen.Answer}: {seen.Refusal}");
        }
    }

    [Fact]
    public async Task LocalAndUnspecifiedTimes_DoWhatThePageOfEXP101Says()
    {
        await fixture.Stage.ResetAsync();
        IDatabase db = fixture.Stage.Client.GetDatabase();
        await db.StringSetAsync("key", "1");
        await Assert.ThrowsAsync<ArgumentException>(() => db.KeyExpireAsync("key", new DateTime(2030, 1, 1)));
        Assert.True(await db.KeyExpireAsync("key", DateTime.Now.AddMinutes(5)));
        Assert.InRange((await db.KeyTimeToLiveAsync("key"))!.Value, TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(5));
    }
}
