namespace ExpiryAnalyzers.Apis;

/// <summary>Some members of a type of the base class library.</summary>
/// <param name="Type">The type, by its metadata name; what its heirs declare or override is meant, too.</param>
/// <param name="Members">The names of the members; none stands for all of them.</param>
internal sealed record TypeMembers(string Type, params string[] Members);

/// <summary>What members of the base class library answer when they are asked the same twice.</summary>
internal static class SteadyMembers
{
    /// <summary>Something else each time, or what somebody else changes meanwhile.</summary>
    public static readonly IReadOnlyList<TypeMembers> Fickle =
    [
        new("System.Guid", "NewGuid", "CreateVersion7"),
        new("System.Random", "Next", "NextInt64", "NextDouble", "NextSingle", "NextBytes", "GetItems", "GetString", "GetHexString",
            "Shuffle"),
        new("System.Security.Cryptography.RandomNumberGenerator"),
        new("System.DateTime", "Now", "UtcNow", "Today"),
        new("System.DateTimeOffset", "Now", "UtcNow"),
        new("System.TimeProvider", "GetUtcNow", "GetLocalNow", "GetTimestamp", "GetElapsedTime"),
        new("System.Diagnostics.Stopwatch", "Elapsed", "ElapsedMilliseconds", "ElapsedTicks", "GetTimestamp", "GetElapsedTime"),
        new("System.Environment", "TickCount", "TickCount64", "WorkingSet"),
        new("System.IO.Path", "GetRandomFileName", "GetTempFileName"),
        new("System.IO.Stream", "Read", "ReadAsync", "ReadByte", "ReadAtLeast", "ReadAtLeastAsync", "ReadExactly", "ReadExactlyAsync"),
        new("System.IO.TextReader", "Read", "ReadAsync", "ReadLine", "ReadLineAsync", "ReadToEnd", "ReadToEndAsync", "ReadBlock",
            "ReadBlockAsync"),
        new("System.IO.BinaryReader"),
        new("System.Console", "Read", "ReadKey", "ReadLine"),
        new("System.Data.IDataReader", "Read", "NextResult"),
        new("System.Data.Common.DbDataReader", "Read", "ReadAsync", "NextResult", "NextResultAsync"),
        new("System.Collections.IEnumerator", "MoveNext"),
        new("System.Collections.Generic.IAsyncEnumerator`1", "MoveNextAsync"),
        new("System.Collections.Generic.Queue`1", "Dequeue", "TryDequeue"),
        new("System.Collections.Generic.Stack`1", "Pop", "TryPop"),
        new("System.Collections.Generic.PriorityQueue`2", "Dequeue", "TryDequeue", "EnqueueDequeue", "DequeueEnqueue"),
        new("System.Collections.Queue", "Dequeue"),
        new("System.Collections.Stack", "Pop"),
        new("System.Collections.Concurrent.ConcurrentQueue`1", "TryDequeue"),
        new("System.Collections.Concurrent.ConcurrentStack`1", "TryPop"),
        new("System.Collections.Concurrent.ConcurrentBag`1", "TryTake"),
        new("System.Collections.Concurrent.BlockingCollection`1", "Take", "TryTake"),
        new("System.Collections.Concurrent.ConcurrentDictionary`2", "TryAdd", "TryRemove", "AddOrUpdate"),
        new("System.Threading.Channels.ChannelReader`1", "ReadAsync", "TryRead", "ReadAllAsync"),
        new("System.Threading.Interlocked"),
    ];

    /// <summary>The same each time: all that the members look at are their arguments and what never changes.</summary>
    public static readonly IReadOnlyList<TypeMembers> Steady =
    [
        new("System.String"), new("System.Char"), new("System.Boolean"), new("System.Guid"), new("System.Uri"), new("System.Enum"),
        new("System.Version"),
        new("System.Byte"), new("System.SByte"), new("System.Int16"), new("System.UInt16"), new("System.Int32"), new("System.UInt32"),
        new("System.Int64"), new("System.UInt64"), new("System.Int128"), new("System.UInt128"), new("System.Single"),
        new("System.Double"), new("System.Decimal"),
        new("System.Numerics.BigInteger"), new("System.Math"), new("System.Convert"), new("System.BitConverter"),
        new("System.TimeSpan"), new("System.DateTime"), new("System.DateTimeOffset"), new("System.DateOnly"), new("System.TimeOnly"),
        new("System.TimeZoneInfo"),
        new("System.Type"), new("System.Nullable`1"), new("System.Tuple"), new("System.ValueTuple"), new("System.HashCode"),
        new("System.MemoryExtensions"),
        new("System.IO.Path"), new("System.Text.Encoding"), new("System.Text.RegularExpressions.Regex"),
        new("System.Globalization.CultureInfo"),
        new("System.Collections.Generic.KeyValuePair"), new("System.Collections.Generic.KeyValuePair`2"), new("System.Linq.Enumerable"),
        new("System.Security.Cryptography.HashAlgorithm"), new("System.Security.Cryptography.MD5"),
        new("System.Security.Cryptography.SHA1"),
        new("System.Security.Cryptography.SHA256"), new("System.Security.Cryptography.SHA512"),
    ];

    /// <summary>Types of which values are put together as texts are.</summary>
    public static readonly IReadOnlyList<string> TextTypes = ["System.String", StackExchangeRedis.Key];

    /// <summary>What the base library calls the parameter that says how a value is written.</summary>
    public const string FormatParameter = "format";

    public const string AlignmentParameter = "alignment";
}
