using Xunit;

namespace ExpiryAnalyzers.Tests;

/// <summary>What only the whole solution tells: who stands behind a contract that a project knows alone.</summary>
public sealed class LearnTests
{
    private const string Sinks = "ExpiryAnalyzers.Sinks.txt";

    private const string Contract = "public interface IStore { void Put(string key, string value, int life); }";

    private const string Store = """
        using StackExchange.Redis;

        public sealed class RedisStore(IDatabase db) : IStore
        {
            public void Put(string key, string value, int life) => db.StringSet(key, value, System.TimeSpan.FromSeconds(life));
        }
        """;

    private const string Caller = "public static class Caller { public static void Run(IStore store) => store.Put(\"k\", \"v\", 0); }";

    [Fact]
    public async Task Check_JudgesCallersAboveAContract_AndLearn_LetsTheBuildSeeThem()
    {
        using UserSolution solution = Layers();
        ToolResult checkedOnce = await solution.RunAsync("check", "--format", "github");
        Assert.Equal(1, checkedOnce.ExitCode);
        string line = Assert.Single(checkedOnce.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("file=App/Caller.cs,line=1,", line, StringComparison.Ordinal);
        Assert.Contains("EXP401", line, StringComparison.Ordinal);

        // Nothing is written by a look.
        Assert.False(File.Exists(solution.PathOf(Sinks)));
        Assert.Equal(1, (await solution.RunAsync("learn", "--check")).ExitCode);
        Assert.False(File.Exists(solution.PathOf(Sinks)));

        const string Own = "# ours\nM:Elsewhere.ICache.Get(System.String) key key\n";
        solution.Write(Sinks, Own);
        ToolResult learned = await solution.RunAsync("learn");
        Assert.Equal(0, learned.ExitCode);
        Assert.EndsWith($"2 members in {Sinks}.\n", learned.Error, StringComparison.Ordinal);
        string text = solution.Read(Sinks);
        Assert.StartsWith(Own, text, StringComparison.Ordinal);
        Assert.Contains("\nM:IStore.Put(System.String,System.String,System.Int32) ", text, StringComparison.Ordinal);
        Assert.Equal(0, (await solution.RunAsync("learn", "--check")).ExitCode);

        // Another meaning is out of date, and so are rows of what is gone; what is written by hand stays, and counts for more.
        solution.Write("Store/Store.cs", Store.Replace("FromSeconds(life)", "FromMinutes(life)", StringComparison.Ordinal));
        Assert.Equal(1, (await solution.RunAsync("learn", "--check")).ExitCode);
        solution.Write(Sinks, Own + "M:IStore.Put(System.String,System.String,System.Int32) void Put(string key, string value, int life) { }\n");
        ToolResult byHand = await solution.RunAsync("check", "--format", "github");
        Assert.Equal("", byHand.Output);
        await solution.Write("Store/Store.cs", "").RunAsync("learn");
        Assert.Equal(
            Own + "M:IStore.Put(System.String,System.String,System.Int32) void Put(string key, string value, int life) { }\n",
            solution.Read(Sinks));
    }

    /// <summary>A wrapper of the contract, and a wrapper of that one behind a contract of its own, each in a project of its own.</summary>
    [Fact]
    public async Task WrappersOfWrappers_AreSeenThrough()
    {
        using UserSolution solution = Layers();
        solution.Write("Contracts/IStore.cs", Contract + """

            public interface ISessions { void Save(string id, int life); }
            public static class StoreExtensions { public static void PutFor(this IStore store, string key, int life) => store.Put(key, "v", life); }
            """);
        solution.AddProject("Sessions").Write("Sessions/Sessions.cs", """
            public sealed class Sessions(IStore store) : ISessions
            {
                public void Save(string id, int life) => store.Put("session:" + id, "v", life);
            }
            """);
        solution.AddProject("Facade").Write("Facade/Facade.cs", """
            public sealed class Facade(ISessions sessions) { public void Keep(string id, int life) => sessions.Save(id, life); }
            """);
        solution.AddProject("Web").Write("Web/Web.cs", """
            public static class Web
            {
                public static void Run(IStore store, ISessions sessions, Facade facade)
                {
                    store.PutFor("1", 0);
                    sessions.Save("2", 0);
                    facade.Keep("3", 0);
                }
            }
            """);
        Reference(solution, "Sessions", "Contracts");
        Reference(solution, "Facade", "Contracts");
        Reference(solution, "Web", "Contracts", "Facade");
        ToolResult found = await solution.RunAsync("check", "--format", "github");
        Assert.Equal(
            ["App/Caller.cs,line=1", "Web/Web.cs,line=5", "Web/Web.cs,line=6", "Web/Web.cs,line=7"],
            found.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => line.Split("file=")[1].Split(",endLine")[0]));
    }

    private static void Reference(UserSolution solution, string project, params string[] others) => solution.Write(
        $"{project}/{project}.csproj",
        solution.Read($"{project}/{project}.csproj").Replace(
            "</Project>",
            $"<ItemGroup>{string.Concat(others.Select(static other => $"<ProjectReference Include=\"../{other}/{other}.csproj\" />"))}</ItemGroup></Project>",
            StringComparison.Ordinal));

    private static UserSolution Layers()
    {
        UserSolution solution = new();
        solution.Write(".git/HEAD", "ref: refs/heads/main\n");
        solution.AddProject("Contracts").Write("Contracts/IStore.cs", Contract);
        solution.AddProject("Store").Write("Store/Store.cs", Store);
        solution.AddProject("App").Write("App/Caller.cs", Caller);
        foreach (string project in new[] { "Store", "App" })
        {
            solution.Write($"{project}/{project}.csproj", solution.Read($"{project}/{project}.csproj").Replace(
                "</Project>",
                "<ItemGroup><ProjectReference Include=\"../Contracts/Contracts.csproj\" /></ItemGroup></Project>",
                StringComparison.Ordinal));
        }

        return solution;
    }
}
