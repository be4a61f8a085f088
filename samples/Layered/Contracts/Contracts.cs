using System;
using System.Threading;
using System.Threading.Tasks;

namespace Layered.Contracts;

/// <summary>What every layer stores with; the implementation is in Layered.Storage.</summary>
public interface ICacheService
{
    Task<string?> GetAsync(string key);

    Task SetAsync(string key, string value, TimeSpan? lifetime = null);

    Task SetForMinutesAsync(string key, string value, int minutes);

    Task SetForSecondsAsync(string key, string value, int seconds);

    Task KeepUntilAsync(string key, DateTime until);

    Task TouchAsync(string key, TimeSpan lifetime);

    Task<long> CountAsync(string key);

    Task RemoveAsync(string key);

    Task<DateTime?> ExpiresAtAsync(string key);
}

/// <summary>Pages and fragments; two implementations, which do the same.</summary>
public interface IPageCache
{
    void Store(string page, string html, int seconds);

    void StoreUntil(string page, string html, DateTimeOffset until);
}

public interface ILocks
{
    Task<bool> TryTakeAsync(string name, string owner, TimeSpan lifetime);

    Task<bool> ReleaseAsync(string name, string owner);
}

/// <summary>Decorated: one class counts, one stores.</summary>
public interface ISessionStore
{
    Task SaveAsync(string id, string data, TimeSpan idle);

    Task RenewAsync(string id, TimeSpan idle);
}

/// <summary>Two implementations that do different things: nothing is known of a call.</summary>
public interface IAuditLog
{
    Task WriteAsync(string entry, TimeSpan keep);
}

public interface IClock
{
    DateTime Now { get; }

    DateTime UtcNow { get; }

    DateTime EndOfDay();
}

public static class Keys
{
    public static string Cart(int user) => $"cart:{user}";
}
