using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using ExpiryAnalyzers.Fuzz.Bodies;
using ExpiryAnalyzers.Tests;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExpiryAnalyzers.Fuzz.Runs;

/// <summary>
/// The course and the pages' examples beside each client and in each version of C#: what compiles there is analysed, and every repair is
/// tried and compiled.
/// </summary>
internal static class MatrixCommand
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    private static readonly ImmutableArray<string> Languages = ["7.3", "8.0", "12.0", "preview"];

    /// <summary>One leg: one client, one language; a line of the table, and what went wrong.</summary>
    public static int Run(string client, string language)
    {
        LanguageVersionFacts.TryParse(language, out LanguageVersion version);
        MatrixLeg leg = new(client, version);
        foreach ((string name, string text) in SeedTexts.Named())
        {
            leg.Take(name, Braced(text));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {leg.Loaded} | {LanguageVersionFacts.ToDisplayString(version)} | {leg.Compiled} of {leg.Texts} | {leg.Findings} | {leg.Differ.Count} | {leg.Repaired} | {leg.Faults.Count} |"));
        foreach (string line in leg.Differ.Concat(leg.Faults))
        {
            Console.WriteLine($"    {line}");
        }

        return leg.Faults.Count == 0 ? 0 : 1;
    }

    /// <summary>All legs, a process for each: every client in the newest C#, every C# beside the newest client.</summary>
    public static int RunAll()
    {
        Console.WriteLine("| client loaded | C# | texts that compile | findings | that differ | texts with repairs tried | faults |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        IEnumerable<(string Client, string Language)> legs = References.MatrixVersions.Select(static client => (client, Languages[^1]))
            .Concat(Languages.SkipLast(1).Select(static language => (References.NewestClient, language)));
        int failed = 0;
        foreach ((string client, string language) in legs)
        {
            (int code, string output) = Children.Run("matrix-leg", client, language);
            Console.Write(output);
            failed += code == 0 ? 0 : 1;
        }

        Console.WriteLine($"{failed} legs failed");
        return failed == 0 ? 0 : 1;
    }

    /// <summary>With a namespace in braces, which older C# reads as well; every line stays where it is.</summary>
    private static string Braced(string text)
    {
        CompilationUnitSyntax root = CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.Preview)).GetCompilationUnitRoot();
        return root.Members.OfType<FileScopedNamespaceDeclarationSyntax>().SingleOrDefault() is { } space
            ? text[..space.SemicolonToken.SpanStart] + " {" + text[space.SemicolonToken.Span.End..] + "}\n"
            : text;
    }

    private sealed class MatrixLeg(string client, LanguageVersion language)
    {
        private readonly AdhocWorkspace _workspace = new();

        public string Loaded { get; private set; } = "none";

        public int Texts { get; private set; }

        public int Compiled { get; private set; }

        public int Findings { get; private set; }

        public int Repaired { get; private set; }

        /// <summary>Lines whose findings are not those that the course marks.</summary>
        public List<string> Differ { get; } = [];

        /// <summary>What threw, took too long, or left an error.</summary>
        public List<string> Faults { get; } = [];

        public void Take(string name, string text)
        {
            Texts++;
            Document document = Trial.Open(_workspace, text, new CSharpParseOptions(language, DocumentationMode.None), References.With(client));
            Compilation compilation = document.Project.GetCompilationAsync().GetAwaiter().GetResult()!;
            if (compilation.GetDiagnostics().Any(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error))
            {
                return;
            }

            Compiled++;
            Loaded = VersionOf(compilation.GetTypeByMetadataName("StackExchange.Redis.IDatabase")!.ContainingAssembly);
            Outcome found = Guest.InTime(token => Guest.Analyze(compilation, new ExpiryAnalyzer(), token), Limit);
            Findings += found.Diagnostics.Length;
            Compare(name, text, found.Diagnostics);
            Outcome repaired = found.Verdict == Verdict.Fine ? Repairing.Try(document, found.Diagnostics, Limit) : found;
            Repaired += found.Diagnostics.Length > 0 ? 1 : 0;
            if (repaired.Verdict != Verdict.Fine)
            {
                Faults.Add($"{name}: {repaired.Verdict}: {repaired.Detail}");
            }
        }

        /// <summary>The version that the assembly itself says it is.</summary>
        private static string VersionOf(IAssemblySymbol assembly) => assembly.GetAttributes()
            .First(static attribute => attribute.AttributeClass?.Name == nameof(AssemblyInformationalVersionAttribute))
            .ConstructorArguments[0].Value!.ToString()!.Split('+')[0];

        private void Compare(string name, string text, ImmutableArray<Diagnostic> found)
        {
            if (SeedTexts.RulesOf(name) is not { } rules)
            {
                return;
            }

            HashSet<(int, string)> marked = [.. text.Split('\n').SelectMany(static (line, number) => CourseMarks.Of(line).Select(id => (number, id)))];
            HashSet<(int, string)> reported = [.. found.Where(diagnostic => rules.Contains(diagnostic.Id))
                .Select(static diagnostic => (diagnostic.Location.GetLineSpan().StartLinePosition.Line, diagnostic.Id))];
            Differ.AddRange(marked.Except(reported).Select(one => $"{name}({one.Item1 + 1}): no {one.Item2}"));
            Differ.AddRange(reported.Except(marked).Select(one => $"{name}({one.Item1 + 1}): {one.Item2}"));
        }
    }
}
