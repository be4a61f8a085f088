using Spectre.Console;

namespace ExpiryAnalyzers.Tool;

/// <summary>Where the tool writes, where it stands, and what its environment says.</summary>
internal sealed class Terminal
{
    /// <summary>As wide as any line, so that what goes into a file or a pipe is not wrapped.</summary>
    private const int Unwrapped = 100_000;

    private readonly bool _showsProgress;
    private readonly IAnsiConsole _errorConsole;

    /// <param name="output">Takes what was asked for.</param>
    /// <param name="error">Takes everything else.</param>
    /// <param name="folder">The folder that relative paths start from.</param>
    /// <param name="outputIsScreen">Whether somebody sees the output as it comes.</param>
    /// <param name="errorIsScreen">Whether somebody sees the rest as it comes.</param>
    public Terminal(TextWriter output, TextWriter error, string folder, bool outputIsScreen = false, bool errorIsScreen = false)
    {
        Output = output;
        Error = error;
        Folder = folder;
        _showsProgress = errorIsScreen;
        Console = ConsoleOn(output, outputIsScreen);
        _errorConsole = ConsoleOn(error, errorIsScreen);
    }

    /// <summary>What was asked for: findings, diffs, reports.</summary>
    public TextWriter Output { get; }

    /// <summary>What is said beside it.</summary>
    public TextWriter Error { get; }

    /// <summary><see cref="Output"/> for tables and colors, which are left out where it is no screen.</summary>
    public IAnsiConsole Console { get; }

    /// <summary>The folder that relative paths start from.</summary>
    public string Folder { get; }

    /// <summary>Reads a variable of the environment.</summary>
    public Func<string, string?> Variable { get; init; } = Environment.GetEnvironmentVariable;

    /// <summary>The process' own.</summary>
    public static Terminal OfProcess() => new(
        System.Console.Out,
        System.Console.Error,
        Environment.CurrentDirectory,
        !System.Console.IsOutputRedirected,
        !System.Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") != "dumb");

    /// <summary>A console that writes to a file or the like.</summary>
    public static IAnsiConsole ConsoleOn(TextWriter writer, bool isScreen = false)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = isScreen ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = isScreen ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = isScreen ? InteractionSupport.Detect : InteractionSupport.No,
            Out = new AnsiConsoleOutput(writer),
        });
        if (!isScreen)
        {
            console.Profile.Width = Unwrapped;
        }

        return console;
    }

    /// <summary>The path that an argument means.</summary>
    public string PathOf(string argument) => Path.GetFullPath(argument, Folder);

    /// <summary>A path as a reader here would name it.</summary>
    public string Shown(string path)
    {
        string relative = Path.GetRelativePath(Folder, path);
        return relative.StartsWith("..", StringComparison.Ordinal) ? path : relative;
    }

    /// <summary>Says something that is not part of what was asked for.</summary>
    public void Say(string line) => Error.WriteLine(line);

    /// <summary>Does long work, and shows how far it is where somebody looks.</summary>
    public Task<T> WorkAsync<T>(string title, Func<Action<string>, Task<T>> work) => _showsProgress
        ? _errorConsole.Status().StartAsync(
            Markup.Escape(title), context => work(step => context.Status($"{Markup.Escape(title)} [grey]{Markup.Escape(step)}[/]")))
        : work(static _ => { });
}
