using ExpiryAnalyzers.CodeFixes.Lock;
using Xunit;
using Check = ExpiryAnalyzers.Tests.Verify<ExpiryAnalyzers.CodeFixes.Lock.LockWithoutMarginFix>;

namespace ExpiryAnalyzers.Tests.Lock;

public sealed partial class EXP201_LockWithoutMarginTests
{
    private const string AddMargin = "AddMargin";
    private const string BoundWork = "BoundWork";

    [Fact]
    public Task Fix_AddMargin_Basic() => Check.FixesSource(
        Job("""
            if (!await _db.LockTakeAsync("k", "me", [|TimeSpan.FromSeconds(30)|])) return;
            try
            {
                await WorkAsync(); // the work
            }
            finally
            {
                await _db.LockReleaseAsync("k", "me");
            }
            """),
        Job("""
            if (!await _db.LockTakeAsync("k", "me", TimeSpan.FromSeconds(30) + LockSafetyMargin)) return;
            try
            {
                await WorkAsync(); // the work
            }
            finally
            {
                await _db.LockReleaseAsync("k", "me");
            }
            """, "private static readonly TimeSpan LockSafetyMargin = TimeSpan.FromSeconds(5);"),
        AddMargin);

    [Fact]
    public Task Fix_BoundWork_Basic() => Check.FixesSource(
        Job("""
            if (!await _db.LockTakeAsync("k", "me", [|TimeSpan.FromSeconds(30)|])) return;
            try
            {
                // comment
                await WorkAsync(ct).ConfigureAwait(false); // the work
                await WorkAsync(); // more
            }
            finally
            {
                await _db.LockReleaseAsync("k", "me");
            }
            """),
        Job("""
            if (!await _db.LockTakeAsync("k", "me", TimeSpan.FromSeconds(30))) return;
            try
            {
                using var lockCancellation = CancellationTokenSource.CreateLinkedTokenSource(ct);
                lockCancellation.CancelAfter(TimeSpan.FromSeconds(30) - LockSafetyMargin);
                // comment
                await WorkAsync(lockCancellation.Token).ConfigureAwait(false); // the work
                await WorkAsync(lockCancellation.Token); // more
            }
            finally
            {
                await _db.LockReleaseAsync("k", "me");
            }
            """, "private static readonly TimeSpan LockSafetyMargin = TimeSpan.FromSeconds(5);"),
        BoundWork);

    /// <summary>A class whose one method has the statements, with one more field where given.</summary>
    private static string Job(string statements, string? constant = null) => $$"""
        using System;
        using System.Collections.Generic;
        using System.Diagnostics;
        using System.Linq;
        using System.Threading;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        class Job
        {
            private static readonly TimeSpan Ttl = TimeSpan.FromSeconds(30);
        {{(constant is null ? "" : "    " + constant + "\n")}}    private readonly IDatabase _db;

            public Job(IDatabase db) => _db = db;

            public async Task RunAsync(TimeSpan ttl, IStore store, Func<CancellationToken, Task> action, CancellationToken ct, CancellationToken other)
            {
                {{statements.Replace("\n", "\n        ", StringComparison.Ordinal)}}
            }

            private Task WorkAsync(CancellationToken ct = default) => Task.CompletedTask;
        }

        public interface IStore
        {
            Task SaveAsync(string name);
            Task SaveAsync(string name, CancellationToken cancellationToken);
            Task<int> CountAsync(string name, int max = 10, CancellationToken cancellationToken = default);
            Task FlushAsync();
            void Flush();
            void Write(string name, CancellationToken cancellationToken);
        }
        """;
}
