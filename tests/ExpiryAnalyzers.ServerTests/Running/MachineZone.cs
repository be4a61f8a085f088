using System.Buffers.Binary;

namespace ExpiryAnalyzers.Tests.Running;

/// <summary>Sets the zone of this process for a while. The zone is written as a file of its own, as the system's are.</summary>
internal sealed class MachineZone : IDisposable
{
    /// <summary>How far the clock is ahead of UTC after the change; before it, one hour more.</summary>
    public static readonly TimeSpan Offset = TimeSpan.FromHours(5.5);

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(4);

    private readonly string? _before = Environment.GetEnvironmentVariable("TZ");
    private readonly string _file = Path.GetTempFileName();

    private MachineZone(DateTime change)
    {
        File.WriteAllBytes(_file, Zone(change));
        Set(_file);
    }

    /// <summary>A zone whose clocks go back an hour in a few seconds.</summary>
    public static MachineZone ThatChangesSoon() => new(DateTime.UtcNow + Soon);

    public void Dispose()
    {
        Set(_before);
        File.Delete(_file);
    }

    private static void Set(string? zone)
    {
        Environment.SetEnvironmentVariable("TZ", zone);
        TimeZoneInfo.ClearCachedData();
    }

    /// <summary>
    /// A zone file (RFC 8536, version 1): standard time, summer time since ninety days, and standard time again from the change.
    /// </summary>
    private static byte[] Zone(DateTime change)
    {
        using MemoryStream file = new();
        file.Write("TZif"u8);
        file.Write(new byte[16]);
        foreach (int count in new[] { 0, 0, 0, 3, 2, 8 })
        {
            Write(file, count);
        }

        int at = (int)(change - DateTime.UnixEpoch).TotalSeconds;
        Write(file, at - (int)TimeSpan.FromDays(365).TotalSeconds);
        Write(file, at - (int)TimeSpan.FromDays(90).TotalSeconds);
        Write(file, at);
        file.Write([1, 0, 1]);
        Write(file, (int)(Offset + TimeSpan.FromHours(1)).TotalSeconds);
        file.Write([1, 0]);
        Write(file, (int)Offset.TotalSeconds);
        file.Write([0, 4]);
        file.Write("SUM\0STD\0"u8);
        return file.ToArray();
    }

    private static void Write(MemoryStream file, int number)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        file.Write(bytes);
    }
}
