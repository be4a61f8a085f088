using System.CommandLine;
using ExpiryAnalyzers.Baselines;
using ExpiryAnalyzers.Tool.Analysis;
using ExpiryAnalyzers.Tool.Baselines;
using ExpiryAnalyzers.Tool.Loading;
using ExpiryAnalyzers.Tool.Output;

namespace ExpiryAnalyzers.Tool.Commands;

/// <summary><c>expiry baseline</c>: writes today's findings down, so that only new ones are spoken of.</summary>
internal sealed class BaselineCommand
{
    private readonly TargetOptions _target = new();

    private readonly Option<string?> _file = new("--file")
    {
        HelpName = "FILE", Description = $"The file; {BaselineFile.Name} beside the solution when left out.",
    };

    private readonly Option<bool> _shrink = new("--shrink") { Description = "Take out what is gone, and add nothing." };

    private readonly Option<bool> _suppressions = new("--as-suppressions")
    {
        Description = $"Write {Suppressions.FileName} into each project instead; a row covers a whole member.",
    };

    private readonly Terminal _terminal;

    private BaselineCommand(Terminal terminal) => _terminal = terminal;

    /// <summary>The command.</summary>
    public static Command For(Terminal terminal)
    {
        BaselineCommand baseline = new(terminal);
        Command command = new("baseline", "Writes today's findings to a file that 'check --baseline' leaves out; those gone leave it.")
        {
            baseline._file, baseline._shrink, baseline._suppressions,
        };
        baseline._target.AddTo(command);
        command.SetAction(baseline.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        TargetRequest request = _target.Read(parsed);
        TargetAnalysis analysis = new(request, _terminal);
        string file = parsed.GetValue(_file) is { } named
            ? _terminal.PathOf(named)
            : Path.Combine(analysis.Target.Folder, BaselineFile.Name);
        bool asSuppressions = parsed.GetValue(_suppressions);
        Baseline before = !asSuppressions && File.Exists(file) ? Baseline.Read(file) : Baseline.Of([]);

        using LoadedSolution read = await analysis.LoadAsync(cancellationToken);
        LoadedSolution loaded = asSuppressions ? read with { Solution = Suppressions.WithoutFiles(read.Solution) } : read;
        AnalysisResult result = await analysis.RunAsync(loaded, cancellationToken);
        if (result.IsPartial)
        {
            throw new ToolException("Nothing was written: the findings of what could not be read would be missing.");
        }

        if (asSuppressions)
        {
            WriteSuppressions(result, Suppressions.FilesOf(read.Solution));
            return ExitCode.Success;
        }

        FindingKey[] today = [.. result.Findings.Select(static finding => finding.Key)];
        IEnumerable<FindingKey> others = before.Keys.Where(key => analysis.Rules.Count > 0 && !analysis.Rules.Contains(key.Rule));
        Baseline after = new(today.Where(key => !parsed.GetValue(_shrink) || before.Keys.Contains(key)).Concat(others).ToHashSet());
        after.Write(file);
        int added = after.Keys.Count(key => !before.Keys.Contains(key));
        int gone = before.Keys.Count(key => !after.Keys.Contains(key));
        _terminal.Say($"{Report.Counted(after.Count, "finding")} in {_terminal.Shown(file)}: {added} new, {gone} gone.");
        return ExitCode.Success;
    }

    private void WriteSuppressions(AnalysisResult result, IReadOnlySet<string> before)
    {
        HashSet<string> gone = [.. before];
        foreach ((string path, string text, int rows) in Suppressions.Of(result.Findings))
        {
            OutputFile.Write(path, text);
            gone.Remove(path);
            _terminal.Say($"{Report.Counted(rows, "row")} in {_terminal.Shown(path)}; each covers a whole member.");
        }

        foreach (string path in gone)
        {
            File.Delete(path);
            _terminal.Say($"{_terminal.Shown(path)} is gone: nothing is found there any more.");
        }
    }
}
