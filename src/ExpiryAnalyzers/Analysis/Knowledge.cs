using System.Collections.Concurrent;
using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Flow;
using ExpiryAnalyzers.Keys;
using ExpiryAnalyzers.Operations;
using ExpiryAnalyzers.Symbols;
using ExpiryAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Analysis;

/// <summary>
/// What holds for a whole compilation: the clients' symbols, the facts of the base library, and summaries of the user's own members.
/// </summary>
internal sealed class Knowledge : IValueKnowledge
{
    /// <summary>More room than for so many operations is not kept for the next body.</summary>
    private const int UsualOperations = 1 << 14;

    private readonly ConcurrentDictionary<Type, object> _memories = new();

    // What names of parameters say: each is read once, for most are many parameters' name.
    private readonly ConcurrentDictionary<string, bool> _lifetimes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, TimeUnit> _units = new(StringComparer.Ordinal);

    /// <summary>What bodies collect their operations in, so that not each lets a list grow; null while one does.</summary>
    private List<IOperation>? _collecting;

    /// <summary>Looks into the user's own members as deep as is usual.</summary>
    public Knowledge(ApiCatalog catalog, CancellationToken cancellationToken)
        : this(catalog, Analysis.Summaries.MaxDepth, cancellationToken)
    {
    }

    /// <param name="catalog">The clients.</param>
    /// <param name="depth">How many calls deep the user's own members are looked into.</param>
    /// <param name="cancellationToken">Ends the analysis.</param>
    /// <param name="outlines">What members of other assemblies do; null where nothing tells.</param>
    /// <param name="trees">What was read of files for earlier compilations; null where there are none.</param>
    public Knowledge(
        ApiCatalog catalog, int depth, CancellationToken cancellationToken, Outlines? outlines = null, TreeMemory? trees = null)
    {
        Trees = trees ?? new();
        Outlined = outlines?.Knowledge;
        Catalog = catalog;
        Facts = new(catalog);
        Runners = new(catalog.Types.ByName);
        CancellationToken = cancellationToken;
        Summaries = new(this, depth, outlines, cancellationToken);
        SourceMembers source = new(Summaries);
        KeyHelpers = new(
            source,
            new Purity(catalog.Types, source),
            type => catalog.ReceiverOf(type) == ReceiverKind.Database,
            cancellationToken);
    }

    public ApiCatalog Catalog { get; }

    /// <summary>The framework's types.</summary>
    public WellKnownTypes Types => Catalog.Types;

    public TimeFacts Facts { get; }

    /// <summary>What holds for the rows that tell of other assemblies' members; null where there are none.</summary>
    public Knowledge? Outlined { get; }

    /// <summary>What was read of the text of the source files.</summary>
    public TreeMemory Trees { get; }

    public KnownRunners Runners { get; }

    /// <summary>What the analysis has cost so far.</summary>
    public WorkCounter Work { get; init; } = new();

    public Summaries Summaries { get; }

    IMemberValues IValueKnowledge.Members => Summaries;

    /// <summary>What the user's own members make of keys.</summary>
    public KeyHelpers KeyHelpers { get; }

    /// <summary>Ends the analysis of the compilation.</summary>
    public CancellationToken CancellationToken { get; }

    /// <summary>Tells the locks that helpers take for their callers. The rules on locks know that, which are not known here.</summary>
    public LockReader? LockOf { get; init; }

    /// <summary>
    /// What one area of the rules remembers for the compilation. The area names a type of its own and how to make it: so its memory lives
    /// as long as this one, with nothing static and with no need to be known here.
    /// </summary>
    public T Remember<T>(Func<Knowledge, T> make)
        where T : class =>
        (T)_memories.GetOrAdd(typeof(T), (This: this, Make: make), static (_, own) => own.Make(own.This));

    /// <summary>Every operation of a body, in source order.</summary>
    public IOperation[] OperationsOf(IOperation root)
    {
        List<IOperation> collecting = Interlocked.Exchange(ref _collecting, null) ?? [];
        collecting.AddRange(root.DescendantsAndSelf());
        IOperation[] operations = collecting.ToArray();
        if (collecting.Capacity <= UsualOperations)
        {
            collecting.Clear();
            Volatile.Write(ref _collecting, collecting);
        }

        return operations;
    }

    public bool IsTimeSpan(ITypeSymbol? type) => Types.Is(type, KnownType.TimeSpan);

    /// <summary>Whether a property reads a clock, or the day that it says.</summary>
    public bool IsClock(IPropertySymbol property) =>
        Types.Is(property, KnownMember.ClockOrToday) || NameHints.ClockProperties.Fits(property.Name);

    /// <summary>Whether values of the type are instants.</summary>
    public bool IsInstant(ITypeSymbol? type) => Types.IsInstant(type);

    /// <summary>Whether values of the type are durations.</summary>
    public bool IsDuration(ITypeSymbol? type) => Types.IsDuration(type);

    /// <summary>Whether an operation asks a server when a key dies, or a member of the source whose text says that it does.</summary>
    public bool AsksForInstant(IOperation operation) => operation switch
    {
        IInvocationOperation { TargetMethod: { } method } invocation => Catalog.Find(invocation) is { } bound
            ? bound.Row.AnswersInstant || (bound.Row.Effect == Effect.Opaque && operation.Descendants().Any(NamesInstant))
            : MayYieldInstant(method.ReturnType) && (Summaries.MayReach(invocation) & Reach.Instant) != 0,
        IPropertyReferenceOperation { Property: { GetMethod: { } getter } property } =>
            MayYieldInstant(property.Type) && (Summaries.MayReach(getter) & Reach.Instant) != 0,
        _ => false,
    };

    private bool NamesInstant(IOperation part) =>
        part.ConstantValue is { HasValue: true, Value: string command } && Catalog.InstantNames.Contains(command);

    /// <summary>An instant, a promise of one, or the number of one.</summary>
    private bool MayYieldInstant(ITypeSymbol type) =>
        Types.AwaitedResultOf(type) is var bare &&
        (IsInstant(bare) || WellKnownTypes.Bare(bare) is { SpecialType: SpecialType.System_Int64 });

    /// <summary>Whether values of the type are times, and no numbers.</summary>
    private bool IsTime(ITypeSymbol? type) => IsInstant(type) || IsDuration(type) || Catalog.FindExpiryType(type) is not null;

    /// <summary>Whether values of the type are times, or numbers that may stand for some, or a promise of one.</summary>
    public bool MayBeTime(ITypeSymbol? type)
    {
        type = Promised(type);
        return IsTime(type) || type is { SpecialType: SpecialType.System_Int32 or SpecialType.System_Int64 or SpecialType.System_Double };
    }

    /// <summary>Whether a parameter is a time, or a number that says its unit.</summary>
    public bool IsForTime(IParameterSymbol parameter) =>
        IsTime(parameter.Type) ||
        (MayBeTime(parameter.Type) && _units.GetOrAdd(parameter.Name, static name => TimeNames.UnitOf(name)) != TimeUnit.Unknown);

    /// <summary>Whether a parameter is for a time, or a number of units, and says by its name that it is a lifetime.</summary>
    public bool IsLifetime(IParameterSymbol parameter) =>
        MayBeTime(WellKnownTypes.Bare(parameter.Type)) &&
        _lifetimes.GetOrAdd(parameter.Name, static name => TimeNames.IsLifetime(name));

    /// <summary>Whether a method may yield a time: as its result, as an element of it, or through an <c>out</c> parameter.</summary>
    public bool MayYieldTime(IMethodSymbol method) =>
        MayBeTime(method.ReturnType) ||
        method.Parameters.Any(parameter => parameter.RefKind == RefKind.Out && MayBeTime(parameter.Type)) ||
        (Promised(method.ReturnType) is INamedTypeSymbol { IsTupleType: true } tuple &&
            tuple.TupleElements.Any(element => MayBeTime(element.Type)));

    private ITypeSymbol? Promised(ITypeSymbol? type) => type is null ? null : Types.AwaitedResultOf(type);
}
