using System.Collections.Concurrent;
using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Calls;
using ExpiryAnalyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Rules.Lifetime;

/// <summary>What a member of a type does to the life of the keys of one shape.</summary>
/// <param name="Shape">The keys' shape.</param>
/// <param name="Member">The member.</param>
/// <param name="Call">The call in it.</param>
/// <param name="Ttl">The expression that tells how long the key lives, where the call stores a value; else null.</param>
internal sealed record KeyLife(string Shape, ISymbol Member, CacheCall Call, IOperation? Ttl);

/// <summary>What the members of a type do to the life of the keys of one shape, in the order of the members.</summary>
/// <param name="All">Each call.</param>
/// <param name="IsPersisted">Whether one of them takes a TTL away.</param>
internal sealed record KeyLives(IReadOnlyList<KeyLife> All, bool IsPersisted);

/// <summary>
/// Which keys the members of a type give a TTL, or take it from. Asked for only where a rule has a candidate: one look at the type, in
/// all of its parts, for all of its keys. Kept for the compilation; the order is that of the members, by file. Thread-safe.
/// </summary>
internal sealed class TypeKeys
{
    private static readonly KeyLives None = new([], false);

    private readonly Knowledge _knowledge;
    private readonly ConcurrentDictionary<INamedTypeSymbol, Dictionary<string, KeyLives>> _lives = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<INamedTypeSymbol, HashSet<string>> _loaded = new(SymbolEqualityComparer.Default);

    private TypeKeys(Knowledge knowledge) => _knowledge = knowledge;

    /// <summary>What the members of a type, in all of its parts, do to the life of the keys of a shape.</summary>
    public static KeyLives Of(INamedTypeSymbol type, string shape, Knowledge knowledge) =>
        knowledge.Remember(static knowledge => new TypeKeys(knowledge)).Of(type.OriginalDefinition)
            .TryGetValue(shape, out KeyLives? lives) ? lives : None;

    /// <summary>Whether a member of a type, in any of its parts, reads keys of a shape and has another source to load from.</summary>
    public static bool IsLoadedOnMiss(INamedTypeSymbol type, string shape, Knowledge knowledge)
    {
        TypeKeys keys = knowledge.Remember(static knowledge => new TypeKeys(knowledge));
        return keys._loaded.GetOrAdd(type.OriginalDefinition, keys.Loaded).Contains(shape);
    }

    private HashSet<string> Loaded(INamedTypeSymbol type) => [.. Members(type)
        .Where(static member => Loads.AnyIn(member.Body))
        .SelectMany(static member => member.Body.Calls.Where(static call => call.Has(Effect.Read))
            .Select(call => member.Body.Keys.ShapeOf(call.Key)))
        .OfType<string>()];

    private Dictionary<string, KeyLives> Of(INamedTypeSymbol type) =>
        _lives.TryGetValue(type, out Dictionary<string, KeyLives>? lives) ? lives : _lives.GetOrAdd(type, ByShape(Look(type)));

    private static Dictionary<string, KeyLives> ByShape(List<KeyLife> lives) => lives
        .GroupBy(static life => life.Shape)
        .ToDictionary(
            static shape => shape.Key,
            static shape => new KeyLives([.. shape], shape.Any(static life => life.Call.Has(Effect.Persist))));

    private List<KeyLife> Look(INamedTypeSymbol type) =>
        [.. Members(type).SelectMany(static member => member.Body.Calls.Select(call => LifeOf(call, member.Method, member.Body)))
            .OfType<KeyLife>()];

    /// <summary>The members of a type that reach a client, by themselves or by one that does.</summary>
    private IEnumerable<(IMethodSymbol Method, Body Body)> Members(INamedTypeSymbol type)
    {
        IMethodSymbol[] methods = [.. type.GetMembers().OfType<IMethodSymbol>().Where(static method => !method.IsImplicitlyDeclared)
            .OrderBy(static method => method.FilePath(), StringComparer.Ordinal)];
        HashSet<IMethodSymbol> direct = new(methods.Where(_knowledge.Summaries.NamesClient), SymbolEqualityComparer.Default);
        HashSet<string> helpers = [.. direct.Select(static method => method.Name)];
        foreach (IMethodSymbol method in methods)
        {
            _knowledge.CancellationToken.ThrowIfCancellationRequested();
            if ((direct.Contains(method) || Names(method, helpers)) && _knowledge.Summaries.RootOf(method) is { } root)
            {
                yield return (
                    method,
                    new(_knowledge, root, _knowledge.Summaries.Depth, _knowledge.CancellationToken) { Owner = method });
            }
        }
    }

    /// <summary>Whether a method's text names one of the type's own that reach a client.</summary>
    private bool Names(IMethodSymbol method, HashSet<string> helpers) =>
        helpers.Count > 0 && method.DeclarationsIn(_knowledge.Catalog.Compilation) is [{ } reference] &&
        reference.GetSyntax(_knowledge.CancellationToken).DescendantTokens().Any(token =>
            helpers.Contains(token.ValueText) && token.Parent is not MethodDeclarationSyntax);

    /// <summary>Whether a call stores what the caller of the code around hands in, as it is or converted.</summary>
    internal static bool IsForward(CacheCall call, Body body) => call.ValueOf(Role.Value) is { } value &&
        body.Resolved(value).DescendantsAndSelf().Any(static part =>
            part is IParameterReferenceOperation { Parameter: { } parameter } && !Body.IsOfPrimaryConstructor(parameter));

    /// <summary>The shape of a call's key: behind a helper, of what the caller makes of it.</summary>
    internal static string? ShapeOf(CacheCall call, IOperation? key, Body body) => call is { Behind: not null, Key: { } own }
        ? body.Keys.ShapeOf(own, IsForward(call, body))
        : body.Keys.ShapeOf(key, IsForward(call, body));

    private static KeyLife? LifeOf(CacheCall call, ISymbol member, Body body)
    {
        bool isStore = call.Has(Effect.Overwrite) && call.MayBringExpiry;
        bool isExpire = call.Has(Effect.SetExpiry) && !call.TakesTtlAway;
        if ((!isStore && !isExpire && !call.Has(Effect.Persist)) ||
            ShapeOf(call, call.KeyExpression, body) is not { } shape)
        {
            return null;
        }

        // KeyExpire behind a StringSet of the same body belongs to it.
        IOperation? ttl = isStore ? call.ExpiryOrOptions
            : isExpire && body.Calls.Any(store => store.Has(Effect.Overwrite) && store.Key is { } key && key.Equals(call.Key)) ? call.Ttl
            : null;

        // A helper may put another in the place of a zero, which itself is no TTL.
        bool isNone = ttl is not null && body.ValuesOf(ttl) is var values && (values.IsNull || values.Length <= TimeSpan.Zero);
        return new(shape, member, call, isNone ? null : ttl);
    }
}
