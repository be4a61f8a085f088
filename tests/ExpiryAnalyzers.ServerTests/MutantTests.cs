using System.Diagnostics;
using ExpiryAnalyzers.Tests.Cases;
using ExpiryAnalyzers.Tests.Judging;
using ExpiryAnalyzers.Tests.Judging.Places;
using ExpiryAnalyzers.Tests.Mutants;
using ExpiryAnalyzers.Tests.Programs;
using ExpiryAnalyzers.Tests.Running;
using Xunit;
using Xunit.Abstractions;

namespace ExpiryAnalyzers.Tests;

/// <summary>What the fixes write, got wrong on purpose: the runs must tell it from what they write.</summary>
public sealed class MutantTests(StageFixture fixture, ITestOutputHelper output) : IClassFixture<StageFixture>
{
    /// <summary>Of the mutants that compile so many may do the same as the repair.</summary>
    private const double MostEquivalent = 0.05;

    /// <summary>Of the mutants that compile so many may stand where no run comes.</summary>
    private const double MostNotReached = 0.1;

    /// <summary>Of the repairs that renew a lock, which alone take up to half a minute for each mutant, so many are waited for.</summary>
    private const double RenewalsWaitedFor = 0.125;

    [LongFact]
    public async Task Mutants_AreTold()
    {
        using MutantNotes notes = new();
        foreach (string id in new ExpiryAnalyzer().SupportedDiagnostics.Select(rule => rule.Id))
        {
            await TryAsync(notes, $"docs/rules/{id}.md", () => Pages.RepairsAsync(id));
        }

        foreach (string file in ProofRun.Files)
        {
            await TryAsync(notes, file, () => Course.RepairsAsync(file));
        }

        if (!MutantNotes.IsPart)
        {
            Check(notes);
        }
    }

    private async Task TryAsync(MutantNotes notes, string file, Func<Task<(List<Repair> Repairs, int WithoutFix)>> find)
    {
        if (!ProofRun.IsAsked(file) || !notes.Takes(file))
        {
            return;
        }

        // In a member of several findings what one repair writes is overwritten by what follows.
        foreach (Repair repair in (await find()).Repairs.Where(repair => repair.IsAlone && !notes.Knows(repair.Name)))
        {
            await TryAsync(notes, repair);
        }

        notes.AddFile(file);
    }

    private async Task TryAsync(MutantNotes notes, Repair repair)
    {
        List<Mutant> mutants = await Mutants.Mutants.OfAsync(repair);
        if (!ProofRun.IsOfShare(repair.Name))
        {
            notes.AddRepair(repair.Name, $"are not of the share that is tried ({ProofRun.Sampled()})", mutants.Count);
            return;
        }

        try
        {
            Scene scene = await Scene.OfAsync(fixture.Runner, repair);
            string leftOut = WhyNot(scene) ?? ((await Judge.JudgeAsync(scene, isEnough: true)) switch
            {
                { Holds: false } => "are at fault themselves",
                { OnlyThrew: not null } => "do nothing but throw",
                _ => "",
            });
            notes.AddRepair(repair.Name, leftOut, mutants.Count);
            foreach (Mutant mutant in mutants.Where(mutant => leftOut.Length == 0 && !notes.Knows(mutant.Name)))
            {
                Stopwatch watch = Stopwatch.StartNew();
                notes.AddMutant(repair.Id, mutant, await MutantJudge.FateAsync(scene, mutant), watch.Elapsed);
            }
        }
        catch (CannotRunException)
        {
            // Listed where the repairs themselves are run.
            notes.AddRepair(repair.Name, "cannot be run", mutants.Count);
        }
    }

    /// <summary>
    /// What a renewal does is seen when the lock's time is over. Its code is the same in each repair, so that a share of those is waited for that
    /// can be.
    /// </summary>
    private static string? WhyNot(Scene scene) =>
        scene.Repair.Key != WorkOutlivesLock.Renewal ? null
        : WorkOutlivesLock.TakeOf(scene) is null ? "renew a lock that takes too long to end"
        : ProofRun.IsOfShare(scene.Repair.Name, RenewalsWaitedFor) ? null
        : $"renew a lock and are not of the share that is waited for ({ProofRun.Sampled(RenewalsWaitedFor)})";

    private void Check(MutantNotes notes)
    {
        MutantScores scores = notes.Scores;
        ReasonList equivalent = ReasonList.Of("EquivalentMutants.txt");
        string report = $"{scores.Report(equivalent.Names)}\n\n{notes.Counts}";
        notes.Write(report);
        output.WriteLine(report);
        output.WriteLine(string.Join('\n', scores.Survivors.Where(name => !equivalent.Names.Contains(name))));
        Assert.Empty(equivalent.Names.Where(name => scores.Names.Contains(name) && !scores.Survivors.Contains(name))
            .Select(name => "killed after all: " + name));
        Assert.True(
            !ProofRun.IsAll || equivalent.Names.Count(scores.Names.Contains) <= scores.Compiled * MostEquivalent,
            "Too many are said to do the same.");
        Assert.True(scores.NotReached <= MostNotReached, $"{scores.NotReached:P1} of the mutants are not reached.");
        Assert.Empty(ProofRun.IsAll ? scores.Short(equivalent.Names) : scores.ShortInAll(equivalent.Names));
    }
}
