using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;

namespace ExpiryAnalyzers.Tests.Meta;

/// <summary>
/// Every message that the rules have for the pages' examples and the course, one of each wording, in <c>docs/messages.md</c>: what a
/// user reads, in one place, to be read as a whole.
/// </summary>
public sealed partial class MessagesTests
{
    private const string Write = "EXPIRY_WRITE_MESSAGES";

    private static readonly ImmutableArray<DiagnosticDescriptor> Rules = new ExpiryAnalyzer().SupportedDiagnostics;

    private static readonly Lazy<Task<ImmutableArray<(string Id, string Message, string Code)>>> All = new(FindAsync);

    /// <summary>If this fails, run it with the variable EXPIRY_WRITE_MESSAGES set, and read what changed.</summary>
    [Fact]
    public async Task File_IsCurrent()
    {
        string text = FileOf(await All.Value);
        if (Environment.GetEnvironmentVariable(Write) is not null)
        {
            await File.WriteAllTextAsync(Path.Combine(Repository.Root, "docs", "messages.md"), text);
        }

        Assert.Equal(text, Repository.Read("docs", "messages.md"));
    }

    /// <summary>A text of the code stands in its own quotes, and nothing is quoted twice.</summary>
    [Fact]
    public async Task NoMessage_QuotesQuotes() => Assert.DoesNotContain(
        await All.Value, found => Quoted().IsMatch(found.Message));

    /// <summary>What to do is the last clause.</summary>
    [Fact]
    public async Task Messages_EndWithTheCure() => Assert.Empty(
        (await All.Value).Where(found => !Cure().IsMatch(found.Message)).Select(found => $"{found.Id} {found.Message}").Distinct());

    private static string FileOf(ImmutableArray<(string Id, string Message, string Code)> found)
    {
        StringBuilder text = new($"""
            # Messages

            What each rule says, one example of each wording, over the examples of its page and the course (`tests/ExpiryAnalyzers.Tests/Course`).
            A test keeps this file current.

            """.ReplaceLineEndings("\n"));
        foreach (DiagnosticDescriptor rule in Rules.OrderBy(static rule => rule.Id, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {rule.Id}: {rule.Title}\n\n");
            var wordings = found
                .Where(one => one.Id == rule.Id)
                .GroupBy(static one => Filled().Replace(one.Message, "…"), StringComparer.Ordinal)
                .OrderBy(static wording => wording.Key, StringComparer.Ordinal)
                .Select(static wording => wording.MinBy(one => (one.Message.Length, one.Message, one.Code)));
            foreach ((_, string message, string code) in wordings)
            {
                text.Append(CultureInfo.InvariantCulture, $"- {message}\n  `` {code} ``\n");
            }
        }

        return text.ToString();
    }

    private static async Task<ImmutableArray<(string Id, string Message, string Code)>> FindAsync()
    {
        string course = Path.Combine(AppContext.BaseDirectory, "Course");
        IEnumerable<string> sources = Rules.SelectMany(static rule => Page.Blocks(rule.Id, "bad").Select(static block => Statements.InMethod(block)))
            .Concat(Directory.EnumerateFiles(course, "*.cs", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(File.ReadAllText));
        List<(string, string, string)> found = [];
        foreach (string source in sources)
        {
            SyntaxTree tree = CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(LanguageVersion.Preview));
            CSharpCompilation compilation = CSharpCompilation.Create(
                "Messages",
                [tree],
                References.With(References.AllClients),
                new CSharpCompilationOptions(
                    OutputKind.DynamicallyLinkedLibrary,
                    nullableContextOptions: NullableContextOptions.Enable,
                    specificDiagnosticOptions: Rules.Select(static rule => KeyValuePair.Create(rule.Id, ReportDiagnostic.Warn))));
            foreach (Diagnostic diagnostic in await compilation.WithAnalyzers([new ExpiryAnalyzer()]).GetAnalyzerDiagnosticsAsync())
            {
                string code = Blank().Replace(tree.GetText().ToString(diagnostic.Location.SourceSpan), " ");
                found.Add((diagnostic.Id, diagnostic.GetMessage(CultureInfo.InvariantCulture), code));
            }
        }

        return [.. found];
    }

    /// <summary>What a wording is filled with: names and texts of the code, and figures.</summary>
    [GeneratedRegex("""'[^']*'|(\w+ \+ )*[$@]*"[^"]*"( \+ \w+)*|\d[\d,.:]*""")]
    private static partial Regex Filled();

    [GeneratedRegex("""'[$@]*"|"'""")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"; \w+( [^ ;]+){0,6}$")]
    private static partial Regex Cure();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blank();
}
