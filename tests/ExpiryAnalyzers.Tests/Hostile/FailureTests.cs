using System.Collections;
using System.Collections.Immutable;
using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Flow;
using ExpiryAnalyzers.Fuzz.Runs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;

namespace ExpiryAnalyzers.Tests.Hostile;

/// <summary>A fault of ours does not fail a user's build, and does fail a test.</summary>
public sealed class FailureTests
{
    [Fact]
    public async Task InAUsersBuild_AnExceptionIsCountedAndNotReported()
    {
        WorkCounter work = new();
        Assert.Empty(await FoundAsync(new ExpiryAnalyzer { Libraries = new Faulty(), LetsExceptionsOut = false, Work = work }));
        Assert.Equal(1, work.Failures);
    }

    [Fact]
    public async Task InATest_AnExceptionIsReported()
    {
        WorkCounter work = new();
        Diagnostic failure = Assert.Single(await FoundAsync(new ExpiryAnalyzer { Libraries = new Faulty(), Work = work }));
        Assert.Equal("AD0001", failure.Id);
        Assert.Equal(0, work.Failures);
    }

    [Fact]
    public async Task Cancellation_IsNoFailure()
    {
        WorkCounter work = new();
        using CancellationTokenSource cancelled = new();
        await cancelled.CancelAsync();
        ExpiryAnalyzer analyzer = new() { Libraries = new Faulty(new OperationCanceledException(cancelled.Token)), LetsExceptionsOut = false, Work = work };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => FoundAsync(analyzer, cancelled.Token));
        Assert.Equal(0, work.Failures);
    }

    private static Task<ImmutableArray<Diagnostic>> FoundAsync(DiagnosticAnalyzer analyzer, CancellationToken token = default) =>
        Guest.Compile("class C { }").WithAnalyzers([analyzer]).GetAnalyzerDiagnosticsAsync(token);

    // A table that cannot be read stands for any fault.
    private sealed class Faulty(Exception? exception = null) : IReadOnlyList<ApiLibrary>
    {
        public int Count => 1;

        public ApiLibrary this[int index] => throw (exception ?? new InvalidOperationException());

        public IEnumerator<ApiLibrary> GetEnumerator() => throw (exception ?? new InvalidOperationException());

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
