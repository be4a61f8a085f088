namespace ExpiryAnalyzers.Apis;

/// <summary>What a call does to its key. Rules select calls by effect, never by a client's method name.</summary>
[Flags]
internal enum Effect
{
    None = 0,

    /// <summary>Reads the value stored at the key.</summary>
    Read = 1 << 0,

    /// <summary>Stores a value, makes the key if it is missing, and leaves the key's TTL as it is (none, on a new key).</summary>
    Write = 1 << 1,

    /// <summary>Stores a value and replaces the key's TTL by the expiry given, or by none.</summary>
    Overwrite = 1 << 2,

    /// <summary>Gives an existing key a TTL.</summary>
    SetExpiry = 1 << 3,

    /// <summary>Asks how long the key still lives.</summary>
    AskExpiry = 1 << 4,

    /// <summary>Changes a counter.</summary>
    Increment = 1 << 5,

    /// <summary>Removes the key.</summary>
    Delete = 1 << 6,

    /// <summary>Runs a script or a raw command, which may do anything to any key.</summary>
    Opaque = 1 << 7,

    /// <summary>Takes a lock that dies with the key.</summary>
    TakeLock = 1 << 8,

    /// <summary>Prolongs a lock of the caller's own token.</summary>
    ExtendLock = 1 << 9,

    /// <summary>Gives a lock of the caller's own token back.</summary>
    ReleaseLock = 1 << 10,

    /// <summary>Changes an existing key; never makes one.</summary>
    Edit = 1 << 11,

    /// <summary>Takes the key's TTL away.</summary>
    Persist = 1 << 12,

    /// <summary>Asks whether the key is there.</summary>
    AskExistence = 1 << 13,

    /// <summary>Every effect that makes the key if it is missing.</summary>
    Store = Write | Overwrite | Increment,

    /// <summary>Every effect after which the value at the key may be another.</summary>
    Change = Write | Overwrite | Increment | Delete | Edit | Opaque,
}

/// <summary>The Redis type that a call reads or writes.</summary>
internal enum DataType
{
    None,
    String,
    Hash,
    List,
    Set,
    SortedSet,
    Stream,
}

/// <summary>The part that an argument plays in a call.</summary>
internal enum Role
{
    Key,
    Value,

    /// <summary>Several keys, each with its value.</summary>
    Pairs,

    /// <summary>Several keys.</summary>
    Keys,

    /// <summary>Several values.</summary>
    Values,

    /// <summary>When the key dies. Absolute for a <c>DateTime</c> or <c>DateTimeOffset</c>, relative for a <c>TimeSpan</c>.</summary>
    Expiry,

    /// <summary>How long the key lives, as a number of seconds.</summary>
    ExpirySeconds,

    /// <summary>How long the key lives, as a number of milliseconds.</summary>
    ExpiryMilliseconds,

    /// <summary>The token of a lock's holder.</summary>
    Token,

    /// <summary>Whether the client renews the lock by itself: it does unless it is told not to.</summary>
    Renewal,

    /// <summary>The condition of a conditional write (NX, XX).</summary>
    Condition,

    /// <summary>The condition under which a TTL is set (NX, XX, GT, LT).</summary>
    ExpiryCondition,
    KeepTtl,
    Flags,

    /// <summary>An object that holds the expiry among other things.</summary>
    Options,

    /// <summary>A callback that is handed the entry, and may tell it how long it lives.</summary>
    Entry,

    /// <summary>The name of a raw command, as text.</summary>
    Command,

    /// <summary>The arguments of a raw command.</summary>
    CommandArguments,

    /// <summary>A script, as text or prepared.</summary>
    Script,

    /// <summary>What a script knows as <c>KEYS</c>.</summary>
    ScriptKeys,

    /// <summary>What a script knows as <c>ARGV</c>.</summary>
    ScriptValues,

    /// <summary>An object whose members a prepared script knows as <c>@name</c>.</summary>
    ScriptParameters,

    /// <summary>The database that a prepared script is run on.</summary>
    ScriptDatabase,
}

/// <summary>The unit of a count or of the number that a duration is made of.</summary>
internal enum TimeUnit
{
    Unknown,
    Ticks,
    Microseconds,
    Milliseconds,
    Seconds,
    Minutes,
    Hours,
    Days,
}

/// <summary>What a constant of a client says of the call that it is handed to.</summary>
internal enum Meaning
{
    /// <summary>Nothing that matters here.</summary>
    Other,

    /// <summary>A value is only written where the key is missing (NX).</summary>
    OnlyIfMissing,

    /// <summary>A value is only written where the key is there (XX).</summary>
    OnlyIfExisting,

    /// <summary>A TTL is only set where the key has none, or a longer one (NX, LT).</summary>
    OnlyIfEternal,

    /// <summary>A TTL is only set where the key has one already (XX, GT).</summary>
    OnlyIfMortal,

    /// <summary>An expiry that is none.</summary>
    NoExpiry,

    /// <summary>The key keeps the TTL that it has.</summary>
    KeepTtl,

    /// <summary>A value that is the empty text.</summary>
    EmptyText,

    /// <summary>A value that is none.</summary>
    NoValue,

    /// <summary>The key's TTL is taken away.</summary>
    TakeTtl,
}

/// <summary>What a client's member answers of time.</summary>
internal enum TimeAnswer
{
    None,

    /// <summary>The instant at which a key dies, by the server's clock.</summary>
    Expiry,

    /// <summary>The same as a number of milliseconds since the Unix epoch.</summary>
    ExpiryMilliseconds,

    /// <summary>What the raw command that it is given answers.</summary>
    OfCommand,

    /// <summary>How long a key still lives.</summary>
    Remaining,

    /// <summary>The same as a number of seconds.</summary>
    RemainingSeconds,

    /// <summary>The same as a number of milliseconds.</summary>
    RemainingMilliseconds,

    /// <summary>The server's clock, in UTC.</summary>
    ServerClock,

    /// <summary>Some other instant that the server notes, in UTC.</summary>
    ServerInstant,
}

/// <summary>What the commands of a receiver go to.</summary>
internal enum ReceiverKind
{
    /// <summary>Perhaps a database, perhaps a transaction: <c>IDatabaseAsync</c>, <c>transaction ?? database</c>.</summary>
    Unknown,
    Database,

    /// <summary>Commands are sent together, and others may run between them.</summary>
    Batch,

    /// <summary>Commands run together, and nothing between them.</summary>
    Transaction,
}

/// <summary>What a client does with a <c>DateTime</c> whose kind is not UTC.</summary>
internal enum KindPolicy
{
    /// <summary>Not known: a member that the user tells of.</summary>
    Unknown,

    /// <summary>Local is converted by the machine's zone; Unspecified throws <c>ArgumentException</c> at the call.</summary>
    UnspecifiedThrows,

    /// <summary>Local is converted by the machine's zone; Unspecified is silently read as local time.</summary>
    UnspecifiedReadAsLocal,

    /// <summary>Of whatever kind it is, its clock reading is taken for UTC.</summary>
    ReadAsUtc,

    /// <summary>
    /// The client takes a <c>DateTimeOffset</c>: a <c>DateTime</c> that becomes one keeps its instant if it is Local, and is silently read
    /// as local time if it is Unspecified.
    /// </summary>
    TakesOffset,
}

/// <summary>By whose clock an absolute expiry comes.</summary>
internal enum ExpiryClock
{
    /// <summary>By the server's: the instant is sent as it is.</summary>
    Server,

    /// <summary>By the caller's: the client sends to its server how long that clock has still to go.</summary>
    Caller,

    /// <summary>By the caller's too, since the cache lives in its process, or may.</summary>
    Process,
}

/// <summary>
/// One row of a client's table: a method by its name. All overloads and the <c>Async</c> twin follow, because a role is
/// found by the parameter's name and its meaning by the parameter's type. A role whose parameter an overload lacks is absent.
/// </summary>
internal sealed record ApiMethod(string Name, Effect Effect, DataType Data, IReadOnlyList<(string Parameter, Role Role)> Roles)
{
    /// <summary>The name of a row that speaks of a type's constructors.</summary>
    public const string Constructor = ".ctor";

    /// <summary>Whether <c>DateTime.MaxValue</c> is sent as that instant instead of standing for "never".</summary>
    public bool HasNoNever { get; init; }

    /// <summary>
    /// The method of the same type that takes the time, or answers with it, as a duration, where that is another one; for fixes.
    /// </summary>
    public string? RelativeTwin { get; init; }

    /// <summary>Whether a duration counts from the last access.</summary>
    public bool IsSliding { get; init; }

    /// <summary>Whether the value is only written where the key is missing (NX).</summary>
    public bool IsOnlyIfMissing { get; init; }

    /// <summary>Whether the client deletes the key where the value to store is null.</summary>
    public bool DeletesAtNull { get; init; }

    /// <summary>Whether the command runs whatever the key holds; any other fails on a key of another type than its own.</summary>
    public bool FitsAnyType { get; init; }

    /// <summary>Whether the answer is the instant, by the server's clock, at which a key or a field dies.</summary>
    public bool AnswersInstant { get; init; }

    /// <summary>
    /// Whether members of any other library may be called so (<c>Execute</c>, <c>Set</c>), so that the name says nothing.
    /// </summary>
    public bool HasCommonName { get; init; }

    /// <summary>What comes of a TTL that misleads; null where nothing is known.</summary>
    public TtlFacts? Ttl { get; init; }

    /// <summary>Whether the answer is the entry, which may then be told how long it lives.</summary>
    public bool AnswersEntry { get; init; }

    /// <summary>Whether the receiver is a prepared script, which the call runs.</summary>
    public bool IsOfScript { get; init; }

    /// <summary>How the handle of a lock that the method answers with says that the lock was not got.</summary>
    public MissedLock Missed { get; init; }
}

/// <summary>How the handle of a lock says that the lock was not got.</summary>
internal enum MissedLock
{
    /// <summary>Not at all: the answer is no handle.</summary>
    Unsaid,

    /// <summary>The call throws.</summary>
    Throws,

    /// <summary>There is no handle.</summary>
    IsNull,

    /// <summary>The handle has a property that says so.</summary>
    IsAsked,
}

/// <summary>A property whose assignment is a sink of role <see cref="Role.Expiry"/>.</summary>
/// <param name="Name">The property's name.</param>
/// <param name="RelativeTwin">The property of the same type that takes the time as a duration, for fixes.</param>
internal sealed record ApiProperty(string Name, string? RelativeTwin = null)
{
    /// <summary>Whether the time counts from the last access.</summary>
    public bool IsSliding { get; init; }

    /// <summary>What comes of a TTL that misleads; null where nothing is known.</summary>
    public TtlFacts? Ttl { get; init; }
}

/// <summary>A type of the client and what is known of its members.</summary>
internal sealed record ApiType(string MetadataName)
{
    public IReadOnlyList<ApiMethod> Methods { get; init; } = [];

    /// <summary>What members that other types of the tables declare do where they are called on this one.</summary>
    public IReadOnlyList<ApiMethod> Inherited { get; init; } = [];

    public IReadOnlyList<ApiProperty> Properties { get; init; } = [];

    /// <summary>Static members whose values say something of a call.</summary>
    public IReadOnlyList<(string Name, Meaning Meaning)> Constants { get; init; } = [];

    /// <summary>What the commands of a receiver of the type go to.</summary>
    public ReceiverKind Receiver { get; init; }

    /// <summary>The property whose object sends commands to the same database, where the type is a layer over another client.</summary>
    public string? Underlying { get; init; }

    /// <summary>Whether each command answers what it was called on, so that the next one is called on its answer.</summary>
    public bool IsChained { get; init; }

    /// <summary>Whether values of the type convert to a <c>DateTime</c> of Unspecified kind.</summary>
    public bool ConvertsToUnspecified { get; init; }

    /// <summary>Whether values of the type stand for an expiry, so that its constructors and conversions are sinks.</summary>
    public bool IsExpiry { get; init; }

    /// <summary>Whether code that makes an object of the type says by the type's name that a client is meant.</summary>
    public bool IsMade => IsExpiry || Methods.Any(static method => method.Name == ApiMethod.Constructor);

    /// <summary>Whether values of the type stand for what was converted to them, so that they are looked through.</summary>
    public bool IsValue { get; init; }

    /// <summary>Whether values of the type are keys.</summary>
    public bool IsKey { get; init; }

    /// <summary>The property that tells how long the key of a value still lives, where the type holds a value read with that.</summary>
    public string? RemainingTime { get; init; }

    /// <summary>What members of the type answer of time. A row holds for the <c>Async</c> twin too.</summary>
    public IReadOnlyList<(string Name, TimeAnswer Answer)> Answers { get; init; } = [];

    /// <summary>
    /// The methods of the type that make a script: of the text that they are given, or else of the prepared script they are called on.
    /// </summary>
    public IReadOnlyList<string> ScriptMakers { get; init; } = [];
}

/// <summary>A client library: data only. Adding a client is adding a file with one of these.</summary>
/// <param name="Name">The name users know, for messages.</param>
/// <param name="Kinds">What the client does with a <c>DateTime</c> that is not UTC.</param>
/// <param name="Types">The types whose members are sinks or effects; the library counts as referenced if one of them resolves.</param>
internal sealed record ApiLibrary(string Name, KindPolicy Kinds, IReadOnlyList<ApiType> Types)
{
    /// <summary>By whose clock an absolute expiry comes.</summary>
    public ExpiryClock Clock { get; init; }

    /// <summary>Whether an absolute expiry is sent to a server with a clock of its own.</summary>
    public bool HasServerClock => Clock == ExpiryClock.Server;

    /// <summary>Whether what is stored may live in the process, where a short life is a choice.</summary>
    public bool IsInProcess => Clock == ExpiryClock.Process;

    /// <summary>
    /// Whether the span of an absolute expiry is checked by the client against this machine's clock when the entry is stored.
    /// </summary>
    public bool ShrinksUntilStored { get; init; }

    /// <summary>Whether an absolute expiry beside a sliding one is stored without its offset, and read back as if that were zero.</summary>
    public bool LosesOffsetBesideSliding { get; init; }

    /// <summary>What comes of a TTL that misleads, in a value that stands for an expiry.</summary>
    public TtlFacts? Ttl { get; init; }

    /// <summary>The client's transactions, pipes and batches; null where it has none whose commands answer with a task.</summary>
    public ApiQueues? Queues { get; init; }
}

/// <summary>A client's queues: objects that take commands and send them only when they are executed.</summary>
/// <param name="Types">The queues' types.</param>
/// <param name="Commands">The types that declare what can be queued; a value of such a type may or may not be a queue.</param>
/// <param name="Execute">The methods, declared by the queues' own types, that send what is queued.</param>
/// <param name="Create">The methods that make a queue of the caller's own.</param>
internal sealed record ApiQueues(
    IReadOnlyList<string> Types,
    IReadOnlyList<string> Commands,
    IReadOnlyList<string> Execute,
    IReadOnlyList<string> Create)
{
    /// <summary>The client's own methods that block on the tasks they are handed, and the types that declare them.</summary>
    public (IReadOnlyList<string> Types, IReadOnlyList<string> Names) Waits { get; init; } = ([], []);

    /// <summary>The methods of a queue that make it hang on a condition whether it is sent.</summary>
    public IReadOnlyList<string> Conditions { get; init; } = [];

    /// <summary>The methods that make a condition which only asks whether a key is there, whatever it holds.</summary>
    public IReadOnlyList<string> Presence { get; init; } = [];

    /// <summary>The type of a command's flags, and the flag with which a task is complete at once; null where there is none.</summary>
    public (string Type, string NoAnswer)? Flags { get; init; }

    /// <summary>A type of those versions that bring an analyzer for the waits written around a queued call; null where none does.</summary>
    public string? Marker { get; init; }
}
