using System;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace Course.Layers.BaseClasses;

/// <summary>A base class whose heirs say how a key is kept.</summary>
public abstract class RedisRepository(IDatabase database)
{
    protected IDatabase Database { get; } = database;

    protected abstract string Prefix { get; }

    protected Task<bool> KeepUntil(string id, DateTime at) => Database.KeyExpireAsync(Prefix + id, at);

    protected bool KeepFor(string id, TimeSpan ttl) => Database.KeyExpire(Prefix + id, ttl);

    /// <summary>Heirs elsewhere may do something else.</summary>
    protected virtual Task<bool> KeepLoosely(string id, DateTime at) => Database.KeyExpireAsync(Prefix + id, at);

    /// <summary>Two heirs do two things.</summary>
    protected abstract Task<bool> Retain(string id, DateTime at);
}

public sealed class OrderRepository(IDatabase database) : RedisRepository(database)
{
    protected override string Prefix => "order:";

    // Bug: local time by way of the base class.
    public Task<bool> Keep(string id) => KeepUntil(id, DateTime.Now.AddDays(1)); // expect: EXP101, EXP102

    // Fine: UTC midnight.
    public Task<bool> KeepUntilMidnight(string id) => KeepUntil(id, DateTime.UtcNow.Date.AddDays(1));

    // Bug: the base class is open, but this one is sealed and inherits the method as it is.
    public Task<bool> KeepLooselyUntilNoon(string id) => KeepLoosely(id, DateTime.Today.AddHours(12)); // expect: EXP101

    // Bug: -1 ms deletes.
    public bool KeepForEver(string id) => KeepFor(id, System.Threading.Timeout.InfiniteTimeSpan); // expect: EXP401

    // Bug: an override that is the last one hands it on.
    public Task<bool> RetainUntilNoon(string id) => Retain(id, DateTime.Today.AddHours(12)); // expect: EXP101

    protected sealed override Task<bool> Retain(string id, DateTime at) => Database.KeyExpireAsync("order:" + id, at);
}

public class OpenRepository(IDatabase database) : RedisRepository(database)
{
    protected override string Prefix => "open:";

    // Fine: what runs is not certain.
    public Task<bool> KeepLooselyUntilNoon(string id) => KeepLoosely(id, DateTime.Today.AddHours(12));

    // Bug: the base class's own method is named.
    public Task<bool> KeepAsBaseDoes(string id) => base.KeepLoosely(id, DateTime.Today.AddHours(12)); // expect: EXP101

    protected override Task<bool> Retain(string id, DateTime at) => Database.KeyExpireAsync("open:" + id, at);
}

public sealed class InvoiceRepository(IDatabase database) : RedisRepository(database)
{
    protected override string Prefix => "invoice:";

    protected override Task<bool> Retain(string id, DateTime at) => Database.KeyExpireAsync("invoice:" + id, at.ToUniversalTime());

    // Fine: this one makes it UTC.
    public Task<bool> RetainUntilNoon(string id) => Retain(id, DateTime.Today.AddHours(12));
}

internal abstract class Archive
{
    /// <summary>The one heir is in view.</summary>
    public abstract bool CloseAt(string name, DateTime at);

    /// <summary>Nobody overrides it, and nobody else can.</summary>
    public virtual bool Touch(IDatabase db, string name, DateTime at) => db.KeyExpire("archive:" + name, at);

    /// <summary>Overridden beside it: two bodies.</summary>
    public virtual bool Open(IDatabase db, string name, DateTime at) => db.KeyExpire("archive:" + name, at);
}

internal sealed class RedisArchive(IDatabase db) : Archive
{
    public override bool CloseAt(string name, DateTime at) => db.KeyExpire("archive:" + name, at);

    public override bool Open(IDatabase other, string name, DateTime at) => other.KeyExpire("archive:" + name, at.ToUniversalTime());
}

internal sealed class ArchiveJob(Archive archive, IDatabase db)
{
    // Bug: local time.
    public bool Close(string name) => archive.CloseAt(name, DateTime.Today.AddDays(7)); // expect: EXP101

    // Bug: local time.
    public bool Touch(string name) => archive.Touch(db, name, DateTime.Today.AddDays(7)); // expect: EXP101

    // Fine: one of two.
    public bool Open(string name) => archive.Open(db, name, DateTime.Today.AddDays(7));

    // Fine: UTC.
    public bool CloseUtc(string name) => archive.CloseAt(name, DateTime.UtcNow.Date.AddDays(7));
}

/// <summary>A contract whose member the base class brings along.</summary>
internal interface IExpirer
{
    bool ExpireAt(string key, DateTime at);

    /// <summary>A default that nobody replaces.</summary>
    bool ExpireAtNoon(string key) => ExpireAt(key, DateTime.Today.AddHours(12)); // expect: EXP101
}

internal class ExpirerBase(IDatabase db)
{
    public bool ExpireAt(string key, DateTime at) => db.KeyExpire(key, at);
}

internal sealed class Expirer(IDatabase db) : ExpirerBase(db), IExpirer;

/// <summary>Another contract, implemented explicitly, and generic.</summary>
internal interface IStore<T>
{
    void Put(string key, T value, DateTime until);
}

internal sealed class TextStore(IDatabase db) : IStore<string>
{
    void IStore<string>.Put(string key, string value, DateTime until)
    {
        db.StringSet(key, value);
        db.KeyExpire(key, until);
    }
}

/// <summary>A contract with two forms: two implementations.</summary>
internal interface ITable<T>
{
    void Keep(string key, T value, DateTime until);
}

internal sealed class Texts(IDatabase db) : ITable<string>
{
    public void Keep(string key, string value, DateTime until) => db.StringSet(key, value, until);
}

internal sealed class Numbers(IDatabase db) : ITable<long>
{
    public void Keep(string key, long value, DateTime until) => db.StringSet(key, value, until.ToUniversalTime());
}

internal sealed class ContractUser(IExpirer expirer, IStore<string> store, ITable<string> texts, ITable<long> numbers)
{
    // Bug: local time.
    public bool Tonight(string key) => expirer.ExpireAt(key, DateTime.Today.AddDays(1)); // expect: EXP101

    // Bug: local time.
    public void Put(string key) => store.Put(key, "x", DateTime.Today.AddDays(1)); // expect: EXP101

    // Fine: which of the two is asked is not followed.
    public void Keep(string key)
    {
        texts.Keep(key, "x", DateTime.Today.AddDays(1));
        numbers.Keep(key, 1, DateTime.Today.AddDays(1));
    }
}

/// <summary>A contract without any implementation here.</summary>
public interface IRemoteCache
{
    Task KeepUntilAsync(string key, DateTime at);
}

public sealed class RemoteUser(IRemoteCache remote)
{
    // Fine: nobody knows.
    public Task Keep(string key) => remote.KeepUntilAsync(key, DateTime.Now.AddHours(1));
}
