using System;
using System.Threading;
using System.Threading.Tasks;

// abpframework/abp, commit 11ceecf53818bae34b21ca89b4a65ee951b35fad, framework/src/Volo.Abp.DistributedLocking.Abstractions.
namespace Volo.Abp.DistributedLocking
{
    // Volo/Abp/DistributedLocking/IAbpDistributedLockHandle.cs:5 (commit 5a24c10623bf178d271a5716c58dc873d4e70439)
    public interface IAbpDistributedLockHandle : IAsyncDisposable
    {
    }

    // Volo/Abp/DistributedLocking/IAbpDistributedLock.cs:8
    public interface IAbpDistributedLock
    {
        // Volo/Abp/DistributedLocking/IAbpDistributedLock.cs:18
        Task<IAbpDistributedLockHandle> TryAcquireAsync(
            string name, TimeSpan timeout = default, CancellationToken cancellationToken = default);
    }
}
