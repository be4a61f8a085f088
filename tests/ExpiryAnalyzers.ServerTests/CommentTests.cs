using ExpiryAnalyzers.Tests.Cases;
using ExpiryAnalyzers.Tests.Mutants;
using ExpiryAnalyzers.Tests.Programs;
using Xunit;
using Xunit.Abstractions;

namespace ExpiryAnalyzers.Tests;

/// <summary>Comments survive a repair, but for those that are listed: they spoke of what is no longer there.</summary>
public sealed class CommentTests(ITestOutputHelper output)
{
    [LongFact]
    public async Task CommentsOfTheCourse_Survive()
    {
        Dictionary<string, string> lost = [];
        HashSet<string> files = [];
        int repairs = 0;
        int made = 0;
        int told = 0;
        foreach (string file in ProofRun.Files)
        {
            files.Add(file);
            foreach (Repair repair in (await Course.RepairsAsync(file)).Repairs)
            {
                repairs++;
                (int all, int found) = await CommentMutants.CountAsync(repair);
                made += all;
                told += found;
                if (await CommentMutants.LostAsync(repair) is [{ } first, ..])
                {
                    lost[repair.Name] = first;
                }
            }
        }

        output.WriteLine($"{made} comments of {repairs} repairs taken away, {told} told by the texts; {lost.Count} repairs lose one of their own");
        ReasonList known = ReasonList.Of("LostComments.txt");
        if (ProofRun.IsWrite)
        {
            known.Write(lost, IsOfFiles);
            return;
        }

        Assert.Empty(known.Differences(lost, IsOfFiles));

        bool IsOfFiles(string name) => files.Contains(ReasonList.FileOf(name));
    }
}
