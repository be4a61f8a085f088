#nullable enable
using System;
using System.Threading;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace Course.Exp201.TtlSources;

public sealed class LockOptions
{
    public TimeSpan LockTtl { get; set; } = TimeSpan.FromSeconds(30);
    public TimeSpan WorkTimeout { get; set; } = TimeSpan.FromSeconds(20);
    public TimeSpan SafetyMargin { get; set; } = TimeSpan.FromSeconds(5);
    public int LockSeconds { get; set; } = 30;
}

public interface IInvoiceRun
{
    Task RunAsync(CancellationToken ct = default);
    void Run();
}

public sealed class InvoiceRunner(IConnectionMultiplexer mux, LockOptions options, IInvoiceRun run)
{
    private const string Key = "invoices";
    private const int DefaultSeconds = 40;
    private static readonly TimeSpan DefaultTtl = new(0, 0, DefaultSeconds);
    private static TimeSpan HalfMinute => TimeSpan.FromSeconds(30);

    private IDatabase Db => mux.GetDatabase();

    // Bug: TTL from an option, and nothing that ends the work.
    public async Task FromOptionAsync()
    {
        var token = Guid.NewGuid().ToString();
        if (!await Db.LockTakeAsync(Key, token, options.LockTtl)) return; // expect: EXP201
        try { await run.RunAsync(); }
        finally { await Db.LockReleaseAsync(Key, token); }
    }

    // Bug: the same option for both.
    public async Task OptionTwiceAsync()
    {
        var token = Guid.NewGuid().ToString();
        if (!await Db.LockTakeAsync(Key, token, options.LockTtl)) return; // expect: EXP201
        using var cts = new CancellationTokenSource(options.LockTtl);
        try { await run.RunAsync(cts.Token); }
        finally { await Db.LockReleaseAsync(Key, token); }
    }

    // Fine: two options whose sizes are not known here.
    public async Task TwoOptionsAsync()
    {
        var token = Guid.NewGuid().ToString();
        if (!await Db.LockTakeAsync(Key, token, options.LockTtl)) return;
        using var cts = new CancellationTokenSource(options.WorkTimeout);
        try { await run.RunAsync(cts.Token); }
        finally { await Db.LockReleaseAsync(Key, token); }
    }

    // Fine: the option less a margin.
    public async Task OptionLessMarginAsync()
    {
        var token = Guid.NewGuid().ToString();
        if (!await Db.LockTakeAsync(Key, token, options.LockTtl)) return;
        using var cts = new CancellationTokenSource(options.LockTtl - options.SafetyMargin);
        try { await run.RunAsync(cts.Token); }
        finally { await Db.LockReleaseAsync(Key, token); }
    }

    // Fine: the work's time plus a margin as TTL.
    public async Task OptionPlusMarginAsync()
    {
        var token = Guid.NewGuid().ToString();
        if (!await Db.LockTakeAsync(Key, token, options.WorkTimeout + options.SafetyMargin)) return;
        using var cts = new CancellationTokenSource(options.WorkTimeout);
        try { await run.RunAsync(cts.Token); }
        finally { await Db.LockReleaseAsync(Key, token); }
    }

    // Fine: a sum as TTL already speaks of a margin, though no bound is seen here.
    public async Task SumOnlyAsync()
    {
        var token = Guid.NewGuid().ToString();
        if (!await Db.LockTakeAsync(Key, token, options.WorkTimeout.Add(TimeSpan.FromSeconds(5)))) return;
        try { await run.RunAsync(); }
        finally { await Db.LockReleaseAsync(Key, token); }
    }

    // Bug: the sum is TTL and bound at once.
    public async Task SumTwiceAsync()
    {
        var token = Guid.NewGuid().ToString();
        if (!await Db.LockTakeAsync(Key, token, options.WorkTimeout + options.SafetyMargin)) return; // expect: EXP201
        using var cts = new CancellationTokenSource();
        cts.CancelAfter(options.WorkTimeout + options.SafetyMargin);
        try { await run.RunAsync(cts.Token); }
        finally { await Db.LockReleaseAsync(Key, token); }
    }

    // Bug: seconds of an option in two calls.
    public async Task SecondsTwiceAsync()
    {
        var token = Guid.NewGuid().ToString();
        if (!await Db.LockTakeAsync(Key, token, TimeSpan.FromSeconds(options.LockSeconds))) return; // expect: EXP201
        using var cts = new CancellationTokenSource(TimeSpan.FromSeconds(options.LockSeconds));
        try { await run.RunAsync(cts.Token); }
        finally { await Db.LockReleaseAsync(Key, token); }
    }

    // Bug: static readonly made with a constructor; sync work.
    public void FromStatic()
    {
        var token = Guid.NewGuid().ToString();
        if (!Db.LockTake(Key, token, DefaultTtl)) return; // expect: EXP201
        try { run.Run(); }
        finally { Db.LockRelease(Key, token); }
    }

    // Fine: 30 s bound against the 40 s of the constructor.
    public async Task FromStaticBoundedAsync()
    {
        var token = Guid.NewGuid().ToString();
        if (!await Db.LockTakeAsync(Key, token, DefaultTtl)) return;
        using var cts = new CancellationTokenSource(HalfMinute);
        try { await run.RunAsync(cts.Token); }
        finally { await Db.LockReleaseAsync(Key, token); }
    }

    // Bug: a get-only property for both.
    public async Task FromPropertyAsync()
    {
        var token = Guid.NewGuid().ToString();
        if (!await Db.LockTakeAsync(Key, token, HalfMinute)) return; // expect: EXP201
        using var cts = new CancellationTokenSource(HalfMinute);
        try { await run.RunAsync(cts.Token); }
        finally { await Db.LockReleaseAsync(Key, token); }
    }

    // Bug: the bound is known to be too long for the TTL (36 + 5 > 40).
    public async Task ConstantsAsync()
    {
        var token = Guid.NewGuid().ToString();
        if (!await Db.LockTakeAsync(Key, token, TimeSpan.FromSeconds(DefaultSeconds))) return; // expect: EXP201
        using var cts = new CancellationTokenSource(TimeSpan.FromSeconds(DefaultSeconds - 4));
        try { await run.RunAsync(cts.Token); }
        finally { await Db.LockReleaseAsync(Key, token); }
    }

    // Fine: constant arithmetic with a margin of ten seconds.
    public async Task ConstantsBoundedAsync()
    {
        var token = Guid.NewGuid().ToString();
        if (!await Db.LockTakeAsync(Key, token, TimeSpan.FromSeconds(DefaultSeconds))) return;
        using var cts = new CancellationTokenSource(TimeSpan.FromSeconds(DefaultSeconds - 10));
        try { await run.RunAsync(cts.Token); }
        finally { await Db.LockReleaseAsync(Key, token); }
    }

    // Bug: a nullable parameter with a fallback; nothing bounds the work.
    public async Task WithFallbackAsync(TimeSpan? ttl = null)
    {
        var token = Guid.NewGuid().ToString();
        if (!await Db.LockTakeAsync(Key, token, ttl ?? DefaultTtl)) return; // expect: EXP201
        try { await run.RunAsync(); }
        finally { await Db.LockReleaseAsync(Key, token); }
    }

    // Fine: a known 10 s of work under an option's TTL of unknown size.
    public async Task KnownWorkUnknownTtlAsync()
    {
        var token = Guid.NewGuid().ToString();
        if (!await Db.LockTakeAsync(Key, token, options.LockTtl)) return;
        using var cts = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        try { await run.RunAsync(cts.Token); }
        finally { await Db.LockReleaseAsync(Key, token); }
    }

    // Fine: a literal TTL, and a bound from configuration.
    public async Task UnknownWorkKnownTtlAsync()
    {
        var token = Guid.NewGuid().ToString();
        if (!await Db.LockTakeAsync(Key, token, TimeSpan.FromMinutes(1))) return;
        try { await run.RunAsync().WaitAsync(options.WorkTimeout); }
        finally { await Db.LockReleaseAsync(Key, token); }
    }

    // Fine: TimeSpan.MaxValue never expires under the work (that it never expires at all is another rule's matter).
    public async Task ForeverAsync()
    {
        var token = Guid.NewGuid().ToString();
        if (!await Db.LockTakeAsync(Key, token, TimeSpan.MaxValue)) return;
        try { await run.RunAsync(); }
        finally { await Db.LockReleaseAsync(Key, token); }
    }
}
