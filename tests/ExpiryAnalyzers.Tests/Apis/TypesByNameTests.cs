using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace ExpiryAnalyzers.Tests.Apis;

/// <summary>The short way to a type answers what the compilation would.</summary>
public sealed class TypesByNameTests
{
    private const string Source = """
        class Alone { class Inner<T> { } }
        namespace StackExchange.Redis { interface IDatabase { } }
        namespace System.Own { class Pair<TFirst, TSecond> { } }
        namespace Microsoft.Extensions.Caching.Distributed { file static class DistributedCacheExtensions { } }
        """;

    private static readonly string[] Others =
    [
        "Alone", "Alone+Inner`1", "System.Own.Pair`2", "System.Own.Pair`1", "System.Collections.Generic.List`1+Enumerator", "System.Nowhere",
        "Nowhere.At.All", "System.Environment+SpecialFolder", "IDatabase", "StackExchange.IDatabase",
    ];

    [Fact]
    public void EveryNameIsFoundAsByTheCompilation()
    {
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Found", [CSharpSyntaxTree.ParseText(Source)], References.With(References.AllClients));
        TypesByName types = new(compilation);
        string[] names =
        [
            .. Enum.GetValues<KnownType>().Select(KnownTypes.NameOf),
            .. Libraries.All.SelectMany(static library => library.Types).Select(static row => row.MetadataName),
            .. Others,
        ];
        Assert.All(names, name => Assert.Equal(compilation.GetTypesByMetadataName(name), types.All(name), SymbolEqualityComparer.Default));
        Assert.Equal(2, types.All("StackExchange.Redis.IDatabase").Count());
        Assert.True(names.Count(name => types.First(name) is not null) > 150);
    }

    [Fact]
    public void AForwardedTypeIsFoundOnceWhereItIsDeclared()
    {
        CSharpCompilation declaring = CSharpCompilation.Create(
            "Declaring", [CSharpSyntaxTree.ParseText("namespace Moved { public class It { } }")], References.WithoutClient,
            new(OutputKind.DynamicallyLinkedLibrary));
        const string Forward = "[assembly: System.Runtime.CompilerServices.TypeForwardedTo(typeof(Moved.It))] namespace Moved { class Other { } }";
        CSharpCompilation forwarding = CSharpCompilation.Create(
            "Forwarding", [CSharpSyntaxTree.ParseText(Forward)], [.. References.WithoutClient, declaring.ToMetadataReference()],
            new(OutputKind.DynamicallyLinkedLibrary));
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Found", [], [.. References.WithoutClient, forwarding.ToMetadataReference(), declaring.ToMetadataReference()]);
        Assert.Equal("Declaring", Assert.Single(new TypesByName(compilation).All("Moved.It")).ContainingAssembly.Name);
    }
}
