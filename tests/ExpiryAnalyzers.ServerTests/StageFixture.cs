using ExpiryAnalyzers.Tests.Running;
using Xunit;

namespace ExpiryAnalyzers.Tests;

/// <summary>One server for the tests of a class.</summary>
public sealed class StageFixture : IAsyncLifetime
{
    internal Stage Stage { get; private set; } = null!;

    internal Runner Runner { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Stage = await Stage.OpenAsync();
        Runner = new(Stage);
    }

    public async Task DisposeAsync() => await Stage.DisposeAsync();
}
