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
        Check("KnownFaults.Pages.txt", figures.Faults, figures.Looked, keepsOthers: true);
    }

    [Fact]
    public async Task CourseCases_AreRepairedRight()
    {
        ProofFigures figures = new(fixture.Runner);
        foreach (string file in ProofRun.Files)
        {
            await figures.JudgeAsync((await Course.RepairsAsync(file)).Repairs);
        }

        output.WriteLine(figures.Report());
        Assert.True(figures.ShareRun >= LeastShareRun, figures.Report());
        Check("NotRun.txt", figures.NotRun, figures.Looked, ProofRun.IsPart);
        Check("KnownFaults.Course.txt", figures.Faults, figures.Looked, ProofRun.IsPart);
    }

    private static void Check(string list, Dictionary<string, string> found, IReadOnlyCollection<string> looked, bool keepsOthers)
    {
        ReasonList known = ReasonList.Of(list);
        if (ProofRun.IsWrite)
        {
            known.Write(found, looked, keepsOthers);
            return;
        }

        Assert.Empty(known.Differences(found, looked));
    }
}
