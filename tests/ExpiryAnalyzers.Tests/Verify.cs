using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Testing;

namespace ExpiryAnalyzers.Tests;

/// <summary>Checks one rule, alone, on every client version that it is proven on. <c>[|…|]</c> marks what must be reported.</summary>
/// <typeparam name="TFix">The rule's fix; it names the rule.</typeparam>
internal static class Verify<TFix>
    where TFix : CodeFixProvider, new()
{
    private static readonly string Id = new TFix().FixableDiagnosticIds.Single();

    /// <summary>The statements, in a method that has a database at hand, get exactly the marked diagnostics.</summary>
    public static Task Reports([StringSyntax("c#-test")] string statements, params string[] clients) => ReportsSource(Statements.InMethod(statements), clients);

    /// <summary>The source gets exactly the marked diagnostics.</summary>
    public static async Task ReportsSource([StringSyntax("c#-test")] string source, params string[] clients)
    {
        foreach (string client in Versions(clients))
        {
            await new Test(client, source).RunAsync();
        }
    }

    /// <summary>Under these lines of .editorconfig, the statements get exactly the marked diagnostics.</summary>
    public static async Task ReportsWith(string options, [StringSyntax("c#-test")] string statements, params string[] clients)
    {
        foreach (string client in Versions(clients))
        {
            await new Test(client, Statements.InMethod(statements), options).RunAsync();
        }
    }

    /// <summary>Under these lines of .editorconfig, the fix of that key turns the statements into the others.</summary>
    public static async Task FixesWith(string options, [StringSyntax("c#-test")] string before, [StringSyntax("c#-test")] string after, string key, params string[] clients)
    {
        foreach (string client in Versions(clients))
        {
            Test test = new(client, Statements.InMethod(before), options) { FixedCode = Statements.InMethod(after), CodeActionEquivalenceKey = Id + "." + key };
            test.FixedState.MarkupHandling = MarkupMode.Allow;
            await test.RunAsync();
        }
    }

    /// <summary>The fix of that key turns the statements into the others.</summary>
    public static Task Fixes([StringSyntax("c#-test")] string before, [StringSyntax("c#-test")] string after, string key, params string[] clients) =>
        FixesSource(Statements.InMethod(before), Statements.InMethod(after), key, clients);

    /// <summary>The fix of that key turns the source into the other, one diagnostic at a time and all at once in document, project and solution.</summary>
    public static async Task FixesSource([StringSyntax("c#-test")] string before, [StringSyntax("c#-test")] string after, string key, params string[] clients)
    {
        foreach (string client in Versions(clients))
        {
            Test test = new(client, before) { FixedCode = after, CodeActionEquivalenceKey = Id + "." + key };

            // What the fix leaves marked, it leaves on purpose.
            test.FixedState.MarkupHandling = MarkupMode.Allow;
            await test.RunAsync();
        }
    }

    /// <summary>Reported, and no repair is offered.</summary>
    public static Task NoFix([StringSyntax("c#-test")] string statements, params string[] clients) => NoFixSource(Statements.InMethod(statements), clients);

    /// <summary>The source is reported, and no repair is offered.</summary>
    public static async Task NoFixSource([StringSyntax("c#-test")] string source, params string[] clients)
    {
        foreach (string client in Versions(clients))
        {
            await new Test(client, source) { FixedCode = source, NumberOfIncrementalIterations = 0, NumberOfFixAllIterations = 0 }.RunAsync();
        }
    }

    private static IEnumerable<string> Versions(string[] clients) => clients.Length > 0 ? clients : References.ClientVersions;

    private sealed class Test : CSharpCodeFixTest<ExpiryAnalyzer, TFix, DefaultVerifier>
    {
        private static readonly ImmutableArray<string> OtherRules = [.. new ExpiryAnalyzer().SupportedDiagnostics.Select(rule => rule.Id).Where(id => id != Id)];

        public Test(string client, string source, string? options = null)
        {
            if (options is not null)
            {
                TestState.AnalyzerConfigFiles.Add(("/.editorconfig", "root = true\n[*.cs]\n" + options + "\n"));
            }

            TestCode = source;
            TestState.OutputKind = HasTopLevelStatements(source) ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary;
            ReferenceAssemblies = new ReferenceAssemblies("none");
            TestState.AdditionalReferences.AddRange(References.With(client));
            DisabledDiagnostics.AddRange(OtherRules);
            MarkupOptions = MarkupOptions.UseFirstDescriptor;
        }

        private static bool HasTopLevelStatements(string source) => CSharpSyntaxTree.ParseText(source).GetCompilationUnitRoot().Members.Any(SyntaxKind.GlobalStatement);

        protected override ParseOptions CreateParseOptions() => new CSharpParseOptions(LanguageVersion.Preview, DocumentationMode.Parse);

        protected override DiagnosticDescriptor? GetDefaultDiagnostic(Microsoft.CodeAnalysis.Diagnostics.DiagnosticAnalyzer[] analyzers) =>
            analyzers.SelectMany(analyzer => analyzer.SupportedDiagnostics).Single(rule => rule.Id == Id);
    }
}
