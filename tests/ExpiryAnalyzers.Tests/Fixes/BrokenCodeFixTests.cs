using System.Collections.Immutable;
using ExpiryAnalyzers.CodeFixes.Atomicity;
using ExpiryAnalyzers.CodeFixes.Time;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace ExpiryAnalyzers.Tests.Fixes;

/// <summary>A lightbulb on half-typed code: whatever is offered can be applied, and asking comes to an end.</summary>
public sealed class BrokenCodeFixTests
{
    private static readonly string Root = Path.Combine(AppContext.BaseDirectory, "Course");

    /// <summary>Every tenth file of the course: what breaks is the same everywhere.</summary>
    public static TheoryData<string> Files =>
    [
        .. Directory.EnumerateFiles(Root, "*.cs", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .Where(static (_, index) => index % 10 == 0)
            .Select(static file => Path.GetRelativePath(Root, file).Replace('\\', '/')),
    ];

    [Theory, MemberData(nameof(Files))]
    public async Task WithTokensMissing_WhatIsOfferedCanBeApplied(string file)
    {
        string text = await File.ReadAllTextAsync(Path.Combine(Root, file));
        SyntaxToken[] tokens = [.. CSharpSyntaxTree.ParseText(text).GetRoot().DescendantTokens()];
        Random random = new(file.Length);
        HashSet<int> missing = [.. Enumerable.Range(0, 1 + (tokens.Length / 200)).Select(_ => random.Next(tokens.Length))];
        IEnumerable<SyntaxToken> left = tokens.Where((_, index) => !missing.Contains(index));
        await ApplyAllAsync(string.Concat(left.Select(static token => token.ToFullString())));
    }

    /// <summary>Locals that lead to themselves or to each other, at the places where fixes follow them.</summary>
    [Theory]
    [InlineData("DateTime now = now; db.KeyExpire(key, now.AddMinutes(5));")]
    [InlineData("var now = then; var then = now; db.KeyExpire(key, DateTime.UtcNow + (then - now)); db.KeyExpire(key, now);")]
    [InlineData("DateTime until = DateTime.Now.AddMinutes(5); until = until; db.KeyExpire(key, until);")]
    [InlineData("var value = db.StringGet(key); var other = value; other = other; if (other == token) db.KeyExpire(key, ttl);")]
    [InlineData("RedisValue other; other = other; if (db.StringGet(key) == token && other == token) db.KeyExpire(key, ttl);")]
    [InlineData("int n = n * 60; db.ScriptEvaluate(text); db.Execute(\"EXPIRE\", key, n + ttl.TotalMilliseconds);")]
    [InlineData("db.Execute(\"EXPIRE\", key, (int)ttl.TotalMilliseconds + a + a); int a = b + b; int b = c + c; int c = a + b + c;")]
    public Task LocalsInACircle_ComeToAnEnd(string statements) => ApplyAllAsync(Statements.InMethod(statements));

    /// <summary>The first of two circles is reported, and asked for by the fix that follows reads.</summary>
    [Fact]
    public async Task ACircleBehindAPair_IsNoValue()
    {
        using OpenDocument document = Open("""
            var value = db.StringGet(key); RedisValue other = other; if (value == token && other == token) db.KeyExpire(key, ttl);
            """);
        ImmutableArray<Diagnostic> reported = await document.DiagnosticsAsync("EXP301");
        Assert.NotEmpty(reported);
        Assert.Empty(await document.ActionsAsync(new GetThenExpireFix(), reported));
    }

    [Fact]
    public async Task AnInstantThatIsItself_IsNoClock()
    {
        const string statements = "DateTimeOffset until = until; db.KeyExpire(key, TimeSpan.FromSeconds(until.ToUnixTimeSeconds()));";
        using OpenDocument document = Open(statements);
        ImmutableArray<Diagnostic> reported = await document.DiagnosticsAsync("EXP106");
        Assert.NotEmpty(reported);
        IReadOnlyList<CodeAction> actions = await document.ActionsAsync(new InstantAsTtlFix(), reported);
        Assert.DoesNotContain(actions, static action => action.EquivalenceKey == "EXP106.Offset");
    }

    /// <summary>Repairs go down with the code: what is nested deeper than any hand writes is left alone.</summary>
    [Fact]
    public async Task DeepNesting_IsLeftAlone()
    {
        string sum = "DateTime.Now" + string.Concat(Enumerable.Repeat(" + ttl", 600));
        using OpenDocument document = Open($"db.KeyExpire(key, {sum});");
        ImmutableArray<Diagnostic> reported = await document.DiagnosticsAsync("EXP102");
        Assert.NotEmpty(reported);
        Assert.Empty(await document.ActionsAsync(new NowPlusOffsetAsAbsoluteFix(), reported));
    }

    private static OpenDocument Open(string statements) => new(Statements.InMethod(statements), References.With(References.NewestClient));

    private static async Task ApplyAllAsync(string source)
    {
        using OpenDocument document = new(source, References.With(References.NewestClient));
        ImmutableArray<Diagnostic> diagnostics = await document.DiagnosticsAsync();
        Assert.DoesNotContain(diagnostics, static diagnostic => diagnostic.Id == "AD0001");
        foreach (CodeAction action in await document.ActionsAsync(diagnostics))
        {
            await document.AppliedAsync(action);
        }
    }
}
