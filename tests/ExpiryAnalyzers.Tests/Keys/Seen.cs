using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Keys;
using ExpiryAnalyzers.Operations;
using ExpiryAnalyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Tests.Keys;

/// <summary>The expressions that a body hands to <c>See</c>, read as keys.</summary>
internal sealed class Seen
{
    private const string Usings =
        "using System; using System.Collections.Generic; using System.Globalization; using System.IO; using System.Linq; using System.Text; using System.Threading.Tasks; using StackExchange.Redis;\n";

    private readonly IOperation[] _seen;

    private Seen(SemanticModel model, BaseMethodDeclarationSyntax method, Knowledge knowledge)
    {
        IOperation root = model.GetOperation(method)!;
        IOperation[] operations = [.. root.DescendantsAndSelf()];
        _seen = [.. operations.OfType<IInvocationOperation>().Where(call => call.TargetMethod.Name == "See").Select(call => call.Arguments[0].Value)];
        Reader = new(new DefUse(operations), knowledge.KeyHelpers);
    }

    public KeyReader Reader { get; }

    public int Count => _seen.Length;

    public Key? this[int index] => Reader.Of(_seen[index]);

    public Key Tree(int index) => Reader.TreeOf(_seen[index]);

    public string? Shape(int index, bool isForwarded = false) => Reader.ShapeOf(_seen[index], isForwarded)?.Replace("\n", "");

    public string Head(int index) => Reader.HeadOf(_seen[index]);

    /// <summary>What a method sees with these statements in a class with these members.</summary>
    public static Seen In(string statements, string members = "") => Of(Usings + $$"""
        public enum Colour { Red, Green }
        public sealed class User { public string Id { get; set; } = ""; public string CacheKey => "user:" + Id; }
        public class Store(string tenant)
        {
            private static void See(object? value) { }
            {{members}}
            public async Task M(IConnectionMultiplexer mux, IDatabase db, string a, string b, string c, int n, Guid g, User user, List<string> list, Dictionary<string, string> map, string[] more)
            {
                await Task.Yield();
                {{statements}}
            }
        }
        """);

    /// <summary>What the method <c>M</c> of a file sees, be the file broken or not.</summary>
    public static Seen Of(string source)
    {
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Seen",
            [CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(LanguageVersion.Preview))],
            References.With(References.NewestClient),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        Knowledge knowledge = new(ApiCatalog.Create(compilation)!, CancellationToken.None);
        SyntaxTree tree = compilation.SyntaxTrees[0];
        BaseMethodDeclarationSyntax method = tree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>().Last(method => method.Identifier.ValueText == "M");
        return new(compilation.GetSemanticModel(tree), method, knowledge);
    }
}
