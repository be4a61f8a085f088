using ExpiryAnalyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace ExpiryAnalyzers.Tests.Apis;

/// <summary>Which of the references are not read for rows: the framework's, and nobody else's.</summary>
public sealed class FrameworkAssembliesTests
{
    [Fact]
    public void TheFrameworkIsKnown_ClientsAreNot()
    {
        CSharpCompilation compilation = CSharpCompilation.Create("Tried", references: References.With(References.AllClients));
        ILookup<bool, string> names = compilation.SourceModule.ReferencedAssemblySymbols
            .ToLookup(FrameworkAssemblies.Holds, static assembly => assembly.Name);
        string[] framework = [.. CSharpCompilation.Create("Tried", references: References.WithoutClient)
            .SourceModule.ReferencedAssemblySymbols.Select(static assembly => assembly.Name)];

        Assert.Empty(framework.Except(names[true]));
        Assert.Contains("Microsoft.Extensions.Caching.Memory", names[true]);
        Assert.Contains("StackExchange.Redis", names[false]);
        Assert.Contains("FreeRedis", names[false]);
        Assert.All(names[true].Except(framework), static name => Assert.Matches("^(System|Microsoft)\\.", name));
    }

    [Fact]
    public void AnAssemblyWithoutAKeyIsNot() => Assert.False(FrameworkAssemblies.Holds(CSharpCompilation.Create("System.Mine").Assembly));
}
