using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace Course.HoldoutPairs
{
    public sealed class JobOptions
    {
        public TimeSpan LockTimeout { get; set; } = TimeSpan.FromMinutes(2);

        public TimeSpan WorkTimeout { get; set; } = TimeSpan.FromMinutes(1);
    }

    public interface IJob
    {
        string Name { get; }

        Task RunAsync(CancellationToken ct);
    }

    public sealed class JobRunner
    {
        private readonly IDatabase _redis;
        private readonly JobOptions _options;
        private readonly string _instance = Guid.NewGuid().ToString("N");
        private readonly SemaphoreSlim _local = new(1, 1);

        public JobRunner(IDatabase redis, JobOptions options)
        {
            _redis = redis;
            _options = options;
        }

        public async Task RunAsync(IJob job, CancellationToken stopping)
        {
            var acquired = false;
            try
            {
                acquired = await _redis.LockTakeAsync("job:" + job.Name, _instance, _options.LockTimeout); // expect: EXP201
                if (!acquired)
                    return;
                await job.RunAsync(stopping);
            }
            finally
            {
                if (acquired)
                    await _redis.LockReleaseAsync("job:" + job.Name, _instance);
            }
        }

        public async Task RunBoundedAsync(IJob job, CancellationToken stopping)
        {
            if (!await _redis.LockTakeAsync("job:" + job.Name, _instance, _options.WorkTimeout + TimeSpan.FromSeconds(30)))
                return;
            using var cts = CancellationTokenSource.CreateLinkedTokenSource(stopping);
            cts.CancelAfter(_options.WorkTimeout);
            try
            {
                await job.RunAsync(cts.Token);
            }
            finally
            {
                await _redis.LockReleaseAsync("job:" + job.Name, _instance);
            }
        }

        public async Task RunWithFullBudgetAsync(IJob job)
        {
            using var cts = new CancellationTokenSource(_options.LockTimeout);
            if (!await _redis.LockTakeAsync("job:" + job.Name, _instance, _options.LockTimeout)) // expect: EXP201
                return;
            try
            {
                await job.RunAsync(cts.Token);
            }
            finally
            {
                await _redis.LockReleaseAsync("job:" + job.Name, _instance);
            }
        }

        public void Drain(Queue<Action> work)
        {
            TimeSpan ttl = TimeSpan.FromSeconds(30);
            if (!_redis.LockTake("drain", _instance, ttl))
                return;
            var watch = Stopwatch.StartNew();
            try
            {
                while (work.Count > 0 && watch.Elapsed < TimeSpan.FromSeconds(20))
                {
                    work.Dequeue()();
                }
            }
            finally
            {
                _redis.LockRelease("drain", _instance);
            }
        }

        public void DrainToTheEnd(Queue<Action> work)
        {
            TimeSpan ttl = TimeSpan.FromSeconds(30);
            if (!_redis.LockTake("drain", _instance, ttl)) // expect: EXP201
                return;
            var watch = Stopwatch.StartNew();
            try
            {
                while (work.Count > 0 && watch.Elapsed < ttl)
                {
                    work.Dequeue()();
                }
            }
            finally
            {
                _redis.LockRelease("drain", _instance);
            }
        }

        public async Task LocalAndRemoteAsync(IJob job, CancellationToken ct)
        {
            await _local.WaitAsync(ct);
            try
            {
                RedisValue token = Guid.NewGuid().ToByteArray();
                if (await _redis.LockTakeAsync("job:" + job.Name, token, TimeSpan.FromMinutes(10))) // expect: EXP201
                {
                    try
                    {
                        await job.RunAsync(ct);
                    }
                    finally
                    {
                        await _redis.LockReleaseAsync("job:" + job.Name, token, CommandFlags.FireAndForget);
                    }
                }
            }
            finally
            {
                _local.Release();
            }
        }

        public async Task CompareAndDeleteAsync(IJob job)
        {
            var token = Guid.NewGuid().ToString();
            RedisKey key = "lock:{" + job.Name + "}";
            if (await _redis.StringSetAsync(key, token, when: When.NotExists, expiry: TimeSpan.FromSeconds(60))) // expect: EXP201
            {
                try
                {
                    await job.RunAsync(default);
                }
                finally
                {
                    if (await _redis.StringGetAsync(key) == token)
                        await _redis.KeyDeleteAsync(key);
                }
            }
        }

        public async Task ConditionAsync(IJob job)
        {
            var token = Guid.NewGuid().ToString();
            RedisKey key = "lock:{" + job.Name + "}";
            if (!await _redis.StringSetAsync(key, token, TimeSpan.FromSeconds(60), ValueCondition.NotExists)) // expect: EXP201
                return;
            try
            {
                await job.RunAsync(default);
            }
            finally
            {
                await _redis.LockReleaseAsync(key, token);
            }
        }

        public async Task RacedAsync(IJob job)
        {
            using var cts = new CancellationTokenSource();
            if (!await _redis.LockTakeAsync("race:" + job.Name, _instance, TimeSpan.FromSeconds(60)))
                return;
            try
            {
                Task work = job.RunAsync(cts.Token);
                if (await Task.WhenAny(work, Task.Delay(TimeSpan.FromSeconds(45))) != work)
                {
                    cts.Cancel();
                    throw new TimeoutException(job.Name);
                }

                await work;
            }
            finally
            {
                await _redis.LockReleaseAsync("race:" + job.Name, _instance);
            }
        }

        public async Task NotLookedAtAsync(IJob job, CancellationToken ct)
        {
            using var cts = new CancellationTokenSource(TimeSpan.FromSeconds(10));
            try
            {
                await _redis.LockTakeAsync("job:" + job.Name, _instance, TimeSpan.FromSeconds(60)); // expect: EXP202
                await job.RunAsync(cts.Token);
            }
            finally
            {
                await _redis.LockReleaseAsync("job:" + job.Name, _instance);
            }
        }

        public async Task EarlyReturnAsync(IJob job, Func<Task<bool>> needed)
        {
            using var cts = new CancellationTokenSource(TimeSpan.FromSeconds(10));
            if (!await _redis.LockTakeAsync("job:" + job.Name, _instance, TimeSpan.FromSeconds(60)))
                return;
            if (await needed())
                await job.RunAsync(cts.Token);
            await _redis.LockReleaseAsync("job:" + job.Name, _instance); // expect: EXP202
        }

        public async Task OtherTokenAsync(IJob job)
        {
            using var cts = new CancellationTokenSource(TimeSpan.FromSeconds(10));
            if (!await _redis.LockTakeAsync("job:" + job.Name, _instance, TimeSpan.FromSeconds(60)))
                return;
            try
            {
                await job.RunAsync(cts.Token);
            }
            finally
            {
                await _redis.LockReleaseAsync("job:" + job.Name, Environment.MachineName); // expect: EXP202
            }
        }

        public async Task ExtendUncheckedAsync(IJob job, IEnumerable<Func<Task>> steps)
        {
            var ttl = TimeSpan.FromSeconds(60);
            if (!await _redis.LockTakeAsync("steps:" + job.Name, _instance, ttl))
                return;
            try
            {
                foreach (Func<Task> step in steps)
                {
                    await step().WaitAsync(TimeSpan.FromSeconds(20));
                    await _redis.LockExtendAsync("steps:" + job.Name, _instance, ttl); // expect: EXP202
                }
            }
            finally
            {
                await _redis.LockReleaseAsync("steps:" + job.Name, _instance);
            }
        }

        public async Task ExtendCheckedAsync(IJob job, IEnumerable<Func<Task>> steps)
        {
            var ttl = TimeSpan.FromSeconds(60);
            if (!await _redis.LockTakeAsync("steps:" + job.Name, _instance, ttl))
                return;
            try
            {
                foreach (Func<Task> step in steps)
                {
                    await step();
                    if (!await _redis.LockExtendAsync("steps:" + job.Name, _instance, ttl))
                        throw new InvalidOperationException("lost " + job.Name);
                }
            }
            finally
            {
                await _redis.LockReleaseAsync("steps:" + job.Name, _instance);
            }
        }

        // A cooldown, a dedup mark, a slot: nothing is let go.
        public async Task<bool> CooldownAsync(string user, IJob job)
        {
            if (!await _redis.StringSetAsync("cooldown:" + user, 1, TimeSpan.FromSeconds(30), When.NotExists))
                return false;
            await job.RunAsync(default);
            return true;
        }

        public async Task<bool> DedupAsync(string message, IJob job)
        {
            bool isNew = await _redis.StringSetAsync($"processed:{message}", "1", TimeSpan.FromHours(12), When.NotExists);
            if (isNew)
                await job.RunAsync(default);
            return isNew;
        }

        // Held beyond the method: let go by Finish.
        public Task<bool> BeginAsync(IJob job) => _redis.LockTakeAsync("job:" + job.Name, _instance, _options.LockTimeout);

        public Task FinishAsync(IJob job) => _redis.LockReleaseAsync("job:" + job.Name, _instance);

        public async Task<bool> IsRunningAsync(IJob job) => (await _redis.LockQueryAsync("job:" + job.Name)).HasValue;
    }

    public sealed class WatchdogLock
    {
        private static readonly TimeSpan Ttl = TimeSpan.FromSeconds(30);
        private readonly IDatabase _redis;

        public WatchdogLock(IDatabase redis) => _redis = redis;

        public async Task RunAsync(string name, Func<CancellationToken, Task> work)
        {
            string token = Guid.NewGuid().ToString("N");
            if (!await _redis.LockTakeAsync(name, token, Ttl))
                return;

            using var lost = new CancellationTokenSource();
            using var done = new CancellationTokenSource();
            var watchdog = Task.Run(async () =>
            {
                while (!done.IsCancellationRequested)
                {
                    await Task.Delay(Ttl / 3, done.Token);
                    if (!await _redis.LockExtendAsync(name, token, Ttl))
                    {
                        lost.Cancel();
                        break;
                    }
                }
            });

            try
            {
                await work(lost.Token);
            }
            finally
            {
                done.Cancel();
                try
                {
                    await watchdog;
                }
                catch (OperationCanceledException)
                {
                }

                await _redis.LockReleaseAsync(name, token);
            }
        }

        // Nobody renews this one.
        public async Task RunBareAsync(Func<CancellationToken, Task> work, CancellationToken ct)
        {
            string token = Guid.NewGuid().ToString("N");
            if (!await _redis.LockTakeAsync("bare", token, Ttl)) // expect: EXP201
                return;

            try
            {
                await work(ct);
            }
            finally
            {
                await _redis.LockReleaseAsync("bare", token);
            }
        }
    }
}
