using System.Collections.Concurrent;
using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Calls;
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

/// <summary>
/// Which keys the members of a type give a TTL, or take it from. Asked for only where a rule has a candidate, and kept for the
/// compilation; the order is that of the members. Thread-safe.
/// </summary>
internal sealed class TypeKeys(Knowledge knowledge, CancellationToken cancellationToken)
{
    /// <summary>A type of more members is not looked through.</summary>
    private const int MaxMembers = 300;

    private readonly ConcurrentDictionary<INamedTypeSymbol, IReadOnlyList<KeyLife>> _lives = new(SymbolEqualityComparer.Default);

    /// <summary>What the members of a type, in all of its parts, do to the life of keys.</summary>
    public IReadOnlyList<KeyLife> Of(INamedTypeSymbol type) => _lives.GetOrAdd(type.OriginalDefinition, Look);

    private IReadOnlyList<KeyLife> Look(INamedTypeSymbol type)
    {
        List<KeyLife> lives = [];
        IMethodSymbol[] methods = [.. type.GetMembers().OfType<IMethodSymbol>().Where(static method => !method.IsImplicitlyDeclared)];
        if (methods.Length > MaxMembers)
        {
            return lives;
        }

        HashSet<IMethodSymbol> direct = new(methods.Where(knowledge.Summaries.NamesClient), SymbolEqualityComparer.Default);
        HashSet<string> helpers = [.. direct.Select(static method => method.Name)];
        foreach (IMethodSymbol method in methods)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if ((direct.Contains(method) || Names(method, helpers)) && knowledge.Summaries.RootOf(method) is { } root)
            {
                Body body = new(knowledge, root, depth: 1, cancellationToken);
                lives.AddRange(body.Calls.Select(call => LifeOf(call, method, body)).OfType<KeyLife>());
            }
        }

        return lives;
    }

    /// <summary>Whether a method's text names one of the type's own that reach a client.</summary>
    private bool Names(IMethodSymbol method, HashSet<string> helpers) =>
        method.DeclaringSyntaxReferences is [{ } reference] && reference.GetSyntax(cancellationToken).DescendantTokens().Any(token => helpers.Contains(token.ValueText) && token.Parent is not MethodDeclarationSyntax);

    private static KeyLife? LifeOf(CacheCall call, ISymbol member, Body body)
    {
        bool isStore = call.Has(Effect.Overwrite) && call.MayBringExpiry;
        bool isExpire = call.Has(Effect.SetExpiry) && !call.TakesTtlAway;
        if ((!isStore && !isExpire && !call.Has(Effect.Persist)) || body.Keys.ShapeOf(call.KeyExpression) is not { } shape)
        {
            return null;
        }

        // KeyExpire behind a StringSet of the same body belongs to it.
        IOperation? ttl = isStore ? call.ExpiryOrOptions
            : isExpire && body.Calls.Any(store => store.Has(Effect.Overwrite) && store.Key is { } key && key.Equals(call.Key)) ? call.Ttl
            : null;
        return new(shape, member, call, ttl);
    }
}
