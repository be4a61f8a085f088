#nullable enable
using System;
using System.Threading;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace Course.Exp201.MultiLine;

public interface ISearchIndex
{
    Task RebuildAsync(string name, CancellationToken ct = default);
}

// Layout only: the report belongs to the line of the TTL argument.
public sealed class IndexRebuilder
{
    private readonly IDatabase _db;
    private readonly ISearchIndex _index;

    public IndexRebuilder(IDatabase db, ISearchIndex index)
    {
        _db = db;
        _index = index;
    }

    // Bug: unbounded rebuild.
    public async Task RebuildAsync(string name)
    {
        var token = Guid.NewGuid().ToString();
        var taken = await _db.LockTakeAsync(
            $"index:{name}",
            token,
            TimeSpan.FromMinutes(15)); // expect: EXP201
        if (!taken)
        {
            return;
        }

        try
        {
            await _index.RebuildAsync(name);
        }
        finally
        {
            await _db.LockReleaseAsync(
                $"index:{name}",
                token);
        }
    }

    // Bug: SET NX laid out over lines; the key is a lock that is released below.
    public async Task RebuildNxAsync(string name)
    {
        var key = $"index:{name}:rebuilding";
        if (!await _db
                .StringSetAsync(
                    key,
                    Environment.MachineName,
                    TimeSpan.FromMinutes(15), // expect: EXP201
                    When.NotExists)
                .ConfigureAwait(false))
        {
            return;
        }

        try
        {
            await _index.RebuildAsync(name).ConfigureAwait(false);
        }
        finally
        {
            await _db.KeyDeleteAsync(key).ConfigureAwait(false);
        }
    }

    // Fine: bounded at ten of fifteen minutes.
    public async Task RebuildBoundedAsync(string name)
    {
        var token = Guid.NewGuid().ToString();
        var taken = await _db.LockTakeAsync(
            key: $"index:{name}",
            value: token,
            expiry: TimeSpan.FromMinutes(15));
        if (!taken)
        {
            return;
        }

        using var cts = new CancellationTokenSource(
            TimeSpan.FromMinutes(10));
        try
        {
            await _index.RebuildAsync(
                name,
                cts.Token);
        }
        finally
        {
            await _db.LockReleaseAsync($"index:{name}", token);
        }
    }
}
