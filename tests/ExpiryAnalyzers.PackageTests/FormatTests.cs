using System.Text.RegularExpressions;
using Xunit;

namespace ExpiryAnalyzers.Tests;

/// <summary>Everything that is safe to repair, repaired from the command line.</summary>
public sealed partial class FormatTests
{
    [Fact, Trait("Speed", "Slow")]
    public async Task Format_RepairsWhatIsSafeOverFilesAndProjects_AndHasNothingLeftToDo()
    {
        Consumer consumer = Consumer.Empty();
        foreach (string project in new[] { "App", "Lib" })
        {
            consumer.AddProject(project, "<OutputType>Library</OutputType><ExpiryAnalysisMode>All</ExpiryAnalysisMode>").WriteExamples(project, Rules.Ids);
        }

        // What EXP405 says of the tag set in the example of EXP305 has no repair.
        consumer.Write(".editorconfig", "root = true\n[*.cs]\ndotnet_code_quality.EXP405.excluded_key_prefixes = tag:\n");
        await consumer.RunAsync("new", "sln", "--format", "sln", "-n", "All");
        await consumer.RunAsync("sln", "add", "App", "Lib");
        string[] format = ["format", "analyzers", "All.sln", "--severity", "info", "--diagnostics", .. Rules.Ids];

        CommandResult restored = await consumer.RunAsync("restore");
        Assert.True(restored.ExitCode == 0, restored.Output);
        CommandResult before = await consumer.RunAsync([.. format, "--verify-no-changes", "--no-restore"]);
        Assert.Equal(2, before.ExitCode);

        CommandResult first = await consumer.RunAsync([.. format, "--no-restore"]);
        Assert.True(first.ExitCode == 0, first.Output);

        // What asks is still reported, so that only the files tell whether a second run has something to do.
        string[] repaired = Sources(consumer);
        CommandResult second = await consumer.RunAsync([.. format, "--no-restore"]);
        Assert.True(second.ExitCode == 0, second.Output);
        Assert.Equal(repaired, Sources(consumer));
        HashSet<string> asking = [.. AskingRow().Matches(Repository.Read("README.md")).Select(row => row.Groups[1].Value)];
        Assert.NotEmpty(asking);
        foreach (string project in new[] { "App", "Lib" })
        {
            CommandResult built = await consumer.RunAsync("build", project, "--no-incremental");
            Assert.True(built.ExitCode == 0, built.Output);

            // What is left asks: the person at the keyboard decides.
            Assert.Empty(built.Diagnostics.Select(diagnostic => diagnostic.Id).Except(asking));
        }
    }

    private static string[] Sources(Consumer consumer) =>
    [
        .. Directory.EnumerateFiles(consumer.Folder, "EXP*.cs", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(File.ReadAllText),
    ];

    [GeneratedRegex(@"^\| \[(EXP\d+)\].*\basks\b.* \|$", RegexOptions.Multiline)]
    private static partial Regex AskingRow();
}
