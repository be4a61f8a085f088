using System.Globalization;
using Spectre.Console;

namespace ExpiryAnalyzers.Tool.Inspecting;

/// <summary>What was seen on the servers, as tables.</summary>
internal sealed class InspectReport(Terminal terminal, bool showsKeys)
{
    private readonly IAnsiConsole _console = terminal.Console;

    private const int MostShapes = 30;

    private const int MostSeconds = 5;

    private const int LeastInSecond = 10;

    private const int MostWrites = 5;

    /// <summary>Writes it.</summary>
    /// <param name="inspection">What was seen.</param>
    /// <param name="margin">How far apart clocks may be.</param>
    /// <param name="source">What the source is called that was looked at for where keys are written; null where none was.</param>
    public void Write(Inspection inspection, TimeSpan margin, string? source)
    {
        string more = inspection.IsCut ? ", where --max-keys ended it" : "";
        string keys = inspection.Scanned == 1 ? "key" : "keys";
        string have = inspection.WithoutTtl == 1 ? "has" : "have";
        _console.WriteLine(Invariant($"{inspection.Scanned:N0} {keys} looked at{more}; {inspection.WithoutTtl:N0} {have} no TTL."));
        Shapes(inspection);
        Seconds(inspection);
        if (source is not null)
        {
            Writers(inspection, source);
        }

        Clocks(inspection, margin);
    }

    private void Shapes(Inspection inspection)
    {
        (string Shape, ShapeCount Count)[] shapes =
            [.. inspection.Shapes.Shapes(showsKeys).Where(static shape => shape.Count.WithoutTtl > 0)];
        if (shapes is [])
        {
            return;
        }

        Table table = NewTable("Keys without a TTL", "Shape", "Keys", "With TTL", "Memory, about", "Locks");
        if (showsKeys)
        {
            table.AddColumn("Such as");
        }

        foreach ((string shape, ShapeCount count) in shapes.Take(MostShapes))
        {
            string locks = count.Locks == 0 ? "" : Invariant($"{count.Locks:N0}");
            string[] cells =
            [
                shape, Invariant($"{count.WithoutTtl:N0}"), Invariant($"{count.WithTtl:N0}"), Size(count.EstimatedBytes), locks,
            ];
            table.AddRow([.. cells.Concat(showsKeys ? [count.Example ?? ""] : []).Select(static cell => new Text(cell))]);
        }

        _console.Write(table);
        if (shapes.Length > MostShapes)
        {
            _console.WriteLine(Invariant($"{shapes.Length - MostShapes:N0} more shapes with fewer keys."));
        }

        if (inspection.Locks > 0)
        {
            _console.WriteLine(Invariant(
                $"warning: locks by their names among them: {inspection.Locks:N0}; a holder that dies keeps such a lock for ever."));
        }
    }

    private void Seconds(Inspection inspection)
    {
        IReadOnlyList<(long Second, int Count, ShapeCount Example)> seconds =
            inspection.Seconds.Fullest(LeastInSecond, MostSeconds);
        if (seconds.Count == 0)
        {
            return;
        }

        Table table = NewTable("Most keys that expire in one second", "Second (UTC)", "Keys, at least", "One of them");
        IReadOnlyDictionary<ShapeCount, string> names = inspection.Shapes.Names(showsKeys);
        foreach ((long second, int count, ShapeCount example) in seconds)
        {
            table.AddRow(new Text(TimeOf(second)), new Text(Invariant($"{count:N0}")), new Text(names[example.Current]));
        }

        _console.Write(table);
    }

    /// <summary>A second of Unix time; what is given in milliseconds lies far behind all that a calendar knows.</summary>
    private static string TimeOf(long second) => second <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
        ? DateTimeOffset.FromUnixTimeSeconds(second).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)
        : "after the year 9999";

    /// <summary>Where the keys are written that have no TTL or die together.</summary>
    private void Writers(Inspection inspection, string source)
    {
        IEnumerable<(string Shape, ShapeCount Count, string Why)> eternal = inspection.Shapes.Shapes(showsKeys)
            .Where(static shape => shape.Count.WithoutTtl > 0)
            .Take(MostShapes)
            .Select(static shape => (shape.Shape, shape.Count, Invariant($"{shape.Count.WithoutTtl:N0} without a TTL")));
        IReadOnlyDictionary<ShapeCount, string> names = inspection.Shapes.Names(showsKeys);
        IEnumerable<(string Shape, ShapeCount Count, string Why)> together = inspection.Seconds.Fullest(LeastInSecond, MostSeconds)
            .DistinctBy(static second => second.Example.Current)
            .Select(second => (second.Example.Current, second.Count))
            .Select(second => (names[second.Current], second.Current, Invariant($"{second.Count:N0} expire in one second")));
        bool isFirst = true;
        foreach ((string shape, ShapeCount count, string why) in eternal.Concat(together).ToArray())
        {
            _console.WriteLine(isFirst ? $"Where {source} writes them\n" : "");
            isFirst = false;
            _console.WriteLine($"  {shape} ({why})");
            Writers(count);
        }

        if (!isFirst)
        {
            _console.WriteLine();
        }
    }

    private void Writers(ShapeCount count)
    {
        KeyWrite[] writes = [.. count.Writes.OrderByDescending(static write => write.Rules.Count)
            .ThenBy(static write => write.Path, StringComparer.Ordinal).ThenBy(static write => (write.Line, write.Column))];
        foreach (KeyWrite write in writes.Take(MostWrites))
        {
            string rules = write.Rules.Count == 0 ? "" : $" ({string.Join(", ", write.Rules)})";
            string place = $"{terminal.Shown(write.Path)}({write.Line},{write.Column})";
            _console.WriteLine($"    {place}: {write.Words}: {write.Pattern.Shown}{rules}");
        }

        if (writes.Length > MostWrites)
        {
            _console.WriteLine(Invariant($"    and {writes.Length - MostWrites:N0} more lines"));
        }

        if (count.Untraced > 0)
        {
            string share = Invariant($" for {count.Untraced:N0} of the {count.Traced:N0} that were looked for");
            string some = count.Untraced == count.Traced ? "" : share;
            _console.WriteLine($"    no line{some}: another program's, or a name that cannot be read from the source");
        }
    }

    private void Clocks(Inspection inspection, TimeSpan margin)
    {
        Table table = NewTable("Clocks", "Server", "Role", "Keys", "Ahead of this machine by");
        foreach (InspectedServer server in inspection.Servers)
        {
            string keys = server.Keys is { } count ? Invariant($"{count:N0}") : "";

            // Nothing is negative that is shown as zero.
            double offset = Math.Round(server.Offset.TotalMilliseconds) + 0.0;
            string clock = Invariant($"{offset:N0} ms, give or take {server.Uncertainty.TotalMilliseconds:N1}");
            table.AddRow(new Text(server.Name), new Text(server.Role), new Text(keys), new Text(clock));
        }

        _console.Write(table);
        foreach (string server in inspection.Unreached)
        {
            _console.WriteLine($"warning: {server} does not answer: not all of its keys were looked at.");
        }

        if (IsSkewed(inspection, margin))
        {
            _console.WriteLine(Invariant(
                $"warning: the servers' clocks are {inspection.Skew.TotalSeconds:N1} s apart: keys given an instant die that much apart."));
        }

        foreach (InspectedServer server in inspection.Servers.Where(server => IsFarFromHere(server, margin)))
        {
            string off = Invariant($"{server.Offset.TotalSeconds:N1} s ahead of this machine's");
            _console.WriteLine($"warning: the clock of {server.Name} is {off}: instants computed here are off by that much.");
        }
    }

    /// <summary>Whether the servers' clocks are further apart than is fine.</summary>
    public static bool IsSkewed(Inspection inspection, TimeSpan margin) => inspection.Skew - inspection.SkewUncertainty > margin;

    /// <summary>Whether a server's clock is further from this machine's than is fine.</summary>
    public static bool IsFarFromHere(InspectedServer server, TimeSpan margin) => server.Offset.Duration() - server.Uncertainty > margin;

    private static Table NewTable(string title, params IEnumerable<string> columns)
    {
        Table table = new Table().Border(TableBorder.Simple).Title(title);
        table.Title!.Style = Style.Plain;
        foreach (string column in columns)
        {
            table.AddColumn(column);
        }

        return table;
    }

    private static string Size(long? bytes) => bytes switch
    {
        null => "unknown",
        < 10_000 => Invariant($"{bytes:N0} B"),
        < 10_000_000 => Invariant($"{bytes / 1000.0:N0} kB"),
        _ => Invariant($"{bytes / 1_000_000.0:N0} MB"),
    };

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
