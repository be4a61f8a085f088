using Xunit;

namespace ExpiryAnalyzers.Tests;

/// <summary>The scaffold, run on a copy of the repository as somebody who starts a rule does.</summary>
public sealed class NewRuleTests
{
    [Fact, Trait("Speed", "Slow")]
    public async Task NewRule_BuildsAndPassesItsTestsAtOnce()
    {
        string copy = Copy();
        CommandResult made = await NewRuleAsync(copy, "EXP499", "TtlOfManyYears", "TTL of many years");
        Assert.True(made.ExitCode == 0, made.Output);
        CommandResult generated = await Dotnet.RunAsync(copy, "run", "--project", "tools/Docs");
        Assert.True(generated.ExitCode == 0, generated.Output);
        Assert.Contains("[EXP499](docs/rules/EXP499.md) | TTL of many years | info | safe |", File.ReadAllText(Path.Combine(copy, "README.md")), StringComparison.Ordinal);

        CommandResult tested = await Dotnet.RunAsync(copy, "test", "tests/ExpiryAnalyzers.Tests", "--filter", "FullyQualifiedName~EXP499|FullyQualifiedName~DocsTests");
        Assert.True(tested.ExitCode == 0, tested.Output);
        Assert.Matches("Passed!  - Failed:     0", tested.Output);

        CommandResult again = await NewRuleAsync(copy, "EXP499", "Another", "Another");
        Assert.Equal((1, "EXP499 is taken."), (again.ExitCode, again.Output.Trim()));
    }

    [Theory]
    [InlineData("EXP901", "Name", "Title", "'EXP901' is no id: EXP and three digits, the first from 1 to 4.")]
    [InlineData("EXP498", "not a name", "Title", "'not a name' is no name of a class.")]
    public async Task BadInput_GetsOneClearMessage(string id, string name, string title, string message)
    {
        CommandResult made = await NewRuleAsync(Repository.Root, id, name, title);
        Assert.Equal((1, message), (made.ExitCode, made.Output.Trim()));
    }

    private static Task<CommandResult> NewRuleAsync(string root, params string[] arguments) =>
        Dotnet.RunAsync(Repository.Root, [Path.Combine(AppContext.BaseDirectory, "ExpiryAnalyzers.NewRule.dll"), .. arguments, "--root", root]);

    /// <summary>The files of the repository without what a build makes.</summary>
    private static string Copy()
    {
        string copy = Path.Combine(Consumers.Root, "repository");
        foreach (string file in Directory.EnumerateFiles(Repository.Root, "*", SearchOption.AllDirectories))
        {
            string relative = Path.GetRelativePath(Repository.Root, file);
            if (!relative.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj" or ".git" or "TestResults"))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(copy, relative))!);
                File.Copy(file, Path.Combine(copy, relative));
            }
        }

        return copy;
    }
}
