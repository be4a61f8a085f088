using ExpiryAnalyzers.Tests.Programs;

namespace ExpiryAnalyzers.Tests.Cases;

/// <summary>The examples of the pages.</summary>
internal static class Pages
{
    /// <summary>An example as a program whose work the tests can see.</summary>
    public static string Program(string block) => Statements.InMethod(block)
        .Replace("class Test", "class Test(Func<CancellationToken, Task> work)", StringComparison.Ordinal)
        .Replace("        await Task.Yield();\n", "", StringComparison.Ordinal)
        .Replace("WorkAsync(CancellationToken ct = default) => Task.CompletedTask;",
            "WorkAsync(CancellationToken ct = default) => work(ct);", StringComparison.Ordinal);

    public static async Task<(List<Repair> Repairs, int WithoutFix)> RepairsAsync(string id)
    {
        List<Repair> repairs = [];
        int withoutFix = 0;
        foreach ((int index, string block) in Page.Blocks(id, "bad").Index())
        {
            SourceProgram program = SourceProgram.Of($"{id}_{index + 1}", Program(block), [id]);
            (List<Repair> found, int none) = await Programs.Repairs.OfAsync(program, $"docs/rules/{id}.md/{index + 1}", [id]);
            repairs.AddRange(found);
            withoutFix += none;
        }

        return (repairs, withoutFix);
    }
}
