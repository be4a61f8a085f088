using System.Globalization;

namespace ExpiryAnalyzers.Tests.Mutants;

/// <summary>Counts what became of the mutants, by operator and by rule.</summary>
internal sealed class MutantScores
{
    /// <summary>Of all mutants so many must be told.</summary>
    public const double LeastOfAll = 0.95;

    /// <summary>Of the mutants of each operator and of each rule so many must be told.</summary>
    public const double LeastOfEach = 0.85;

    /// <summary>Fewer mutants of an operator or a rule say little by their share.</summary>
    private const int Few = 30;

    private readonly List<(string Rule, string Operator, string Name, Fate Fate)> _seen = [];

    public IEnumerable<string> Survivors => _seen.Where(seen => seen.Fate == Fate.Survives).Select(seen => seen.Name);

    public IReadOnlyCollection<string> Names => [.. _seen.Select(seen => seen.Name)];

    /// <summary>Of the mutants that compile, the share that stands where no run comes.</summary>
    public double NotReached => Compiled == 0 ? 0 : (double)_seen.Count(seen => seen.Fate == Fate.NotReached) / Compiled;

    public int Compiled => _seen.Count(seen => seen.Fate != Fate.DoesNotCompile);

    public void Add(string rule, string mutation, string name, Fate fate) => _seen.Add((rule, mutation, name, fate));

    /// <summary>The scores that are under their marks, mutants that do the same as the repair left out.</summary>
    public IEnumerable<string> Short(IReadOnlySet<string> equivalent) =>
        Groups().Where(static group => group.Seen.Count(static one => one.Fate is not (Fate.DoesNotCompile or Fate.NotReached)) >= Few)
            .Select(group => (group.Name, Killed: Share(group.Seen, equivalent), group.Least))
            .Where(group => group.Killed < group.Least)
            .Select(group => string.Create(CultureInfo.InvariantCulture, $"{group.Name}: {group.Killed:P1}"));

    /// <summary>The score of all, where it is under the mark that each has to reach: of a sample no more can be asked.</summary>
    public IEnumerable<string> ShortInAll(IReadOnlySet<string> equivalent) =>
        Share([.. _seen.Select(seen => (seen.Name, seen.Fate))], equivalent) is var killed && killed < LeastOfEach
            ? [string.Create(CultureInfo.InvariantCulture, $"{killed:P1}")]
            : [];

    /// <summary>A table of what became of the mutants, by operator, by rule and in all.</summary>
    public string Report(IReadOnlySet<string> equivalent) => string.Join('\n', Groups().Select(group => string.Create(
            CultureInfo.InvariantCulture,
            $"| {group.Name} | {group.Seen.Count} | {Count(group.Seen, Fate.DoesNotCompile)} | {Count(group.Seen, Fate.NotReached)} | {Count(group.Seen, Fate.KilledByTheTable)} | {Count(group.Seen, Fate.KilledByTheReference)} | {Count(group.Seen, Fate.Survives)} | {Share(group.Seen, equivalent) * 100:0.0} % |"))
        .Prepend("|---|---|---|---|---|---|---|---|")
        .Prepend("| | mutants | do not compile | not reached | told by the table | by the repair as reference | not told | score |"));

    private IEnumerable<(string Name, List<(string Name, Fate Fate)> Seen, double Least)> Groups() =>
        _seen.Select(seen => (Group: seen.Operator, seen.Name, seen.Fate, LeastOfEach))
            .Concat(_seen.Select(seen => (Group: seen.Rule, seen.Name, seen.Fate, LeastOfEach)))
            .Concat(_seen.Select(seen => (Group: "in all", seen.Name, seen.Fate, LeastOfEach: LeastOfAll)))
            .GroupBy(seen => (seen.Group, seen.LeastOfEach))
            .Select(group => (group.Key.Group, group.Select(seen => (seen.Name, seen.Fate)).ToList(), group.Key.LeastOfEach));

    private static double Share(List<(string Name, Fate Fate)> seen, IReadOnlySet<string> equivalent)
    {
        int killed = Count(seen, Fate.KilledByTheTable) + Count(seen, Fate.KilledByTheReference);
        int alive = seen.Count(one => one.Fate == Fate.Survives && !equivalent.Contains(one.Name));
        return killed + alive == 0 ? 1 : (double)killed / (killed + alive);
    }

    private static int Count(List<(string Name, Fate Fate)> seen, Fate fate) => seen.Count(one => one.Fate == fate);
}
