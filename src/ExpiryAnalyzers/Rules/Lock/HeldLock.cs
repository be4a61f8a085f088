using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Calls;
using ExpiryAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Rules.Lock;

/// <summary>
/// A lock that a method of the user's own takes for its callers: it runs their delegates under it, or returns with the lock held. Only
/// where the method neither limits the work nor renews the lock.
/// </summary>
/// <param name="Take">The call that takes it.</param>
/// <param name="TtlText">The TTL as the method writes it.</param>
/// <param name="Ttl">The TTL, where the method sets a constant one.</param>
/// <param name="TtlParameter">The parameter that is the TTL, by ordinal; null where the method sets the TTL itself.</param>
/// <param name="Unit">The unit of a TTL parameter that is a number.</param>
/// <param name="Work">The parameters that are run under the lock, by ordinal; none where the method returns with the lock held.</param>
/// <param name="IsHandle">Whether the method returns an object whose disposal gives the lock back.</param>
internal sealed record HeldLock(CacheCall Take, SyntaxNode TtlText, TimeSpan? Ttl, int? TtlParameter, TimeUnit Unit, IReadOnlyList<int> Work, bool IsHandle)
{
    /// <summary>Names that say of a type that it renews, or limits, what it holds.</summary>
    private static readonly string[] Renewing = ["Timer", "PeriodicTimer", "CancellationTokenSource", "LockExtend", "LockExtendAsync", "KeyExpire", "KeyExpireAsync"];

    private static readonly string[] Releasing = ["LockRelease", "KeyDelete", "ScriptEvaluate"];

    /// <summary>The lock that a call takes for the callers of the method around it.</summary>
    public static HeldLock? Of(CacheCall call, Body body, IMethodSymbol method)
    {
        if (LockEpisode.Taken(call, body) is not { IsOfBody: true } episode)
        {
            return null;
        }

        (IParameterSymbol Parameter, TimeUnit Unit)? ttl = episode.TtlParameter is var (parameter, unit) && SymbolEqualityComparer.Default.Equals(parameter.ContainingSymbol, method) ? (parameter, unit) : null;
        if (episode.Releases.Count > 0 || call.Held is { Work.Count: > 0 })
        {
            return ttl is not null && episode.IsLeftToCallers ? Make([.. episode.Delegates.Select(work => work.Ordinal).Distinct()], isHandle: false) : null;
        }

        if (episode.HasReserve || episode.Renewals.Any() || episode.IsRenewedByType())
        {
            return null;
        }

        ITypeSymbol? handle = HandleOf(body);
        return handle is not null && Renews(handle) ? null : Make([], handle is not null || call.Held is { IsHandle: true });

        HeldLock Make(IReadOnlyList<int> work, bool isHandle) => new(call, episode.ExpiryText, ttl is null ? episode.Ttl : null, ttl?.Parameter.Ordinal, ttl?.Unit ?? TimeUnit.Unknown, work, isHandle);
    }

    /// <summary>The type of the object that a method returns and whose disposal gives a lock back.</summary>
    private static ITypeSymbol? HandleOf(Body body)
    {
        foreach (IReturnOperation returned in body.Operations.OfType<IReturnOperation>())
        {
            if (returned.ReturnedValue is { } value && ReferenceEquals(body.FunctionOf(returned), body.Root))
            {
                foreach (IOperation part in value.DescendantsAndSelf().Concat(body.Resolved(value).DescendantsAndSelf()))
                {
                    if (part is IObjectCreationOperation { Type: { } type } creation && type.AllInterfaces.Any(static implemented => implemented.Name is "IDisposable" or "IAsyncDisposable") &&
                        (Says(type, static name => Releasing.Any(release => name.StartsWith(release, StringComparison.Ordinal))) || body.CallsWithin(creation.Syntax).Any(static call => call.Has(Effect.ReleaseLock | Effect.Delete | Effect.Opaque))))
                    {
                        return type;
                    }
                }
            }
        }

        return null;
    }

    private static bool Renews(ITypeSymbol type) => Says(type, static name => Renewing.Contains(name));

    private static bool Says(ITypeSymbol type, Func<string, bool> isNamed) => type.DeclaringSyntaxReferences.Any(declaration =>
        declaration.GetSyntax().DescendantNodes().Any(node => node is SimpleNameSyntax name && isNamed(name.Identifier.ValueText)));
}
