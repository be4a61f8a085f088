using System.Globalization;
using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Symbols;
using ExpiryAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Xunit;

namespace ExpiryAnalyzers.Tests.Values;

/// <summary>What the analysis tells of the value that a method of a class returns, in words.</summary>
/// <param name="members">The other members of the class.</param>
/// <param name="parameters">The parameters of each method.</param>
/// <param name="bodies">An expression or statements for each method.</param>
/// <param name="others">What stands beside the class.</param>
internal sealed class Told(string members, string parameters, IReadOnlyList<string> bodies, string others = "")
{
    private readonly Lazy<(CSharpCompilation Compilation, Dictionary<string, IOperation> Roots)> _bound = new(() => Bind(members, parameters, bodies, others));

    public CSharpCompilation Compilation => _bound.Value.Compilation;

    /// <summary>Tells the values of bodies, each in words and those of several ways in the order of their words; one compilation is asked.</summary>
    public Func<string, string> InWords()
    {
        Func<string, TimeValues> values = Values();
        return body => string.Join(" | ", values(body).Alternatives.Select(value => Words(value, body)).Order(StringComparer.Ordinal));
    }

    /// <summary>Tells the values of bodies; one compilation is asked.</summary>
    public Func<string, TimeValues> Values()
    {
        (CSharpCompilation compilation, Dictionary<string, IOperation> roots) = _bound.Value;
        Knowledge knowledge = new(ApiCatalog.Create(compilation)!, CancellationToken.None);
        return body => new Body(knowledge, roots[body], Summaries.MaxDepth, CancellationToken.None)
            .Follow(ControlFlowGraph.Create((IMethodBodyOperation)roots[body]))!;
    }

    /// <summary>The name of the method that stands for an expression or for statements.</summary>
    public static string NameOf(int index) => string.Create(CultureInfo.InvariantCulture, $"M{index}");

    private static (CSharpCompilation Compilation, Dictionary<string, IOperation> Roots) Bind(string members, string parameters, IReadOnlyList<string> bodies, string others)
    {
        IEnumerable<string> methods = bodies.Select((body, index) =>
            $"public static {(body.Contains("await ", StringComparison.Ordinal) ? "async Task<object>" : "object")} {NameOf(index)}({parameters}) {{ {(body.EndsWith(';') || body.EndsWith('}') ? body : $"return {body};")} }}\n");
        SyntaxTree tree = CSharpSyntaxTree.ParseText(
            "using System; using System.Collections.Generic; using System.Globalization; using System.Linq; using System.Threading; using System.Threading.Tasks; using System.Xml; using StackExchange.Redis;\n" +
            $"public class Subject {{ {members}\n{string.Concat(methods)} }}\n{others}",
            new CSharpParseOptions(LanguageVersion.Preview));
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Told", [tree], References.With(References.AllClients), new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, specificDiagnosticOptions: [new("CS0618", ReportDiagnostic.Suppress)]));
        Assert.Empty(compilation.GetDiagnostics().Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        SemanticModel model = compilation.GetSemanticModel(tree);
        Dictionary<string, MethodDeclarationSyntax> declared = tree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>()
            .GroupBy(static method => method.Identifier.Text).ToDictionary(static group => group.Key, static group => group.Last());
        return (compilation, bodies.Select((body, index) => (body, Root: model.GetOperation(declared[NameOf(index)])!)).ToDictionary(static entry => entry.body, static entry => entry.Root));
    }

    /// <summary>All that is told of one value: its shape, and whatever is not as it is of an unknown one.</summary>
    private static string Words(TimeValue value, string body)
    {
        List<string> words = [value.Shape.ToString()];
        Add("", value.Kind == TimeKind.None ? null : value.Kind.ToString().Replace(", ", "/", StringComparison.Ordinal));
        Add("", value.Unit == TimeUnit.Unknown ? null : value.Unit.ToString());
        Add("", value.Origin == Origin.Unknown ? null : value.Origin.ToString());
        Add("=", Constant(value));
        Add("less ", value.OtherKind == TimeKind.None ? null : value.OtherKind.ToString());
        Add("reads ", value.Reading == TimeKind.None ? null : value.Reading.ToString());
        Add("never ", value.RuledOut == TimeKind.None ? null : value.RuledOut.ToString());
        Add("of ", value.Parameter?.Name);
        Add("moved from ", value.Moved?.Name);
        Add("read as ", value.ReadAs == TimeUnit.Unknown ? null : value.ReadAs.ToString());
        Add("", value.Passage == Passage.Unchanged ? null : value.Passage.ToString());
        Add("mixes ", value.Mixup is { } mixup ? $"{mixup.Given}/{mixup.Read}" : null);
        Add("parts ", value.Components == 0 ? null : value.Components.ToString(CultureInfo.InvariantCulture));
        Add("by ", Text(value.Source));
        Add("asked by ", Text(value.Question));
        foreach ((string word, bool isSo) in (ReadOnlySpan<(string, bool)>)
        [
            ("misread", value.IsMisread), ("perhaps misread", value.MayBeMisread), ("past", value.IsPast), ("kept", value.IsKept),
            ("local sum", value.IsLocalSum), ("tested", value.IsTested), ("nothing left", value.CameToNothing), ("reversed", value.IsReversed),
            ("fractional", value.IsFractional), ("epoch", value.IsEpoch), ("any unit", value.IsOfAnyUnit), ("cut", value.IsCut), ("far", value.IsFarAhead),
        ])
        {
            Add(word, isSo ? "" : null);
        }

        return string.Join(", ", words);

        string? Text(IOperation? operation) => operation?.Syntax.ToString() is { } text ? text == body ? "itself" : text : null;

        void Add(string before, string? word)
        {
            if (word is not null)
            {
                words.Add(before + word);
            }
        }
    }

    private static string? Constant(TimeValue value) => value switch
    {
        { Constant: null } => null,
        { Shape: TimeShape.Duration, Length: { } length } => Constant(length),
        { Shape: TimeShape.Instant, Constant: { } ticks and >= 0 and < 3.155378975999999999e18 } => Constant(new DateTime((long)ticks)),
        { Constant: { } number } => Constant(number),
    };

    /// <summary>What a running program has yielded, in the words for a constant; null of what is no time and no number.</summary>
    public static string? Constant(object yielded) => yielded switch
    {
        TimeSpan length => length.ToString("c", CultureInfo.InvariantCulture),
        DateTime time => time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        DateTimeOffset time => Constant(time.DateTime),
        IConvertible and not (string or char or bool or Enum) =>
            (Convert.ToDouble(yielded, CultureInfo.InvariantCulture) + 0.0).ToString("R", CultureInfo.InvariantCulture),
        _ => null,
    };
}
