using ExpiryAnalyzers.Tests.Cases;
using Xunit;
using Xunit.Abstractions;

namespace ExpiryAnalyzers.Tests;

/// <summary>Each repair, run beside the code that it repairs.</summary>
public sealed class ProofTests(StageFixture fixture, ITestOutputHelper output) : IClassFixture<StageFixture>
{
    /// <summary>Of the course's findings that have a fix, so many must be run.</summary>
    private const double LeastShareRun = 0.8;

    public static TheoryData<string> Ids => [.. new ExpiryAnalyzer().SupportedDiagnostics.Select(rule => rule.Id)];

    [Theory, MemberData(nameof(Ids))]
    public async Task PageExamples_AreRepairedRight(string id)
    {
        ProofFigures figures = new(fixture.Runner);
        await figures.JudgeAsync((await Pages.RepairsAsync(id)).Repairs);
        output.WriteLine(figures.Report());
        Assert.NotEmpty(figures.Looked);
        Assert.Empty(figures.NotRun);
        ReasonList known = ReasonList.Of("KnownFaults.Pages.txt");
        if (ProofRun.IsWrite)
        {
            known.Write(figures.Faults, IsOfRule);
            return;
        }

        Assert.Empty(known.Differences(figures.Faults, IsOfRule));

        bool IsOfRule(string name) => name.StartsWith(id + " ", StringComparison.Ordinal);
    }

    [LongFact]
    public async Task CourseCases_AreRepairedRight()
    {
        ProofFigures figures = new(fixture.Runner);
        HashSet<string> files = [];
        foreach (string file in ProofRun.Files)
        {
            await figures.JudgeAsync((await Course.RepairsAsync(file)).Repairs);
            files.Add(file);
            if (ProofRun.IsWrite)
            {
                ReasonList.Of("NotRun.txt").Write(figures.NotRun, IsOfFiles);
                ReasonList.Of("KnownFaults.Course.txt").Write(figures.Faults, IsOfFiles);
            }
        }

        output.WriteLine(figures.Report());
        Assert.True(figures.ShareRun >= LeastShareRun, figures.Report());
        Assert.Empty(ReasonList.Of("NotRun.txt").Differences(figures.NotRun, IsOfFiles));
        Assert.Empty(ReasonList.Of("KnownFaults.Course.txt").Differences(figures.Faults, IsOfFiles));

        bool IsOfFiles(string name) => files.Contains(ReasonList.FileOf(name));
    }
}
