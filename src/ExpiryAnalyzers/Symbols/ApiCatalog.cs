using System.Collections.Concurrent;
using System.Collections.Immutable;
using ExpiryAnalyzers.Apis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Symbols;

/// <summary>The tables of <see cref="Libraries"/> bound to the symbols of one compilation. Thread-safe.</summary>
internal sealed class ApiCatalog
{
    private readonly Dictionary<INamedTypeSymbol, Bound> _types;
    private readonly ConcurrentDictionary<IMethodSymbol, BoundMethod?> _methods = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<INamedTypeSymbol, InheritedRows> _inherited;
    private readonly ConcurrentDictionary<ITypeSymbol, ReceiverKind> _receivers = new(SymbolEqualityComparer.Default);

    /// <summary>How the names of the asynchronous twins end.</summary>
    private const string Async = "Async";

    private readonly TaughtMembers _taught;
    private readonly ApiCatalog? _outlined;
    private readonly Dictionary<string, Effect> _effects = new(StringComparer.Ordinal);

    private ApiCatalog(
        WellKnownTypes known,
        Dictionary<INamedTypeSymbol, Bound> types,
        IEnumerable<ApiLibrary> referenced,
        TaughtMembers taught,
        OutlinedApis? outlined)
    {
        Types = known;
        _types = types;
        _inherited = InheritedIn(types);
        _taught = taught;
        _outlined = outlined?.Catalog;
        foreach (KeyValuePair<INamedTypeSymbol, Bound> found in types)
        {
            Bound bound = found.Value;
            foreach (ApiMethod method in bound.Row.Methods)
            {
                AddName(method);
            }

            foreach (ApiProperty property in bound.Row.Properties)
            {
                Names.Add(property.Name);
            }

            if (bound.Row.IsMade)
            {
                Names.Add(found.Key.Name);
            }
        }

        foreach (BoundMethod method in taught.Methods)
        {
            AddTo(Names, method.Row.Name);
            if (method.Row.Effect == Effect.SetExpiry)
            {
                AddTo(ExpireNames, method.Row.Name);
            }
        }

        foreach (BoundProperty property in taught.Properties)
        {
            Names.Add(property.Row.Name);
        }

        AddTo(Names, outlined?.All);
        AddTo(ExpireNames, outlined?.Expiring);
        AddTo(LockNames, outlined?.Locking);
        Queues = new(referenced, Types, Types.ByName.First);
    }

    private void AddName(ApiMethod method)
    {
        if (method.HasCommonName)
        {
            AddTo(CommonNames, method.Name);
            return;
        }

        AddTo(Names, method.Name);
        _effects[method.Name] = EffectOf(method.Name) | method.Effect;
        if (method.Effect == Effect.SetExpiry)
        {
            AddTo(ExpireNames, method.Name);
        }
        else if (method.Effect == Effect.TakeLock)
        {
            AddTo(LockNames, method.Name);
        }

        if (method.AnswersInstant)
        {
            AddTo(InstantNames, method.Name);
        }
    }

    public Compilation Compilation => Types.ByName.Compilation;

    /// <summary>The framework's types.</summary>
    public WellKnownTypes Types { get; }

    /// <summary>The names of the tables' members that say by themselves that a client is meant, for a first look at source text.</summary>
    public HashSet<string> Names { get; } = new(StringComparer.Ordinal);

    /// <summary>The names of the tables' other methods, which anybody's may bear as well.</summary>
    public HashSet<string> CommonNames { get; } = new(StringComparer.Ordinal);

    /// <summary>Those of <see cref="Names"/> that give a key a TTL.</summary>
    public HashSet<string> ExpireNames { get; } = new(StringComparer.Ordinal);

    /// <summary>Those of <see cref="Names"/> that answer with the instant at which a key dies, and the raw commands that do.</summary>
    public HashSet<string> InstantNames { get; } = new(
        RawCommands.ByName.Values.Where(static command => command.Answer != TimeUnit.Unknown).Select(static command => command.Name),
        StringComparer.Ordinal);

    /// <summary>Whether a word of the source is the name of a client's member with one of the effects, asynchronous or not.</summary>
    public bool HasName(string word, Effect effects) =>
        ((EffectOf(word) |
            (word.EndsWith(Async, StringComparison.Ordinal)
                ? EffectOf(word.Substring(0, word.Length - Async.Length))
                : Effect.None)) & effects) != 0;

    /// <summary>Those of <see cref="Names"/> that take a lock.</summary>
    public HashSet<string> LockNames { get; } = new(StringComparer.Ordinal);

    /// <summary>Transactions and batches: what is queued there waits for its <c>Execute</c>.</summary>
    public Queues Queues { get; }

    /// <summary>
    /// Binds the tables, or answers null where the compilation references no client at all and no file of the user's tells of one.
    /// </summary>
    /// <param name="compilation">The compilation.</param>
    /// <param name="taught">What the user's files tell of.</param>
    /// <param name="libraries">The tables; those of <see cref="Libraries"/> where none are given.</param>
    /// <param name="outlined">How the members of other assemblies are called that reach a client; null where nothing tells of any.</param>
    public static ApiCatalog? Create(
        Compilation compilation,
        TaughtMembers? taught = null,
        IReadOnlyList<ApiLibrary>? libraries = null,
        OutlinedApis? outlined = null)
    {
        WellKnownTypes known = new(compilation);
        Dictionary<INamedTypeSymbol, Bound>? types = null;
        List<ApiLibrary> referenced = [];
        foreach (ApiLibrary library in libraries ?? Libraries.All)
        {
            bool isReferenced = false;
            foreach (ApiType row in library.Types)
            {
                if (known.ByName.First(row.MetadataName) is { } type)
                {
                    types ??= new(SymbolEqualityComparer.Default);
                    isReferenced = true;
                    types[type] = new(library, row);
                }
            }

            if (isReferenced)
            {
                referenced.Add(library);
            }
        }

        taught ??= TaughtMembers.None;
        return types is null && taught.IsEmpty && outlined is null
            ? null
            : new(known, types ?? new(SymbolEqualityComparer.Default), referenced, taught, outlined);
    }

    /// <summary>The row that speaks of the method, whichever overload or <c>Async</c> twin it is.</summary>
    public BoundMethod? Find(IMethodSymbol method)
    {
        method = (method.ReducedFrom ?? method).OriginalDefinition;
        return IsOutlined(method) ? _outlined!.Find(method)
            : _taught.Find(method) is { } taught ? taught
            : method.ContainingType is { } type && _types.TryGetValue(type.OriginalDefinition, out Bound bound) &&
                bound.Row.Methods.Count > 0
                ? _methods.TryGetValue(method, out BoundMethod? known) ? known : _methods.GetOrAdd(method, Bind(method, bound))
                : null;
    }

    /// <summary>The row that speaks of a call: the type that it is called on comes before the one that declares the method.</summary>
    public BoundMethod? Find(IInvocationOperation call) =>
        IsOutlined(call.TargetMethod) ? _outlined!.Find(call) : FindInherited(call) ?? Find(call.TargetMethod);

    private static Dictionary<INamedTypeSymbol, InheritedRows> InheritedIn(Dictionary<INamedTypeSymbol, Bound> types)
    {
        Dictionary<INamedTypeSymbol, InheritedRows> inherited = new(SymbolEqualityComparer.Default);
        foreach (KeyValuePair<INamedTypeSymbol, Bound> type in types.Where(static type => type.Value.Row.Inherited.Count > 0))
        {
            inherited[type.Key] = new(type.Value);
        }

        return inherited;
    }

    private BoundMethod? FindInherited(IInvocationOperation call)
    {
        if (_inherited.Count == 0 || call.Instance?.Type?.OriginalDefinition is not INamedTypeSymbol receiver)
        {
            return null;
        }

        IMethodSymbol method = call.TargetMethod.OriginalDefinition;
        bool isInherited = !SymbolEqualityComparer.Default.Equals(method.ContainingType, receiver) && IsClient(method.ContainingType);
        return isInherited && _inherited.TryGetValue(receiver, out InheritedRows rows)
            ? rows.Known.GetOrAdd(method, Bind(method, rows.Type, rows.Type.Row.Inherited))
            : null;
    }

    /// <summary>Whether a member is a client's as the outlines of other assemblies write it.</summary>
    private bool IsOutlined(ISymbol member) => _outlined is not null &&
        SymbolEqualityComparer.Default.Equals(member.ContainingAssembly, _outlined.Compilation.Assembly);

    /// <summary>The row of a property that takes an expiry.</summary>
    public BoundProperty? Find(IPropertySymbol property)
    {
        if (IsOutlined(property))
        {
            return _outlined!.Find(property);
        }

        if (property.ContainingType is { } type && _types.TryGetValue(type.OriginalDefinition, out Bound bound))
        {
            foreach (ApiProperty row in bound.Row.Properties)
            {
                if (row.Name == property.Name)
                {
                    return new(bound.Library, row);
                }
            }
        }

        return _taught.Find(property.OriginalDefinition);
    }

    /// <summary>Whether a property gives the client that a type sends its commands by.</summary>
    public bool IsUnderlying(IPropertySymbol property) =>
        property.ContainingType is { } type && _types.TryGetValue(type.OriginalDefinition, out Bound bound) &&
        bound.Row.Underlying == property.Name;

    /// <summary>Whether a client's method answers what takes the next command for the same database.</summary>
    public bool IsChained(IMethodSymbol method) =>
        method is { ContainingType: { } type, ReturnType: INamedTypeSymbol answer } && IsClient(type) &&
        _types.TryGetValue(answer.OriginalDefinition, out Bound bound) && bound.Row.IsChained;

    /// <summary>The library of a type whose values stand for an expiry (<c>Expiration</c>).</summary>
    public ApiLibrary? FindExpiryType(ITypeSymbol? type) =>
        type is INamedTypeSymbol named && _types.TryGetValue(named.OriginalDefinition, out Bound bound) && bound.Row.IsExpiry
            ? bound.Library
            : null;

    /// <summary>Whether objects of the type hold an expiry, among other things.</summary>
    public bool IsOptions(ITypeSymbol? type) =>
        type is INamedTypeSymbol named && _types.TryGetValue(named.OriginalDefinition, out Bound bound) && bound.Row.Properties.Count > 0;

    /// <summary>Whether a client's method, or another of its name, has a parameter that says how long something lives.</summary>
    public bool HasPlaceForLifetime(BoundMethod method, string name) => _types.Any(type =>
        ReferenceEquals(type.Value.Library, method.Library) &&
        type.Key.GetMembers(name).OfType<IMethodSymbol>().Any(overload => Find(overload)?.HasLifetime == true));

    /// <summary>Whether values of the type stand for what was converted to them.</summary>
    public bool IsValue(ITypeSymbol? type) =>
        type is INamedTypeSymbol named && _types.TryGetValue(named.OriginalDefinition, out Bound bound) && bound.Row.IsValue;

    /// <summary>Whether the answer of a method is a script, prepared or loaded.</summary>
    public bool MakesScript(IMethodSymbol method) =>
        method.ContainingType is { } type && _types.TryGetValue(type.OriginalDefinition, out Bound bound) &&
        bound.Row.ScriptMakers.Any(name => IsNamed(method.Name, name));

    /// <summary>What a client's member answers of time.</summary>
    public TimeAnswer AnswerOf(ISymbol member)
    {
        for (INamedTypeSymbol? type = member.ContainingType; type is not null; type = type.BaseType)
        {
            if (_types.TryGetValue(type.OriginalDefinition, out Bound bound))
            {
                foreach ((string name, TimeAnswer answer) in bound.Row.Answers)
                {
                    if (IsNamed(member.Name, name))
                    {
                        return answer;
                    }
                }
            }
        }

        return TimeAnswer.None;
    }

    /// <summary>What a constant says of the call that it is handed to.</summary>
    public Meaning MeaningOf(ISymbol member)
    {
        if (member is { IsStatic: true, ContainingType: { } type } && _types.TryGetValue(type.OriginalDefinition, out Bound bound))
        {
            foreach ((string name, Meaning meaning) in bound.Row.Constants)
            {
                if (name == member.Name)
                {
                    return meaning;
                }
            }
        }

        return Meaning.Other;
    }

    /// <summary>Whether a type is a client's own.</summary>
    public bool IsClient(INamedTypeSymbol type) => _types.ContainsKey(type.OriginalDefinition);

    /// <summary>Whether values of the type are keys.</summary>
    public bool IsKey(ITypeSymbol? type) =>
        type is INamedTypeSymbol named && _types.TryGetValue(named.OriginalDefinition, out Bound bound) && bound.Row.IsKey;

    /// <summary>Whether a property tells how long the key of a value still lives that was read with that.</summary>
    public bool IsRemainingTime(IPropertySymbol property) =>
        property.ContainingType is { } type && _types.TryGetValue(type.OriginalDefinition, out Bound bound) &&
        bound.Row.RemainingTime == property.Name;

    /// <summary>Whether values of the type convert to a <c>DateTime</c> of Unspecified kind.</summary>
    public bool ConvertsToUnspecified(ITypeSymbol? type) =>
        type is INamedTypeSymbol named && _types.TryGetValue(named.OriginalDefinition, out Bound bound) && bound.Row.ConvertsToUnspecified;

    /// <summary>Whether the user tells of the method.</summary>
    public bool IsTaught(IMethodSymbol method) => _taught.Find((method.ReducedFrom ?? method).OriginalDefinition) is not null;

    /// <summary>What the commands of a receiver of the type go to: a transaction is a batch too, and a batch may be a database.</summary>
    public ReceiverKind ReceiverOf(ITypeSymbol? type) => type is null ? ReceiverKind.Unknown
        : _receivers.TryGetValue(type, out ReceiverKind kind) ? kind : _receivers[type] = Receiver(type);

    private ReceiverKind Receiver(ITypeSymbol type)
    {
        ReceiverKind kind = ReceiverKind.Unknown;
        for (INamedTypeSymbol? current = type as INamedTypeSymbol; current is not null; current = current.BaseType)
        {
            kind = Max(kind, current);
        }

        foreach (INamedTypeSymbol implemented in type.AllInterfaces)
        {
            kind = Max(kind, implemented);
        }

        return kind;
    }

    private ReceiverKind Max(ReceiverKind kind, INamedTypeSymbol type) =>
        _types.TryGetValue(type.OriginalDefinition, out Bound bound) && bound.Row.Receiver > kind ? bound.Row.Receiver : kind;

    private BoundMethod? Bind(IMethodSymbol method, Bound bound, IReadOnlyList<ApiMethod>? rows = null)
    {
        foreach (ApiMethod row in rows ?? bound.Row.Methods)
        {
            if (IsNamed(method.Name, row.Name))
            {
                ImmutableDictionary<Role, IParameterSymbol>.Builder roles = ImmutableDictionary.CreateBuilder<Role, IParameterSymbol>();
                foreach (IParameterSymbol parameter in method.Parameters)
                {
                    foreach ((string name, Role role) in row.Roles)
                    {
                        if (name == parameter.Name && Fits(role, parameter.Type))
                        {
                            roles[role] = parameter;
                        }
                    }
                }

                return new(bound.Library, row, roles.ToImmutable()) { Catalog = this };
            }
        }

        return null;
    }

    /// <summary>Whether a parameter can play a part: of one name, a number counts, and anything else is a time.</summary>
    private static bool Fits(Role role, ITypeSymbol type) => role switch
    {
        Role.Expiry => !IsCount(type),
        Role.ExpirySeconds or Role.ExpiryMilliseconds => IsCount(type),
        _ => true,
    };

    private static bool IsCount(ITypeSymbol type) =>
        type.SpecialType is SpecialType.System_Int32 or SpecialType.System_UInt32 or SpecialType.System_Int64;

    private static bool IsNamed(string method, string row) =>
        method.StartsWith(row, StringComparison.Ordinal) &&
        (method.Length == row.Length || (method.Length == row.Length + 5 && method.EndsWith("Async", StringComparison.Ordinal)));

    private Effect EffectOf(string name) => _effects.TryGetValue(name, out Effect effect) ? effect : Effect.None;

    private static void AddTo(HashSet<string> names, IReadOnlyList<string>? all)
    {
        foreach (string name in all ?? [])
        {
            AddTo(names, name);
        }
    }

    private static void AddTo(HashSet<string> names, string name)
    {
        names.Add(name);
        names.Add(name + Async);
    }

    private readonly record struct Bound(ApiLibrary Library, ApiType Row);

    /// <summary>A type with rows for members that others declare, and what was found by them.</summary>
    private sealed record InheritedRows(Bound Type)
    {
        public ConcurrentDictionary<IMethodSymbol, BoundMethod?> Known { get; } = new(SymbolEqualityComparer.Default);
    }
}

/// <summary>How members of other assemblies are called that reach a client, for a first look at source text.</summary>
/// <param name="Catalog">The clients as the outlines write them.</param>
/// <param name="All">Those that are handed a time, give a key a TTL or take a lock.</param>
/// <param name="Expiring">Those that give a key a TTL.</param>
/// <param name="Locking">Those that take a lock, or may.</param>
internal sealed record OutlinedApis(
    ApiCatalog Catalog, IReadOnlyList<string> All, IReadOnlyList<string> Expiring, IReadOnlyList<string> Locking);

/// <summary>A method of a client, with its row and its parameters by role.</summary>
internal sealed record BoundMethod(ApiLibrary Library, ApiMethod Row, ImmutableDictionary<Role, IParameterSymbol> Roles)
{
    /// <summary>Whether a parameter says how long something lives, by itself or among other things.</summary>
    public bool HasLifetime => Roles.ContainsKey(Role.Expiry) || Roles.ContainsKey(Role.ExpirySeconds) ||
        Roles.ContainsKey(Role.ExpiryMilliseconds) || Roles.ContainsKey(Role.Options) || GivesEntry;

    /// <summary>Whether code of the caller's gets the entry, and may tell it how long it lives.</summary>
    public bool GivesEntry => Row.AnswersEntry || Roles.ContainsKey(Role.Entry);

    /// <summary>What else the clients' tables say; null for a member that the user tells of.</summary>
    public ApiCatalog? Catalog { get; init; }
}

/// <summary>A property of a client that takes an expiry.</summary>
internal sealed record BoundProperty(ApiLibrary Library, ApiProperty Row);
