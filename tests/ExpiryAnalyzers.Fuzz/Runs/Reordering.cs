using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExpiryAnalyzers.Fuzz.Runs;

/// <summary>The rules on the same members in another order, and on the same types in files of their own.</summary>
internal static class Reordering
{
    /// <summary>Whether both have the findings that the text has as it stands. Code that does not parse may mean something else reordered.</summary>
    public static Outcome Try(string source, ImmutableArray<Diagnostic> found, TimeSpan limit)
    {
        CompilationUnitSyntax root = CSharpSyntaxTree.ParseText(source, Guest.OptionsOf(source)).GetCompilationUnitRoot();
        if (root.ContainsDirectives || root.GetDiagnostics().Any() || root.DescendantNodes().Any(IsOutsideOfTypes))
        {
            return new Outcome(Verdict.Fine, "", []);
        }

        string[] expected = Described(found);
        Outcome reversed = Same("members reversed", [Reversed(root).ToFullString()], expected, limit);
        return reversed.Verdict == Verdict.Fine ? Same("types in files of their own", FilesOf(root), expected, limit) : reversed;
    }

    // Such a member, or a statement, would be there anew in each file.
    private static bool IsOutsideOfTypes(SyntaxNode node) =>
        node is MemberDeclarationSyntax { Parent: CompilationUnitSyntax or BaseNamespaceDeclarationSyntax } and
            not (BaseTypeDeclarationSyntax or DelegateDeclarationSyntax or BaseNamespaceDeclarationSyntax);

    private static Outcome Same(string how, IReadOnlyList<string> files, string[] expected, TimeSpan limit)
    {
        CSharpCompilation compilation = Guest.CompileWithAllClients(files);
        Outcome outcome = Guest.InTime(token => Guest.Analyze(compilation, new ExpiryAnalyzer(), token), limit);
        string[] actual = Described(outcome.Diagnostics);
        return outcome.Verdict != Verdict.Fine || expected.SequenceEqual(actual)
            ? outcome
            : new Outcome(Verdict.Reordered, $"{how}: {string.Join(", ", expected.Except(actual).Select(static text => "lost " + text)
                .Concat(actual.Except(expected).Select(static text => "new " + text)))}", []);
    }

    /// <summary>Each finding by its rule and the code that it is about: lines move, and messages may name them.</summary>
    private static string[] Described(ImmutableArray<Diagnostic> found) =>
    [
        .. found.Select(static diagnostic => $"{diagnostic.Id} {diagnostic.Location.SourceTree!.GetText().ToString(diagnostic.Location.SourceSpan)}")
            .Order(StringComparer.Ordinal),
    ];

    private static SyntaxNode Reversed(CompilationUnitSyntax root) => root.ReplaceNodes(
        root.DescendantNodes().OfType<TypeDeclarationSyntax>(),
        static (_, type) => type.WithMembers(SyntaxFactory.List(type.Members.Reverse())));

    private static IReadOnlyList<string> FilesOf(CompilationUnitSyntax root)
    {
        MemberDeclarationSyntax[] types =
        [
            .. root.DescendantNodes(static node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax)
                .Where(static node => node is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax && !IsOfItsFile(node))
                .Cast<MemberDeclarationSyntax>(),
        ];
        return types.Length < 2 ? [root.ToFullString()]
            : [.. types.Reverse().Select(kept => root.RemoveNodes(types.Where(type => type != kept), SyntaxRemoveOptions.KeepNoTrivia)!.ToFullString())];
    }

    private static bool IsOfItsFile(SyntaxNode type) => type is BaseTypeDeclarationSyntax declared && declared.Modifiers.Any(SyntaxKind.FileKeyword);
}
