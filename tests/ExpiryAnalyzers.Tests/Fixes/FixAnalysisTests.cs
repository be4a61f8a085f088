using System.Collections.Immutable;
using ExpiryAnalyzers.CodeFixes;
using ExpiryAnalyzers.CodeFixes.Atomicity;
using ExpiryAnalyzers.CodeFixes.Reading;
using ExpiryAnalyzers.CodeFixes.Time;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Xunit;

namespace ExpiryAnalyzers.Tests.Fixes;

/// <summary>The fixes see what the analyzer saw, and build it once for a request.</summary>
public sealed class FixAnalysisTests
{
    private const string Taught = """
        M:Acme.ICache.Get(System.String) reads
        M:Acme.ICache.Get(System.String) key key
        M:Acme.ICache.Set(System.String,System.Object,System.Int32) writes
        M:Acme.ICache.Set(System.String,System.Object,System.Int32) key key
        M:Acme.ICache.Set(System.String,System.Object,System.Int32) seconds expiry seconds
        M:Acme.ICache.Touch(System.String,System.TimeSpan) expires
        M:Acme.ICache.Touch(System.String,System.TimeSpan) key key
        """;

    /// <summary>No client is referenced: only by the taught line the argument is a sink, and the fix knows the unit.</summary>
    [Fact]
    public async Task TaughtSink_IsRepaired()
    {
        using OpenDocument document = new(WithCache("cache.Set(id, 1, (int)ttl.TotalMilliseconds);"), References.WithoutClient, Taught);
        Diagnostic reported = Assert.Single(await document.DiagnosticsAsync("EXP105"));
        IReadOnlyList<CodeAction> actions = await document.ActionsAsync(new UnitsMixedUpFix(), [reported]);
        CodeAction take = Assert.Single(actions, static action => action.EquivalenceKey == "EXP105.Take");
        Assert.Equal(WithCache("cache.Set(id, 1, (int)Math.Ceiling(ttl.TotalSeconds));"), await document.AppliedAsync(take));
    }

    /// <summary>The pair is seen, but a wrapper has neither GETEX nor a transaction.</summary>
    [Fact]
    public async Task TaughtPair_IsRefused()
    {
        using OpenDocument document = new(
            WithCache("string value = cache.Get(id); cache.Touch(id, ttl); Console.WriteLine(value);"),
            References.WithoutClient,
            Taught);
        Diagnostic reported = Assert.Single(await document.DiagnosticsAsync("EXP301"));
        Assert.Empty(await document.ActionsAsync(new GetThenExpireFix(), [reported]));
    }

    /// <summary>A host may hand over several diagnostics of a place; each has its actions, and all have one analysis.</summary>
    [Fact]
    public async Task OneRequest_BuildsTheAnalysisOnce()
    {
        using OpenDocument document = new(WithCache("cache.Set(id, 1, (int)ttl.TotalMilliseconds);"), References.WithoutClient, Taught);
        Diagnostic reported = Assert.Single(await document.DiagnosticsAsync("EXP105"));
        List<FixAnalysis> made = [];
        UnitsMixedUpFix fix = new() { Analyzing = made.Add };
        int single = (await document.ActionsAsync(fix, [reported])).Count;
        made.Clear();
        IReadOnlyList<CodeAction> actions = await document.ActionsAsync(fix, [reported, reported]);
        Assert.Equal(2 * single, actions.Count);
        foreach (CodeAction action in actions)
        {
            await document.AppliedAsync(action);
        }

        Assert.Equal((1, 1), Assert.Single(made).Built);
    }

    /// <summary>Of pairs, several questions go to the body: whether the expiry is odd, what the calls do.</summary>
    [Fact]
    public async Task OneRequestForAPair_BuildsTheAnalysisOnce()
    {
        using OpenDocument document = new(
            Statements.InMethod("long count = db.StringIncrement(key); if (count == 1) db.KeyExpire(key, ttl);"),
            References.With(References.NewestClient));
        Diagnostic reported = Assert.Single(await document.DiagnosticsAsync("EXP303"));
        List<FixAnalysis> made = [];
        Assert.Single(await document.ActionsAsync(new IncrementThenExpireFix { Analyzing = made.Add }, [reported]));
        Assert.Equal((1, 1), Assert.Single(made).Built);
    }

    [Fact]
    public async Task FixAllOverADocument_BuildsTheAnalysisOnce()
    {
        using OpenDocument document = new(
            WithCache("cache.Set(id, 1, (int)ttl.TotalMilliseconds); cache.Set(id + 1, 1, (int)ttl.TotalMilliseconds);"),
            References.WithoutClient,
            Taught);
        ImmutableArray<Diagnostic> reported = await document.DiagnosticsAsync("EXP105");
        List<FixAnalysis> made = [];
        string repaired = await document.AllAppliedAsync(new UnitsMixedUpFix { Analyzing = made.Add }, "EXP105.Take", reported);
        Assert.Equal(WithCache("cache.Set(id, 1, (int)Math.Ceiling(ttl.TotalSeconds)); cache.Set(id + 1, 1, (int)Math.Ceiling(ttl.TotalSeconds));"), repaired);
        Assert.Equal((1, 1), Assert.Single(made).Built);
    }

    private static string WithCache(string statements) => $$"""
        using System;
        namespace Acme
        {
            public interface ICache
            {
                string Get(string key);
                void Set(string key, object value, int seconds);
                void Touch(string key, TimeSpan ttl);
            }
        }

        class Shop
        {
            void Run(Acme.ICache cache, string id, TimeSpan ttl)
            {
                {{statements}}
            }
        }
        """;
}
