using System.Diagnostics;
using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Symbols;
using ExpiryAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace ExpiryAnalyzers.Tests.Values;

/// <summary>How long or deep an expression is costs neither the stack nor more than its length.</summary>
public sealed class DeepExpressionTests
{
    /// <summary>What the compiler itself needs to bind such expressions.</summary>
    private const int StackToBind = 512 * 1024 * 1024;

    /// <summary>A quarter of what the compiler's own threads have.</summary>
    private const int StackToEvaluate = 256 * 1024;

    [Theory]
    [InlineData("DateTime.UtcNow", " + span", 4000, "Utc")]
    [InlineData("DateTime.UtcNow", ".AddMinutes(1)", 4000, "Utc")]
    [InlineData("DateTime.UtcNow", ".AddMinutes(1) + span", 2000, "Utc")]
    [InlineData("DateTime.Now", ".ToUniversalTime()", 4000, "Utc")]
    public void Chains_KeepWhatTheyAreMadeOf(string start, string link, int count, string kind)
    {
        TimeValues values = Evaluate(start + string.Concat(Enumerable.Repeat(link, count)));
        Assert.Equal(kind, Assert.Single(values.Alternatives).Kind.ToString());
    }

    [Theory]
    [InlineData("", "+ number", 4000)]
    [InlineData("", "+ text", 4000)]
    public void SumsOfNumbersAndTexts(string start, string link, int count) =>
        Assert.NotEmpty(Evaluate(start + link.TrimStart('+') + string.Concat(Enumerable.Repeat(link, count - 1))).Alternatives);

    [Theory]
    [InlineData("Math.Max(number, ", "1", ")")]
    [InlineData("number + (", "1", ")")]
    [InlineData("span.Add(span + ", "span", ")")]
    [InlineData("-(-(", "number", "))")]
    [InlineData("(long)(number * ", "number", ")")]
    public void Nesting_IsCutAndNeverOverflows(string open, string inner, string close)
    {
        const int Depth = 300;
        TimeValues values = Evaluate(string.Concat(Enumerable.Repeat(open, Depth)) + inner + string.Concat(Enumerable.Repeat(close, Depth)));
        Assert.NotEmpty(values.Alternatives);
    }

    /// <summary>A part that is asked for several times is evaluated once: with two questions for each link, sixty links would never end.</summary>
    [Fact]
    public void SharedParts_AreEvaluatedOnce()
    {
        Stopwatch watch = Stopwatch.StartNew();
        Evaluate("maybe.GetValueOrDefault()" + string.Concat(Enumerable.Repeat(".Add(maybe.GetValueOrDefault())", 60)));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(60), $"{watch.Elapsed}");
    }

    private static TimeValues Evaluate(string expression)
    {
        TimeValues? values = null;
        OnStack(StackToBind, () =>
        {
            SyntaxTree tree = CSharpSyntaxTree.ParseText($"using System; class C {{ object M(TimeSpan span, TimeSpan? maybe, int number, string text) {{ return {expression}; }} }}");
            CSharpCompilation compilation = CSharpCompilation.Create("Deep", [tree], References.With(References.NewestClient), new(OutputKind.DynamicallyLinkedLibrary));
            ExpressionSyntax syntax = tree.GetRoot().DescendantNodes(node => node is not ReturnStatementSyntax).OfType<ReturnStatementSyntax>().Single().Expression!;
            IOperation operation = compilation.GetSemanticModel(tree).GetOperation(syntax)!;
            Knowledge knowledge = new(ApiCatalog.Create(compilation)!, CancellationToken.None);
            OnStack(StackToEvaluate, () => values = new TimeEvaluator(knowledge, 0).Of(operation, VariableValues.None));
        });
        return values!;
    }

    private static void OnStack(int size, Action run)
    {
        Exception? failure = null;
        Thread thread = new(
            () =>
            {
                try
                {
                    run();
                }
                catch (Exception exception)
                {
                    failure = exception;
                }
            },
            size);
        thread.Start();
        thread.Join();
        Assert.Null(failure);
    }
}
