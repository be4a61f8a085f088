using System.Text;
using ExpiryAnalyzers.Symbols;
using ExpiryAnalyzers.Tests;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ExpiryAnalyzers.Fuzz.Runs;

/// <summary>Writes what a project's members do, and lets a second project, which calls them all, read it.</summary>
internal static class Outlining
{
    /// <summary>Whether both went well.</summary>
    public static Outcome Try(Compilation compilation, CancellationToken token)
    {
        string rows = OutlineGenerator.Write(compilation, [], token);
        if (rows.Length == 0)
        {
            return new Outcome(Verdict.Fine, "", []);
        }

        CSharpParseOptions options = (CSharpParseOptions)compilation.SyntaxTrees.First().Options;
        string attribute = $"[assembly: global::{OutlineText.Attribute}(\"{OutlineText.Key}\", {SymbolDisplay.FormatLiteral(rows, quote: true)})]";
        Compilation told = compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText(attribute, options));
        CSharpCompilation callers = CSharpCompilation.Create(
            "Callers",
            [CSharpSyntaxTree.ParseText(CallsOf(compilation.Assembly.GlobalNamespace), new CSharpParseOptions(LanguageVersion.Preview))],
            [.. References.With(References.AllClients), told.ToMetadataReference()],
            Guest.CompilationOptions);
        return Guest.Analyze(callers, new ExpiryAnalyzer(), token) with { Diagnostics = [] };
    }

    /// <summary>A method for each public method, which calls it twice.</summary>
    private static string CallsOf(INamespaceSymbol names)
    {
        StringBuilder text = new("class Callers\n{\n");
        int number = 0;
        foreach (IMethodSymbol method in TypesIn(names).SelectMany(static type => type.GetMembers()).OfType<IMethodSymbol>()
            .Where(static method => method is { MethodKind: MethodKind.Ordinary, DeclaredAccessibility: Accessibility.Public }))
        {
            string type = method.ContainingType.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
            string receiver = method.IsStatic ? type : "it";
            string arguments = string.Join(", ", method.Parameters.Select(static parameter => parameter.Type.SpecialType switch
            {
                SpecialType.System_String => "\"k\"",
                SpecialType.System_Int32 => "1",
                _ => "default",
            }));
            text.Append($"  void Call{number++}({type} it) {{ {receiver}.{method.Name}({arguments}); {receiver}.{method.Name}({arguments}); }}\n");
        }

        return text.Append('}').ToString();
    }

    private static IEnumerable<INamedTypeSymbol> TypesIn(INamespaceSymbol names) =>
        names.GetTypeMembers().Concat(names.GetNamespaceMembers().SelectMany(TypesIn));
}
