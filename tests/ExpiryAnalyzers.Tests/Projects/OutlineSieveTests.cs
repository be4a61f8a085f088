using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace ExpiryAnalyzers.Tests.Projects;

/// <summary>Of which members an outline is tried at all: those that are left out here are never bound.</summary>
public sealed class OutlineSieveTests
{
    [Theory]
    [InlineData("public void Put(string key) => db.KeyDelete(key);", "Put", true)]
    [InlineData("public DateTime Soon() => DateTime.UtcNow;", "Soon", true)]
    [InlineData("public void Later(TimeSpan time) => Task.Delay(time).Wait();", "", true)]
    [InlineData("public string Name(int user) => $\"user:{user}\";", "", false)]
    [InlineData("string Name(int user) { db.KeyDelete(\"a\"); return \"\"; }", "", false)]
    [InlineData("public void A(int seconds) => B(seconds); void B(int seconds) => C(seconds); void C(int seconds) => db.KeyExpire(\"a\", TimeSpan.FromSeconds(seconds));", "A", true)]
    [InlineData("public void Put(string key) => Send(\"EXPIRE\", key); void Send(params object[] words) { }", "Put", true)]
    [InlineData("public void Put(string key) => Send(\"DEL\", key); void Send(params object[] words) { }", "", false)]
    public void OnlyWhatMayTellPasses(string members, string passing, bool mayTell)
    {
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Acme",
            [CSharpSyntaxTree.ParseText($"using System; using System.Threading.Tasks; using StackExchange.Redis; public class Store(IDatabase db) {{ {members} }}")],
            References.With(References.NewestClient),
            new(OutputKind.DynamicallyLinkedLibrary));
        OutlineCandidates file = OutlineCandidates.In(compilation.SyntaxTrees[0], CancellationToken.None);
        OutlineSieve sieve = new(ApiCatalog.Create(compilation)!, [file]);
        Assert.Equal(
            passing, string.Join(" ", sieve.Passing.Cast<MethodDeclarationSyntax>().Select(static method => method.Identifier.ValueText)));
        Assert.Equal(mayTell, file.MayTell);
    }

    /// <summary>Words are found as the compiler tells them apart, whatever stands around them.</summary>
    [Theory]
    [InlineData("Expire", "Expire")]
    [InlineData("(Expire)Expire", "Expire Expire")]
    [InlineData("Expired NoExpire _Expire Expire_ 1Expire \u00c9Expire Expire\u00c9", "")]
    [InlineData("a.Expire<\u00c9>(\u2028\u00c9t\u00e9)", "Expire \u00c9t\u00e9")]
    [InlineData("\u0145x", "")]
    [InlineData("", "")]
    public void WordsAreFound(string text, string found) => Assert.Equal(
        found, string.Join(" ", new WordSet(["Expire", "", "\u00c9t\u00e9"]).In(text)));
}
