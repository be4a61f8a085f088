using System.Diagnostics;
using ExpiryAnalyzers.Corpus.Loading;

namespace ExpiryAnalyzers.Corpus.Output;

/// <summary>Tells whoever waits how far the run is.</summary>
internal sealed class Progress(int repositories, TextWriter writer)
{
    private const int FixStep = 50;

    private int _repository;
    private int _findings;
    private int _fixed;
    private long _start;

    /// <summary>A repository begins.</summary>
    public void Start(string name)
    {
        _start = Stopwatch.GetTimestamp();
        writer.WriteLine($"[{++_repository}/{repositories}] {name}");
    }

    /// <summary>The repository is read and its declarations are known.</summary>
    public void Loaded(RepositorySize size) => Tell($"{size.Files} files, {size.Lines} lines");

    /// <summary>The fixes of so many findings begin.</summary>
    public void Fixing(int findings)
    {
        _findings = findings;
        _fixed = 0;
        Tell($"{findings} findings, trying their fixes");
    }

    /// <summary>The fixes of one finding are done; may be called from any thread.</summary>
    public void Fixed()
    {
        int done = Interlocked.Increment(ref _fixed);
        if (done % FixStep == 0)
        {
            Tell($"fixes of {done}/{_findings} findings");
        }
    }

    /// <summary>The cost is measured.</summary>
    public void Measuring() => Tell("measuring the cost");

    /// <summary>The repository is finished.</summary>
    public void Done(RepositoryResult result) =>
        Tell($"{result.Findings.Count} findings, {result.Fixes.Count} fixes, {result.Crashes.Count} crashes");

    private void Tell(string text) => writer.WriteLine($"    {Stopwatch.GetElapsedTime(_start).TotalSeconds,6:F1} s  {text}");
}
