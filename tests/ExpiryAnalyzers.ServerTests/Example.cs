using System.Collections.Immutable;
using System.Reflection;
using ExpiryAnalyzers.CodeFixes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using StackExchange.Redis;
using Xunit;

namespace ExpiryAnalyzers.Tests;

/// <summary>One example of a page as a program that can be repaired and run.</summary>
internal sealed class Example
{
    private static readonly ImmutableArray<MetadataReference> References =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path))];

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly Document _document;

    private Example(Document document) => _document = document;

    public static Example Of(string statements) => new(new AdhocWorkspace().AddProject("Example", LanguageNames.CSharp)
        .WithCompilationOptions(new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary))
        .WithParseOptions(new CSharpParseOptions(LanguageVersion.Preview))
        .WithMetadataReferences(References)
        .AddDocument("Example.cs", Statements.InMethod(statements)));

    /// <summary>The program after each action that the rule's fix offers for its first finding, by title.</summary>
    public async Task<IReadOnlyDictionary<string, Example>> RepairedAsync(string id)
    {
        Compilation compilation = (await _document.Project.GetCompilationAsync())!;
        compilation = compilation.WithOptions(compilation.Options.WithSpecificDiagnosticOptions([KeyValuePair.Create(id, ReportDiagnostic.Warn)]));
        Diagnostic found = (await compilation.WithAnalyzers([new ExpiryAnalyzer()]).GetAnalyzerDiagnosticsAsync()).First(diagnostic => diagnostic.Id == id);
        IEnumerable<CodeFixProvider> fixes = typeof(ExpiryCodeFix).Assembly.GetTypes()
            .Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(CodeFixProvider)))
            .Select(type => (CodeFixProvider)Activator.CreateInstance(type)!)
            .Where(fix => fix.FixableDiagnosticIds.Contains(id));
        List<CodeAction> actions = [];
        foreach (CodeFixProvider fix in fixes)
        {
            await fix.RegisterCodeFixesAsync(new CodeFixContext(_document, found, (action, _) => actions.Add(action), CancellationToken.None));
        }

        Dictionary<string, Example> repaired = [];
        foreach (CodeAction action in actions)
        {
            ApplyChangesOperation change = (await action.GetOperationsAsync(CancellationToken.None)).OfType<ApplyChangesOperation>().Single();
            repaired.Add(action.Title, new(change.ChangedSolution.GetDocument(_document.Id)!));
        }

        return repaired;
    }

    /// <summary>Runs the program with a key, a TTL of five minutes, and an instant in an hour; gives back what it returned.</summary>
    public async Task<object?> RunAsync(IDatabase db, RedisKey key)
    {
        using MemoryStream image = new();
        Microsoft.CodeAnalysis.Emit.EmitResult emitted = (await _document.Project.GetCompilationAsync())!.Emit(image);
        Assert.True(emitted.Success, string.Join('\n', emitted.Diagnostics));
        Type program = Assembly.Load(image.ToArray()).GetType("Test")!;
        MethodInfo run = program.GetMethod("Run", BindingFlags.Instance | BindingFlags.NonPublic)!;
        Task<object?> running = (Task<object?>)run.Invoke(Activator.CreateInstance(program), [db, key, (RedisValue)"token", TimeSpan.FromMinutes(5), (TimeSpan?)TimeSpan.FromMinutes(7), DateTime.UtcNow.AddHours(1), true, "2030-01-01T00:00:00Z", CancellationToken.None])!;
        return await running.WaitAsync(Limit);
    }
}
