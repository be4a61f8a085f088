using ExpiryAnalyzers.Analysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;

namespace ExpiryAnalyzers.Tests.Analysis;

/// <summary>What is known of a file's text holds for the next compilation, and no longer than the file.</summary>
public sealed class TreeMemoryTests
{
    [Fact]
    public void EachFile_IsReadOnce()
    {
        TreeMemory memory = new();
        int reads = 0;
        SyntaxTree one = CSharpSyntaxTree.ParseText("class One;");
        SyntaxTree other = CSharpSyntaxTree.ParseText("class Other;");
        foreach (SyntaxTree tree in new[] { one, other, one, other })
        {
            Assert.Equal(tree.ToString(), memory.Of(tree, Read).Text);
        }

        Assert.Equal(2, reads);
        Assert.Equal(one.ToString(), memory.Of(one, static tree => new Note(tree.ToString())).Text);

        Note Read(SyntaxTree tree)
        {
            reads++;
            return new Note(tree.ToString());
        }
    }

    [Fact]
    public void OneAnalyzer_SeesWhatAnEditChanged()
    {
        const string Caller = """
            using System; using System.Threading.Tasks;
            class Caller { Task<bool> M(Jobs jobs) => jobs.ExclusiveAsync("k", TimeSpan.FromSeconds(3), () => Task.Delay(1)); }
            """;
        const string Jobs = """
            using System; using System.Threading.Tasks; using StackExchange.Redis;
            public class Jobs(IDatabase db)
            {
                public async Task<bool> ExclusiveAsync(string name, TimeSpan ttl, Func<Task> work)
                {
                    if (!await db.LockTakeAsync(name, "me", ttl)) return false;
                    try { await work(); return true; }
                    finally { await db.LockReleaseAsync(name, "me"); }
                }
            }
            """;
        SyntaxTree jobs = CSharpSyntaxTree.ParseText(Jobs);
        SyntaxTree caller = CSharpSyntaxTree.ParseText(Caller);
        ExpiryAnalyzer analyzer = new();
        CSharpCompilation with = CSharpCompilation.Create(
            "Edited", [jobs, caller], References.With(References.NewestClient), new(OutputKind.DynamicallyLinkedLibrary));
        CSharpCompilation without = with.ReplaceSyntaxTree(caller, CSharpSyntaxTree.ParseText("class Caller { }"));
        foreach (CSharpCompilation compilation in new[] { with, without, with })
        {
            Assert.Equal(Found(compilation, new ExpiryAnalyzer()), Found(compilation, analyzer));
        }

        Assert.NotEqual(Found(with, analyzer), Found(without, analyzer));
    }

    private static string Found(Compilation compilation, ExpiryAnalyzer analyzer) => string.Join("\n", compilation.Clone()
        .WithAnalyzers([analyzer]).GetAnalyzerDiagnosticsAsync().GetAwaiter().GetResult().Select(static found => found.ToString()).Order(StringComparer.Ordinal));

    private sealed record Note(string Text);
}
