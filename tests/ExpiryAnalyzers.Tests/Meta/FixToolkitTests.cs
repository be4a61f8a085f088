using System.Text.RegularExpressions;
using Xunit;

namespace ExpiryAnalyzers.Tests.Meta;

/// <summary>The fixes' two toolkits (docs/decisions/0015-fix-toolkit.md): what reads code, what writes it, and the areas that use both.</summary>
public sealed partial class FixToolkitTests
{
    private static readonly string Source = Path.Combine(Repository.Root, "src", "ExpiryAnalyzers.CodeFixes");

    /// <summary>Each folder, and those whose names it may use beside its own.</summary>
    [Theory]
    [InlineData("Reading")]
    [InlineData("Writing", "Reading")]
    [InlineData("Time", "Reading", "Writing")]
    [InlineData("Lock", "Reading", "Writing")]
    [InlineData("Atomicity", "Reading", "Writing")]
    [InlineData("Lifetime", "Reading", "Writing")]
    public void Folder_NamesOnlyTheToolkitsBelow(string folder, params string[] below)
    {
        string[] files = Directory.GetFiles(Path.Combine(Source, folder), "*.cs");
        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.All(
            Named().Matches(File.ReadAllText(file)),
            match => Assert.Contains(match.Groups[1].Value, below.Append(folder))));
    }

    /// <summary>Text is made code, and line ends and white space are made, in one place, which knows the imports and the file's style.</summary>
    [Theory]
    [InlineData("Time")]
    [InlineData("Lock")]
    [InlineData("Atomicity")]
    [InlineData("Lifetime")]
    public void Areas_NeitherParseNorMakeLines(string area) => Assert.All(
        Directory.GetFiles(Path.Combine(Source, area), "*.cs"),
        file => Assert.DoesNotMatch(@"\bParse(Expression|Statement|TypeName|Name|MemberDeclaration)\(|NormalizeWhitespace|\b(EndOfLine|Whitespace)\(|LineFeed", File.ReadAllText(file)));

    [GeneratedRegex(@"ExpiryAnalyzers\.CodeFixes\.(\w+)")]
    private static partial Regex Named();
}
