using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;
using ExpiryAnalyzers.Fuzz.Bodies;
using ExpiryAnalyzers.Tests;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ExpiryAnalyzers.Fuzz.Runs;

/// <summary>Analyses text as a compiler's guest would: every rule on, one thread, a stack of one megabyte.</summary>
public static class Guest
{
    private const int SmallStack = 1 << 20;

    /// <summary>How much CPU time a file may take, the first one's just-in-time compilation left out.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);

    private const string Usings = "global using System; global using System.Collections.Generic; global using System.Linq; "
        + "global using System.Threading; global using System.Threading.Tasks;";

    private static readonly ImmutableDictionary<string, ReportDiagnostic> AllOn =
        new ExpiryAnalyzer().SupportedDiagnostics.ToImmutableDictionary(static rule => rule.Id, static _ => ReportDiagnostic.Warn);

    // Compilations made from one of these share what their references mean, which costs more than most texts.
    private static readonly ConcurrentDictionary<LanguageVersion, CSharpCompilation> Bound = [];

    /// <summary>The text as a library beside the newest client, as if nothing had been compiled before.</summary>
    public static CSharpCompilation Compile(params IEnumerable<string> sources)
    {
        string[] texts = [.. sources];
        CSharpParseOptions options = OptionsOf(texts.FirstOrDefault(""));
        return Empty(options, References.NewestClient).AddSyntaxTrees(TreesOf(texts, options));
    }

    /// <summary>The text as a library beside every client that the tables know; the clients are bound once.</summary>
    public static CSharpCompilation CompileWithAllClients(params IEnumerable<string> sources)
    {
        string[] texts = [.. sources];
        CSharpParseOptions options = OptionsOf(texts.FirstOrDefault(""));
        CSharpCompilation bound = Bound.GetOrAdd(options.LanguageVersion, _ => Empty(options, References.AllClients));
        _ = bound.ObjectType;
        return bound.AddSyntaxTrees(TreesOf(texts, options));
    }

    private static CSharpCompilation Empty(CSharpParseOptions options, string clients) =>
        CSharpCompilation.Create("Guest", UsingsFor(options), References.With(clients), CompilationOptions);

    private static IEnumerable<SyntaxTree> TreesOf(string[] texts, CSharpParseOptions options) =>
        texts.Select((source, number) => CSharpSyntaxTree.ParseText(source, options, $"File{number}.cs"));

    /// <summary>What all guests are compiled with.</summary>
    internal static readonly CSharpCompilationOptions CompilationOptions =
        new(OutputKind.DynamicallyLinkedLibrary, concurrentBuild: false, specificDiagnosticOptions: AllOn, allowUnsafe: true);

    /// <summary>The C# that a text is read in.</summary>
    internal static CSharpParseOptions OptionsOf(string text) => new(Cases.LanguageOf(text), DocumentationMode.None);

    /// <summary>The usings that a project of today brings along.</summary>
    internal static IEnumerable<SyntaxTree> UsingsFor(CSharpParseOptions options) =>
        options.LanguageVersion >= LanguageVersion.CSharp10 ? [CSharpSyntaxTree.ParseText(Usings, options, "Usings.cs")] : [];

    /// <summary>Whether the compiler refuses a text because it is nested too deeply for the stack (CS8078).</summary>
    public static bool IsTooDeep(string source)
    {
        bool isTooDeep = false;
        Thread thread = new(() => isTooDeep = Compile(source).GetDiagnostics().Any(static found => found.Id == "CS8078"), SmallStack);
        thread.Start();
        thread.Join();
        return isTooDeep;
    }

    /// <summary>Analyses one text. What it costs the process counts, so nothing else may run beside it.</summary>
    public static Outcome Run(string source) => Run(source, new ExpiryAnalyzer(), Limit);

    /// <summary>The same with an analyzer and a limit of the caller's choice.</summary>
    public static Outcome Run(string source, DiagnosticAnalyzer analyzer, TimeSpan limit) =>
        InTime(token => Analyze(Compile(source), analyzer, token), limit);

    /// <summary>Does some work on a small stack, and gives it up when it takes too long.</summary>
    internal static Outcome InTime(Func<CancellationToken, Outcome> work, TimeSpan limit)
    {
        using CancellationTokenSource giveUp = new();
        Outcome? outcome = null;
        Thread thread = new(() => outcome = Caught(work, giveUp.Token), SmallStack) { IsBackground = true };
        TimeSpan start = Spent();
        thread.Start();
        while (!thread.Join(Poll))
        {
            if (Spent() - start > limit)
            {
                giveUp.Cancel();
                bool listened = thread.Join(limit * 5);
                return new Outcome(Verdict.TooLong, $"over {limit.TotalSeconds:0.#} s of "
                    + $"CPU{(listened ? "" : ", and deaf to cancellation")}", []);
            }
        }

        return outcome!;
    }

    /// <summary>The verdict of the rules on a compilation.</summary>
    public static Outcome Analyze(Compilation compilation, DiagnosticAnalyzer analyzer, CancellationToken token)
    {
        List<string> thrown = [];
        ImmutableArray<Diagnostic> diagnostics = AnalyzeAsync(compilation, analyzer, thrown, token).GetAwaiter().GetResult();
        return thrown.Count == 0 ? new Outcome(Verdict.Fine, "", diagnostics)
            : new Outcome(Verdict.Threw, string.Join('\n', thrown), diagnostics);
    }

    private static Outcome Caught(Func<CancellationToken, Outcome> work, CancellationToken token)
    {
        try
        {
            return work(token);
        }
        catch (OperationCanceledException)
        {
            return new Outcome(Verdict.TooLong, "", []);
        }
        catch (Exception exception)
        {
            return new Outcome(Verdict.Threw, exception.ToString(), []);
        }
    }

    /// <summary>On the caller's thread, or one with a small stack of its own.</summary>
    internal static Task<ImmutableArray<Diagnostic>> AnalyzeAsync(Compilation compilation, DiagnosticAnalyzer analyzer,
        List<string> thrown, CancellationToken token) =>
        compilation.WithAnalyzers([analyzer], new CompilationWithAnalyzersOptions(
            new AnalyzerOptions([]),
            onAnalyzerException: (exception, _, _) => { lock (thrown) { thrown.Add(exception.ToString()); } },
            concurrentAnalysis: false,
            logAnalyzerExecutionTime: false)).GetAnalyzerDiagnosticsAsync(token);

    internal static TimeSpan Spent()
    {
        using Process process = Process.GetCurrentProcess();
        return process.TotalProcessorTime;
    }
}
