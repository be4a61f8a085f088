using System.Globalization;
using ExpiryAnalyzers.Tests.Servers;

namespace ExpiryAnalyzers.Tests.Judging.Places;

/// <summary>The commands that take locks.</summary>
internal static class LockCommands
{
    /// <summary>Whether a command takes a lock: SET with NX.</summary>
    public static bool Takes(RespCommand command) =>
        command.Name == "SET" && command.Words.Skip(3).Any(static word => word.AsSpan().SequenceEqual("NX"u8));

    /// <summary>How long the lock lives that a command takes; null where it takes none, or one without an end.</summary>
    public static TimeSpan? TtlOf(RespCommand command)
    {
        if (!Takes(command))
        {
            return null;
        }

        for (int index = 3; index < command.Words.Count - 1; index++)
        {
            switch (command.Text(index).ToUpperInvariant())
            {
                case "EX":
                    return TimeSpan.FromSeconds(double.Parse(command.Text(index + 1), CultureInfo.InvariantCulture));
                case "PX":
                    return TimeSpan.FromMilliseconds(double.Parse(command.Text(index + 1), CultureInfo.InvariantCulture));
            }
        }

        return null;
    }
}
