using System.Globalization;
using ExpiryAnalyzers.Tests.Observing;
using ExpiryAnalyzers.Tests.Servers;

namespace ExpiryAnalyzers.Tests.Judging.Places;

/// <summary>Nothing happens: a TTL of no use is gone before anybody can look.</summary>
internal sealed class TooShort : Place
{
    /// <summary>The least that the rule lets pass, in milliseconds.</summary>
    private const double Least = 100;

    public override string What => "nothing, the TTL is read from the command";

    public override string Original => "it is under 100 ms";

    public override string Repaired => "it is 100 ms or more";

    public override async Task<Sighting> LookAsync(Scene scene)
    {
        double? original = Shortest(await scene.OriginalAsync(scene.Situations[0]));
        double? repaired = Shortest(await scene.RepairedAsync(scene.Situations[0]));
        return new(original < Least, repaired < Least ? string.Create(CultureInfo.InvariantCulture, $"a TTL of {repaired} ms is sent")
            : null);
    }

    private static double? Shortest(Observed seen) => seen.Commands.Select(Milliseconds).Min();

    private static double? Milliseconds(RespCommand command)
    {
        int index = command.Name is "PEXPIRE" or "PSETEX" ? 1
            : command.Words.Select(word => System.Text.Encoding.UTF8.GetString(word).ToUpperInvariant()).ToList().IndexOf("PX");
        return index > 0 && index + 1 < command.Words.Count
            && double.TryParse(command.Text(index + 1), CultureInfo.InvariantCulture, out double milliseconds) ? milliseconds : null;
    }
}
