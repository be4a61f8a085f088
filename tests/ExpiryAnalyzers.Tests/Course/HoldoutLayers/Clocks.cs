using System;
using System.Collections.Generic;
using System.Linq.Expressions;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace Course.HoldoutLayers.Clocks;

internal interface IDateTimeProvider
{
    DateTime Now { get; }

    DateTime UtcNow { get; }

    DateTime StartOfDay();
}

internal sealed class SystemDateTimeProvider : IDateTimeProvider
{
    public DateTime Now => DateTime.Now;

    public DateTime UtcNow => DateTime.UtcNow;

    public DateTime StartOfDay() => DateTime.Today;
}

/// <summary>Heirs and other assemblies decide what time it is.</summary>
public interface IClock
{
    DateTime Now { get; }
}

public enum Plan
{
    Trial,
    Monthly,
    Yearly,
}

public static class Lifetimes
{
    public const int TrialMs = 60_000;
    public const int MonthlySeconds = 2_592_000;
    public static readonly TimeSpan None = TimeSpan.Zero;
    public static readonly TimeSpan Trial = TimeSpan.FromMilliseconds(TrialMs);
    private static readonly Dictionary<Plan, TimeSpan> Table = new() { [Plan.Trial] = TimeSpan.Zero, [Plan.Monthly] = TimeSpan.FromDays(30) };

    public static TimeSpan Of(Plan plan) => Table[plan];

    public static DateTime EndOf(Plan plan, DateTime utcStart) => plan switch
    {
        Plan.Trial => utcStart.AddDays(14),
        Plan.Monthly => DateTime.UtcNow.Date.AddMonths(1),
        _ => new DateTime(DateTime.UtcNow.Year + 1, 1, 1),
    };

    public static int ToMs(TimeSpan span) => (int)span.TotalMilliseconds;

    public static int ToSeconds(this TimeSpan span) => Convert.ToInt32(span.TotalSeconds);
}

internal sealed class Licences(IDatabase db, IDateTimeProvider time, IClock clock, TimeProvider provider)
{
    private readonly Func<DateTime> _midnight = () => DateTime.Today.AddDays(1);
    private readonly int _ttlMinutes = 20;

    public bool KeepHour(string id) => db.KeyExpire(id, time.Now.AddHours(1)); // expect: EXP101, EXP102

    public bool KeepHourUtc(string id) => db.KeyExpire(id, time.UtcNow.AddHours(1)); // expect: EXP102

    public bool KeepDay(string id) => db.KeyExpire(id, time.StartOfDay().AddDays(1)); // expect: EXP101

    public bool KeepOpenClock(string id) => db.KeyExpire(id, clock.Now.Date.AddDays(1));

    public bool KeepProvider(string id) => db.KeyExpire(id, provider.GetLocalNow().Date.AddDays(1)); // expect: EXP101

    public bool KeepProviderUtc(string id) => db.KeyExpire(id, provider.GetUtcNow().UtcDateTime.Date.AddDays(1));

    public bool KeepPlan(string id, Plan plan) => db.KeyExpire(id, Lifetimes.EndOf(plan, time.UtcNow.Date)); // expect: EXP101

    public bool KeepTable(string id, Plan plan) => db.KeyExpire(id, Lifetimes.Of(plan));

    public bool KeepNone(string id) => db.KeyExpire(id, Lifetimes.None); // expect: EXP401

    public bool KeepTrial(string id) => db.KeyExpire(id, TimeSpan.FromSeconds(Lifetimes.TrialMs)); // expect: EXP105

    public bool KeepTrialSpan(string id) => db.KeyExpire(id, Lifetimes.Trial);

    public bool KeepMonthly(string id) => db.KeyExpire(id, TimeSpan.FromSeconds(Lifetimes.MonthlySeconds));

    public bool KeepMs(string id, TimeSpan ttl) => db.KeyExpire(id, TimeSpan.FromSeconds(Lifetimes.ToMs(ttl))); // expect: EXP105

    public bool KeepConverted(string id, TimeSpan ttl) => db.KeyExpire(id, TimeSpan.FromSeconds(ttl.ToSeconds()));

    public Task<RedisResult> KeepRawConverted(string id, TimeSpan ttl) => db.ExecuteAsync("PEXPIRE", id, ttl.ToSeconds()); // expect: EXP105

    public bool KeepField(string id) => db.KeyExpire(id, TimeSpan.FromSeconds(_ttlMinutes)); // expect: EXP105

    // A wrapper whose parameter says its unit.
    public bool KeepForMinutes(string id, int ttlMinutes) => db.KeyExpire(id, TimeSpan.FromSeconds(ttlMinutes)); // expect: EXP105

    public bool KeepForMinutesRight(string id, int ttlMinutes) => db.KeyExpire(id, TimeSpan.FromSeconds(ttlMinutes * 60));

    public bool Set(string id, string value, DateTime until) => db.StringSet(id, value, until - DateTime.UtcNow);

    public bool SetToday(string id) => Set(id, "on", DateTime.Today.AddDays(1)); // expect: EXP103

    public bool SetNow(string id) => Set(id, "on", DateTime.Now.AddHours(1)); // expect: EXP103

    public bool SetUtc(string id) => Set(id, "on", DateTime.UtcNow.Date.AddDays(1));

    public bool SetUnknown(string id, DateTime until) => Set(id, "on", until);

    public bool Keep(string id, DateTime? until)
    {
        if (until is null)
        {
            return db.KeyPersist(id);
        }

        return db.KeyExpire(id, until.Value);
    }

    public bool KeepNullable(string id) => Keep(id, DateTime.Today); // expect: EXP101

    public bool KeepForEver(string id) => Keep(id, null);

    public bool KeepNullableUtc(string id) => Keep(id, DateTime.UtcNow.Date);

    public bool KeepNamed(string id) => KeepAll(until: new DateTime(2031, 1, 1, 0, 0, 0, DateTimeKind.Local), ids: id); // expect: EXP101

    private bool KeepAll(DateTime until, params string[] ids) => Array.TrueForAll(ids, id => db.KeyExpire(id, until));

    public void Expression(Action<Expression<Func<IDatabase, bool>>> setup) => setup(database => database.KeyExpire("a", DateTime.Now, CommandFlags.None));

    public Task Deferred(string id)
    {
        Func<IDatabase, Task<bool>> work = async database =>
        {
            DateTime until = DateTime.Now.Date.AddDays(1);
            return await database.KeyExpireAsync(id, until); // expect: EXP101
        };
        return work(db);
    }

    public async Task Chained(string id)
    {
        await Twice(() => db.KeyExpireAsync(id, TimeSpan.FromMinutes(-1))); // expect: EXP401
        await Twice(async () => await db.KeyExpireAsync(id, DateTime.UtcNow.Date.AddDays(1)));

        static async Task Twice(Func<Task> work)
        {
            await work();
            await work();
        }
    }
}
