using System.Globalization;

namespace ExpiryAnalyzers.Tests.Mutants;

/// <summary>
/// What became of the mutants, in a folder where several runs note it side by side, and where one goes on that was broken off; in memory
/// alone where no folder is named. A run that is a part takes the files that no other has taken, and judges nothing.
/// </summary>
internal sealed class MutantNotes : IDisposable
{
    private readonly string _folder = Environment.GetEnvironmentVariable("EXPIRY_MUTANTS") ?? "";
    private readonly StreamWriter? _writer;
    private readonly HashSet<string> _files = [];
    private readonly Dictionary<string, (string LeftOut, int Mutants)> _repairs = [];
    private readonly Dictionary<string, (string Rule, string Operator, Fate Fate)> _mutants = [];

    public MutantNotes()
    {
        if (_folder.Length == 0)
        {
            return;
        }

        foreach (string line in Directory.EnumerateFiles(_folder, "*.notes").SelectMany(File.ReadLines))
        {
            Read(line.Split('\t'));
        }

        _writer = new(Path.Combine(_folder, $"{Environment.ProcessId}-{DateTime.UtcNow.Ticks}.notes")) { AutoFlush = true };
    }

    /// <summary>Whether other runs do the rest.</summary>
    public static bool IsPart { get; } = Environment.GetEnvironmentVariable("EXPIRY_MUTANTS_PART") is not null;

    /// <summary>How many mutants were tried, of how many repairs, and what was left out, for which reasons.</summary>
    public string Counts => $"{_mutants.Count} mutants of {_repairs.Values.Sum(static repair => repair.Mutants)}, of "
        + $"{_repairs.Values.Count(static repair => repair.LeftOut.Length == 0)} repairs of {_repairs.Count}. Left out:\n\n"
        + string.Join('\n', _repairs.Values.Where(static repair => repair.LeftOut.Length > 0).GroupBy(static repair => repair.LeftOut)
            .Select(static group => $"- {group.Sum(static repair => repair.Mutants)} of {group.Count()} repairs that {group.Key}"));

    public MutantScores Scores
    {
        get
        {
            MutantScores scores = new();
            foreach ((string name, (string rule, string mutation, Fate fate)) in _mutants)
            {
                scores.Add(rule, mutation, name, fate);
            }

            return scores;
        }
    }

    /// <summary>Whether a file is this run's to do.</summary>
    public bool Takes(string file)
    {
        if (_files.Contains(file))
        {
            return false;
        }

        try
        {
            if (IsPart)
            {
                File.Open(Path.Combine(_folder, file.Replace('/', '_') + ".taken"), FileMode.CreateNew).Dispose();
            }

            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    public bool Knows(string name) => _mutants.ContainsKey(name) || (_repairs.TryGetValue(name, out (string LeftOut, int Mutants) repair) && repair.LeftOut.Length > 0);

    public void AddMutant(string rule, Mutant mutant, Fate fate, TimeSpan time) =>
        Add("mutant", mutant.Name, rule, mutant.Operator, fate.ToString(), time.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture));

    /// <param name="name">The repair's.</param>
    /// <param name="leftOut">Why its mutants are not tried; nothing where they are.</param>
    /// <param name="mutants">How many it has.</param>
    public void AddRepair(string name, string leftOut, int mutants) =>
        Add("repair", name, leftOut, mutants.ToString(CultureInfo.InvariantCulture));

    public void AddFile(string file) => Add("file", file);

    /// <summary>Leaves a report beside the notes, where the leg finds it.</summary>
    public void Write(string report)
    {
        if (_folder.Length > 0)
        {
            File.WriteAllText(Path.Combine(_folder, "report.md"), report + "\n");
        }
    }

    public void Dispose() => _writer?.Dispose();

    private void Add(params string[] parts)
    {
        Read(parts);
        _writer?.WriteLine(string.Join('\t', parts));
    }

    /// <summary>A line that was cut off when a run was killed says nothing.</summary>
    private void Read(string[] parts)
    {
        switch (parts)
        {
            case ["file", { } file]:
                _files.Add(file);
                break;
            case ["repair", { } name, { } leftOut, { } mutants]:
                _repairs[name] = (leftOut, int.Parse(mutants, CultureInfo.InvariantCulture));
                break;
            case ["mutant", { } name, { } rule, { } mutation, { } fate, _]:
                _mutants[name] = (rule, mutation, Enum.Parse<Fate>(fate));
                break;
        }
    }
}
