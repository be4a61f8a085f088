using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using ExpiryAnalyzers.CodeFixes;
using ExpiryAnalyzers.Tests.Fixes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Host.Mef;
using Microsoft.CodeAnalysis.Testing;
using Xunit.Sdk;

namespace ExpiryAnalyzers.Tests;

/// <summary>
/// Checks one rule, alone: on the newest client, and on each older one whose members of the names in the case differ (see <see
/// cref="ClientSurface"/>).
/// <c>[|…|]</c> marks what must be reported. A case that fails names its client.
/// </summary>
/// <typeparam name="TFix">The rule's fix; it names the rule.</typeparam>
internal static class Verify<TFix>
    where TFix : CodeFixProvider, new()
{
    private static readonly string Id = new TFix().FixableDiagnosticIds.Single();

    /// <summary>The statements, in a method that has a database at hand, get exactly the marked diagnostics.</summary>
    public static Task Reports([StringSyntax("c#-test")] string statements, params string[] clients) =>
        ReportsSource(Statements.InMethod(statements), clients);

    /// <summary>The source gets exactly the marked diagnostics.</summary>
    public static Task ReportsSource([StringSyntax("c#-test")] string source, params string[] clients) =>
        OnClients(clients, [source], client => new Test(client, source));

    /// <summary>Under these lines of .editorconfig, the statements get exactly the marked diagnostics.</summary>
    public static Task ReportsWith(string options, [StringSyntax("c#-test")] string statements, params string[] clients) =>
        OnClients(clients, [statements], client => new Test(client, Statements.InMethod(statements), options));

    /// <summary>Under these lines of .editorconfig, the fix of that key turns the statements into the others.</summary>
    public static Task FixesWith(string options, [StringSyntax("c#-test")] string before, [StringSyntax("c#-test")] string after,
        string key, params string[] clients) =>
        Fixes(Statements.InMethod(before), Statements.InMethod(after), key, clients, options);

    /// <summary>The fix of that key turns the statements into the others.</summary>
    public static Task Fixes([StringSyntax("c#-test")] string before, [StringSyntax("c#-test")] string after, string key,
        params string[] clients) =>
        FixesSource(Statements.InMethod(before), Statements.InMethod(after), key, clients);

    /// <summary>
    /// The fix of that key turns the source into the other, one diagnostic at a time and all at once in document, project and solution.
    /// </summary>
    public static Task FixesSource([StringSyntax("c#-test")] string before, [StringSyntax("c#-test")] string after, string key,
        params string[] clients) =>
        Fixes(before, after, key, clients, options: null);

    /// <summary>The fix of that key turns the statements into the others, asks first, and is no part of fix-all.</summary>
    public static Task Asks([StringSyntax("c#-test")] string before, [StringSyntax("c#-test")] string after, string key,
        params string[] clients) =>
        AsksSource(Statements.InMethod(before), Statements.InMethod(after), key, clients);

    /// <summary>The fix of that key turns the source into the other, asks first, and is no part of fix-all.</summary>
    public static Task AsksSource([StringSyntax("c#-test")] string before, [StringSyntax("c#-test")] string after, string key,
        params string[] clients) =>
        Fixes(before, after, key, clients, options: null, FixProviders.AskingOf(Id));

    /// <summary>Under these lines of .editorconfig, the fix of that key turns the statements into the others, and asks first.</summary>
    public static Task AsksWith(string options, [StringSyntax("c#-test")] string before, [StringSyntax("c#-test")] string after,
        string key, params string[] clients) =>
        AsksSourceWith(options, Statements.InMethod(before), Statements.InMethod(after), key, clients);

    /// <summary>Under these lines of .editorconfig, the fix of that key turns the source into the other, and asks first.</summary>
    public static Task AsksSourceWith(string options, [StringSyntax("c#-test")] string before, [StringSyntax("c#-test")] string after,
        string key, params string[] clients) =>
        Fixes(before, after, key, clients, options, FixProviders.AskingOf(Id));

    /// <summary>Reported, and no repair is offered.</summary>
    public static Task NoFix([StringSyntax("c#-test")] string statements, params string[] clients) =>
        NoFixSource(Statements.InMethod(statements), clients);

    /// <summary>The source is reported, and no repair is offered.</summary>
    public static Task NoFixSource([StringSyntax("c#-test")] string source, params string[] clients) =>
        OnClients(clients, [source], client => new Test(client, source) { FixedCode = source, NumberOfIncrementalIterations = 0,
            NumberOfFixAllIterations = 0 });

    private static Task Fixes(string before, string after, string key, string[] clients, string? options, AskingCodeFix? asking = null)
    {
        FormatLaw.Holds(before, after);
        return OnClients(clients, [before, after], client =>
        {
            CodeFixProvider[] providers = [asking ?? (CodeFixProvider)new TFix()];
            Test test = new(client, before, options)
            {
                FixedCode = after,
                CodeActionEquivalenceKey = Id + "." + key,
                Providers = providers,
            };

            // What the fix leaves marked, it leaves on purpose.
            test.FixedState.MarkupHandling = MarkupMode.Allow;
            return test;
        });
    }

    private static async Task OnClients(string[] clients, string[] sources, Func<string, Test> test)
    {
        string[] versions = clients.Length > 0 ? clients : [.. ClientSurface.Versions(sources)];
        foreach (string client in versions)
        {
            Test one = test(client);
            if (client != versions[^1])
            {
                one.SkipWhatNoClientChanges();
            }

            try
            {
                await one.RunAsync();
            }
            catch (Exception failure)
            {
                throw new XunitException($"With StackExchange.Redis {client}: {failure.Message}", failure);
            }
        }
    }

    private sealed class Test : CSharpCodeFixTest<ExpiryAnalyzer, TFix, DefaultVerifier>
    {
        private static readonly ImmutableArray<string> OtherRules = [.. new ExpiryAnalyzer().SupportedDiagnostics.Select(rule =>
            rule.Id).Where(id => id != Id)];

        /// <summary>The providers that are asked for a repair.</summary>
        public IReadOnlyList<CodeFixProvider> Providers { get; init; } = [.. FixProviders.Of(Id)];

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

        /// <summary>
        /// A pragma silences a rule, and fix-all reaches from a document to its project, whatever the client is: the newest one shows
        /// that.
        /// </summary>
        public void SkipWhatNoClientChanges()
        {
            TestBehaviors |= TestBehaviors.SkipSuppressionCheck;
            CodeFixTestBehaviors |= CodeFixTestBehaviors.SkipFixAllInProjectCheck | CodeFixTestBehaviors.SkipFixAllInSolutionCheck;
        }

        // The library composes a host for each of a case's dozen workspaces, which costs more than what the workspace is made for.
        protected override Task<Workspace> CreateWorkspaceImplAsync() =>
            Task.FromResult<Workspace>(new AdhocWorkspace(MefHostServices.DefaultHost));

        protected override IEnumerable<CodeFixProvider> GetCodeFixProviders() => Providers;

        private static bool HasTopLevelStatements(string source) =>
            CSharpSyntaxTree.ParseText(source).GetCompilationUnitRoot().Members.Any(SyntaxKind.GlobalStatement);

        protected override ParseOptions CreateParseOptions() => new CSharpParseOptions(LanguageVersion.Preview, DocumentationMode.Parse);

        protected override DiagnosticDescriptor? GetDefaultDiagnostic(Microsoft.CodeAnalysis.Diagnostics.DiagnosticAnalyzer[] analyzers) =>
            analyzers.SelectMany(analyzer => analyzer.SupportedDiagnostics).Single(rule => rule.Id == Id);
    }
}
