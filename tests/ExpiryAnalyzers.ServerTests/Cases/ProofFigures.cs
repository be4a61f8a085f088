using System.Diagnostics;
using ExpiryAnalyzers.Tests.Judging;
using ExpiryAnalyzers.Tests.Programs;
using ExpiryAnalyzers.Tests.Running;
using StackExchange.Redis;

namespace ExpiryAnalyzers.Tests.Cases;

/// <summary>Judges repairs and keeps count.</summary>
internal sealed class ProofFigures(Runner runner)
{
    private readonly List<(TimeSpan Time, string Name)> _times = [];
    private readonly HashSet<string> _looked = [];
    private readonly HashSet<(string, int)> _findings = [];
    private readonly HashSet<(string, int)> _findingsRun = [];

    /// <summary>The repairs that are wrong, each with the first of its faults.</summary>
    public Dictionary<string, string> Faults { get; } = [];

    /// <summary>The repairs that could not be run, each with the reason.</summary>
    public Dictionary<string, string> NotRun { get; } = [];

    /// <summary>Of how many repairs of a rule the bug itself was shown.</summary>
    public Dictionary<string, (int Run, int Shown)> Shown { get; } = [];

    public IReadOnlyCollection<string> Looked => _looked;

    public double ShareRun => _findings.Count == 0 ? 1 : (double)_findingsRun.Count / _findings.Count;

    public async Task JudgeAsync(IEnumerable<Repair> repairs)
    {
        foreach (Repair repair in repairs)
        {
            Stopwatch watch = Stopwatch.StartNew();
            _looked.Add(repair.Name);
            _findings.Add((repair.File, repair.Line));
            try
            {
                Add(repair, await Judge.JudgeAsync(await Scene.OfAsync(runner, repair)));
            }
            catch (CannotRunException reason)
            {
                NotRun[repair.Name] = reason.Message;
            }
            catch (Exception thrown) when (thrown is RedisException or TimeoutException or DoesNotCompileException)
            {
                NotRun[repair.Name] = $"the run breaks off: {thrown.GetType().Name}: {thrown.Message.Split('\n')[0]}";
            }

            _times.Add((watch.Elapsed, repair.Name));
        }
    }

    public string Report() =>
        $"{_looked.Count} repairs of {_findings.Count} findings, {_findingsRun.Count} findings run ({ShareRun:P1}), {NotRun.Count} repairs not run, {Faults.Count} at fault\n"
        + string.Join('\n', Shown.OrderBy(rule => rule.Key, StringComparer.Ordinal)
            .Select(rule => $"  {rule.Key}: {rule.Value.Run} run, the bug shown in {rule.Value.Shown}"))
        + "\nthe slowest:\n" + string.Join('\n', _times.OrderDescending().Take(8)
            .Select(slow => $"  {slow.Time.TotalSeconds:0.0} s {slow.Name}"));

    private void Add(Repair repair, Verdict verdict)
    {
        if (verdict.OnlyThrew is { } thrown && verdict.Holds)
        {
            NotRun[repair.Name] = "whatever it is given, it " + thrown;
            return;
        }

        _findingsRun.Add((repair.File, repair.Line));
        (int run, int shown) = Shown.GetValueOrDefault(repair.Id);
        Shown[repair.Id] = (run + 1, shown + (verdict.Shown.Count > 0 ? 1 : 0));
        if (!verdict.Holds)
        {
            Faults[repair.Name] = verdict.Faults[0];
        }
    }
}
