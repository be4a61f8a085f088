using System.Collections.Immutable;
using System.Diagnostics;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Xunit;
using Xunit.Abstractions;

namespace ExpiryAnalyzers.Tests.Fixes;

/// <summary>How long the lightbulb takes to say what it offers, all of it tried, in a file of 2,000 lines.</summary>
public sealed class LightbulbTests(ITestOutputHelper output)
{
    // 100 ms on a quiet machine; beside a whole run of tests the same work costs several times that.
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(500);

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
        List<TimeSpan> took = [];
        for (int run = 0; run < 8; run++)
        {
            using OpenDocument document = new(source, References.With(References.NewestClient));
            ImmutableArray<Diagnostic> found = await document.DiagnosticsAsync();
            Diagnostic middle = found[found.Length / 2];
            TimeSpan before = Environment.CpuUsage.TotalTime;
            IReadOnlyList<CodeAction> actions = await document.ActionsAsync([middle]);
            took.Add(Environment.CpuUsage.TotalTime - before);
            Assert.NotEmpty(actions);
        }

        output.WriteLine($"{statements.Split((char)40)[0]}: {took.Min().TotalMilliseconds:0} ms at best, {took.Skip(1).Max().TotalMilliseconds:0} ms at worst after the first");
        Assert.InRange(took.Min(), TimeSpan.Zero, Limit);
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
