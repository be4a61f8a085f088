using System.Runtime.CompilerServices;
using ExpiryAnalyzers.Fuzz.Runs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace ExpiryAnalyzers.Tests.Meta;

/// <summary>A host keeps analyzer and generator as long as it lives: neither may keep what it has looked at.</summary>
[Collection(Alone.Name)]
public sealed class MemoryTests
{
    private const int Compilations = 200;

    [Fact]
    public void TheAnalyzer_KeepsNoCompilation()
    {
        ExpiryAnalyzer analyzer = new();
        AssertAllDead([.. Enumerable.Range(0, Compilations).Select(number => Analyzed(analyzer, number))]);
        GC.KeepAlive(analyzer);
    }

    /// <summary>The driver itself keeps what it has seen last.</summary>
    [Fact]
    public void TheGenerator_KeepsNoCompilationButTheLast()
    {
        GeneratorDriver driver = CSharpGeneratorDriver.Create(new OutlineGenerator());
        List<WeakReference> compilations = [];
        for (int number = 0; number < Compilations; number++)
        {
            driver = Generated(driver, number, compilations);
        }

        AssertAllDead(compilations[..^1]);
        GC.KeepAlive(driver);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference Analyzed(ExpiryAnalyzer analyzer, int number)
    {
        Compilation compilation = Guest.Compile(Source(number));
        Guest.Analyze(compilation, analyzer, CancellationToken.None);
        return new WeakReference(compilation);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static GeneratorDriver Generated(GeneratorDriver driver, int number, List<WeakReference> compilations)
    {
        Compilation compilation = Guest.Compile(Source(number));
        compilations.Add(new WeakReference(compilation));
        return driver.RunGenerators(compilation);
    }

    private static void AssertAllDead(IReadOnlyList<WeakReference> compilations)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.Equal(0, compilations.Count(static compilation => compilation.IsAlive));
    }

    private static string Source(int number) => $$"""
        using StackExchange.Redis;
        public sealed class Store{{number}}(IDatabase db)
        {
            public void Put(string key, int minutes) { db.StringSet(key, "v{{number}}"); db.KeyExpire("a:" + key, TimeSpan.FromMinutes(minutes)); }
        }
        """;
}
