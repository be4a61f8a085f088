namespace ExpiryAnalyzers.Symbols;

/// <summary>
/// Members of the framework that the code asks for, alike in what they do: their names, and the types that declare them.
/// <see cref="WellKnownTypes"/> tells whether a symbol is one.
/// </summary>
internal sealed class KnownMember
{
    // Tasks.
    public static readonly KnownMember ConfigureAwait = Of(
        "ConfigureAwait",
        KnownType.Task,
        KnownType.TaskOf,
        KnownType.ValueTask,
        KnownType.ValueTaskOf,
        KnownType.TaskAsyncEnumerableExtensions);

    public static readonly KnownMember GetAwaiter = Of(
        "GetAwaiter", [.. KnownTypes.Tasks, .. KnownTypes.Awaitables, KnownType.YieldAwaitable]);

    /// <summary>Waits, and gives the result.</summary>
    public static readonly KnownMember GetResult = Of("GetResult", [.. KnownTypes.Awaiters]);

    /// <summary>Waits, and gives the result.</summary>
    public static readonly KnownMember Result = Of("Result", KnownType.TaskOf, KnownType.ValueTaskOf);

    public static readonly KnownMember Wait = Of("Wait", KnownType.Task);

    public static readonly KnownMember WaitAsync = Of("WaitAsync", KnownType.Task, KnownType.TaskOf);

    public static readonly KnownMember AsTask = Of("AsTask", KnownType.ValueTask, KnownType.ValueTaskOf);

    public static readonly KnownMember FromResult = Of("FromResult", KnownType.Task, KnownType.ValueTask);

    public static readonly KnownMember CompletedTask = Of("CompletedTask", KnownType.Task, KnownType.ValueTask);

    /// <summary>Gives a task that has ended.</summary>
    public static readonly KnownMember Ended = Either(
        FromResult, CompletedTask, Of("FromException FromCanceled", KnownType.Task, KnownType.ValueTask));

    public static readonly KnownMember WhenAll = Of("WhenAll", KnownType.Task);

    public static readonly KnownMember WhenAny = Of("WhenAny", KnownType.Task);

    public static readonly KnownMember WaitAll = Of("WaitAll", KnownType.Task);

    public static readonly KnownMember WaitAny = Of("WaitAny", KnownType.Task);

    public static readonly KnownMember Delay = Of("Delay", KnownType.Task);

    public static readonly KnownMember Sleep = Of("Sleep", KnownType.Thread);

    public static readonly KnownMember StartThread = Of("Start UnsafeStart", KnownType.Thread);

    public static readonly KnownMember Run = Of("Run", KnownType.Task);

    public static readonly KnownMember StartNew = Of("StartNew", KnownType.TaskFactory);

    /// <summary>Hands work to the thread pool.</summary>
    public static readonly KnownMember QueueWork = Of("QueueUserWorkItem UnsafeQueueUserWorkItem", KnownType.ThreadPool);

    /// <summary>Members of tasks and threads that take time, or run what does.</summary>
    public static readonly KnownMember TakesTime = Either(Delay, Sleep, Run, WhenAll, WhenAny, WaitAll);

    /// <summary>Gives a task that takes no longer than others, or the code, that it is handed.</summary>
    public static readonly KnownMember OfOtherTasks = Either(Ended, ConfigureAwait, AsTask, Run, WhenAll, WhenAny);

    public static readonly KnownMember ContinueWith = Of("ContinueWith", KnownType.Task, KnownType.TaskOf);

    public static readonly KnownMember Unwrap = Of("Unwrap", KnownType.TaskExtensions);

    /// <summary>Gives another task for the same work, or for what comes behind it.</summary>
    public static readonly KnownMember GoesOnWithTask = Either(ConfigureAwait, AsTask, ContinueWith, Unwrap);

    /// <summary>The task or its result, by way of whichever member.</summary>
    public static readonly KnownMember OfTask = Either(ConfigureAwait, GetAwaiter, GetResult, Result, AsTask, WaitAsync);

    /// <summary>The steps of an await that is written out.</summary>
    public static readonly KnownMember Awaiting = Either(ConfigureAwait, GetAwaiter, GetResult);

    // Cancellation and time that passes.
    public static readonly KnownMember CancelAfter = Of("CancelAfter", KnownType.CancellationTokenSource);

    public static readonly KnownMember CancelToken = Of("Cancel CancelAsync", KnownType.CancellationTokenSource);

    /// <summary>What a token source is for beside its token: it ends by them, so that they are no use of it.</summary>
    public static readonly KnownMember EndsTokenSource = Of("Dispose Cancel CancelAsync CancelAfter", KnownType.CancellationTokenSource);

    public static readonly KnownMember IsCancellationRequested = Of(
        "IsCancellationRequested", KnownType.CancellationToken, KnownType.CancellationTokenSource);

    public static readonly KnownMember Token = Of("Token", KnownType.CancellationTokenSource);

    public static readonly KnownMember Elapsed = Of("Elapsed ElapsedMilliseconds ElapsedTicks", KnownType.Stopwatch);

    public static readonly KnownMember ElapsedMilliseconds = Of("ElapsedMilliseconds", KnownType.Stopwatch);

    /// <summary>Counts in a unit of the machine's.</summary>
    public static readonly KnownMember ElapsedTicks = Of("ElapsedTicks", KnownType.Stopwatch);

    public static readonly KnownMember GetElapsedTime = Of("GetElapsedTime", KnownType.Stopwatch, KnownType.TimeProvider);

    public static readonly KnownMember TickCount = Of("TickCount TickCount64", KnownType.Environment);

    // Clocks, instants and spans.

    /// <summary>This machine's clock, as a <c>DateTime</c> or <c>DateTimeOffset</c>.</summary>
    public static readonly KnownMember Clock = Either(
        Of("Now UtcNow", KnownType.DateTime, KnownType.DateTimeOffset), Of("GetUtcNow GetLocalNow", KnownType.TimeProvider));

    /// <summary>The clock, or the day that it says.</summary>
    public static readonly KnownMember ClockOrToday = Either(Clock, Of("Today", KnownType.DateTime));

    /// <summary>An instant plus a span or a number of units.</summary>
    public static readonly KnownMember AddToInstant = Of(
        "Add AddTicks AddMicroseconds AddMilliseconds AddSeconds AddMinutes AddHours AddDays",
        KnownType.DateTime,
        KnownType.DateTimeOffset);

    /// <summary>How many ticks a unit has.</summary>
    public static readonly KnownMember TicksPerUnit = Of(
        "TicksPerDay TicksPerHour TicksPerMinute TicksPerSecond TicksPerMillisecond TicksPerMicrosecond", KnownType.TimeSpan);

    /// <summary>What counts in days, which by the calendar are not all of 24 hours.</summary>
    public static readonly KnownMember ByDays = Of("AddDays FromDays", KnownType.DateTime, KnownType.DateTimeOffset, KnownType.TimeSpan);

    /// <summary>The <c>DateTime</c> of a <c>DateTimeOffset</c>, in whichever zone.</summary>
    public static readonly KnownMember OfOffset = Of("DateTime UtcDateTime LocalDateTime", KnownType.DateTimeOffset);

    public static readonly KnownMember Kind = Of("Kind", KnownType.DateTime);

    /// <summary>Returns only if its first two arguments are equal.</summary>
    public static readonly KnownMember ThrowIfNotEqual = Of("ThrowIfNotEqual", KnownType.ArgumentOutOfRangeException);

    /// <summary>Returns only if its first argument is another than its second, or than zero.</summary>
    public static readonly KnownMember ThrowIfEqual = Of("ThrowIfEqual ThrowIfZero", KnownType.ArgumentOutOfRangeException);

    public static readonly KnownMember ThrowIfLess = Of("ThrowIfLessThan ThrowIfNegative", KnownType.ArgumentOutOfRangeException);

    /// <summary>Returns only if its first argument is more than its second, or than zero.</summary>
    public static readonly KnownMember ThrowIfNotMore = Of(
        "ThrowIfLessThanOrEqual ThrowIfNegativeOrZero", KnownType.ArgumentOutOfRangeException);

    public static readonly KnownMember ThrowIfMore = Of("ThrowIfGreaterThan", KnownType.ArgumentOutOfRangeException);

    public static readonly KnownMember ThrowIfNotLess = Of("ThrowIfGreaterThanOrEqual", KnownType.ArgumentOutOfRangeException);

    public static readonly KnownMember TimeOfDay = Of("TimeOfDay", KnownType.DateTime, KnownType.DateTimeOffset);

    public static readonly KnownMember SubtractInstant = Of("Subtract", KnownType.DateTime, KnownType.DateTimeOffset);

    /// <summary>Two instants or spans are put in order.</summary>
    public static readonly KnownMember Compare = Of(
        "Compare", KnownType.DateTime, KnownType.DateTimeOffset, KnownType.TimeSpan, KnownType.NullableHelpers);

    public static readonly KnownMember CompareTo = Of(
        "CompareTo",
        [.. KnownTypes.Numbers, KnownType.DateTime, KnownType.DateTimeOffset, KnownType.TimeSpan, KnownType.IComparable,
            KnownType.IComparableOf]);

    // The components of a span, each without the larger ones.
    public static readonly KnownMember MillisecondsOfSpan = Of("Milliseconds", KnownType.TimeSpan);

    public static readonly KnownMember SecondsOfSpan = Of("Seconds", KnownType.TimeSpan);

    public static readonly KnownMember MinutesOfSpan = Of("Minutes", KnownType.TimeSpan);

    public static readonly KnownMember HoursOfSpan = Of("Hours", KnownType.TimeSpan);

    /// <summary>A number below its last argument.</summary>
    public static readonly KnownMember NextRandom = Of("Next NextInt64", KnownType.Random);

    /// <summary>A span of so many units.</summary>
    public static readonly KnownMember FromUnits = Of(
        "FromTicks FromMicroseconds FromMilliseconds FromSeconds FromMinutes FromHours FromDays", KnownType.TimeSpan);

    /// <summary>A span that is longer than another.</summary>
    public static readonly KnownMember Lengthen = Of("Add Multiply", KnownType.TimeSpan);

    /// <summary>A number or an instant, read from a text.</summary>
    public static readonly KnownMember Parse = Either(
        Of("Parse TryParse", [.. KnownTypes.Numbers, KnownType.DateTime, KnownType.DateTimeOffset, KnownType.TimeSpan]),
        Of("ToInt32 ToInt64 ToDouble", KnownType.Convert));

    /// <summary>Writes what it reads from a text to its <c>out</c> parameter.</summary>
    public static readonly KnownMember TryParse = Of(
        "TryParse TryParseExact", [.. KnownTypes.Numbers, KnownType.DateTime, KnownType.DateTimeOffset, KnownType.TimeSpan]);

    // Nullable.
    public static readonly KnownMember NullableValue = Of("Value", KnownType.Nullable);

    public static readonly KnownMember HasValue = Of("HasValue", KnownType.Nullable);

    public static readonly KnownMember GetValueOrDefault = Of("GetValueOrDefault", KnownType.Nullable);

    // Text.

    /// <summary>The same text, but for the case of its letters or the blanks around it.</summary>
    public static readonly KnownMember SameText = Of("ToLower ToUpper ToLowerInvariant ToUpperInvariant Trim", KnownType.String);

    public static readonly KnownMember Format = Of("Format", KnownType.String);

    public static readonly KnownMember Join = Of("Join", KnownType.String);

    public static readonly KnownMember Concat = Of("Concat", KnownType.String);

    public static readonly KnownMember CreateText = Of("Create", KnownType.String);

    public static readonly KnownMember TextBytes = Of("GetBytes", KnownType.Encoding);

    public static readonly KnownMember EmptyText = Of("Empty", KnownType.String);

    public static readonly KnownMember IsNullOrEmpty = Of("IsNullOrEmpty IsNullOrWhiteSpace", KnownType.String);

    // Identifiers.
    public static readonly KnownMember NewGuid = Of("NewGuid CreateVersion7", KnownType.Guid);

    public static readonly KnownMember GuidText = Of("ToString", KnownType.Guid);

    /// <summary>The GUID that is all zeros.</summary>
    public static readonly KnownMember EmptyGuid = Of("Empty", KnownType.Guid);

    public static readonly KnownMember GuidBytes = Of("ToByteArray", KnownType.Guid);

    public static readonly KnownMember MachineName = Of("MachineName", KnownType.Environment);

    public static readonly KnownMember HostName = Of("GetHostName", KnownType.Dns);

    /// <summary>What a process or its program is called: in a container, each is number 1.</summary>
    public static readonly KnownMember ProcessName = Either(
        Of("ProcessId", KnownType.Environment),
        Of("Id ProcessName", KnownType.Process),
        Of("FriendlyName", KnownType.AppDomain),
        Of("Name FullName", KnownType.AssemblyName),
        Of("ApplicationName", KnownType.HostEnvironment));

    /// <summary>The name of the user that the process runs as.</summary>
    public static readonly KnownMember UserName = Of("UserName UserDomainName", KnownType.Environment);

    /// <summary>The number of the thread that runs, which counts from one in each process.</summary>
    public static readonly KnownMember ThreadNumber = Either(
        Of("CurrentManagedThreadId", KnownType.Environment), Of("ManagedThreadId", KnownType.Thread));

    /// <summary>Hands a container an object, or what makes it, that serves as long as the program runs.</summary>
    public static readonly KnownMember AddSingleton = Of("AddSingleton", KnownType.ServiceCollectionExtensions);

    /// <summary>Hands the web server code that it runs for each request of a path.</summary>
    public static readonly KnownMember MapEndpoint = Of(
        "Map MapGet MapPost MapPut MapPatch MapDelete MapMethods MapFallback", KnownType.EndpointRouteBuilderExtensions);

    /// <summary>Writes a line for whoever looks at the program.</summary>
    public static readonly KnownMember Print = Either(
        Of("Write WriteLine", KnownType.Console, KnownType.Debug, KnownType.Trace, KnownType.TextWriter),
        Of("TraceError TraceWarning TraceInformation", KnownType.Trace));

    // What runs code again and again.

    /// <summary>Whether a timer calls back again by itself.</summary>
    public static readonly KnownMember AutoReset = Of("AutoReset", KnownType.TimersTimer);

    /// <summary>Stops a timer, or has it call back later than it would.</summary>
    public static readonly KnownMember HoldsTimer = Either(AutoReset, Of("Stop Change Enabled", [.. KnownTypes.Timers]));

    /// <summary>What keeps other threads of the process out.</summary>
    public static readonly KnownMember KeepsThreadsOut = Either(
        Of("Exchange CompareExchange Increment", KnownType.Interlocked),
        Of("Enter TryEnter", KnownType.Monitor),
        Of("Wait WaitAsync", KnownType.SemaphoreSlim));

    public static readonly KnownMember WaitForTurn = Of("Wait WaitAsync", KnownType.SemaphoreSlim);

    /// <summary>What comes through a channel, until its writer ends it.</summary>
    public static readonly KnownMember ReadAll = Of("ReadAllAsync", KnownType.ChannelReader);

    /// <summary>Hands each request to a function.</summary>
    public static readonly KnownMember Middleware = Either(
        Of("Use", KnownType.AspNetUse, KnownType.AspNetBuilder), Of("Run", KnownType.AspNetRun));

    /// <summary>Hands each message of a channel of Redis to a function.</summary>
    public static readonly KnownMember OnMessage = Either(
        Of("Subscribe SubscribeAsync", KnownType.RedisSubscriber), Of("OnMessage", KnownType.RedisMessages));

    /// <summary>Ends the messages.</summary>
    public static readonly KnownMember EndOfMessages = Of(
        "Unsubscribe UnsubscribeAsync UnsubscribeAll UnsubscribeAllAsync", KnownType.RedisSubscriber, KnownType.RedisMessages);

    /// <summary>Puts a text in front of a key, or behind it.</summary>
    public static readonly KnownMember PrependToKey = Of("Prepend", KnownType.RedisKey);

    public static readonly KnownMember AppendToKey = Of("Append", KnownType.RedisKey);

    // Collections and queries.
    public static readonly KnownMember Range = Of("Range", KnownType.Enumerable);

    /// <summary>A query of one result for each element.</summary>
    public static readonly KnownMember Select = Of(
        "Select SelectMany SelectAwait", KnownType.Enumerable, KnownType.ParallelEnumerable, KnownType.AsyncEnumerable);

    /// <summary>All elements of a collection, and no others.</summary>
    public static readonly KnownMember SameElements = Of(
        "ToArray ToList ToHashSet AsEnumerable Distinct Reverse Order OrderBy OrderByDescending",
        KnownType.Enumerable,
        KnownType.ListOf);

    /// <summary>As many elements of a collection as a number says, at most.</summary>
    public static readonly KnownMember TakeFirst = Of("Take", KnownType.Enumerable);

    /// <summary>As many elements as a collection has, or fewer.</summary>
    public static readonly KnownMember NoMoreElements = Either(SameElements, Of("Select Where Skip", KnownType.Enumerable));

    /// <summary>Puts one element into a collection.</summary>
    public static readonly KnownMember AddElement = Of("Add", KnownType.ListOf);

    /// <summary>Puts elements into a collection behind those that it has.</summary>
    public static readonly KnownMember AppendElements = Of("Add AddRange", KnownType.ListOf);

    /// <summary>Makes an array of a list's elements.</summary>
    public static readonly KnownMember CopyToArray = Of("ToArray", KnownType.ListOf);

    /// <summary>Runs a lambda for each element, as a query or at once.</summary>
    public static readonly KnownMember ForEachOfQuery = Either(
        Select, Of("ForAll ForEachAsync ForEachAwaitAsync", KnownType.ParallelEnumerable, KnownType.AsyncEnumerable));

    /// <summary>Runs a lambda for each element at once.</summary>
    public static readonly KnownMember ForEach = Either(
        Of("ForEach ConvertAll", KnownType.ListOf, KnownType.Array), Of("For ForEach ForEachAsync ForAsync Invoke", KnownType.Parallel));

    public static readonly KnownMember PairKey = Of("Key", KnownType.KeyValuePair, KnownType.DictionaryEntry);

    public static readonly KnownMember PairValue = Of("Value", KnownType.KeyValuePair, KnownType.DictionaryEntry);

    public static readonly KnownMember Keys = Of(
        "Keys", KnownType.IDictionaryOf, KnownType.IReadOnlyDictionaryOf, KnownType.Dictionary, KnownType.ConcurrentDictionary);

    public static readonly KnownMember Disposal = Of("Dispose DisposeAsync", KnownType.IDisposable, KnownType.IAsyncDisposable);

    /// <summary>What states that the code handed to it fails: it is not meant to work.</summary>
    public static readonly KnownMember AssertionOfFailure = Either(
        Of("Throws ThrowsAsync ThrowsAny ThrowsAnyAsync", KnownType.XunitAssert),
        Of("Exception ExceptionAsync", KnownType.XunitRecord),
        Of("Throws ThrowsAsync Catch CatchAsync", KnownType.NUnitAssert, KnownType.NUnitClassicAssert),
        Of("ThrowsException ThrowsExceptionAsync Throws ThrowsAsync ThrowsExactly ThrowsExactlyAsync", KnownType.MSTestAssert),
        Of("Throws ThrowsAsync ThrowsExactly ThrowsExactlyAsync", KnownType.TUnitAssert),
        Of("Throw ThrowAsync", KnownType.ShouldlyShould, KnownType.ShouldlyShouldThrow));

    private readonly (string[] Names, KnownType[] Types)[] _rows;

    private KnownMember((string[] Names, KnownType[] Types)[] rows) => _rows = rows;

    /// <summary>The names, each list with the types that declare them.</summary>
    public IReadOnlyList<(string[] Names, KnownType[] Types)> Rows => _rows;

    /// <summary>Whether a member of that name may be one.</summary>
    public bool MayBe(string name)
    {
        foreach ((string[] names, _) in _rows)
        {
            if (Array.IndexOf(names, name) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    private static KnownMember Of(string names, params KnownType[] types) => new([(names.Split(' '), types)]);

    private static KnownMember Either(params KnownMember[] members) => new([.. members.SelectMany(static member => member._rows)]);
}
