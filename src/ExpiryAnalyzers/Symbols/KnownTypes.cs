namespace ExpiryAnalyzers.Symbols;

/// <summary>A type of the framework, or of a test framework, that the code asks for; <see cref="KnownTypes"/> has its name.</summary>
internal enum KnownType
{
    // Tasks and what waits for them.
    Task,
    TaskOf,
    ValueTask,
    ValueTaskOf,
    TaskFactory,
    TaskExtensions,
    TaskAsyncEnumerableExtensions,
    TaskAwaiter,
    TaskAwaiterOf,
    ValueTaskAwaiter,
    ValueTaskAwaiterOf,
    ConfiguredTaskAwaitable,
    ConfiguredTaskAwaitableOf,
    ConfiguredValueTaskAwaitable,
    ConfiguredValueTaskAwaitableOf,
    ConfiguredTaskAwaiter,
    ConfiguredTaskAwaiterOf,
    ConfiguredValueTaskAwaiter,
    ConfiguredValueTaskAwaiterOf,
    ConfiguredCancelableAsyncEnumerable,
    ConfiguredAsyncEnumerator,
    ConfiguredAsyncDisposable,
    YieldAwaitable,
    YieldAwaiter,

    // Threads, timers, cancellation.
    Thread,
    ThreadPool,
    Timer,
    TimersTimer,
    FormsTimer,
    DispatcherTimer,
    PeriodicTimer,
    ITimer,
    HostedService,
    ServiceCollectionExtensions,
    Stopwatch,
    CancellationToken,
    CancellationTokenSource,
    Timeout,
    WaitHandle,
    SemaphoreSlim,
    Parallel,
    ParallelLoopState,
    Interlocked,

    // Times and numbers.
    DateTime,
    DateTimeOffset,
    DateTimeKind,
    DateTimeStyles,
    TimeSpan,
    TimeProvider,
    TimeZoneInfo,
    Nullable,
    NullableHelpers,
    SByte,
    Byte,
    Int16,
    UInt16,
    Int32,
    UInt32,
    Int64,
    UInt64,
    Single,
    Double,
    Decimal,
    Math,
    Convert,
    Guid,
    Random,
    Environment,
    Process,
    Console,
    Debug,
    Trace,
    TextWriter,

    // Text.
    String,
    StringBuilder,

    // Objects.
    Object,
    Exception,
    IDisposable,
    IAsyncDisposable,
    IComparable,
    IComparableOf,
    Lazy,
    Expression,
    ExpressionOf,
    Array,

    // Collections and queries.
    IEnumerable,
    IEnumerableOf,
    IEnumerator,
    IEnumeratorOf,
    IAsyncEnumerableOf,
    IAsyncEnumeratorOf,
    IDictionaryOf,
    IReadOnlyDictionaryOf,
    Dictionary,
    DictionaryEntry,
    KeyValuePair,
    KeyValuePairHelpers,
    ListOf,
    ConcurrentDictionary,
    BlockingCollection,
    ChannelReader,
    ChannelWriter,
    Enumerable,
    ParallelEnumerable,
    AsyncEnumerable,
    Observable,

    // Test frameworks: xUnit, NUnit, MSTest, TUnit, BenchmarkDotNet, Shouldly.
    XunitFact,
    XunitFactInterface,
    XunitAssert,
    XunitRecord,
    NUnitTest,
    NUnitTestCase,
    NUnitTestCaseSource,
    NUnitTheory,
    NUnitTestFixture,
    NUnitTestFixtureSource,
    NUnitTestOf,
    NUnitTestFixtureSetUp,
    NUnitTestFixtureTearDown,
    NUnitAssert,
    NUnitClassicAssert,
    MSTestClass,
    MSTestMethod,
    MSTestInitialize,
    MSTestCleanup,
    MSTestCategoryBase,
    MSTestProperty,
    MSTestAssert,
    TUnitBaseTest,
    TUnitTest,
    TUnitAssert,
    Benchmark,
    BenchmarkGlobalSetup,
    ShouldlyShould,
    ShouldlyShouldThrow,
}

/// <summary>The metadata names of the known types, and the groups that are asked for together.</summary>
internal static class KnownTypes
{
    /// <summary>Types that are tasks.</summary>
    public static readonly IReadOnlyList<KnownType> Tasks = [KnownType.TaskOf, KnownType.Task, KnownType.ValueTaskOf, KnownType.ValueTask];

    /// <summary>Types whose <c>GetResult</c> waits.</summary>
    public static readonly IReadOnlyList<KnownType> Awaiters =
    [
        KnownType.TaskAwaiterOf,
        KnownType.TaskAwaiter,
        KnownType.ValueTaskAwaiterOf,
        KnownType.ValueTaskAwaiter,
        KnownType.ConfiguredTaskAwaiterOf,
        KnownType.ConfiguredTaskAwaiter,
        KnownType.ConfiguredValueTaskAwaiterOf,
        KnownType.ConfiguredValueTaskAwaiter,
        KnownType.YieldAwaiter,
    ];

    /// <summary>Types that stand for a task whose context was chosen.</summary>
    public static readonly IReadOnlyList<KnownType> Awaitables =
    [
        KnownType.ConfiguredTaskAwaitableOf,
        KnownType.ConfiguredTaskAwaitable,
        KnownType.ConfiguredValueTaskAwaitableOf,
        KnownType.ConfiguredValueTaskAwaitable,
        KnownType.ConfiguredCancelableAsyncEnumerable,
        KnownType.ConfiguredAsyncEnumerator,
        KnownType.ConfiguredAsyncDisposable,
    ];

    /// <summary>Types whose objects call back again and again.</summary>
    public static readonly IReadOnlyList<KnownType> Timers =
        [KnownType.Timer, KnownType.TimersTimer, KnownType.PeriodicTimer, KnownType.ITimer, KnownType.FormsTimer,
            KnownType.DispatcherTimer];

    /// <summary>Timers that are made with the period in which they call back.</summary>
    public static readonly IReadOnlyList<KnownType> CallbackTimers = [KnownType.Timer, KnownType.TimersTimer];

    /// <summary>The queries of sequences, of whichever sort.</summary>
    public static readonly IReadOnlyList<KnownType> Queries =
        [KnownType.Enumerable, KnownType.ParallelEnumerable, KnownType.AsyncEnumerable, KnownType.Observable];

    /// <summary>Types whose methods answer the same whenever they are asked the same.</summary>
    public static readonly IReadOnlyList<KnownType> Pure =
    [
        KnownType.TimeSpan, KnownType.Math, KnownType.Convert, KnownType.Int32, KnownType.Int64, KnownType.Double,
        KnownType.Nullable, KnownType.NullableHelpers, KnownType.Environment,
    ];

    /// <summary>Numbers.</summary>
    public static readonly IReadOnlyList<KnownType> Numbers =
    [
        KnownType.Int32,
        KnownType.Int64,
        KnownType.Double,
        KnownType.UInt32,
        KnownType.UInt64,
        KnownType.Decimal,
        KnownType.Single,
        KnownType.Int16,
        KnownType.UInt16,
        KnownType.Byte,
        KnownType.SByte,
    ];

    /// <summary>What marks tests and benchmarks and the classes that hold them; heirs count too.</summary>
    public static readonly IReadOnlyList<KnownType> TestAttributes =
    [
        KnownType.XunitFact,
        KnownType.NUnitTest,
        KnownType.NUnitTestCase,
        KnownType.NUnitTestCaseSource,
        KnownType.NUnitTheory,
        KnownType.NUnitTestFixture,
        KnownType.NUnitTestFixtureSource,
        KnownType.NUnitTestOf,
        KnownType.NUnitTestFixtureSetUp,
        KnownType.NUnitTestFixtureTearDown,
        KnownType.MSTestClass,
        KnownType.MSTestMethod,
        KnownType.MSTestInitialize,
        KnownType.MSTestCleanup,
        KnownType.MSTestCategoryBase,
        KnownType.MSTestProperty,
        KnownType.TUnitBaseTest,
        KnownType.TUnitTest,
        KnownType.Benchmark,
        KnownType.BenchmarkGlobalSetup,
    ];

    private static readonly Dictionary<KnownType, string> Names = new()
    {
        [KnownType.Task] = "System.Threading.Tasks.Task",
        [KnownType.TaskOf] = "System.Threading.Tasks.Task`1",
        [KnownType.ValueTask] = "System.Threading.Tasks.ValueTask",
        [KnownType.ValueTaskOf] = "System.Threading.Tasks.ValueTask`1",
        [KnownType.TaskFactory] = "System.Threading.Tasks.TaskFactory",
        [KnownType.TaskExtensions] = "System.Threading.Tasks.TaskExtensions",
        [KnownType.TaskAsyncEnumerableExtensions] = "System.Threading.Tasks.TaskAsyncEnumerableExtensions",
        [KnownType.TaskAwaiter] = "System.Runtime.CompilerServices.TaskAwaiter",
        [KnownType.TaskAwaiterOf] = "System.Runtime.CompilerServices.TaskAwaiter`1",
        [KnownType.ValueTaskAwaiter] = "System.Runtime.CompilerServices.ValueTaskAwaiter",
        [KnownType.ValueTaskAwaiterOf] = "System.Runtime.CompilerServices.ValueTaskAwaiter`1",
        [KnownType.ConfiguredTaskAwaitable] = "System.Runtime.CompilerServices.ConfiguredTaskAwaitable",
        [KnownType.ConfiguredTaskAwaitableOf] = "System.Runtime.CompilerServices.ConfiguredTaskAwaitable`1",
        [KnownType.ConfiguredValueTaskAwaitable] = "System.Runtime.CompilerServices.ConfiguredValueTaskAwaitable",
        [KnownType.ConfiguredValueTaskAwaitableOf] = "System.Runtime.CompilerServices.ConfiguredValueTaskAwaitable`1",
        [KnownType.ConfiguredTaskAwaiter] = "System.Runtime.CompilerServices.ConfiguredTaskAwaitable+ConfiguredTaskAwaiter",
        [KnownType.ConfiguredTaskAwaiterOf] = "System.Runtime.CompilerServices.ConfiguredTaskAwaitable`1+ConfiguredTaskAwaiter",
        [KnownType.ConfiguredValueTaskAwaiter] = "System.Runtime.CompilerServices.ConfiguredValueTaskAwaitable+ConfiguredValueTaskAwaiter",
        [KnownType.ConfiguredValueTaskAwaiterOf] =
            "System.Runtime.CompilerServices.ConfiguredValueTaskAwaitable`1+ConfiguredValueTaskAwaiter",
        [KnownType.ConfiguredCancelableAsyncEnumerable] = "System.Runtime.CompilerServices.ConfiguredCancelableAsyncEnumerable`1",
        [KnownType.ConfiguredAsyncEnumerator] = "System.Runtime.CompilerServices.ConfiguredCancelableAsyncEnumerable`1+Enumerator",
        [KnownType.ConfiguredAsyncDisposable] = "System.Runtime.CompilerServices.ConfiguredAsyncDisposable",
        [KnownType.YieldAwaitable] = "System.Runtime.CompilerServices.YieldAwaitable",
        [KnownType.YieldAwaiter] = "System.Runtime.CompilerServices.YieldAwaitable+YieldAwaiter",
        [KnownType.Thread] = "System.Threading.Thread",
        [KnownType.ThreadPool] = "System.Threading.ThreadPool",
        [KnownType.Timer] = "System.Threading.Timer",
        [KnownType.TimersTimer] = "System.Timers.Timer",
        [KnownType.FormsTimer] = "System.Windows.Forms.Timer",
        [KnownType.DispatcherTimer] = "System.Windows.Threading.DispatcherTimer",
        [KnownType.PeriodicTimer] = "System.Threading.PeriodicTimer",
        [KnownType.ITimer] = "System.Threading.ITimer",
        [KnownType.HostedService] = "Microsoft.Extensions.Hosting.IHostedService",
        [KnownType.ServiceCollectionExtensions] = "Microsoft.Extensions.DependencyInjection.ServiceCollectionServiceExtensions",
        [KnownType.Stopwatch] = "System.Diagnostics.Stopwatch",
        [KnownType.CancellationToken] = "System.Threading.CancellationToken",
        [KnownType.CancellationTokenSource] = "System.Threading.CancellationTokenSource",
        [KnownType.Timeout] = "System.Threading.Timeout",
        [KnownType.WaitHandle] = "System.Threading.WaitHandle",
        [KnownType.SemaphoreSlim] = "System.Threading.SemaphoreSlim",
        [KnownType.Parallel] = "System.Threading.Tasks.Parallel",
        [KnownType.ParallelLoopState] = "System.Threading.Tasks.ParallelLoopState",
        [KnownType.Interlocked] = "System.Threading.Interlocked",
        [KnownType.DateTime] = "System.DateTime",
        [KnownType.DateTimeOffset] = "System.DateTimeOffset",
        [KnownType.DateTimeKind] = "System.DateTimeKind",
        [KnownType.DateTimeStyles] = "System.Globalization.DateTimeStyles",
        [KnownType.TimeSpan] = "System.TimeSpan",
        [KnownType.TimeProvider] = "System.TimeProvider",
        [KnownType.TimeZoneInfo] = "System.TimeZoneInfo",
        [KnownType.Nullable] = "System.Nullable`1",
        [KnownType.NullableHelpers] = "System.Nullable",
        [KnownType.SByte] = "System.SByte",
        [KnownType.Byte] = "System.Byte",
        [KnownType.Int16] = "System.Int16",
        [KnownType.UInt16] = "System.UInt16",
        [KnownType.Int32] = "System.Int32",
        [KnownType.UInt32] = "System.UInt32",
        [KnownType.Int64] = "System.Int64",
        [KnownType.UInt64] = "System.UInt64",
        [KnownType.Single] = "System.Single",
        [KnownType.Double] = "System.Double",
        [KnownType.Decimal] = "System.Decimal",
        [KnownType.Math] = "System.Math",
        [KnownType.Convert] = "System.Convert",
        [KnownType.Guid] = "System.Guid",
        [KnownType.Random] = "System.Random",
        [KnownType.Environment] = "System.Environment",
        [KnownType.Process] = "System.Diagnostics.Process",
        [KnownType.Console] = "System.Console",
        [KnownType.Debug] = "System.Diagnostics.Debug",
        [KnownType.Trace] = "System.Diagnostics.Trace",
        [KnownType.TextWriter] = "System.IO.TextWriter",
        [KnownType.String] = "System.String",
        [KnownType.StringBuilder] = "System.Text.StringBuilder",
        [KnownType.Object] = "System.Object",
        [KnownType.Exception] = "System.Exception",
        [KnownType.IDisposable] = "System.IDisposable",
        [KnownType.IAsyncDisposable] = "System.IAsyncDisposable",
        [KnownType.IComparable] = "System.IComparable",
        [KnownType.IComparableOf] = "System.IComparable`1",
        [KnownType.Lazy] = "System.Lazy`1",
        [KnownType.Expression] = "System.Linq.Expressions.Expression",
        [KnownType.ExpressionOf] = "System.Linq.Expressions.Expression`1",
        [KnownType.Array] = "System.Array",
        [KnownType.IEnumerable] = "System.Collections.IEnumerable",
        [KnownType.IEnumerableOf] = "System.Collections.Generic.IEnumerable`1",
        [KnownType.IEnumerator] = "System.Collections.IEnumerator",
        [KnownType.IEnumeratorOf] = "System.Collections.Generic.IEnumerator`1",
        [KnownType.IAsyncEnumerableOf] = "System.Collections.Generic.IAsyncEnumerable`1",
        [KnownType.IAsyncEnumeratorOf] = "System.Collections.Generic.IAsyncEnumerator`1",
        [KnownType.IDictionaryOf] = "System.Collections.Generic.IDictionary`2",
        [KnownType.IReadOnlyDictionaryOf] = "System.Collections.Generic.IReadOnlyDictionary`2",
        [KnownType.Dictionary] = "System.Collections.Generic.Dictionary`2",
        [KnownType.DictionaryEntry] = "System.Collections.DictionaryEntry",
        [KnownType.KeyValuePair] = "System.Collections.Generic.KeyValuePair`2",
        [KnownType.KeyValuePairHelpers] = "System.Collections.Generic.KeyValuePair",
        [KnownType.ListOf] = "System.Collections.Generic.List`1",
        [KnownType.ConcurrentDictionary] = "System.Collections.Concurrent.ConcurrentDictionary`2",
        [KnownType.BlockingCollection] = "System.Collections.Concurrent.BlockingCollection`1",
        [KnownType.ChannelReader] = "System.Threading.Channels.ChannelReader`1",
        [KnownType.ChannelWriter] = "System.Threading.Channels.ChannelWriter`1",
        [KnownType.Enumerable] = "System.Linq.Enumerable",
        [KnownType.ParallelEnumerable] = "System.Linq.ParallelEnumerable",
        [KnownType.AsyncEnumerable] = "System.Linq.AsyncEnumerable",
        [KnownType.Observable] = "System.Reactive.Linq.Observable",
        [KnownType.XunitFact] = "Xunit.FactAttribute",
        [KnownType.XunitFactInterface] = "Xunit.v3.IFactAttribute",
        [KnownType.XunitAssert] = "Xunit.Assert",
        [KnownType.XunitRecord] = "Xunit.Record",
        [KnownType.NUnitTest] = "NUnit.Framework.TestAttribute",
        [KnownType.NUnitTestCase] = "NUnit.Framework.TestCaseAttribute",
        [KnownType.NUnitTestCaseSource] = "NUnit.Framework.TestCaseSourceAttribute",
        [KnownType.NUnitTheory] = "NUnit.Framework.TheoryAttribute",
        [KnownType.NUnitTestFixture] = "NUnit.Framework.TestFixtureAttribute",
        [KnownType.NUnitTestFixtureSource] = "NUnit.Framework.TestFixtureSourceAttribute",
        [KnownType.NUnitTestOf] = "NUnit.Framework.TestOfAttribute",
        [KnownType.NUnitTestFixtureSetUp] = "NUnit.Framework.TestFixtureSetUpAttribute",
        [KnownType.NUnitTestFixtureTearDown] = "NUnit.Framework.TestFixtureTearDownAttribute",
        [KnownType.NUnitAssert] = "NUnit.Framework.Assert",
        [KnownType.NUnitClassicAssert] = "NUnit.Framework.Legacy.ClassicAssert",
        [KnownType.MSTestClass] = "Microsoft.VisualStudio.TestTools.UnitTesting.TestClassAttribute",
        [KnownType.MSTestMethod] = "Microsoft.VisualStudio.TestTools.UnitTesting.TestMethodAttribute",
        [KnownType.MSTestInitialize] = "Microsoft.VisualStudio.TestTools.UnitTesting.TestInitializeAttribute",
        [KnownType.MSTestCleanup] = "Microsoft.VisualStudio.TestTools.UnitTesting.TestCleanupAttribute",
        [KnownType.MSTestCategoryBase] = "Microsoft.VisualStudio.TestTools.UnitTesting.TestCategoryBaseAttribute",
        [KnownType.MSTestProperty] = "Microsoft.VisualStudio.TestTools.UnitTesting.TestPropertyAttribute",
        [KnownType.MSTestAssert] = "Microsoft.VisualStudio.TestTools.UnitTesting.Assert",
        [KnownType.TUnitBaseTest] = "TUnit.Core.BaseTestAttribute",
        [KnownType.TUnitTest] = "TUnit.Core.TestAttribute",
        [KnownType.TUnitAssert] = "TUnit.Assertions.Assert",
        [KnownType.Benchmark] = "BenchmarkDotNet.Attributes.BenchmarkAttribute",
        [KnownType.BenchmarkGlobalSetup] = "BenchmarkDotNet.Attributes.GlobalSetupAttribute",
        [KnownType.ShouldlyShould] = "Shouldly.Should",
        [KnownType.ShouldlyShouldThrow] = "Shouldly.ShouldThrowExtensions",
    };

    /// <summary>How many there are.</summary>
    public static int Count => Names.Count;

    /// <summary>Whether a word of the source is a known type's name without its namespace.</summary>
    public static bool IsSimpleName(string word, KnownType type)
    {
        string name = NameOf(type);
        return name.Length > word.Length && name.EndsWith(word, StringComparison.Ordinal) && name[name.Length - word.Length - 1] == '.';
    }

    public static string NameOf(KnownType type) => Names[type];
}
