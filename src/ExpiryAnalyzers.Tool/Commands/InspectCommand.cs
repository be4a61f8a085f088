using System.CommandLine;
using System.Globalization;
using ExpiryAnalyzers.Tool.Inspecting;
using StackExchange.Redis;

namespace ExpiryAnalyzers.Tool.Commands;

/// <summary><c>expiry inspect</c>: what such bugs left on a live server; reads only.</summary>
internal sealed class InspectCommand
{
    private const string Password = "EXPIRY_REDIS_PASSWORD";

    private readonly Argument<string[]> _hosts = new("host")
    {
        HelpName = "HOST[:PORT]", Arity = ArgumentArity.OneOrMore, Description = "Servers; a cluster's other nodes are found from one.",
    };

    private readonly Option<string> _pattern = new("--pattern")
    {
        Description = "Which keys, as SCAN takes it.", DefaultValueFactory = static _ => "*",
    };

    private readonly Option<long> _mostKeys = new("--max-keys")
    {
        HelpName = "N", Description = "How many keys to look at, at most.", DefaultValueFactory = static _ => 100_000,
    };

    private readonly Option<int> _page = new("--page")
    {
        HelpName = "N", Description = "How many keys each SCAN asks for.", DefaultValueFactory = static _ => 250,
    };

    private readonly Option<int> _pause = new("--pause")
    {
        HelpName = "MS", Description = "How long to rest between pages, in milliseconds.", DefaultValueFactory = static _ => 10,
    };

    private readonly Option<int> _database = new("--database") { HelpName = "N", Description = "The database." };

    private readonly Option<int> _margin = new("--clock-margin")
    {
        HelpName = "MS", Description = "How far apart clocks may be, in milliseconds.", DefaultValueFactory = static _ => 1000,
    };

    private readonly Option<bool> _tls = new("--tls") { Description = "Connect with TLS." };

    private readonly Option<string?> _user = new("--user")
    {
        HelpName = "NAME", Description = $"The ACL user; the password is read from the variable {Password} alone.",
    };

    private readonly Option<bool> _showKeys = new("--show-keys") { Description = "Show names of keys, which may be personal data." };

    private readonly Terminal _terminal;

    private InspectCommand(Terminal terminal)
    {
        _terminal = terminal;
        AtLeast(_mostKeys, 1);
        AtLeast(_page, 1);
        AtLeast(_pause, 0);
        AtLeast(_database, 0);
        AtLeast(_margin, 0);
    }

    /// <summary>The command.</summary>
    public static Command For(Terminal terminal)
    {
        InspectCommand inspect = new(terminal);
        Command command = new("inspect", "Looks at the keys and clocks of a live server. Reads only, a page at a time.")
        {
            inspect._hosts, inspect._pattern, inspect._mostKeys, inspect._page, inspect._pause, inspect._database, inspect._margin,
            inspect._tls, inspect._user, inspect._showKeys,
        };
        command.SetAction(inspect.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        InspectRequest request = new()
        {
            Servers = Connection(parsed),
            Database = parsed.GetValue(_database),
            Pattern = parsed.GetRequiredValue(_pattern),
            MostKeys = parsed.GetValue(_mostKeys),
            Page = parsed.GetValue(_page),
            Pause = TimeSpan.FromMilliseconds(parsed.GetValue(_pause)),
        };
        TimeSpan margin = TimeSpan.FromMilliseconds(parsed.GetValue(_margin));
        try
        {
            Inspection inspection = await _terminal.WorkAsync(
                "Looking", step => new Inspector(request, step).RunAsync(cancellationToken));
            new InspectReport(_terminal.Console, parsed.GetValue(_showKeys)).Write(inspection, margin);
            bool isSkewed = InspectReport.IsSkewed(inspection, margin) ||
                inspection.Servers.Any(server => InspectReport.IsFarFromHere(server, margin));
            return inspection.Locks > 0 || isSkewed ? ExitCode.Findings : ExitCode.Success;
        }
        catch (RedisConnectionException exception)
        {
            throw new ToolException($"{string.Join(", ", parsed.GetRequiredValue(_hosts))} cannot be reached: {Short(exception)}");
        }
        catch (RedisException exception)
        {
            throw new ToolException($"The server refused: {Short(exception)}");
        }
    }

    private ConfigurationOptions Connection(ParseResult parsed)
    {
        ConfigurationOptions options = new()
        {
            Ssl = parsed.GetValue(_tls),
            User = parsed.GetValue(_user),
            Password = _terminal.Variable(Password),
            ClientName = "expiry-inspect",
            AbortOnConnectFail = true,
            ConnectRetry = 1,

            // What the client would otherwise ask for or listen to on its own account.
            TieBreaker = "",
            ConfigurationChannel = "",
        };
        foreach (string host in parsed.GetRequiredValue(_hosts))
        {
            options.EndPoints.Add(
                EndPointCollection.TryParse(host) ?? throw new ToolException($"'{host}' is no server; write HOST or HOST:PORT."));
        }

        return options;
    }

    /// <summary>What the client says first; behind it follow its own counters.</summary>
    private static string Short(Exception exception) => exception.Message.ReplaceLineEndings("\n").Split(['\n', ';'])[0].TrimEnd('.') + ".";

    private static void AtLeast<T>(Option<T> option, int least) => option.Validators.Add(result =>
    {
        if (result.Tokens is [{ Value: var text }] && long.TryParse(text, CultureInfo.InvariantCulture, out long number) && number < least)
        {
            result.AddError($"'{option.Name}' must be at least {least}.");
        }
    });
}
