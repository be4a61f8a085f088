using System.Runtime.CompilerServices;
using Xunit;

namespace ExpiryAnalyzers.Tests.Meta;

/// <summary>On which clients a case runs, and on what stack.</summary>
public sealed class ClientSurfaceTests
{
    [Theory]
    [InlineData("db.KeyExpire(key, given);", "3.4.35")]
    [InlineData("db.StringSet(key, token, ttl);", "2.6.96 3.4.35")]
    [InlineData("db.StringSet(key, token, new Expiration(ttl));", "2.6.96 3.4.35")]
    [InlineData("var tran = db.CreateTransaction();", "2.13.23 3.4.35")]
    [InlineData("db.CreateTransaction(); db.StringSet(key, token);", "2.6.96 2.13.23 3.4.35")]
    [InlineData("db.HashFieldExpire(key, fields, ttl);", "2.6.96 3.4.35")]
    [InlineData("Console.WriteLine(text);", "3.4.35")]
    public void RunsWhereNamesMeanSomethingElse(string statements, string versions)
    {
        Assert.Equal(versions.Split(' '), ClientSurface.Versions(Statements.InMethod(statements)));
        Assert.Equal(versions.Split(' '), ClientSurface.Versions("", Statements.InMethod(statements)));
    }

    [Fact]
    public async Task AFailingCase_NamesItsClient()
    {
        Exception failure = await Assert.ThrowsAnyAsync<Exception>(() =>
            Verify<CodeFixes.Time.AbsoluteExpiryNotUtcFix>.Reports("db.KeyExpire(key, [|ttl|]);", "2.13.23", "3.4.35"));

        Assert.StartsWith("With StackExchange.Redis 2.13.23: ", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ThreadsHaveASmallStack()
    {
        int frames = 0;
        Thread thread = new(() => frames = Descend(0));
        thread.Start();
        thread.Join();

        Assert.InRange(frames, 300, 1024);
    }

    // A frame of a kilobyte and a little.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Descend(int depth)
    {
        Span<byte> kilobyte = stackalloc byte[1024];
        kilobyte[depth & 1023] = 1;
        return RuntimeHelpers.TryEnsureSufficientExecutionStack() ? Descend(depth + 1) + kilobyte[depth & 1023] - 1 : depth;
    }
}
