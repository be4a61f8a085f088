using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace ExpiryAnalyzers.Fuzz.Bodies;

/// <summary>The text of each seed: made by the grammar or cut out of real code, changed, and often cleaned of what does not compile.</summary>
public static class Cases
{
    /// <summary>The marker in a first line that says in which C# the text is read.</summary>
    internal const string LanguageMark = "// C# ";

    private static readonly string[] Languages = ["7.3", "8", "10", "12"];

    /// <summary>The text of that seed.</summary>
    public static string Write(int seed)
    {
        Random random = new(unchecked((seed * 7919) + 13));
        string text = random.Next(10) switch
        {
            < 2 => BodyGenerator.Write(seed),
            2 => Cleaning.Clean(BodyGenerator.Write(seed)),
            3 => Truncated(Slices.Of(SeedTexts.Any(random), random), random),
            4 => TokenMutations.Mutate(Slices.Of(SeedTexts.Any(random), random), seed),
            5 => TreeMutations.Mutate(Slices.Of(SeedTexts.Any(random), random), random),
            _ => Cleaning.Clean(TreeMutations.Mutate(Slices.Of(SeedTexts.Any(random), random), random)),
        };
        text = random.Next(3) == 0 ? Public(text) : text;
        return random.Next(8) == 0 ? $"{LanguageMark}{Languages[random.Next(Languages.Length)]}\n{text}" : text;
    }

    /// <summary>The C# that a text is read in.</summary>
    internal static LanguageVersion LanguageOf(string text) =>
        text.StartsWith(LanguageMark, StringComparison.Ordinal) &&
        LanguageVersionFacts.TryParse(text[LanguageMark.Length..].Split('\n')[0].Trim(), out LanguageVersion version)
            ? version
            : LanguageVersion.Preview;

    private static string Truncated(string text, Random random)
    {
        SyntaxToken[] tokens = [.. CSharpSyntaxTree.ParseText(text).GetRoot().DescendantTokens()];
        return text[..tokens[random.Next(tokens.Length)].Span.End];
    }

    /// <summary>With every type and method public: then an outline tells of them.</summary>
    private static string Public(string text)
    {
        SyntaxNode root = CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.Preview)).GetRoot();
        IEnumerable<SyntaxToken> starts = root.DescendantNodes()
            .Where(static node => node is BaseTypeDeclarationSyntax or MethodDeclarationSyntax && node.Parent is not InterfaceDeclarationSyntax)
            .Cast<MemberDeclarationSyntax>()
            .Where(static member => member.AttributeLists.Count == 0)
            .Select(static member => member.GetFirstToken());
        return SourceText.From(text).WithChanges(starts.Select(static token => token.RawKind switch
        {
            (int)SyntaxKind.PublicKeyword or (int)SyntaxKind.PrivateKeyword or (int)SyntaxKind.InternalKeyword or (int)SyntaxKind.ProtectedKeyword =>
                new TextChange(token.Span, "public"),
            _ => new TextChange(new(token.SpanStart, 0), "public "),
        })).ToString();
    }
}
