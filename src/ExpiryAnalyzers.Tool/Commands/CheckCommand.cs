using System.CommandLine;
using ExpiryAnalyzers.Tool.Analysis;
using ExpiryAnalyzers.Tool.Baselines;
using ExpiryAnalyzers.Tool.Fixing;
using ExpiryAnalyzers.Tool.Loading;
using ExpiryAnalyzers.Tool.Output;
using Microsoft.CodeAnalysis;

namespace ExpiryAnalyzers.Tool.Commands;

/// <summary><c>expiry check</c>: what the package finds in a whole solution.</summary>
internal sealed class CheckCommand
{
    private const string TextFormat = "text";
    private const string SarifFormat = "sarif";
    private const string GitHubFormat = "github";
    private const string HtmlFormat = "html";

    private readonly TargetOptions _target = new();

    private readonly Option<string> _format = new("--format")
    {
        Description = "How the findings are written.", DefaultValueFactory = static _ => TextFormat,
    };

    private readonly Option<string> _severity = new("--severity")
    {
        Description = "The least severe findings that count.", DefaultValueFactory = static _ => "info",
    };

    private readonly Option<string?> _since = new("--since")
    {
        HelpName = "REV", Description = "Only findings on lines written since this git revision, where the branch left it.",
    };

    private readonly Option<string?> _baseline = new("--baseline")
    {
        HelpName = "FILE", Description = "Leave out the findings that 'expiry baseline' wrote to this file.",
    };

    private readonly Option<string?> _output = new("--output", "-o")
    {
        HelpName = "FILE", Description = "Where the findings go; standard output when left out.",
    };

    private readonly Terminal _terminal;

    private CheckCommand(Terminal terminal)
    {
        _terminal = terminal;
        _format.AcceptOnlyFromAmong(TextFormat, SarifFormat, GitHubFormat, HtmlFormat);
        _severity.AcceptOnlyFromAmong([.. Enum.GetValues<DiagnosticSeverity>().Select(Report.Word)]);
    }

    /// <summary>The command.</summary>
    public static Command For(Terminal terminal)
    {
        CheckCommand check = new(terminal);
        Command command = new("check", "Shows what the rules find, and changes nothing. Exits 1 where they find something.")
        {
            check._format, check._severity, check._since, check._baseline, check._output,
        };
        check._target.AddTo(command);
        command.SetAction(check.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        Baseline? baseline = parsed.GetValue(_baseline) is { } file ? Baseline.Read(_terminal.PathOf(file)) : null;
        TargetAnalysis analysis = new(_target.Read(parsed), _terminal);
        ChangedLines? changed = parsed.GetValue(_since) is { } revision
            ? await ChangedLines.SinceAsync(revision, analysis.Target.Folder, cancellationToken)
            : null;
        using LoadedSolution loaded = await analysis.LoadAsync(cancellationToken);
        AnalysisResult result = await analysis.RunAsync(loaded, cancellationToken);

        DiagnosticSeverity least = Enum.Parse<DiagnosticSeverity>(parsed.GetRequiredValue(_severity), ignoreCase: true);
        Finding[] counting = [.. result.Findings.Where(finding => finding.Severity >= least)];
        Finding[] fresh = baseline is null ? counting : [.. counting.Where(finding => !baseline.Holds(finding))];
        Finding[] shown = changed is null ? fresh : [.. fresh.Where(changed.Touch)];
        string root = await Git.RootOfAsync(analysis.Target.Folder, cancellationToken) ?? analysis.Target.Folder;
        Report report = new(analysis.Target.Name, root, shown, result.Projects, result.Problems);
        await WriteAsync(report, parsed, analysis.Product, cancellationToken);
        if (baseline is not null)
        {
            TellOf(baseline, result.Findings, counting.Length - fresh.Length);
        }

        // What could not be read may hold anything, so that no findings mean nothing there.
        return shown.Length > 0 ? ExitCode.Findings : result.IsPartial ? ExitCode.Failure : ExitCode.Success;
    }

    private void TellOf(Baseline baseline, IReadOnlyList<Finding> findings, int leftOut)
    {
        int gone = baseline.Count - baseline.Remaining(findings).Count;
        string more = gone == 0 ? "" : $" Gone since: {gone}; 'expiry baseline' takes out what is gone.";
        _terminal.Say($"Left out by the baseline: {Report.Counted(leftOut, "finding")}.{more}");
    }

    private async Task WriteAsync(Report report, ParseResult parsed, Product product, CancellationToken cancellationToken)
    {
        string? file = parsed.GetValue(_output) is { } output ? _terminal.PathOf(output) : null;
        StringWriter text = new();
        TextWriter writer = file is null ? _terminal.Output : text;
        await (parsed.GetRequiredValue(_format) switch
        {
            SarifFormat => new SarifReport().WriteAsync(report, writer, cancellationToken),
            GitHubFormat => new GitHubReport().WriteAsync(report, writer, cancellationToken),
            HtmlFormat => new HtmlReport(new Repairs(product), _terminal).WriteAsync(report, writer, cancellationToken),
            _ => new TextReport(_terminal, isScreen: file is null).WriteAsync(report, writer, cancellationToken),
        });
        if (file is not null)
        {
            OutputFile.Write(file, text.ToString());
            _terminal.Say($"{Report.Counted(report.Findings.Count, "finding")} written to {_terminal.Shown(file)}.");
        }
    }
}
