using System.CommandLine;

namespace ExpiryAnalyzers.Tool.Commands;

/// <summary>The commands and how they end.</summary>
internal static class CommandLine
{
    /// <summary>Parses and runs; every mistake of the caller ends in one sentence on standard error.</summary>
    public static async Task<int> InvokeAsync(string[] args, Terminal terminal)
    {
        RootCommand root = new("Finds cache and lock expiration bugs in a whole solution. Changes nothing unless told to.")
        {
            CheckCommand.For(terminal),
            BaselineCommand.For(terminal),
            LearnCommand.For(terminal),
            FixCommand.For(terminal),
            InspectCommand.For(terminal),
        };
        ParseResult parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            return Refuse(string.Join(" ", parsed.Errors.Select(static error => error.Message)), terminal);
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false, Output = terminal.Output, Error = terminal.Error,
            });
        }
        catch (ToolException exception)
        {
            return Refuse(exception.Message, terminal);
        }
        catch (OperationCanceledException)
        {
            return Refuse("Cancelled.", terminal);
        }
        catch (Exception exception)
        {
            // A fault of this program's own: what its author needs to know, and the code that scripts take for a failure.
            return Refuse($"expiry itself has failed, which is a fault of its own; please report this: {exception}", terminal);
        }
    }

    private static int Refuse(string message, Terminal terminal)
    {
        terminal.Say($"error: {message}");
        return ExitCode.Failure;
    }
}
