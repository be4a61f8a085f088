using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using ExpiryAnalyzers.Tool.Analysis;
using ExpiryAnalyzers.Tool.Inspecting;
using ExpiryAnalyzers.Tool.Loading;
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

    private readonly Option<string?> _authority = new("--tls-ca")
    {
        HelpName = "FILE", Description = "TLS, with the certificate (PEM) of the authority that signed the servers'.",
    };

    private readonly Option<string?> _solution = new("--solution")
    {
        HelpName = "PATH", Description = "The solution, project or folder whose lines write the keys: names them beside the keys.",
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
            inspect._tls, inspect._authority, inspect._user, inspect._showKeys, inspect._solution,
        };
        command.SetAction(inspect.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        ConfigurationOptions servers = Connection(parsed);
        InspectRequest request = new()
        {
            Database = parsed.GetValue(_database),
            Pattern = parsed.GetRequiredValue(_pattern),
            MostKeys = parsed.GetValue(_mostKeys),
            Page = parsed.GetValue(_page),
            Pause = TimeSpan.FromMilliseconds(parsed.GetValue(_pause)),
        };
        TimeSpan margin = TimeSpan.FromMilliseconds(parsed.GetValue(_margin));
        try
        {
            // Whether there is a server is told before a long look at the source.
            await using ConnectionMultiplexer connection = await ConnectionMultiplexer.ConnectAsync(servers);
            if (parsed.GetValue(_solution) is { } solution)
            {
                request = request with { Writers = await WritersAsync(solution, cancellationToken) };
            }

            Inspection inspection = await _terminal.WorkAsync(
                "Looking", step => new Inspector(connection, request, step).RunAsync(cancellationToken));
            new InspectReport(_terminal, parsed.GetValue(_showKeys)).Write(inspection, margin, request.Writers?.Source);
            bool isSkewed = InspectReport.IsSkewed(inspection, margin) ||
                inspection.Servers.Any(server => InspectReport.IsFarFromHere(server, margin));

            // What does not answer may hold anything.
            return inspection.Locks > 0 || isSkewed ? ExitCode.Findings
                : inspection.Unreached.Count > 0 || request.Writers?.IsPartial == true ? ExitCode.Failure
                : ExitCode.Success;
        }
        catch (RedisConnectionException exception)
        {
            throw new ToolException($"{string.Join(", ", parsed.GetRequiredValue(_hosts))} cannot be reached: {Short(exception)}");
        }
        catch (Exception exception) when (exception is RedisException or RedisCommandException or TimeoutException)
        {
            throw new ToolException($"The server refused: {Short(exception)}");
        }
    }

    /// <summary>Where the source writes keys, and what the rules say of these lines.</summary>
    private async Task<KeyWriters> WritersAsync(string path, CancellationToken cancellationToken)
    {
        KeyWriteCollector collector = new();
        TargetRequest target = new(path, [], new Dictionary<string, string>(), []);
        TargetAnalysis analysis = new(target, _terminal, new ExpiryAnalyzer([collector]));
        using LoadedSolution loaded = await analysis.LoadAsync(cancellationToken);
        AnalysisResult result = await analysis.RunAsync(loaded, cancellationToken);
        return new(analysis.Target.Name, collector.Writes, result.Findings) { IsPartial = result.IsPartial };
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
        if (parsed.GetValue(_authority) is { } authority)
        {
            Trust(options, _terminal.PathOf(authority));
        }

        foreach (string host in parsed.GetRequiredValue(_hosts))
        {
            options.EndPoints.Add(
                EndPointCollection.TryParse(host) ?? throw new ToolException($"'{host}' is no server; write HOST or HOST:PORT."));
        }

        return options;
    }

    private void Trust(ConfigurationOptions options, string file)
    {
        try
        {
            options.TrustIssuer(file);
            options.Ssl = true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new ToolException($"'{_terminal.Shown(file)}' is no certificate that can be read: {Short(exception)}");
        }
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
