using System.CommandLine;
using ExpiryAnalyzers.Corpus.Loading;
using ExpiryAnalyzers.Corpus.Output;

namespace ExpiryAnalyzers.Corpus;

/// <summary>The commands and their arguments.</summary>
internal static class CommandLine
{
    /// <summary>Parses and runs; every mistake of the caller ends in one line on standard error and <see cref="ExitCode.Usage"/>.</summary>
    public static async Task<int> InvokeAsync(string[] args)
    {
        RootCommand root = new("Runs the analyzers over folders of real code.") { Run(), Diff() };
        ParseResult parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            return Refuse(string.Join(" ", parsed.Errors.Select(static error => error.Message)));
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (UsageException exception)
        {
            return Refuse(exception.Message);
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine("Cancelled; nothing was written.");
            return ExitCode.Failure;
        }
    }

    private static Command Run()
    {
        Argument<DirectoryInfo[]> folders = new("FOLDER")
        {
            Arity = ArgumentArity.OneOrMore,
            Description = "Folders of C# sources, each one repository.",
        };
        folders.AcceptExistingOnly();
        Option<FileInfo?> findings = new("--out") { HelpName = "FILE", Description = "Where the findings go; standard output when left out." };
        Option<int> context = new("--context") { HelpName = "N", Description = "Print N source lines around each finding." };
        context.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && int.TryParse(text, out int lines) && lines < 0)
            {
                result.AddError("'--context' must not be negative.");
            }
        });
        Option<bool> all = new("--all") { Description = "Switch on every rule, also those that are off by default." };
        Option<bool> fix = new("--fix") { Description = "Try every offered fix, each one alone." };
        Option<FileInfo?> fixDiffs = new("--fix-diffs") { HelpName = "FILE", Description = "Write what each fix changes; implies --fix." };
        Option<FileInfo?> timings = new("--timings") { HelpName = "FILE", Description = "Measure the cost against binding alone and write it (slower: analyses one thread at a time)." };
        Option<string> client = new("--client") { Description = "The StackExchange.Redis to compile against.", DefaultValueFactory = static _ => ReferenceSet.DefaultClient };
        client.AcceptOnlyFromAmong([.. ReferenceSet.Clients]);
        Option<DirectoryInfo[]> references = new("--references")
        {
            HelpName = "DIR",
            Arity = ArgumentArity.OneOrMore,
            AllowMultipleArgumentsPerToken = true,
            Description = "Folders of further assemblies to reference; they win over the built-in ones of the same name.",
            DefaultValueFactory = static _ => [],
        };
        references.AcceptExistingOnly();

        Command run = new("run", "Analyses each folder and prints what was found.") { folders, findings, context, all, fix, fixDiffs, timings, client, references };
        run.SetAction((parsed, cancellationToken) => new Runner(new RunOptions
        {
            Folders = parsed.GetRequiredValue(folders),
            Findings = parsed.GetValue(findings),
            Context = parsed.GetValue(context),
            AllRules = parsed.GetValue(all),
            Fix = parsed.GetValue(fix) || parsed.GetValue(fixDiffs) is not null,
            FixDiffs = parsed.GetValue(fixDiffs),
            Timings = parsed.GetValue(timings),
            Client = parsed.GetRequiredValue(client),
            References = parsed.GetRequiredValue(references),
        }).RunAsync(cancellationToken));
        return run;
    }

    private static Command Diff()
    {
        Argument<FileInfo> before = new("A") { Description = "The findings of one run." };
        Argument<FileInfo> after = new("B") { Description = "The findings of another run." };
        before.AcceptExistingOnly();
        after.AcceptExistingOnly();
        Command diff = new("diff", "Compares the findings of two runs.") { before, after };
        diff.SetAction(parsed => FindingsDiff.Print(parsed.GetRequiredValue(before), parsed.GetRequiredValue(after), Console.Out));
        return diff;
    }

    private static int Refuse(string message)
    {
        Console.Error.WriteLine($"error: {message}");
        return ExitCode.Usage;
    }
}
