using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Xunit;
using Xunit.Abstractions;

namespace ExpiryAnalyzers.Tests.Fixes;

/// <summary>
/// What it costs until the lightbulb says what it offers, all of it tried, in a file of 2,000 lines: in bytes, which no other work on the
/// machine changes, beside those of the analysis of the whole file.
/// </summary>
[Collection(Alone.Name)]
public sealed class LightbulbTests(ITestOutputHelper output)
{
    private const double Most = 0.6;

    private const int Rounds = 3;

    /// <summary>One finding after the other; the file is fresh for each, as after a key stroke.</summary>
    [Theory]
    [InlineData("db.KeyExpire(key, DateTime.Now.AddMinutes(5));")]
    [InlineData("await db.StringSetAsync(key, text);\nawait db.KeyExpireAsync(key, ttl);")]
    [InlineData("await db.HashSetAsync(key, text, 1);\nawait db.KeyExpireAsync(key, ttl);")]
    [InlineData("var value = await db.StringGetAsync(key);\nawait db.KeyExpireAsync(key, ttl);\nConsole.WriteLine(value);")]
    [InlineData("var count = await db.StringIncrementAsync(key);\nif (count == 1) await db.KeyExpireAsync(key, ttl);\nConsole.WriteLine(count);")]
    [InlineData("if (!await db.LockTakeAsync(key, flag, ttl)) return;\nawait Task.Delay(ttl);\nawait db.LockReleaseAsync(key, flag);")]
    public async Task Answers(string statements)
    {
        string source = Long(statements);
        Assert.InRange(source.Split('\n').Length, 2000, 2100);
        long analysis = long.MaxValue;
        long lightbulb = long.MaxValue;
        for (int round = 0; round < Rounds; round++)
        {
            using OpenDocument document = new(source, References.With(References.NewestClient));
            long start = GC.GetTotalAllocatedBytes(precise: true);
            ImmutableArray<Diagnostic> found = await document.DiagnosticsAsync();
            long analyzed = GC.GetTotalAllocatedBytes(precise: true);
            IReadOnlyList<CodeAction> actions = await document.ActionsAsync([found[found.Length / 2]]);
            lightbulb = Math.Min(lightbulb, GC.GetTotalAllocatedBytes(precise: true) - analyzed);
            analysis = Math.Min(analysis, analyzed - start);
            Assert.NotEmpty(actions);
        }

        output.WriteLine($"{statements.Split('(')[0]}: {lightbulb / 1000:N0} kB, {(double)lightbulb / analysis:0.00} of the analysis");
        Assert.InRange((double)lightbulb / analysis, 0, Most);
    }

    private static string Long(string statements)
    {
        StringBuilder source = new("using System;\nusing System.Threading.Tasks;\nusing StackExchange.Redis;\n\nclass Long\n{\n");
        for (int line = 6, member = 0; line < 2000; member++)
        {
            string body = string.Concat(statements.Split('\n').Select(statement => $"        {statement}\n"));
            string code = $"    public async Task M{member}(IDatabase db, string key, string text, bool flag, TimeSpan ttl)\n    {{\n        await Task.Yield();\n{body}    }}\n\n";
            source.Append(code);
            line += code.Count(static character => character == '\n');
        }

        return source.Append("}\n").ToString();
    }
}
