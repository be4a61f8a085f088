using System.Text;
using ExpiryAnalyzers.Tests.Cases;
using ExpiryAnalyzers.Tests.Judging;
using Xunit;

namespace ExpiryAnalyzers.Tests;

/// <summary>The table of proofs, as a page to read.</summary>
public sealed class ProofTableTests
{
    private static readonly string Path = System.IO.Path.Combine(Repository.Root, "tests", "ExpiryAnalyzers.ServerTests", "Proofs.md");

    [Fact]
    public void Page_IsCurrent()
    {
        string page = Write();
        if (ProofRun.IsWrite)
        {
            File.WriteAllText(Path, page);
        }

        Assert.Equal(page, File.ReadAllText(Path).ReplaceLineEndings("\n"));
    }

    private static string Write()
    {
        StringBuilder page = new();
        page.Append("# What original and repair may differ in\n\n")
            .Append("Written from `Judging/Proofs.cs` by `ProofTableTests` (`EXPIRY_PROOF=write`). What is not named here may not differ: results, types of exceptions,\n")
            .Append("what is asked of the surroundings, keys, types, values, TTLs (to a second and a half).\n\n")
            .Append("| rule | where | seen with the original | must be seen with the repair |\n|---|---|---|---|\n");
        foreach (string id in new ExpiryAnalyzer().SupportedDiagnostics.Select(rule => rule.Id))
        {
            Proof proof = Proofs.Of(id);
            foreach (Allowance allowance in proof.Allowances)
            {
                string repairs = allowance.Keys.Count == 0 ? "" : $" ({string.Join(", ", allowance.Keys)})";
                page.Append(System.Globalization.CultureInfo.InvariantCulture,
                    $"| {id} | any state{repairs} | {allowance.Original} | {allowance.Repaired} |\n");
            }

            foreach (Place place in proof.Places)
            {
                page.Append(System.Globalization.CultureInfo.InvariantCulture,
                    $"| {id} | {place.What} | {place.Original} | {place.Repaired} |\n");
            }
        }

        return page.ToString();
    }
}
