using ExpiryAnalyzers.Analysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Xunit;

namespace ExpiryAnalyzers.Tests.Analysis;

/// <summary>What is told of all places at once is what two places at a time tell.</summary>
public sealed class RunTogetherTests
{
    private const int Places = 8;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 60)];

    [Theory, MemberData(nameof(Seeds))]
    public void AgreesWithPairs(int seed)
    {
        IOperation root = Bind(new Writer(seed).Body());
        IOperation[] places = [.. root.Descendants().OfType<IInvocationOperation>()];
        RunTogether<Numbers> together = new(root, [.. places.Select((place, index) => (place, new Numbers(1 << index)))]);
        for (int i = 0; i < places.Length; i++)
        {
            Assert.Equal(Those(places, other => IsBefore(other, places[i]) && MayBothRun(other, places[i])), together.Before(i).Bits);
            Assert.Equal(Those(places, other => IsBefore(places[i], other) && MayBothRun(places[i], other)), together.After(i).Bits);
            Assert.Equal(Those(places, other => IsBefore(places[i], other) && MayBothRun(places[i], other) && Replaces(other, places[i])), together.Following(i).Bits);
        }
    }

    private static int Those(IOperation[] places, Func<IOperation, bool> predicate) => places.Select((place, index) => predicate(place) ? 1 << index : 0).Sum();

    private static bool IsBefore(IOperation one, IOperation other) => one.Syntax.SpanStart < other.Syntax.SpanStart;

    /// <summary>The definition: neither stands in another branch of a choice, and the first does not leave before the second.</summary>
    private static bool MayBothRun(IOperation first, IOperation second)
    {
        if (FunctionOf(first) != FunctionOf(second))
        {
            return false;
        }

        for (IOperation inner = first; inner.Parent is { } outer; inner = outer)
        {
            if (IsAround(outer, second))
            {
                return outer switch
                {
                    IConditionalOperation conditional => inner == conditional.Condition,
                    ISwitchOperation or ISwitchExpressionOperation or ICoalesceOperation => false,
                    _ => true,
                };
            }

            if (outer is IBlockOperation { Operations: [.., IReturnOperation or IThrowOperation or IBranchOperation] } or IReturnOperation or IThrowOperation)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The definition: nothing that may be left out stands around the later one alone.</summary>
    private static bool Replaces(IOperation later, IOperation earlier)
    {
        for (IOperation? outer = later.Parent; outer is not null; outer = outer.Parent)
        {
            if (IsAround(outer, earlier))
            {
                return true;
            }

            if (outer is IConditionalOperation or ISwitchCaseOperation or ISwitchExpressionArmOperation or ILoopOperation or ICoalesceOperation or ICatchClauseOperation)
            {
                return false;
            }
        }

        return false;
    }

    private static bool IsAround(IOperation outer, IOperation inner)
    {
        IOperation? current = inner;
        while (current is not null && current != outer)
        {
            current = current.Parent;
        }

        return current is not null;
    }

    private static IOperation FunctionOf(IOperation operation)
    {
        IOperation current = operation;
        while (current.Parent is { } parent && current is not (IAnonymousFunctionOperation or ILocalFunctionOperation))
        {
            current = parent;
        }

        return current;
    }

    private static IOperation Bind(string body)
    {
        SyntaxTree tree = CSharpSyntaxTree.ParseText($"using System; class C {{ bool P() => true; void M(bool c, int x) {{ {body} }} }}");
        CSharpCompilation compilation = CSharpCompilation.Create("Places", [tree], References.WithoutClient, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        Assert.Empty(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        MethodDeclarationSyntax method = tree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>().Last();
        return compilation.GetSemanticModel(tree).GetOperation(method)!;
    }

    private readonly record struct Numbers(int Bits) : IJoined<Numbers>
    {
        public Numbers Join(Numbers other) => new(Bits | other.Bits);
    }

    /// <summary>Writes statements with calls of P in all places where they differ.</summary>
    private sealed class Writer(int seed)
    {
        private readonly Random _random = new(seed);
        private int _left = Places;

        public string Body() => string.Concat(Enumerable.Range(0, 6).Select(_ => Statement(3)));

        private string Block(int depth) => "{ " + Statement(depth) + Statement(depth) + (_random.Next(4) == 0 ? "return; " : "") + "} ";

        private string Statement(int depth) => depth == 0 ? Call() + "; " : _random.Next(9) switch
        {
            0 => $"if ({Call()}) {Block(depth - 1)}",
            1 => $"if (c) {Block(depth - 1)} else {Block(depth - 1)}",
            2 => $"switch (x) {{ case 1: {Block(depth - 1)} break; default: {Statement(depth - 1)} break; }} ",
            3 => $"while (c) {Block(depth - 1)}",
            4 => $"try {Block(depth - 1)} catch (Exception) {Block(depth - 1)} ",
            5 => $"Action a{depth}{_random.Next()} = () => {Block(depth - 1)}; ",
            6 => $"_ = c ? {Call()} : {Call()}; ",
            7 => $"if (c) {{ {Call()}; return; }} ",
            _ => Call() + "; ",
        };

        private string Call() => _left-- > 0 ? "P()" : "_ = c";
    }
}
