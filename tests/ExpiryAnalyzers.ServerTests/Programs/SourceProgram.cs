using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Emit;

namespace ExpiryAnalyzers.Tests.Programs;

/// <summary>One file as a program that can be analysed, repaired and run, with the real clients referenced.</summary>
internal sealed class SourceProgram
{
    private static readonly string[] TheTestsOwn =
        ["xunit", "Microsoft.CodeAnalysis", "Microsoft.TestPlatform", "Microsoft.VisualStudio", "testhost", "Garnet", "Tsavorite",
            "ExpiryAnalyzers"];

    private static readonly ImmutableArray<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => !TheTestsOwn.Any(own => Path.GetFileName(path).StartsWith(own, StringComparison.Ordinal)))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    private readonly Lazy<Task<LoadedProgram>> _loaded;

    private SourceProgram(Document document)
    {
        Document = document;
        _loaded = new(LoadAsync);
    }

    public Document Document { get; }

    /// <summary>A program of one file in which the rules named are warnings.</summary>
    public static SourceProgram Of(string name, string text, IEnumerable<string> ids)
    {
        Project project = new AdhocWorkspace().AddProject(name, LanguageNames.CSharp)
            .WithCompilationOptions(new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary,
                nullableContextOptions: NullableContextOptions.Enable,
                specificDiagnosticOptions: ids.Select(id => KeyValuePair.Create(id, ReportDiagnostic.Warn))))
            .WithParseOptions(new CSharpParseOptions(LanguageVersion.Preview))
            .WithMetadataReferences(References);
        return new(project.AddDocument(name + ".cs", text, filePath: $"/src/{name}.cs"));
    }

    public SourceProgram With(Document document) => new(document);

    public SourceProgram With(SyntaxNode root) => new(Document.WithSyntaxRoot(root));

    /// <summary>Compiles and loads the program, once.</summary>
    public Task<LoadedProgram> LoadedAsync() => _loaded.Value;

    /// <summary>In what form a member reads text as an instant: the one that it names, else one without a zone and one with.</summary>
    public async Task<IReadOnlyList<string>> FormatsOfTimesAsync(MemberName member)
    {
        SemanticModel model = (await Document.GetSemanticModelAsync())!;
        InvocationExpressionSyntax? parsed = (await Document.GetSyntaxRootAsync())!.DescendantNodes().OfType<MethodDeclarationSyntax>()
            .Where(method => method.Identifier.Text == member.Name)
            .SelectMany(static method => method.DescendantNodes().OfType<InvocationExpressionSyntax>())
            .FirstOrDefault(call => model.GetSymbolInfo(call).Symbol is IMethodSymbol { ContainingType.Name: "DateTime" or "DateTimeOffset" or "Convert" or "XmlConvert" } called
                && (called.Name.Contains("Parse", StringComparison.Ordinal) || called.Name.Contains("ToDateTime", StringComparison.Ordinal)));
        return parsed is null ? []
            : parsed.ArgumentList.Arguments.Skip(1).Select(static argument => argument.Expression).OfType<LiteralExpressionSyntax>()
                .FirstOrDefault(static literal => literal.IsKind(SyntaxKind.StringLiteralExpression)) is { } format ? [format.Token.ValueText]
            : ["s", "O"];
    }

    private async Task<LoadedProgram> LoadAsync()
    {
        using MemoryStream image = new();
        Compilation compilation = (await Document.Project.GetCompilationAsync())!;

        // Stubs are made in one assembly, which knows those of the programs by their names.
        compilation = compilation.WithAssemblyName($"{compilation.AssemblyName}_{Guid.NewGuid():N}");
        EmitResult emitted = compilation.Emit(image);
        if (!emitted.Success)
        {
            throw new DoesNotCompileException(string.Join('\n',
                emitted.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)));
        }

        image.Position = 0;
        return LoadedProgram.From(image);
    }
}
