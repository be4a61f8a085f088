#nullable enable
using System;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace Course.Exp301.MultiLine;

// Layout only: the report belongs to the line on which the call expression of the expire starts.
public sealed class DraftStore
{
    private static readonly TimeSpan Ttl = TimeSpan.FromHours(4);
    private readonly IDatabase _db;

    public DraftStore(IDatabase db) => _db = db;

    // Bug: arguments on lines of their own.
    public async Task<string?> LoadAsync(string id)
    {
        var value = await _db.StringGetAsync(
            $"draft:{id}",
            CommandFlags.PreferMaster);

        if (value.IsNullOrEmpty)
        {
            return null;
        }

        // keep it for another four hours
        await _db.KeyExpireAsync( // expect: EXP301
            $"draft:{id}",
            Ttl);

        return value;
    }

    // Bug: a chain over lines.
    public async Task<string?> LoadChainedAsync(string id)
    {
        var key = $"draft:{id}";
        var value = await _db
            .StringGetAsync(key)
            .ConfigureAwait(false);

        await _db // expect: EXP301
            .KeyExpireAsync(key, Ttl)
            .ConfigureAwait(false);

        return value;
    }

    // Fine: another key, same layout.
    public async Task<string?> LoadAndKeepIndexAsync(string id)
    {
        var value = await _db
            .StringGetAsync($"draft:{id}")
            .ConfigureAwait(false);

        await _db
            .KeyExpireAsync(
                $"draft:{id}:index",
                Ttl)
            .ConfigureAwait(false);

        return value;
    }
}
