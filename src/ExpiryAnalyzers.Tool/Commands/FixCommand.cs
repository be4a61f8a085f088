using System.CommandLine;
using ExpiryAnalyzers.Tool.Analysis;
using ExpiryAnalyzers.Tool.Fixing;
using ExpiryAnalyzers.Tool.Loading;
using ExpiryAnalyzers.Tool.Output;
using Microsoft.CodeAnalysis;

namespace ExpiryAnalyzers.Tool.Commands;

/// <summary><c>expiry fix</c>: the safe fixes of a whole solution, as a diff first.</summary>
internal sealed class FixCommand
{
    private readonly TargetOptions _target = new();

    private readonly Option<bool> _apply = new("--apply") { Description = "Write the files." };

    private readonly Option<string?> _output = new("--output", "-o")
    {
        HelpName = "FILE", Description = "Where the diff goes; standard output when left out.",
    };

    private readonly Terminal _terminal;

    private FixCommand(Terminal terminal) => _terminal = terminal;

    /// <summary>The command.</summary>
    public static Command For(Terminal terminal)
    {
        FixCommand fix = new(terminal);
        Command command = new("fix", "Shows what the safe fixes would change, as a diff; writes it with --apply.")
        {
            fix._apply, fix._output,
        };
        fix._target.AddTo(command);
        command.SetAction(fix.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        TargetAnalysis analysis = new(_target.Read(parsed), _terminal);
        if (analysis.Target is Target.Sources)
        {
            throw new ToolException("Sources without a project cannot be fixed: whether they compile afterwards could not be told.");
        }

        using LoadedSolution loaded = await analysis.LoadAsync(cancellationToken);
        AnalysisResult found = await analysis.RunAsync(loaded, cancellationToken);
        ProjectId[] projects = [.. loaded.Projects.Select(static project => project.Id)];
        Solution prepared = await analysis.Analysis.PreparedAsync(loaded.Solution, projects, cancellationToken);
        FixResult result = await _terminal.WorkAsync("Fixing", step =>
            new SolutionFixer(analysis.Product, analysis.Analysis).RunAsync(prepared, projects, step, cancellationToken));
        IReadOnlyList<ChangedFile> files = await ChangedFile.BetweenAsync(prepared, result.Solution, cancellationToken);
        string root = await Git.RootOfAsync(analysis.Target.Folder, cancellationToken) ?? analysis.Target.Folder;
        Report report = new(analysis.Target.Name, root, found.Findings, found.Projects, found.Problems);
        await ShowAsync(parsed, files, report);
        if (parsed.GetValue(_apply))
        {
            Write(files);
        }

        Tell(result, files.Count, found.Findings.Count, parsed.GetValue(_apply));
        return files.Count > 0 && !parsed.GetValue(_apply) ? ExitCode.Findings
            : found.IsPartial ? ExitCode.Failure
            : ExitCode.Success;
    }

    private async Task ShowAsync(ParseResult parsed, IReadOnlyList<ChangedFile> files, Report report)
    {
        string diff = string.Concat(files.Select(file => file.ToDiff(report.Relative(file.Path))));
        if (parsed.GetValue(_output) is { } output)
        {
            OutputFile.Write(_terminal.PathOf(output), diff);
        }
        else
        {
            await _terminal.Output.WriteAsync(diff);
        }
    }

    private static void Write(IReadOnlyList<ChangedFile> files)
    {
        foreach (ChangedFile file in files)
        {
            try
            {
                file.Write();
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw new ToolException($"'{file.Path}' cannot be written: {exception.Message}");
            }
        }
    }

    private void Tell(FixResult result, int files, int findings, bool isWritten)
    {
        foreach ((string path, string rule) in result.Dropped.Order())
        {
            _terminal.Say($"warning: the fix of {rule} in {_terminal.Shown(path)} was left out: the code would not compile as before.");
        }

        if (result.IsCutShort)
        {
            _terminal.Say("warning: there is more to fix; run it again.");
        }

        if (files == 0 && findings > 0)
        {
            _terminal.Say(
                $"{Report.Counted(findings, "finding")} without a fix that is safe; the lightbulb of an editor may have one that asks.");
        }

        string then = isWritten || files == 0 ? "" : "; run it with --apply to write them";
        _terminal.Say($"{Report.Counted(files, "file")} {(isWritten ? "changed" : "would change")}{then}.");
    }
}
