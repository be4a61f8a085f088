using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace ExpiryAnalyzers.Benchmarks.Cost;

/// <summary>In this process, because the generated projects of the default would not know the repository's package versions.</summary>
internal sealed class Config : ManualConfig
{
    public Config() => AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance));
}
