using Microsoft.CodeAnalysis.CodeActions;
using Xunit;

namespace ExpiryAnalyzers.Tests.Fixes;

/// <summary>
/// What fixes write has the line ends and the indentation of its file, whatever the host's settings are: a file in another style is
/// repaired into the repaired file in that style.
/// </summary>
public sealed class FileStyleTests
{
    private static readonly string Root = Path.Combine(AppContext.BaseDirectory, "Course");

    /// <summary>Every twelfth file.</summary>
    public static TheoryData<string> Files =>
    [
        .. Directory.EnumerateFiles(Root, "*.cs", SearchOption.AllDirectories)
            .Select(static file => Path.GetRelativePath(Root, file).Replace('\\', '/'))
            .Order(StringComparer.Ordinal)
            .Where(static (_, index) => index % 12 == 0),
    ];

    [Theory, MemberData(nameof(Files))]
    public async Task RepairsOfACourseFile_HaveItsStyle(string file) =>
        await KeepsStyleAsync(await File.ReadAllTextAsync(Path.Combine(Root, file)));

    /// <summary>A step of indentation where there is none yet, blocks and branches on one line, an import.</summary>
    [Theory]
    [InlineData("""
        using System;
        using StackExchange.Redis;

        class C
        {
            async System.Threading.Tasks.Task Run(IDatabase db, Func<System.Threading.CancellationToken, System.Threading.Tasks.Task> work)
            {
                if (!await db.LockTakeAsync("k", "me", TimeSpan.FromSeconds(30))) return;
                await work(default);
                await db.LockReleaseAsync("k", "me");
            }
        }
        """)]
    [InlineData("""
        using System;
        using System.Threading;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        class C
        {
            async Task Run(IDatabase db, Func<CancellationToken, Task> work)
            {
                if (await db.LockTakeAsync("k", "me", TimeSpan.FromSeconds(30))) { await work(default); await db.LockReleaseAsync("k", "me"); }
                if (await db.LockTakeAsync("l", "me", TimeSpan.FromSeconds(30)))
                    await work(default);
            }
        }
        """)]
    [InlineData("""
        using System;
        using StackExchange.Redis;

        class C
        {
            const int Answer = 42;

            void Unchecked(IDatabase db, Action work)
            {
                db.LockTake("k", "me", TimeSpan.FromSeconds(30));
                work();
                db.LockRelease("k", "me");
            }

            void NotReleased(IDatabase db, Action work)
            {
                if (!db.LockTake("k", "me", TimeSpan.FromSeconds(30))) return;
                work();
                Console.WriteLine(
                    Answer);
                db.LockRelease("k", "me");
            }
        }
        """)]
    [InlineData("""
        using System;
        using StackExchange.Redis;

        static class C
        {
            static void Run(IDatabase db, string key, RedisValue token)
            {
                RedisValue held = db.StringGet(key);
                if (held == token)
                    db.KeyExpire(key, TimeSpan.FromSeconds(30));
            }
        }
        """)]
    public async Task RepairsOfStatements_HaveTheirStyle(string text) => Assert.NotEmpty(await KeepsStyleAsync(text));

    private static async Task<IReadOnlyList<string>> KeepsStyleAsync(string text)
    {
        IReadOnlyList<string> plain = await RepairedAsync(text);
        foreach (Func<string, string> style in new[] { OnWindowsWithTabs, WithTwoSpaces })
        {
            Assert.Equal(plain.Select(style), await RepairedAsync(style(text)));
        }

        return plain;
    }

    private static string OnWindowsWithTabs(string text) =>
        Indented(text, "\t").Replace("\n", "\r\n", StringComparison.Ordinal);

    private static string WithTwoSpaces(string text) => Indented(text, "  ");

    private static string Indented(string text, string step) => string.Join('\n', text.Split('\n').Select(line =>
    {
        string code = line.TrimStart(' ');
        int spaces = line.Length - code.Length;
        return string.Concat(Enumerable.Repeat(step, spaces / 4)) + new string(' ', spaces % 4) + code;
    }));

    /// <summary>The file after each action that is offered for it, one at a time.</summary>
    private static async Task<IReadOnlyList<string>> RepairedAsync(string text)
    {
        using OpenDocument document = new(text, References.With(References.AllClients));
        List<string> repaired = [];
        foreach (CodeAction action in await document.ActionsAsync(await document.DiagnosticsAsync()))
        {
            repaired.Add(await document.AppliedAsync(action));
        }

        return repaired;
    }
}
