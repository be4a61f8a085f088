using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace Course.HoldoutPairs
{
    public interface ILedger
    {
        Task<decimal> BalanceAsync(string account, CancellationToken ct = default);

        Task BookAsync(string account, decimal amount, CancellationToken ct = default);

        void Book(string account, decimal amount);
    }

    public sealed class TransferService
    {
        private static readonly TimeSpan LockTtl = TimeSpan.FromSeconds(30);
        private const int LeaseSeconds = 20;
        private const string ReleaseScript = "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) else return 0 end";

        private readonly IDatabase _db;
        private readonly ILedger _ledger;
        private readonly HttpClient _http;

        public TransferService(IDatabase db, ILedger ledger, HttpClient http)
        {
            _db = db;
            _ledger = ledger;
            _http = http;
        }

        public async Task<bool> TransferAsync(string account, decimal amount, CancellationToken ct)
        {
            var token = Guid.NewGuid().ToString("N");
            var key = $"lock:account:{account}";
            if (!await _db.LockTakeAsync(key, token, LockTtl)) // expect: EXP201
            {
                return false;
            }

            try
            {
                await _ledger.BookAsync(account, amount, ct);
                return true;
            }
            finally
            {
                await _db.LockReleaseAsync(key, token);
            }
        }

        public async Task SettleAsync(string account, CancellationToken ct)
        {
            RedisValue token = Environment.MachineName;
            using var budget = CancellationTokenSource.CreateLinkedTokenSource(ct);
            budget.CancelAfter(LockTtl);
            if (await _db.LockTakeAsync("settle:" + account, token, LockTtl)) // expect: EXP201
            {
                try
                {
                    await _ledger.BookAsync(account, 0m, budget.Token);
                }
                finally
                {
                    await _db.LockReleaseAsync("settle:" + account, token);
                }
            }
        }

        public async Task<decimal> ReconcileAsync(string account)
        {
            string owner = Guid.NewGuid().ToString();
            bool locked = await _db.StringSetAsync($"reconcile:{account}", owner, TimeSpan.FromSeconds(LeaseSeconds), When.NotExists); // expect: EXP201
            if (!locked)
            {
                throw new InvalidOperationException("busy");
            }

            try
            {
                using HttpResponseMessage answer = await _http.GetAsync("https://bank.example/balance/" + account);
                return decimal.Parse(await answer.Content.ReadAsStringAsync());
            }
            finally
            {
                await _db.ScriptEvaluateAsync(ReleaseScript, new RedisKey[] { $"reconcile:{account}" }, new RedisValue[] { owner });
            }
        }

        public void Close(string account)
        {
            while (!_db.LockTake("close:" + account, "closer", TimeSpan.FromMinutes(1))) // expect: EXP201
            {
                Thread.Sleep(100);
            }

            try
            {
                _ledger.Book(account, -1m);
            }
            finally
            {
                _db.LockRelease("close:" + account, "closer");
            }
        }

        public async Task OpenAsync(string account)
        {
            string token = Guid.NewGuid().ToString();
            RedisKey key = "open:" + account;
            if (await _db.LockTakeAsync(key, token, expiry: TimeSpan.FromSeconds(10), flags: CommandFlags.DemandMaster)) // expect: EXP201
            {
                await _ledger.BookAsync(account, 0m);
                await _db.LockReleaseAsync(key, token); // expect: EXP202
            }
        }

        public async Task FeeAsync(string account, CancellationToken ct)
        {
            using var cts = new CancellationTokenSource(TimeSpan.FromSeconds(15));
            string token = Guid.NewGuid().ToString();
            await _db.LockTakeAsync("fee:" + account, token, TimeSpan.FromSeconds(30)); // expect: EXP202
            try
            {
                await _ledger.BookAsync(account, -5m, cts.Token);
            }
            finally
            {
                await _db.LockReleaseAsync("fee:" + account, token);
            }
        }

        public async Task InterestAsync(string account)
        {
            using var cts = new CancellationTokenSource(TimeSpan.FromSeconds(15));
            if (await _db.LockTakeAsync("interest:" + account, Guid.NewGuid().ToString(), TimeSpan.FromSeconds(30)))
            {
                try
                {
                    await _ledger.BookAsync(account, 5m, cts.Token);
                }
                finally
                {
                    await _db.LockReleaseAsync("interest:" + account, Guid.NewGuid().ToString()); // expect: EXP202
                }
            }
        }

        public async Task RenewingAsync(string account, CancellationToken ct)
        {
            string token = Guid.NewGuid().ToString();
            RedisKey key = "audit:" + account;
            if (!await _db.LockTakeAsync(key, token, LockTtl))
            {
                return;
            }

            using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
            Task renewal = RenewAsync(key, token, stop);
            try
            {
                await _ledger.BookAsync(account, 0m, stop.Token);
            }
            finally
            {
                stop.Cancel();
                await renewal;
                await _db.LockReleaseAsync(key, token);
            }
        }

        private async Task RenewAsync(RedisKey key, RedisValue token, CancellationTokenSource stop)
        {
            using var timer = new PeriodicTimer(TimeSpan.FromSeconds(10));
            try
            {
                while (await timer.WaitForNextTickAsync(stop.Token))
                {
                    if (!await _db.LockExtendAsync(key, token, LockTtl))
                    {
                        stop.Cancel();
                        return;
                    }
                }
            }
            catch (OperationCanceledException)
            {
            }
        }

        public async Task RenewingTooLateAsync(string account)
        {
            string token = Guid.NewGuid().ToString();
            RedisKey key = "late:" + account;
            if (!await _db.LockTakeAsync(key, token, LockTtl)) // expect: EXP201
            {
                return;
            }

            using var renewal = new Timer(_ => _db.LockExtend(key, token, LockTtl), null, LockTtl, LockTtl); // expect: EXP202
            try
            {
                await _ledger.BookAsync(account, 0m);
            }
            finally
            {
                await _db.LockReleaseAsync(key, token);
            }
        }

        // Work: 20 s. Lock: 30 s.
        public async Task<bool> BoundedAsync(string account, CancellationToken ct)
        {
            TimeSpan work = TimeSpan.FromSeconds(20);
            TimeSpan margin = TimeSpan.FromSeconds(10);
            string token = Guid.NewGuid().ToString();
            string key = $"lock:{account}";
            if (!await _db.LockTakeAsync(key, token, work + margin))
            {
                return false;
            }

            using var cts = CancellationTokenSource.CreateLinkedTokenSource(ct);
            cts.CancelAfter(work);
            try
            {
                await _ledger.BookAsync(account, 1m, cts.Token);
            }
            finally
            {
                await _db.LockReleaseAsync(key, token);
            }

            return true;
        }

        public async Task WaitedAsync(string account)
        {
            string token = Guid.NewGuid().ToString();
            if (await _db.LockTakeAsync("wait:" + account, token, LockTtl))
            {
                try
                {
                    await _ledger.BookAsync(account, 1m).WaitAsync(LockTtl - TimeSpan.FromSeconds(8));
                }
                finally
                {
                    await _db.LockReleaseAsync("wait:" + account, token);
                }
            }
        }

        public async Task WaitedTooLongAsync(string account)
        {
            string token = Guid.NewGuid().ToString();
            if (await _db.LockTakeAsync("wait:" + account, token, LockTtl)) // expect: EXP201
            {
                try
                {
                    await _ledger.BookAsync(account, 1m).WaitAsync(LockTtl);
                }
                finally
                {
                    await _db.LockReleaseAsync("wait:" + account, token);
                }
            }
        }

        // The caller holds it and lets it go.
        public Task<bool> TryLockAsync(string account, string token) => _db.LockTakeAsync("lock:" + account, token, LockTtl);

        public async Task<IAsyncDisposable?> AcquireAsync(string account)
        {
            string token = Guid.NewGuid().ToString();
            string key = "lock:" + account;
            return await _db.LockTakeAsync(key, token, LockTtl) ? new Handle(_db, key, token) : null;
        }

        private sealed class Handle(IDatabase db, RedisKey key, RedisValue token) : IAsyncDisposable
        {
            public async ValueTask DisposeAsync() => await db.LockReleaseAsync(key, token);
        }

        // A payment that was seen is not booked again: no lock.
        public async Task<bool> OnceAsync(string paymentId, string account, decimal amount)
        {
            if (!await _db.StringSetAsync("payment:seen:" + paymentId, 1, TimeSpan.FromDays(1), When.NotExists))
            {
                return false;
            }

            await _ledger.BookAsync(account, amount);
            return true;
        }
    }

    public sealed class RedisLocks
    {
        private readonly IDatabase _db;

        public RedisLocks(IDatabase db) => _db = db;

        public async Task<bool> WithLock(string key, TimeSpan ttl, Func<CancellationToken, Task> work)
        {
            string token = Guid.NewGuid().ToString("N");
            if (!await _db.LockTakeAsync(key, token, ttl)) // expect: EXP201
            {
                return false;
            }

            try
            {
                await work(CancellationToken.None);
            }
            finally
            {
                await _db.LockReleaseAsync(key, token);
            }

            return true;
        }

        public async Task<bool> WithBoundedLock(string key, TimeSpan ttl, Func<CancellationToken, Task> work)
        {
            string token = Guid.NewGuid().ToString("N");
            if (!await _db.LockTakeAsync(key, token, ttl))
            {
                return false;
            }

            using var budget = new CancellationTokenSource(ttl - TimeSpan.FromSeconds(5));
            try
            {
                await work(budget.Token);
            }
            finally
            {
                await _db.LockReleaseAsync(key, token);
            }

            return true;
        }

        public T WithLock<T>(string key, Func<T> work)
        {
            RedisValue token = Guid.NewGuid().ToString("N");
            if (!_db.LockTake(key, token, TimeSpan.FromSeconds(30))) // expect: EXP201
                throw new TimeoutException(key);
            T result = work();
            _db.LockRelease(key, token); // expect: EXP202
            return result;
        }

        public async Task RawAsync(string job, Func<Task> work)
        {
            string token = Guid.NewGuid().ToString("N");
            RedisResult taken = await _db.ExecuteAsync("SET", "mutex:" + job, token, "NX", "PX", 15000); // expect: EXP201
            if (taken.IsNull)
            {
                return;
            }

            try
            {
                await work();
            }
            finally
            {
                await _db.KeyDeleteAsync("mutex:" + job);
            }
        }

        public async Task SwallowAsync(string job, Func<Task> work, Action<Exception> log)
        {
            string token = Guid.NewGuid().ToString("N");
            using var cts = new CancellationTokenSource(TimeSpan.FromSeconds(10));
            if (await _db.LockTakeAsync(job, token, TimeSpan.FromSeconds(30)))
            {
                try
                {
                    await work().WaitAsync(cts.Token);
                }
                catch (Exception e)
                {
                    log(e);
                }

                await _db.LockReleaseAsync(job, token);
            }
        }

        public async Task CatchSomeAsync(string job, Func<Task> work)
        {
            string token = Guid.NewGuid().ToString("N");
            using var cts = new CancellationTokenSource(TimeSpan.FromSeconds(10));
            if (await _db.LockTakeAsync(job, token, TimeSpan.FromSeconds(30)))
            {
                try
                {
                    await work().WaitAsync(cts.Token);
                }
                catch (OperationCanceledException)
                {
                }

                await _db.LockReleaseAsync(job, token); // expect: EXP202
            }
        }
    }

    public sealed class CronLeader
    {
        private static readonly TimeSpan Lease = TimeSpan.FromSeconds(15);
        private readonly IDatabase _db;
        private readonly string _node = Environment.MachineName + ":" + Environment.ProcessId;

        public CronLeader(IDatabase db) => _db = db;

        // A hand-made extension: the lease can change hands between the two.
        public async Task<bool> KeepAsync()
        {
            if (await _db.StringGetAsync("cron:leader") != _node)
            {
                return false;
            }

            return await _db.KeyExpireAsync("cron:leader", Lease); // expect: EXP301
        }

        // The same, with the token in another form.
        public async Task KeepQuietlyAsync(Guid node)
        {
            RedisValue holder = await _db.StringGetAsync("cron:standby");
            if (holder.HasValue && holder.ToString() == node.ToString("N"))
            {
                await _db.KeyExpireAsync("cron:standby", Lease); // expect: EXP301
            }
        }

        // Not reported: BeatAsync may renew the same lock meanwhile.
        public async Task RunAsync(Func<CancellationToken, Task> tick, CancellationToken stopping)
        {
            while (!stopping.IsCancellationRequested)
            {
                if (await _db.LockTakeAsync("cron:leader", _node, Lease))
                {
                    try
                    {
                        await tick(stopping);
                    }
                    finally
                    {
                        await _db.LockReleaseAsync("cron:leader", _node);
                    }
                }

                await Task.Delay(TimeSpan.FromSeconds(5), stopping);
            }
        }

        public async Task LeadAsync(Func<CancellationToken, Task> tick, CancellationToken stopping)
        {
            if (!await _db.LockTakeAsync("cron:leader", _node, Lease))
            {
                return;
            }

            try
            {
                do
                {
                    using var budget = CancellationTokenSource.CreateLinkedTokenSource(stopping);
                    budget.CancelAfter(TimeSpan.FromSeconds(5));
                    await tick(budget.Token);
                }
                while (await _db.LockExtendAsync("cron:leader", _node, Lease));
            }
            finally
            {
                await _db.LockReleaseAsync("cron:leader", _node);
            }
        }

        public async Task BeatAsync(CancellationToken stopping)
        {
            using var timer = new PeriodicTimer(TimeSpan.FromSeconds(5));
            while (await timer.WaitForNextTickAsync(stopping))
            {
                await _db.LockExtendAsync("cron:leader", _node, Lease); // expect: EXP202
            }
        }

        public async Task<bool> RenewAsync() => await _db.LockExtendAsync("cron:leader", _node, Lease);

        // A throttle: nobody lets it go, and the answer is asked for.
        public async Task NightlyAsync(Func<Task> report)
        {
            if (await _db.LockTakeAsync("report:" + DateTime.UtcNow.ToString("yyyyMMdd"), _node, TimeSpan.FromHours(20)))
            {
                await report();
            }
        }
    }
}
