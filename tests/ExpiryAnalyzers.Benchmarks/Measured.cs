using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ExpiryAnalyzers.Benchmarks;

/// <summary>What is measured: a compilation, and one analyzer over it on one thread.</summary>
internal static class Measured
{
    /// <summary>The framework and the clients that this project references.</summary>
    public static readonly ImmutableArray<MetadataReference> WithClients =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(static path => MetadataReference.CreateFromFile(path))];

    /// <summary>The framework alone.</summary>
    public static readonly ImmutableArray<MetadataReference> WithoutClients =
        [.. WithClients.Where(static reference => Path.GetFileName(reference.Display!).StartsWith("System.", StringComparison.Ordinal))];

    public static Compilation Compile(IEnumerable<string> sources, IEnumerable<MetadataReference> references, params string[] on) => CSharpCompilation.Create(
        "Measured",
        sources.Select(static source => CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(LanguageVersion.Preview))),
        references,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, concurrentBuild: false, specificDiagnosticOptions: on.Select(static id => KeyValuePair.Create(id, ReportDiagnostic.Warn))));

    public static Task AnalyzeAsync(Compilation compilation, DiagnosticAnalyzer analyzer) =>
        compilation.Clone().WithAnalyzers(
            [analyzer],
            new CompilationWithAnalyzersOptions(new AnalyzerOptions([]), onAnalyzerException: null, concurrentAnalysis: false, logAnalyzerExecutionTime: false)).GetAnalyzerDiagnosticsAsync();
}
