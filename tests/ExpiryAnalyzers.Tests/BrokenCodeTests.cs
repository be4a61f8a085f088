using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;

namespace ExpiryAnalyzers.Tests;

/// <summary>Half-typed code: an editor asks at every keystroke, and the analyzer must answer without an exception.</summary>
public sealed class BrokenCodeTests
{
    private static readonly string Root = Path.Combine(AppContext.BaseDirectory, "Course");

    public static TheoryData<string> Files =>
        [.. Directory.EnumerateFiles(Root, "*.cs", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Files))]
    public async Task CutAnywhere_DoesNotThrow(string file)
    {
        string text = await File.ReadAllTextAsync(Path.Combine(Root, file));
        for (int cut = 1; cut <= 5; cut++)
        {
            await AnalyzeAsync(text[..(text.Length * cut / 6)]);
        }
    }

    [Theory, MemberData(nameof(Files))]
    public async Task WithTokensMissing_DoesNotThrow(string file)
    {
        string text = await File.ReadAllTextAsync(Path.Combine(Root, file));
        SyntaxToken[] tokens = [.. CSharpSyntaxTree.ParseText(text).GetRoot().DescendantTokens()];
        Random random = new(file.Length);
        for (int round = 0; round < 3; round++)
        {
            HashSet<int> missing = [.. Enumerable.Range(0, tokens.Length / 40).Select(_ => random.Next(tokens.Length))];
            await AnalyzeAsync(string.Concat(tokens.Where((_, index) => !missing.Contains(index)).Select(token => token.ToFullString())));
        }
    }

    [Fact]
    public Task InitialisersInACircle_DoNotThrow() => AnalyzeAsync("""
        using System;
        using System.Threading.Tasks;
        using StackExchange.Redis;
        class C
        {
            static readonly DateTime A = B + Ttl; static readonly DateTime B = A + Ttl; static readonly TimeSpan Ttl = Other; static readonly TimeSpan Other = Ttl + Ttl;
            static DateTime Next(DateTime when) => Last(when); static DateTime Last(DateTime when) => Next(when);
            static string Key => Same; static string Same => Key;
            async Task M(IDatabase db)
            {
                if (!await db.LockTakeAsync(Key, "me", Ttl)) return;
                try { while (DateTime.UtcNow < A) await Task.Delay(1); } finally { await db.LockReleaseAsync(Key, "me"); }
                var value = await db.StringGetAsync(Key); value = value.ToString();
                if (value == Same) await db.KeyExpireAsync(Same, Next(A));
            }
        }
        """);

    private static async Task AnalyzeAsync(string text)
    {
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Broken",
            [CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.Preview))],
            References.With(References.NewestClient),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        ImmutableArray<Diagnostic> diagnostics = await compilation.WithAnalyzers([new ExpiryAnalyzer()]).GetAnalyzerDiagnosticsAsync();
        Assert.Empty(diagnostics.Where(diagnostic => diagnostic.Id == "AD0001").Select(diagnostic => diagnostic.ToString()));
    }
}
