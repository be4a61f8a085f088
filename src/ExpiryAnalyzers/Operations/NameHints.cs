using ExpiryAnalyzers.Apis;

namespace ExpiryAnalyzers.Operations;

/// <summary>
/// All that is guessed from names. Each entry says why nothing better tells, and has an example that it is for and one that it is not for;
/// <c>NameHintsTests</c> holds both against it. What a symbol or a client's table can tell does not belong here.
/// </summary>
internal static class NameHints
{
    /// <summary>Capitals that are a word of their own whatever follows: <c>TTLms</c>.</summary>
    public const string Ttl = "TTL";

    // Numbers: their unit.

    private const string UnitReason =
        "A plain number carries no unit; its own name is where the author wrote it down. Only what is added to a clock or handed on as " +
        "a TTL is judged by it.";

    public static readonly NameHint Ticks = new(HintPlace.Word, UnitReason, "timeoutTicks", "ticketCount", "ticks");

    public static readonly NameHint Microseconds = new(HintPlace.Word, UnitReason, "ttlMicros", "microscope", "micros", "microseconds");

    public static readonly NameHint Milliseconds = new(
        HintPlace.Word, UnitReason, "ttlMs", "params", "ms", "msec", "msecs", "millis", "milliseconds");

    public static readonly NameHint Seconds = new(HintPlace.Word, UnitReason, "expireSecs", "secondary", "sec", "secs", "seconds");

    public static readonly NameHint Minutes = new(HintPlace.Word, UnitReason, "cacheMinutes", "minimum", "mins", "minutes");

    public static readonly NameHint Hours = new(HintPlace.Word, UnitReason, "lifeHours", "hourglass", "hrs", "hours");

    public static readonly NameHint Days = new(HintPlace.Word, UnitReason, "keepDays", "daylight", "days");

    public static readonly NameHint Fractions = new(
        HintPlace.Whole,
        "MilliSeconds in two words: this one and the one behind it name the unit together.",
        "milli",
        "million",
        "milli", "micro", "nano", "m");

    private const string SingularReason =
        "Alone the singular names a part of a clock reading (currentHour); behind a word for a span it is a unit, as authors write it.";

    public static readonly NameHint Millisecond = new(HintPlace.Word, SingularReason, "expireMillisecond", "milliseconds", "millisecond");

    public static readonly NameHint Second = new(HintPlace.Word, SingularReason, "expireSecond", "secondsLeft", "second");

    public static readonly NameHint Minute = new(HintPlace.Word, SingularReason, "expireMinute", "minutes", "minute");

    public static readonly NameHint Hour = new(HintPlace.Word, SingularReason, "DurationInHour", "hours", "hour");

    public static readonly NameHint Day = new(HintPlace.Word, SingularReason, "ttlDay", "daily", "day");

    /// <summary>The units whose words stand at the end of a name.</summary>
    public static readonly IReadOnlyList<(TimeUnit Unit, NameHint Hint)> Units =
    [
        (TimeUnit.Ticks, Ticks),
        (TimeUnit.Microseconds, Microseconds),
        (TimeUnit.Milliseconds, Milliseconds),
        (TimeUnit.Seconds, Seconds),
        (TimeUnit.Minutes, Minutes),
        (TimeUnit.Hours, Hours),
        (TimeUnit.Days, Days),
    ];

    /// <summary>The units in the singular, for behind one of <see cref="Spans"/>.</summary>
    public static readonly IReadOnlyList<(TimeUnit Unit, NameHint Hint)> SingularUnits =
    [
        (TimeUnit.Milliseconds, Millisecond),
        (TimeUnit.Seconds, Second),
        (TimeUnit.Minutes, Minute),
        (TimeUnit.Hours, Hour),
        (TimeUnit.Days, Day),
    ];

    public static readonly NameHint Spans = new(
        HintPlace.Word,
        "Words for a span, behind which a unit in the singular is one: see the singular units.",
        "expireSecond",
        "currentSecond",
        "in", "ttl", "expire", "expires", "expiry", "expiration", "timeout", "duration", "lifetime", "cache", "lease", "life", "age");

    public static readonly NameHint Limits = new(
        HintPlace.Word,
        "SecondsToLive: the unit stands at the start of the name if one of these words stands behind it.",
        "secondsToLive",
        "secondsFactor",
        "to", "until", "till", "before", "left", "remaining");

    public static readonly NameHint Within = new(
        HintPlace.Whole, "SecondsInDay: the word before this one is the unit of the number, the one behind it is not.", "in", "of", "in");

    public static readonly NameHint Rate = new(
        HintPlace.Whole, "RequestsPerSecond: a number per unit is no number of units.", "per", "for", "per");

    public static readonly NameHint Epoch = new(
        HintPlace.Word,
        "A number since the Unix epoch is a plain number; that it counts from there only its name says.",
        "unixTime",
        "univalent",
        "unix", "epoch");

    public static readonly NameHint Periods = new(
        HintPlace.Word,
        "Beside these words, \"epoch\" is a period or its number, and not the start of a count.",
        "epochLength",
        "epochTime",
        "per", "length", "duration", "interval", "period", "size", "count", "number", "index", "id", "ttl", "window", "slot", "timeout",
        "offset");

    // Instants: their zone.

    public static readonly NameHint Utc = new(
        HintPlace.Word,
        "A DateTime of unknown kind carries no zone; a name that begins or ends with the word says which clock it reads.",
        "expiresAtUtc",
        "outcome",
        "utc");

    public static readonly NameHint Local = new(
        HintPlace.Word, "As for UTC, at the end of the name.", "createdLocal", "localityId", "local");

    private const string DeadlineReason =
        "Whether an instant lies ahead or behind, only its name says: the clock less a deadline is a negative time to live, the clock " +
        "less the time when something was made is its age.";

    public static readonly NameHint Ends = new(
        HintPlace.Whole, DeadlineReason, "expires", "created", "expires", "expire", "expiry", "expiration", "deadline", "until");

    public static readonly NameHint LimitsBehind = new(
        HintPlace.Whole, DeadlineReason, "validto", "validfrom", "validto", "validtill", "validuntil", "notafter");

    public static readonly NameHint InstantForms = new(
        HintPlace.Whole,
        "Behind a word for a deadline these tell no more than that it is an instant, and in which zone.",
        "at",
        "after",
        "at", "on", "time", "date", "datetime", "utc", "local", "timestamp", "moment");

    public static readonly NameHint Bygone = new(
        HintPlace.Whole, "A deadline of another time lies behind: lastExpiry, previousExpiration.", "last", "lasting", "last", "previous",
        "prior", "old", "past", "since");

    // Clocks.

    public static readonly NameHint ClockProperties = new(
        HintPlace.Whole,
        "A clock of the user's own (IClock.UtcNow) has no common type; an interface or a class named for a clock whose member is " +
            "called so reads this machine's time.",
        "UtcNow",
        "Timestamp",
        "UtcNow", "Now");

    public static readonly NameHint ClockMethods = new(
        HintPlace.Whole, "As for a clock's properties.", "GetUtcNow", "GetTime", "GetUtcNow", "UtcNow");

    public static readonly NameHint UtcClock = new(
        HintPlace.Whole, "Of a clock of the user's own that gives a DateTimeOffset, its name tells that the offset is zero.", "UtcNow",
        "Now", "UtcNow", "GetUtcNow");

    public static readonly NameHint UtcSource = new(
        HintPlace.Part,
        "A clock of the user's own that gives a DateTime says by its name, or by that of its member, that it reads UTC.",
        "GetUtcNow",
        "Outcome",
        "Utc");

    public static readonly NameHint Clocks = new(
        HintPlace.Part,
        "A class that is no interface counts as a clock of the user's own only if it is named so.",
        "SystemClock",
        "Calendar",
        "Clock");

    // Tests.

    public static readonly NameHint TestAttributes = new(
        HintPlace.Whole,
        "An attribute that does not resolve, because its package is not restored or code is being typed, has no type, only a name.",
        "Fact",
        "Factory",
        "Fact", "Theory", "Test", "TestCase", "TestCaseSource", "TestFixture", "TestMethod", "DataTestMethod", "TestClass", "Benchmark");

    public static readonly NameHint Assertions = new(
        HintPlace.Part,
        "Teams write assertions of their own about the frameworks' ones; code that is handed to one which expects a failure is not " +
            "meant to work.",
        "CustomAsserts",
        "Recorder",
        "Assert");

    public static readonly NameHint Failures = new(
        HintPlace.Start,
        "As for assertions: the beginning of the name of one that expects a failure.",
        "ThrowsTimeout",
        "Equal",
        "Throw", "Catch", "Exception");

    // Loops and what runs lambdas.

    public static readonly NameHint ForEach = new(
        HintPlace.Start,
        "Libraries and users bring a ForEach of their own, which runs its lambda for each element.",
        "ForEachAsync",
        "FormatEach",
        "ForEach", "ParallelForEach");

    public static readonly NameHint ConvertAll = new(
        HintPlace.Whole, "As for ForEach, whose lambda makes the elements of another list.", "ConvertAll", "ConvertTo", "ConvertAll");

    public static readonly NameHint Elements = new(
        HintPlace.Whole,
        "The lambda of a query or of a ForEach of the user's own has an element as its first parameter.",
        "ForEachAsync",
        "Aggregate",
        "Select", "ForEach", "ForEachAsync");

    public static readonly NameHint Runners = new(
        HintPlace.Start,
        "Retry helpers and the like have no common type; a lambda handed to one runs there, and so in the loop around it.",
        "RetryAsync",
        "Register",
        "Run", "StartNew", "Execute", "Invoke", "Retry", "Do", "Try", "With");

    public static readonly NameHint Waits = new(
        HintPlace.Start,
        "What a loop waits for between two rounds comes from timers, queues and channels of many libraries; a loop that waits is " +
            "spread over time.",
        "ReceiveMessagesAsync",
        "Reset",
        "Delay", "Sleep", "WaitForNextTick", "WaitToRead", "WaitOne", "ReadAll", "GetConsumingEnumerable", "Receive", "Consume",
        "Subscribe");

    public static readonly NameHint Channels = new(
        HintPlace.Start, "As for the waits: channels of other libraries.", "ChannelReader", "MyChannel", "Channel");

    public static readonly NameHint Handlers = new(
        HintPlace.Word,
        "What a program's top level hands to a member of such a name runs for each request or message; libraries have no common type.",
        "MapGet",
        "Once",
        "map", "on", "subscribe", "handle", "consume", "register");

    // Answers that change.

    public static readonly NameHint Fickle = new(
        HintPlace.Part,
        "Whether a foreign method answers the same twice cannot be seen; these words say that it makes, takes or changes something.",
        "GetNextId",
        "GetName",
        "New", "Next", "Read", "Dequeue", "Pop", "Take", "Random", "Receive", "Generate", "Create", "Add", "Increment", "Now", "Remove",
        "Poll", "Fetch");

    public static readonly NameHint Getters = new(
        HintPlace.Start,
        "As for the fickle words: a foreign method that is named for getting answers the same, even without arguments.",
        "GetDatabase",
        "Forget",
        "Get");

    public static readonly NameHint KeyGetters = new(
        HintPlace.End,
        "As for the getters: a foreign method that is named for the key that it gives.",
        "OrderKey",
        "KeyAdded",
        "Key");

    public static readonly NameHint KeyHelpers = new(
        HintPlace.Part,
        "A helper too long to be looked into, whose name or type says that it makes keys: its own name stands for what is fixed.",
        "CacheKeyBuilder",
        "Lookup",
        "Key");

    // Lifetimes.

    public static readonly NameHint Lifetimes = new(
        HintPlace.Whole,
        "A parameter that nothing reads says only by its name what it is for; units and the like around it are taken off first.",
        "ttl",
        "timeout",
        "ttl", "expiry", "expiration", "expires", "expiresin", "expirein", "expireson", "expiresat", "lifetime", "keepfor", "duration",
        "timetolive", "expirationrelativetonow");

    public static readonly NameHint LifetimeKinds = new(
        HintPlace.Word,
        "Before or behind a word for a lifetime, these say from when on it counts.",
        "slidingExpiration",
        "absolution",
        "absolute", "sliding");

    public static readonly NameHint Asynchronous = new(
        HintPlace.End,
        "A method and its asynchronous sister do the same and have nothing in common but the beginning of their names.",
        "StoreAsync",
        "AsyncStore",
        "Async");

    public static readonly NameHint Sliding = new(
        HintPlace.Word,
        "Whether a span counts from the last access is said by its name alone; the repair of EXP406 shows what it made of it.",
        "slidingExpiration",
        "slide",
        "sliding");

    // Keys meant to stay.

    public static readonly NameHint ForGood = new(
        HintPlace.AnyCase,
        "That a key is meant to stay is said by the name of the member that stores it without a TTL.",
        "PinSession",
        "StoreSession",
        "Persist", "Perman", "Forever", "Pin", "NoExp", "Never", "Eternal", "Infinite", "WithoutExp", "WithoutTtl");

    // Locks.

    public static readonly NameHint Lock = new(
        HintPlace.Word,
        "SET NX with a TTL is a lock, or a mark that something was done; the key's text tells the two apart.",
        "JobLock",
        "clock",
        "lock", "locks", "locked", "locking", "mutex", "lease", "leader");

    public static readonly NameHint ReleaseWord = new(
        HintPlace.Word,
        "A service of the user's own that gives a lock back, whose code is not in view: the guess spares.",
        "ReleaseLockAsync",
        "relea",
        "release", "unlock", "free");

    public static readonly NameHint ReleaseStart = new(
        HintPlace.Start, "A handle of the user's own is given back by a method that begins so.", "ReleaseAsync", "PreRelease", "Release",
        "Unlock");

    public static readonly NameHint Renewal = new(
        HintPlace.Word,
        "A service of the user's own that prolongs a lock, whose code is not in view: the guess spares.",
        "RenewLease",
        "Extension",
        "extend", "renew", "prolong");

    public static readonly NameHint RenewingScript = new(
        HintPlace.AnyCase,
        "A script in another member is not bound there: that its text sends an expire, beside a call that runs a script, spares the lock.",
        "return redis.call('PEXPIRE', KEYS[1], ARGV[2])",
        "return redis.call('DEL', KEYS[1])",
        "'expire'", "'pexpire'", "\"expire\"", "\"pexpire\"");

    public static readonly NameHint Acquisition = new(
        HintPlace.Word, "A member of the type that takes a lock by way of a service of the user's own.", "AcquireAsync", "Require",
        "acquire");

    public static readonly NameHint Timeouts = new(
        HintPlace.AnyCase,
        "A span handed to other code limits the work only if the parameter is named for a limit.",
        "commandTimeout",
        "delay",
        "timeout", "budget", "deadline");

    // Repairs: what they offer, for the user to take or leave.

    public static readonly NameHint LivesOfKeys = new(
        HintPlace.AnyCase,
        "A duration that is at hand is the life of a key only by its name; the repairs of EXP404 and EXP405 say the name.",
        "SessionTtl",
        "RetryDelay",
        "ttl", "expir", "life", "timetolive", "keepfor", "duration");

    public static readonly NameHint Holders = new(
        HintPlace.Whole,
        "IOptions, IOptionsMonitor and their like in other libraries hold the settings in a property of that name; the repairs of " +
            "EXP404 and EXP405 say what they found there.",
        "CurrentValue",
        "ValueFactory",
        "Value", "CurrentValue");

    public static readonly NameHint Rounds = new(
        HintPlace.Part,
        "A lambda handed to a member of that name mostly runs once for each element, and then one TTL for all is EXP403; the repair " +
            "of EXP405 is left out.",
        "items.Select",
        "Task.Run",
        "Select", "ForEach", "Parallel.");
}
