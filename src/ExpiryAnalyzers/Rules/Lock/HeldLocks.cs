using System.Collections.Concurrent;
using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Calls;
using ExpiryAnalyzers.Operations;
using ExpiryAnalyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Rules.Lock;

/// <summary>Finds the locks that methods of the user's own take for their callers.</summary>
internal static class HeldLocks
{
    /// <summary>The lock that a call takes for the callers of the method around it.</summary>
    public static HeldLock? Of(CacheCall call, Body body, IMethodSymbol method)
    {
        if (LockEpisode.Taken(call, body) is not { IsOfBody: true } episode || (call.Behind is null && call.Expiry is null))
        {
            return null;
        }

        // A local function's taking counts once: as the body writes it.
        if (call is { Behind: not null, Key: null } && LockEpisodes.Of(body).Calls.Local.IsTakenAt(call.Operation))
        {
            return null;
        }

        (IParameterSymbol Parameter, TimeUnit Unit)? ttl = episode.TtlParameter is var (parameter, unit) &&
            SymbolEqualityComparer.Default.Equals(parameter.ContainingSymbol, method) ? (parameter, unit) : null;
        if (episode.Releases.Count > 0 || call.Held is { Work.Count: > 0 })
        {
            return ttl is not null && episode.IsLeftToCallers
                ? Make([.. episode.Delegates.Select(static work => work.Ordinal).Distinct()], isHandle: false) : null;
        }

        if (episode.HasReserve || episode.IsRenewed || episode.IsRenewedByType())
        {
            return null;
        }

        ITypeSymbol? handle = body.Remember(static body => new Handle(body)).Type;
        return handle is not null && TypeTexts.Of(body).Renews(handle) ? null
            : Make([], handle is not null || call.Held is { IsHandle: true });

        HeldLock Make(IReadOnlyList<int> work, bool isHandle)
        {
            (IParameterSymbol Parameter, DefaultTtl Otherwise)? choice = ttl is null && episode.DefaultedTtl is var (maybe, otherwise) &&
                SymbolEqualityComparer.Default.Equals(maybe.ContainingSymbol, method) ? (maybe, otherwise) : null;
            return new(
                call,
                episode.ExpiryText,
                ttl is null ? episode.Ttl : null,
                (ttl?.Parameter ?? choice?.Parameter)?.Ordinal,
                ttl?.Unit ?? TimeUnit.Unknown,
                work,
                isHandle)
            {
                Otherwise = choice?.Otherwise,
                MayBeMissing = body.Remember(static body => new Handle(body)).IsNoneWithout(episode),
                AnswerParts = work.Count == 0 && !isHandle && episode.Work is null ? AnswerParts.Of(episode, body) : [],
                IsAnswer = work.Count == 0 && !isHandle && episode.Work is null &&
                    body.Knowledge.Types.AwaitedResultOf(method.ReturnType).SpecialType == SpecialType.System_Boolean,
            };
        }
    }

    /// <summary>The object that a method returns and whose disposal gives a lock back.</summary>
    private sealed class Handle(Body body)
    {
        public ITypeSymbol? Type { get; } = TypeOf(body);

        /// <summary>Whether the method returns the answer, or nothing where it did not get a lock.</summary>
        public bool IsNoneWithout(LockEpisode episode) =>
            body.Returns.SelectMany(static returned => GivenFrom(returned.ReturnedValue)).Any(episode.MayMiss);

        /// <summary>What a choice may give, however many choices it is made of.</summary>
        private static IEnumerable<IOperation> GivenFrom(IOperation? value)
        {
            Stack<IOperation> open = new(value is null ? [] : [value]);
            while (open.Count > 0)
            {
                IOperation given = open.Pop().WithoutConversions();
                if (given is IConditionalOperation { WhenFalse: { } other } choice)
                {
                    open.Push(other);
                    open.Push(choice.WhenTrue);
                }
                else
                {
                    yield return given;
                }
            }
        }

        private static ITypeSymbol? TypeOf(Body body)
        {
            foreach (IReturnOperation returned in body.Returns)
            {
                if (returned.ReturnedValue is { } value)
                {
                    foreach (IOperation part in value.DescendantsAndSelf().Concat(body.Resolved(value).DescendantsAndSelf()))
                    {
                        if (part is IObjectCreationOperation { Type: { } type } creation && body.Knowledge.Types.IsDisposable(type) &&
                            (TypeTexts.Of(body).Releases(type) ||
                            body.CallsWithin(creation.Syntax)
                                .Any(static call => call.Has(Effect.ReleaseLock | Effect.Delete | Effect.Opaque))))
                        {
                            return type;
                        }
                    }
                }
            }

            return null;
        }
    }
}

/// <summary>What the text of the user's own types says of locks. Each type is read once for the compilation. Thread-safe.</summary>
internal sealed class TypeTexts(ApiCatalog catalog)
{
    private readonly ConcurrentDictionary<ITypeSymbol, (bool Renews, bool Releases)> _types = new(SymbolEqualityComparer.Default);

    public static TypeTexts Of(Body body) => body.Knowledge.Remember(static knowledge => new TypeTexts(knowledge.Catalog));

    /// <summary>Whether a type renews, or limits, what it holds.</summary>
    public bool Renews(ITypeSymbol type) => _types.GetOrAdd(type, Read).Renews;

    /// <summary>Whether a type gives back what it holds.</summary>
    public bool Releases(ITypeSymbol type) => _types.GetOrAdd(type, Read).Releases;

    private (bool Renews, bool Releases) Read(ITypeSymbol type)
    {
        bool renews = false;
        bool releases = false;
        foreach (SyntaxReference declaration in type.DeclarationsIn(catalog.Compilation))
        {
            foreach (SimpleNameSyntax name in declaration.GetSyntax().DescendantNodes().OfType<SimpleNameSyntax>())
            {
                string text = name.Identifier.ValueText;
                renews = renews || catalog.HasName(text, Effect.ExtendLock | Effect.SetExpiry) ||
                    KnownTypes.IsSimpleName(text, KnownType.Timer) ||
                    KnownTypes.IsSimpleName(text, KnownType.PeriodicTimer) ||
                        KnownTypes.IsSimpleName(text, KnownType.CancellationTokenSource);
                releases = releases || catalog.HasName(text, Effect.ReleaseLock | Effect.Delete | Effect.Opaque);
            }
        }

        return (renews, releases);
    }
}
