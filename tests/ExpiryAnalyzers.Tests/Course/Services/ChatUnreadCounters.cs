using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace Course.Services.Chat;

public sealed class ChatUnreadCounters
{
    private readonly IDatabase _db;
    private readonly TimeSpan _keep;

    public ChatUnreadCounters(IDatabase db, int keepDays = 30)
    {
        _db = db;
        _keep = TimeSpan.FromDays(keepDays);
    }

    private static string Unread(long user) => string.Concat("chat:unread:", user);

    private static string History(long room) => "chat:room:" + room + ":history";

    public long Bump(long user, long room)
    {
        var n = _db.HashIncrement(Unread(user), room);
        _db.KeyExpire(Unread(user), _keep);
        return n;
    }

    public IDictionary<long, int> All(long user)
    {
        var key = Unread(user);
        var all = _db.HashGetAll(key).ToDictionary(e => (long)e.Name, e => (int)e.Value);
        if (all.Count == 0)
        {
            return all;
        }

        _db.KeyExpire(key, _keep, CommandFlags.FireAndForget); // expect: EXP301
        return all;
    }

    public int Of(long user, long room)
    {
        try
        {
            return (int)_db.HashGet(Unread(user), room);
        }
        finally
        {
            _db.KeyExpire(Unread(user), _keep); // expect: EXP301
        }
    }

    public int OfAndReset(long user, long room)
    {
        var n = (int)_db.HashGet(Unread(user), room);
        if (n > 0)
        {
            _db.HashDelete(Unread(user), room);
        }

        return n;
    }

    public async Task PostAsync(long room, string text)
    {
        await _db.ListLeftPushAsync(History(room), text);
        await _db.ListTrimAsync(History(room), 0, 199);
        await _db.KeyExpireAsync(History(room), DateTime.UtcNow.AddDays(7)); // expect: EXP102, EXP302
    }

    public async Task<string[]> LastAsync(long room, int count)
    {
        var lines = await _db.ListRangeAsync(History(room), 0, count - 1);
        if (lines.Length == 0)
        {
            return [];
        }

        await KeepAsync(History(room)); // expect: EXP301
        return [.. lines.Select(l => l.ToString())];

        Task<bool> KeepAsync(string key) => _db.KeyExpireAsync(key, _keep);
    }

    public async Task<string[]> LastQuietlyAsync(long room, int count)
    {
        var lines = await _db.ListRangeAsync(History(room), 0, count - 1);
        return [.. lines.Select(l => l.ToString())];
    }

    public async Task TypingAsync(long room, long user)
    {
        await _db.StringSetAsync($"chat:typing:{room}:{user}", true, TimeSpan.FromSeconds(4));
    }

    public async Task MuteAsync(long room, long user, DateTime until)
    {
        if (until.Kind == DateTimeKind.Unspecified)
        {
            until = DateTime.SpecifyKind(until, DateTimeKind.Utc);
        }

        await _db.StringSetAsync($"chat:mute:{room}:{user}", until.Ticks, until);
    }

    public async Task MuteFromTicksAsync(long room, long user)
    {
        var ticks = (long)await _db.StringGetAsync($"chat:mute:{room}:{user}");
        await _db.StringSetAsync($"chat:mute:copy:{room}:{user}", ticks, new DateTime(ticks)); // expect: EXP101
        await _db.StringSetAsync($"chat:mute:copy2:{room}:{user}", ticks, new DateTime(ticks, DateTimeKind.Utc));
    }

    public Task MuteTonightAsync(long room, long user) =>
        _db.StringSetAsync($"chat:mute:{room}:{user}", "night", DateTime.Today.AddDays(1).AddHours(6)); // expect: EXP101

    public Task MuteTonightUtcAsync(long room, long user) =>
        _db.StringSetAsync($"chat:mute:{room}:{user}", "night", DateTime.Today.AddDays(1).AddHours(6).ToUniversalTime());

    public async Task<long> ArchiveAsync(long room)
    {
        // Two keys of one room go at the same moment.
        var gone = DateTime.UtcNow.AddHours(12);
        await _db.KeyExpireAsync(History(room), gone);
        await _db.KeyExpireAsync("chat:room:" + room + ":members", gone);
        return await _db.ListLengthAsync(History(room));
    }

    public async Task ArchiveLocallyAsync(long room)
    {
        var gone = DateTime.Now.AddHours(12);
        await _db.KeyExpireAsync(History(room), gone); // expect: EXP101
        await _db.KeyExpireAsync("chat:room:" + room + ":members", gone); // expect: EXP101
    }
}
