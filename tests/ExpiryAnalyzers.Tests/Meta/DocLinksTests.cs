using System.Text.RegularExpressions;
using Xunit;

namespace ExpiryAnalyzers.Tests.Meta;

/// <summary>Every link of the documentation from one file of the repository to another leads somewhere, and every page can be found.</summary>
public sealed partial class DocLinksTests
{
    private static readonly string Docs = Path.Combine(Repository.Root, "docs");

    public static TheoryData<string> Pages =>
    [
        .. Directory.EnumerateFiles(Docs, "*.md", SearchOption.AllDirectories)
            .Concat(["README.md", "CONTRIBUTING.md", "tests/ExpiryAnalyzers.Corpus/README.md", "tests/ExpiryAnalyzers.ServerTests/README.md"])
            .Select(static file => Path.GetRelativePath(Repository.Root, Path.Combine(Repository.Root, file)).Replace('\\', '/'))
            .Order(StringComparer.Ordinal),
    ];

    [Theory, MemberData(nameof(Pages))]
    public void Links_Resolve(string page) => Assert.DoesNotContain(LinksOf(page), link => !Resolves(page, link));

    [Fact]
    public void EveryPage_IsOnTheFirstPageOfAll()
    {
        string first = Repository.Read("docs", "README.md");
        Assert.All(
            Directory.EnumerateFiles(Docs, "*.md").Select(Path.GetFileName).Where(static name => name != "README.md"),
            name => Assert.Contains($"]({name})", first, StringComparison.Ordinal));
    }

    private static IEnumerable<string> LinksOf(string page) =>
        Link().Matches(Code().Replace(Repository.Read(page.Split('/')), "")).Select(static link => link.Groups[1].Value)
            .Where(static link => !link.Contains("://", StringComparison.Ordinal));

    private static bool Resolves(string page, string link)
    {
        string[] parts = link.Split('#');
        string file = parts[0].Length == 0
            ? Path.Combine(Repository.Root, page)
            : Path.GetFullPath(Path.Combine(Repository.Root, Path.GetDirectoryName(page)!, parts[0]));
        return Path.Exists(file) && (parts.Length == 1 || Anchors(file).Contains(parts[1]));
    }

    /// <summary>What GitHub makes of the headings.</summary>
    private static IEnumerable<string> Anchors(string file) => Heading().Matches(Code().Replace(File.ReadAllText(file), ""))
        .Select(static heading => NoWord().Replace(heading.Groups[1].Value.Trim().ToLowerInvariant(), "").Replace(' ', '-'));

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^#+ (.*)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NoWord();

    [GeneratedRegex("^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Code();
}
