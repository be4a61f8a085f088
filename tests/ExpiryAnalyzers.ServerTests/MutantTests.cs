using ExpiryAnalyzers.Tests.Cases;
using ExpiryAnalyzers.Tests.Judging;
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

    [LongFact]
    public async Task Mutants_AreTold()
    {
        List<Repair> repairs = [];
        foreach (string id in new ExpiryAnalyzer().SupportedDiagnostics.Select(rule => rule.Id))
        {
            repairs.AddRange((await Pages.RepairsAsync(id)).Repairs);
        }

        foreach (string file in ProofRun.MutatedFiles)
        {
            repairs.AddRange((await Course.RepairsAsync(file)).Repairs);
        }

        await CheckAsync(repairs);
    }

    private async Task CheckAsync(List<Repair> repairs)
    {
        MutantScores scores = new();
        int faulty = 0;

        // In a member of several findings what one repair writes is overwritten by what follows.
        foreach (Repair repair in repairs.Where(repair => repair.IsAlone))
        {
            try
            {
                Scene scene = await Scene.OfAsync(fixture.Runner, repair);
                if (!(await Judge.JudgeAsync(scene, isEnough: true)).Holds)
                {
                    faulty++;
                    continue;
                }

                foreach (Mutant mutant in ProofRun.SomeOf(await Mutants.Mutants.OfAsync(repair)))
                {
                    scores.Add(repair.Id, mutant, await MutantJudge.FateAsync(scene, mutant));
                }
            }
            catch (CannotRunException)
            {
                // Listed where the repairs themselves are run.
            }
        }

        ReasonList equivalent = ReasonList.Of("EquivalentMutants.txt");
        output.WriteLine($"{faulty} repairs are at fault themselves and left out\n{scores.Report(equivalent.Names)}");
        output.WriteLine(string.Join('\n', scores.Survivors.Where(name => !equivalent.Names.Contains(name))));
        Assert.Empty(equivalent.Names.Where(name => scores.Names.Contains(name) && !scores.Survivors.Contains(name))
            .Select(name => "killed after all: " + name));
        Assert.True(
            !ProofRun.IsAll || equivalent.Names.Count(scores.Names.Contains) <= scores.Compiled * MostEquivalent,
            "Too many are said to do the same.");
        Assert.Empty(ProofRun.IsAll ? scores.Short(equivalent.Names) : scores.ShortInAll(equivalent.Names));
    }
}
