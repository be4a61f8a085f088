using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Options;
using Xunit;

namespace ExpiryAnalyzers.Tests.Fixes;

/// <summary>A formatter that finds nothing to do in a file finds nothing to do in its repair.</summary>
internal static class FormatLaw
{
    private static readonly AdhocWorkspace Workspace = new();

    public static void Holds(string before, string after)
    {
        string source = WithoutMarks(before);
        if (Formatted(source) == source)
        {
            Assert.Equal(Formatted(WithoutMarks(after)), WithoutMarks(after));
        }
    }

    private static string Formatted(string source)
    {
        OptionSet options = Workspace.Options.WithChangedOption(
            FormattingOptions.NewLine,
            LanguageNames.CSharp,
            source.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n");
        SyntaxNode root = CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(LanguageVersion.Preview)).GetRoot();
        return Formatter.Format(root, Workspace, options).ToFullString();
    }

    private static string WithoutMarks(string text) =>
        text.Replace("[|", "", StringComparison.Ordinal).Replace("|]", "", StringComparison.Ordinal);
}
