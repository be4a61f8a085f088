using System;
using System.Threading.Tasks;
using Volo.Abp.DistributedLocking;

namespace Course.DeclaredClients
{
    public sealed class AbpJobs
    {
        private readonly IAbpDistributedLock _locks;

        public AbpJobs(IAbpDistributedLock locks)
        {
            _locks = locks;
        }

        public async Task RunAsync(string name)
        {
            await using (IAbpDistributedLockHandle? handle = await _locks.TryAcquireAsync(name))
            {
                if (handle != null)
                {
                    await Work();
                }
            }
        }

        public async Task LeaveAsync(string name)
        {
            await using var handle = await _locks.TryAcquireAsync(name, TimeSpan.FromSeconds(5));
            if (handle is null)
            {
                return;
            }

            await Work();
        }

        // Somebody else may have the lock: the work runs either way.
        public async Task RunAnywayAsync(string name)
        {
            await using var handle = await _locks.TryAcquireAsync(name); // expect: EXP202
            await Work();
        }

        // The task is never null.
        public async Task LookAtTheTaskAsync(string name)
        {
            var handle = _locks.TryAcquireAsync(name); // expect: EXP202
            if (handle != null)
            {
                await Work();
            }
        }

        public async Task<bool> AnswerAsync(string name)
        {
            IAbpDistributedLockHandle? handle = await _locks.TryAcquireAsync(name);
            if (handle == null)
            {
                return false;
            }

            try
            {
                await Work();
                return true;
            }
            finally
            {
                await handle.DisposeAsync();
            }
        }

        private static Task Work() => Task.Delay(10);
    }
}
