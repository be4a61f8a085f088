using System.Text.Json;
using StackExchange.Redis;

namespace Shop;

/// <summary>Who is signed in. A session slides: each visit gives it another twenty minutes.</summary>
public sealed class SessionStore(IDatabase redis)
{
    private static readonly TimeSpan IdleTime = TimeSpan.FromMinutes(20);

    public async Task<Session?> FindAsync(Guid id)
    {
        string key = $"session:{id}";
        RedisValue json = await redis.StringGetAsync(key);
        if (json.IsNullOrEmpty)
        {
            return null;
        }

        // EXP301: the session may expire between the two commands.
        await redis.KeyExpireAsync(key, IdleTime);
        return JsonSerializer.Deserialize<Session>(json.ToString());
    }

    public Task SaveAsync(Session session) => redis.StringSetAsync($"session:{session.Id}", JsonSerializer.Serialize(session), IdleTime);

    /// <summary>Ends a session at the moment that its token names.</summary>
    public Task<bool> EndWithTokenAsync(Session session, DateTimeOffset tokenExpires) =>
        // EXP101: .DateTime has no kind, and the client throws.
        redis.KeyExpireAsync($"session:{session.Id}", tokenExpires.DateTime);
}

public sealed record Session(Guid Id, string Customer);
