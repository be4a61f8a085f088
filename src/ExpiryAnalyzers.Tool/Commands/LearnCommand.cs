using System.CommandLine;
using ExpiryAnalyzers.Symbols;
using ExpiryAnalyzers.Tool.Analysis;
using ExpiryAnalyzers.Tool.Loading;
using ExpiryAnalyzers.Tool.Output;
using Microsoft.CodeAnalysis;

namespace ExpiryAnalyzers.Tool.Commands;

/// <summary>
/// <c>expiry learn</c>: writes down what the solution's wrappers do, so that builds and editors of every project know it.
/// </summary>
internal sealed class LearnCommand
{
    private readonly TargetOptions _target = new();

    private readonly Option<string?> _file = new("--file")
    {
        HelpName = "FILE", Description = $"The file; {SinksFile.Name} beside the solution when left out.",
    };

    private readonly Option<bool> _check = new("--check") { Description = "Write nothing, and fail with 1 where the file is out of date." };

    private readonly Terminal _terminal;

    private LearnCommand(Terminal terminal) => _terminal = terminal;

    /// <summary>The command.</summary>
    public static Command For(Terminal terminal)
    {
        LearnCommand learn = new(terminal);
        Command command = new("learn", $"Writes what the solution's wrappers do to {SinksFile.Name}; rows written by hand are kept.")
        {
            learn._file, learn._check,
        };
        learn._target.AddTo(command);
        command.SetAction(learn.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        TargetAnalysis analysis = new(_target.Read(parsed), _terminal);
        string file = parsed.GetValue(_file) is { } named
            ? _terminal.PathOf(named)
            : Path.Combine(analysis.Target.Folder, SinksFile.Name);
        using LoadedSolution loaded = await analysis.LoadAsync(cancellationToken);
        Project[] projects = [.. loaded.Projects];
        LoadProblem? unread = loaded.Problems.FirstOrDefault(static problem => problem.IsFatal);
        if ((unread ?? await LossAsync(projects, cancellationToken)) is { } problem)
        {
            string name = problem.Project is null ? "" : _terminal.Shown(problem.Project) + " ";
            throw new ToolException($"Nothing was written: {name}{problem.Words}");
        }

        analysis.Tell(loaded.Problems);
        if (projects.Length == 0)
        {
            throw analysis.Nothing([.. loaded.Problems]);
        }

        Solution solution = SinksFiles.AddTo(loaded.Solution, projects);
        IReadOnlyList<string> rows = await _terminal.WorkAsync(
            "Learning",
            _ => SolutionKnowledge.LearnAsync(solution, [.. projects.Select(static project => project.Id)], cancellationToken));
        string before = File.Exists(file) ? InputFile.Read(file) : "";
        string after = LearnedBlock.Replace(before, rows);
        bool isCurrent = before.ReplaceLineEndings("\n") == after;
        if (parsed.GetValue(_check))
        {
            _terminal.Say(isCurrent
                ? $"{_terminal.Shown(file)} is up to date."
                : $"{_terminal.Shown(file)} is out of date; 'expiry learn' writes it anew.");
            return isCurrent ? ExitCode.Success : ExitCode.Findings;
        }

        if (!isCurrent)
        {
            OutputFile.Write(file, after);
        }

        int members = rows.Count(static row => !row.StartsWith("T:", StringComparison.Ordinal));
        _terminal.Say($"{Report.Counted(members, "member")} in {_terminal.Shown(file)}{(isCurrent ? ", as before" : "")}.");
        return ExitCode.Success;
    }

    /// <summary>A project whose wrappers would be missing.</summary>
    private static async Task<LoadProblem?> LossAsync(IEnumerable<Project> projects, CancellationToken cancellationToken)
    {
        foreach (Project project in projects)
        {
            if (SolutionAnalysis.LossOf(project, (await project.GetCompilationAsync(cancellationToken))!, cancellationToken) is { } loss)
            {
                return loss;
            }
        }

        return null;
    }
}
