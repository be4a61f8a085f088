using System;
using System.Threading.Tasks;
using Layered.Shared;

namespace Layered.Web;

/// <summary>Calls what a package has.</summary>
public sealed class Flags(RedisFlags flags)
{
    public async Task Run()
    {
        await flags.RaiseAsync("sale", 0); // EXP401
        await flags.RaiseAsync("sale", (int)TimeSpan.FromMinutes(5).TotalMilliseconds); // EXP105
        await flags.LowerAtAsync("sale", DateTime.Now.AddHours(1)); // EXP101 EXP102
        await flags.RaiseAsync("sale", 300);
    }
}
