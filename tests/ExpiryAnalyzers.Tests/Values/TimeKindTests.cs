using System.Reflection;
using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Symbols;
using ExpiryAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Xunit;

namespace ExpiryAnalyzers.Tests.Values;

/// <summary>The kinds that the analysis gives an expression, beside the kind that the running program gives it.</summary>
public sealed class TimeKindTests
{
    [Theory]
    [InlineData("DateTime.UtcNow", "Utc")]
    [InlineData("DateTime.Now", "Local")]
    [InlineData("DateTime.Today.AddDays(1)", "Local")]
    [InlineData("DateTime.UtcNow.Date", "Utc")]
    [InlineData("DateTime.UnixEpoch.AddSeconds(1893456000)", "Utc")]
    [InlineData("DateTime.MaxValue", "Unspecified")]
    [InlineData("default(DateTime)", "Unspecified")]
    [InlineData("new DateTime()", "Unspecified")]
    [InlineData("new DateTime(2030, 1, 1)", "Unspecified")]
    [InlineData("new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc)", "Utc")]
    [InlineData("new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Local).AddHours(1)", "Local")]
    [InlineData("new DateTime(DateTime.UtcNow.Ticks)", "Unspecified")]
    [InlineData("new DateTime(DateTime.UtcNow.Ticks, DateTimeKind.Utc)", "Utc")]
    [InlineData("new DateTime(1970, 1, 1).AddSeconds(1893456000)", "Unspecified")]
    [InlineData("DateTime.UtcNow + TimeSpan.FromMinutes(5)", "Utc")]
    [InlineData("DateTime.Now - TimeSpan.FromMinutes(5)", "Local")]
    [InlineData("DateTime.Now.ToUniversalTime()", "Utc")]
    [InlineData("DateTime.UtcNow.ToLocalTime()", "Local")]
    [InlineData("DateTime.SpecifyKind(DateTime.UtcNow, DateTimeKind.Unspecified)", "Unspecified")]
    [InlineData("DateTimeOffset.UtcNow.DateTime", "Unspecified")]
    [InlineData("DateTimeOffset.UtcNow.Date", "Unspecified")]
    [InlineData("DateTimeOffset.Now.UtcDateTime", "Utc")]
    [InlineData("DateTimeOffset.UtcNow.LocalDateTime", "Local")]
    [InlineData("DateTimeOffset.FromUnixTimeSeconds(1893456000).DateTime", "Unspecified")]
    [InlineData("DateTimeOffset.FromUnixTimeSeconds(1893456000).UtcDateTime", "Utc")]
    [InlineData("TimeProvider.System.GetUtcNow().DateTime", "Unspecified")]
    [InlineData("TimeProvider.System.GetUtcNow().UtcDateTime", "Utc")]
    [InlineData("new DateOnly(2030, 1, 1).ToDateTime(TimeOnly.MinValue)", "Unspecified")]
    [InlineData("new DateOnly(2030, 1, 1).ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc)", "Utc")]
    [InlineData("DateTime.Parse(\"2030-01-01T00:00:00Z\")", "Local")]
    [InlineData("DateTime.Parse(\"2030-01-01T00:00:00+02:00\")", "Local")]
    [InlineData("DateTime.Parse(\"2030-01-01\")", "Unspecified")]
    [InlineData("DateTime.Parse(\"2030-01-01T00:00:00Z\", null, DateTimeStyles.AdjustToUniversal)", "Utc")]
    [InlineData("DateTime.Parse(\"2030-01-01\", null, DateTimeStyles.AdjustToUniversal)", "Unspecified")]
    [InlineData("DateTime.Parse(\"2030-01-01\", null, DateTimeStyles.AssumeUniversal)", "Local")]
    [InlineData("DateTime.Parse(\"2030-01-01\", null, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal)", "Utc")]
    [InlineData("DateTime.Parse(\"2030-01-01T00:00:00Z\", null, DateTimeStyles.RoundtripKind)", "Utc")]
    [InlineData("DateTime.Parse(\"2030-01-01T00:00:00+02:00\", null, DateTimeStyles.RoundtripKind)", "Local")]
    [InlineData("DateTime.ParseExact(\"2030-01-01\", \"yyyy-MM-dd\", CultureInfo.InvariantCulture)", "Unspecified")]
    [InlineData("DateTime.ParseExact(\"Tue, 01 Jan 2030 00:00:00 GMT\", \"r\", CultureInfo.InvariantCulture)", "Unspecified")]
    [InlineData("DateTime.ParseExact(\"2030-01-01 00:00:00Z\", \"u\", CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal)", "Unspecified")]
    [InlineData("Convert.ToDateTime(\"2030-01-01T00:00:00Z\")", "Local")]
    [InlineData("TimeZoneInfo.ConvertTimeToUtc(new DateTime(2030, 1, 1))", "Utc")]
    [InlineData("TimeZoneInfo.ConvertTime(DateTime.UtcNow, TimeZoneInfo.Utc)", "Utc")]
    [InlineData("TimeZoneInfo.ConvertTimeFromUtc(DateTime.UtcNow, TimeZoneInfo.Local)", "Local")]
    [InlineData("TimeZoneInfo.ConvertTimeFromUtc(DateTime.UtcNow, TimeZoneInfo.FindSystemTimeZoneById(\"Asia/Tokyo\"))", "Unspecified")]
    [InlineData("XmlConvert.ToDateTime(\"2030-01-01T00:00:00Z\", XmlDateTimeSerializationMode.Utc)", "Utc")]
    [InlineData("XmlConvert.ToDateTime(\"2030-01-01T00:00:00Z\", XmlDateTimeSerializationMode.Local)", "Local")]
    [InlineData("DateTime.FromFileTimeUtc(0)", "Utc")]
    [InlineData("DateTime.FromFileTime(0)", "Local")]
    [InlineData("DateTime.FromOADate(40000)", "Unspecified")]
    [InlineData("new GregorianCalendar().AddDays(DateTime.UtcNow, 1)", "Unspecified")]
    [InlineData("System.Diagnostics.Process.GetCurrentProcess().StartTime", "Local")]
    [InlineData("System.IO.File.GetLastWriteTimeUtc(\"nowhere\")", "Utc")]
    [InlineData("System.IO.File.GetLastWriteTime(\"nowhere\")", "Local")]
    [InlineData("Environment.ProcessId > 0 ? DateTime.UtcNow : DateTime.UtcNow.AddDays(1)", "Utc")]
    [InlineData("((DateTime?)null) ?? DateTime.Now", "Local")]
    [InlineData("Environment.ProcessId switch { 0 => DateTime.Now, _ => DateTime.Today }", "Local")]
    public void KnownKind_IsTheRunningProgramsKind(string expression, string kind)
    {
        (TimeKind predicted, DateTimeKind actual) = Evaluate(expression);

        Assert.Equal(Enum.Parse<TimeKind>(kind), predicted);
        Assert.Equal(Enum.Parse<DateTimeKind>(kind), actual);
    }

    [Theory]
    [InlineData("DateTime.Parse(DateTime.UtcNow.ToString(\"o\"), null, DateTimeStyles.RoundtripKind)")]
    [InlineData("DateTime.FromBinary(0)")]
    [InlineData("Convert.ToDateTime((object)DateTime.UtcNow)")]
    [InlineData("System.Text.Json.JsonSerializer.Deserialize<DateTime>(\"\\\"2030-01-01T00:00:00Z\\\"\")")]
    public void UnknownKind_MayBeUtc(string expression) => Assert.NotEqual(TimeKind.None, Evaluate(expression).Predicted & (TimeKind.Utc | TimeKind.Unknown));

    private static readonly string[] Expressions =
    [
        .. typeof(TimeKindTests).GetMethods().SelectMany(static method => method.GetCustomAttributesData())
            .Where(static attribute => attribute.AttributeType == typeof(InlineDataAttribute))
            .Select(static attribute => (string)((IReadOnlyList<CustomAttributeTypedArgument>)attribute.ConstructorArguments[0].Value!)[0].Value!),
    ];

    private static readonly Lazy<(CSharpCompilation Compilation, Type Running)> Bound = new(Bind);

    /// <summary>What the analysis says of the expression, and what it yields when it runs.</summary>
    private static (TimeKind Predicted, DateTimeKind Actual) Evaluate(string expression)
    {
        (CSharpCompilation compilation, Type running) = Bound.Value;
        string name = $"Value{Array.IndexOf(Expressions, expression)}";
        SyntaxTree tree = compilation.SyntaxTrees.Single();
        IOperation root = compilation.GetSemanticModel(tree)
            .GetOperation(tree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>().Single(method => method.Identifier.Text == name))!;
        Knowledge knowledge = new(ApiCatalog.Create(compilation)!, CancellationToken.None);
        TimeValues returned = new Body(knowledge, root, Summaries.MaxDepth, CancellationToken.None).Follow(ControlFlowGraph.Create((IMethodBodyOperation)root))!;
        TimeKind predicted = returned.Alternatives.Aggregate(TimeKind.None, (kinds, value) => kinds | value.Kind);
        return (predicted, ((DateTime)running.GetMethod(name)!.Invoke(null, null)!).Kind);
    }

    private static (CSharpCompilation Compilation, Type Running) Bind()
    {
        SyntaxTree tree = CSharpSyntaxTree.ParseText($$"""
            using System; using System.Globalization; using System.Xml;
            public static class Subject { {{string.Concat(Expressions.Select(static (expression, index) => $"public static DateTime Value{index}() => {expression};\n"))}} }
            """);
        CSharpCompilation compilation = CSharpCompilation.Create(Guid.NewGuid().ToString(), [tree], References.With(References.NewestClient), new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        using MemoryStream image = new();
        Assert.Empty(compilation.Emit(image).Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        return (compilation, Assembly.Load(image.ToArray()).GetType("Subject")!);
    }
}
