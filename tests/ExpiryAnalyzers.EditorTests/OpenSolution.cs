using Xunit;

namespace ExpiryAnalyzers.Tests;

/// <summary>Two projects that hold the bad examples of every rule's page, open in an editor. Made once for all tests.</summary>
public sealed class OpenSolution : IAsyncLifetime
{
    internal Editor Editor { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        string[] ids = [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs", "rules"), "EXP*.md").Select(file => Path.GetFileNameWithoutExtension(file)!).Order(StringComparer.Ordinal)];
        Consumer consumer = Consumer.Empty();
        foreach (string project in new[] { "App", "Lib" })
        {
            consumer.AddProject(project, "<OutputType>Library</OutputType><ExpiryAnalysisMode>All</ExpiryAnalysisMode>").WriteExamples(project, ids);
        }

        // A second file with the same bugs, so that a project has more than a document.
        consumer.WriteExamples("App/More", ids, "More");
        await consumer.RunAsync("new", "sln", "--format", "sln", "-n", "All");
        await consumer.RunAsync("sln", "add", "App", "Lib");
        CommandResult restored = await consumer.RunAsync("restore");
        Assert.True(restored.ExitCode == 0, restored.Output);
        Editor = await Editor.OpenAsync(Path.Combine(consumer.Folder, "All.sln"));
    }

    public async Task DisposeAsync() => await Editor.DisposeAsync();
}
