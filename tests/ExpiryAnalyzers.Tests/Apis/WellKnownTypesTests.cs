using System.Reflection;
using ExpiryAnalyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace ExpiryAnalyzers.Tests.Apis;

/// <summary>Members of the framework are told by what declares them, and not by how they are called.</summary>
public sealed class WellKnownTypesTests
{
    /// <summary>Types of packages that these tests do not reference.</summary>
    private static readonly string[] OfPackages = ["Xunit", "NUnit", "MSTest", "TUnit", "Benchmark", "Shouldly", "Observable", "FormsTimer", "DispatcherTimer", "HostedService", "HostEnvironment", "ServiceCollection", "EndpointRouteBuilder", "AspNet", "Redis"];

    /// <summary>Members that a package adds to a type which the framework has too.</summary>
    private static readonly string[] OfSystemLinqAsync = ["SelectAwait", "ForEachAsync", "ForEachAwaitAsync"];

    [Fact]
    public void EveryTypeHasAName() => Assert.All(Enum.GetValues<KnownType>(), type => Assert.NotEmpty(KnownTypes.NameOf(type)));

    [Fact]
    public void EveryFrameworkTypeIsThere()
    {
        CSharpCompilation compilation = Compile("");
        Assert.All(
            Enum.GetValues<KnownType>().Where(type => !OfPackages.Any(package => type.ToString().StartsWith(package, StringComparison.Ordinal))),
            type => Assert.NotEmpty(compilation.GetTypesByMetadataName(KnownTypes.NameOf(type))));
    }

    /// <summary>A misspelt row would silently never match: each name is a member of each of its types, or of the bases of one.</summary>
    [Fact]
    public void EveryMemberIsThere()
    {
        CSharpCompilation compilation = Compile("");
        List<string> missing = [];
        foreach (FieldInfo field in typeof(KnownMember).GetFields(BindingFlags.Public | BindingFlags.Static))
        {
            foreach ((string[] names, KnownType[] types) in ((KnownMember)field.GetValue(null)!).Rows)
            {
                INamedTypeSymbol[] found = [.. types.SelectMany(type => compilation.GetTypesByMetadataName(KnownTypes.NameOf(type)))];
                missing.AddRange(names.Where(name => found.Length > 0 && !(types.Contains(KnownType.AsyncEnumerable) && OfSystemLinqAsync.Contains(name)) && !found.Any(type => type.GetMembers(name).Length > 0)).Select(name => field.Name + ": " + name));
            }
        }

        Assert.Empty(missing);
    }

    [Theory]
    [InlineData("System.Threading.Tasks.Task.Delay(1)", nameof(KnownMember.Delay), true)]
    [InlineData("Mine.Task.Delay(1)", nameof(KnownMember.Delay), false)]
    [InlineData("new System.Threading.CancellationTokenSource().IsCancellationRequested", nameof(KnownMember.IsCancellationRequested), true)]
    [InlineData("new Mine.Source().CancelAfter(1)", nameof(KnownMember.CancelAfter), true)]
    [InlineData("new Mine.Job().CancelAfter(1)", nameof(KnownMember.CancelAfter), false)]
    [InlineData("System.DateTime.UtcNow", nameof(KnownMember.Clock), true)]
    [InlineData("new[] { 1 }.Select(x => x)", nameof(KnownMember.Select), true)]
    public void Members(string expression, string member, bool isKnown)
    {
        CSharpCompilation compilation = Compile($$"""
            using System.Linq;
            static class Mine
            {
                public static class Task { public static int Delay(int x) => x; }
                public sealed class Source : System.Threading.CancellationTokenSource;
                public sealed class Job { public void CancelAfter(int x) { } }
                static void M() { var x = 0; _ = x; {{(expression.Contains("CancelAfter") ? expression : "_ = " + expression)}}; }
            }
            """);
        SyntaxTree tree = compilation.SyntaxTrees.Single();
        ExpressionSyntax last = tree.GetRoot().DescendantNodes().OfType<ExpressionStatementSyntax>().Last().Expression;
        ISymbol symbol = compilation.GetSemanticModel(tree).GetSymbolInfo(last is AssignmentExpressionSyntax assignment ? assignment.Right : last).Symbol!;
        KnownMember known = (KnownMember)typeof(KnownMember).GetField(member)!.GetValue(null)!;
        Assert.Equal(isKnown, new WellKnownTypes(compilation).Is(symbol, known));
    }

    [Theory]
    [InlineData("System.Threading.Tasks.Task<int>", true)]
    [InlineData("System.Collections.Generic.List<System.Threading.Tasks.Task>", true)]
    [InlineData("System.Runtime.CompilerServices.ConfiguredTaskAwaitable<int>", true)]
    [InlineData("System.Runtime.CompilerServices.ConfiguredTaskAwaitable<int>.ConfiguredTaskAwaiter", true)]
    [InlineData("System.Collections.Generic.List<int>", false)]
    [InlineData("Task", false)]
    public void MayHoldTask(string type, bool mayHold)
    {
        CSharpCompilation compilation = Compile($"class Task {{ {type} Field; }}");
        IFieldSymbol field = (IFieldSymbol)compilation.GetTypeByMetadataName("Task")!.GetMembers("Field").Single();
        Assert.Equal(mayHold, new WellKnownTypes(compilation).MayHoldTask(field.Type));
    }

    [Theory]
    [InlineData("Xunit.FactAttribute", true)]
    [InlineData("Mine.FactIfRedisAttribute", true)]
    [InlineData("Mine.FactoryAttribute", false)]
    [InlineData("Mine.TestAttribute", false)]
    public void TestAttributes(string attribute, bool isTest)
    {
        CSharpCompilation compilation = Compile("""
            namespace Xunit { public class FactAttribute : System.Attribute; }
            namespace Mine
            {
                public class FactIfRedisAttribute : Xunit.FactAttribute;
                public class FactoryAttribute : System.Attribute;
                public class TestAttribute : System.Attribute;
            }
            """);
        Assert.Equal(isTest, new WellKnownTypes(compilation).IsTestAttribute(compilation.GetTypeByMetadataName(attribute)));
    }

    [Theory]
    [InlineData("System.Collections.Generic.List`1", true, true)]
    [InlineData("System.Threading.Tasks.Task", true, false)]
    [InlineData("System.String", true, false)]
    [InlineData("Mine.System.Thing", false, false)]
    public void Namespaces(string type, bool isOfSystem, bool isCollection)
    {
        INamedTypeSymbol symbol = Compile("namespace Mine.System { public class Thing; }").GetTypeByMetadataName(type)!;
        Assert.Equal(isOfSystem, KnownNamespace.System.Holds(symbol));
        Assert.Equal(isCollection, KnownNamespace.Collections.Holds(symbol));
        Assert.Equal(isOfSystem, KnownNamespace.Quick.Any(space => space.Holds(symbol)));
    }

    private static CSharpCompilation Compile(string source) => CSharpCompilation.Create(
        "Test", [CSharpSyntaxTree.ParseText(source)], References.WithoutClient, new(OutputKind.DynamicallyLinkedLibrary));
}
