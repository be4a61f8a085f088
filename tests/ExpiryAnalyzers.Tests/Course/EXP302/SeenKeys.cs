#nullable enable
using System;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace Course.Exp302.SeenKeys;

// Who asks whether the key is there knows whether it has the TTL that it was made with.
public sealed class Workers(IDatabase db, TimeSpan ttl)
{
    // The key was made elsewhere, with a TTL that HSET keeps: what a crash leaves dies as before.
    public async Task<bool> BeatAsync(string id)
    {
        var key = $"worker:{id}";
        if (!await db.KeyExistsAsync(key))
        {
            return false;
        }

        await db.HashSetAsync(key, "seen", DateTime.UtcNow.Ticks);
        await db.KeyExpireAsync(key, ttl);
        return true;
    }

    public void Join(string room, string member)
    {
        bool isOpen = db.KeyExists(room);
        if (isOpen && member.Length > 0)
        {
            db.SetAdd(room, member);
            db.KeyExpire(room, ttl);
        }
    }

    public long Count(string key)
    {
        if (db.KeyExists(key))
        {
            var count = db.StringIncrement(key);
            db.KeyExpire(key, ttl);
            return count;
        }

        return 0;
    }

    // SET takes the TTL away, also from a key that is there.
    public void Replace(string key, string value)
    {
        if (db.KeyExists(key))
        {
            db.StringSet(key, value);
            db.KeyExpire(key, ttl); // expect: EXP302
        }
    }

    public async Task OpenAsync(string key, string user)
    {
        if (!await db.KeyExistsAsync(key))
        {
            await db.HashSetAsync(key, "user", user);
            await db.KeyExpireAsync(key, ttl); // expect: EXP302
        }
    }

    public void OpenUnlessThere(string key, string user)
    {
        if (db.KeyExists(key))
        {
            return;
        }

        db.HashSet(key, "user", user);
        db.KeyExpire(key, ttl); // expect: EXP302
    }

    // The key may be there or not.
    public void Note(string key, string user)
    {
        var isKnown = db.KeyExists(key);
        db.HashSet(key, "user", isKnown ? user : "first");
        db.KeyExpire(key, ttl); // expect: EXP302
    }

    public void Other(string key, string other, string user)
    {
        if (db.KeyExists(other))
        {
            db.HashSet(key, "user", user);
            db.KeyExpire(key, ttl); // expect: EXP302
        }
    }

    public void Anew(string key, string user)
    {
        if (db.KeyExists(key))
        {
            db.KeyDelete(key);
            db.HashSet(key, "user", user);
            db.KeyExpire(key, ttl); // expect: EXP302
        }
    }

    // The key is missing, so that the expire does nothing, and the key is then made without a TTL.
    public void AddTooLate(string room, string member)
    {
        if (!db.KeyExists(room))
        {
            db.KeyExpire(room, ttl); // expect: EXP302
        }

        db.SetAdd(room, member);
    }

    // The test is the wrong way round.
    public void StoreAndNeverExpire(string key, string value)
    {
        db.StringSet(key, value);
        if (!db.KeyExists(key))
        {
            db.KeyExpire(key, ttl); // expect: EXP302
        }
    }

    // A refresh of what is there.
    public void AddAndRefresh(string room, string member)
    {
        if (db.KeyExists(room))
        {
            db.KeyExpire(room, ttl);
        }

        db.SetAdd(room, member);
    }
}

// A write that keeps the TTL which the key was stored with.
public sealed class Appended(IDatabase db)
{
    public void Demo(string key)
    {
        db.StringSet(key, "abc", TimeSpan.FromSeconds(60));
        db.StringAppend(key, "xyz");
        db.KeyExpire(key, TimeSpan.FromSeconds(1));
    }

    public void Untimed(string key)
    {
        db.StringSet(key, "abc");
        db.StringAppend(key, "xyz");
        db.KeyExpire(key, TimeSpan.FromSeconds(1)); // expect: EXP302
    }

    public void Sometimes(string key, bool isNew)
    {
        if (isNew)
        {
            db.StringSet(key, "abc", TimeSpan.FromSeconds(60));
        }

        db.StringAppend(key, "xyz");
        db.KeyExpire(key, TimeSpan.FromSeconds(1)); // expect: EXP302
    }

    public void DeletedBetween(string key)
    {
        db.StringSet(key, "abc", TimeSpan.FromSeconds(60));
        db.KeyDelete(key);
        db.StringAppend(key, "xyz");
        db.KeyExpire(key, TimeSpan.FromSeconds(1)); // expect: EXP302
    }

    public void OnlyOnce(string key)
    {
        db.StringSet(key, "abc", TimeSpan.FromSeconds(60), When.NotExists);
        db.StringAppend(key, "xyz");
        db.KeyExpire(key, TimeSpan.FromSeconds(1)); // expect: EXP302
    }
}
