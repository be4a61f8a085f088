using ExpiryAnalyzers.Tests.Observing;
using ExpiryAnalyzers.Tests.Programs;
using ExpiryAnalyzers.Tests.Running;

namespace ExpiryAnalyzers.Tests.Judging;

/// <summary>A repair and the member that shows what it does. What the original did is seen once and kept.</summary>
internal sealed class Scene
{
    private readonly Runner _runner;
    private readonly Dictionary<string, Observed> _originals;
    private readonly Dictionary<string, Observed> _repaired = [];
    private readonly Dictionary<string, Situation> _asked = [];
    private readonly Dictionary<Place, bool?> _shown;

    private Scene(Runner runner, Repair repair, Dictionary<string, Observed> originals, Dictionary<Place, bool?> shown)
    {
        _runner = runner;
        _originals = originals;
        _shown = shown;
        Repair = repair;
    }

    public Repair Repair { get; }

    /// <summary>The situations in which both are compared; the first is an empty server.</summary>
    public IReadOnlyList<Situation> Situations { get; private init; } = [];

    /// <summary>What was seen of the original on an empty server.</summary>
    public Observed First { get; private init; } = null!;

    public static async Task<Scene> OfAsync(Runner runner, Repair repair)
    {
        Situation empty = Situation.Empty;
        Observed first = await runner.RunAsync(repair.Original, repair.Member, empty);
        if (!first.Completes)
        {
            // Works until it is told to stop, or waits for what never comes.
            empty = empty with { StopAfter = TimeSpan.FromMilliseconds(200) };
            first = await runner.RunAsync(repair.Original, repair.Member, empty);
        }

        IReadOnlyList<Variant> variants = States.Variants(Subject.Of(await repair.Original.LoadedAsync(), repair.Member),
            await repair.Original.FormatsOfTimesAsync(repair.Member));
        IReadOnlyList<string> samples = await runner.SamplesAsync(repair.Original, repair.Member);
        Observed repaired = await runner.RunAsync(repair.Repaired, repair.Member, empty);
        foreach (Variant text in variants.Where(static variant => variant.Filling == Filling.TextOfTime))
        {
            // What cannot read the text that it is given touches no key.
            repaired = repaired.Commands.Count > 0 ? repaired
                : await runner.RunAsync(repair.Repaired, repair.Member, empty with { Variant = text });
        }

        return new(runner, repair, [], []) { First = first, Situations =
            [.. States.Of(first, repaired, variants, samples).Select(situation => situation with { StopAfter = empty.StopAfter })] };
    }

    /// <summary>The same with another repair.</summary>
    public Scene With(SourceProgram repaired) =>
        new(_runner, Repair with { Repaired = repaired }, _originals, _shown) { First = First, Situations = Situations };

    public async Task<Observed> OriginalAsync(Situation situation)
    {
        if (!First.Completes)
        {
            // Seen once, it is not waited for again.
            return First;
        }

        string key = situation.ToString();
        if (!_originals.TryGetValue(key, out Observed? seen))
        {
            _originals[key] = seen = await OriginalAgainAsync(situation);
        }

        return seen;
    }

    /// <summary>What a place has seen of the original, which it waits for but once.</summary>
    public async Task<bool?> OfOriginalAsync(Place place, Func<Task<bool?>> look) =>
        _shown.TryGetValue(place, out bool? seen) ? seen : _shown[place] = await look();

    /// <summary>The original once more, to see in what it differs from itself.</summary>
    public Task<Observed> OriginalAgainAsync(Situation situation) => _runner.RunAsync(Repair.Original, Repair.Member, situation);

    public async Task<Observed> RepairedAsync(Situation situation)
    {
        string key = situation.ToString();
        if (!_repaired.TryGetValue(key, out Observed? seen))
        {
            _asked[key] = situation;
            _repaired[key] = seen = await RepairedAgainAsync(situation);
        }

        return seen;
    }

    /// <summary>What was seen of the repair so far.</summary>
    public IReadOnlyDictionary<string, Observed> Seen => _repaired;

    /// <summary>The repair once more, to see in what it differs from itself.</summary>
    public Task<Observed> RepairedAgainAsync(string situation) => RepairedAgainAsync(_asked[situation]);

    /// <summary>The repair once more, to see in what it differs from itself.</summary>
    public Task<Observed> RepairedAgainAsync(Situation situation) => _runner.RunAsync(Repair.Repaired, Repair.Member, situation);
}
