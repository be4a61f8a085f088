using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Calls;
using ExpiryAnalyzers.Keys;
using ExpiryAnalyzers.Operations;
using Microsoft.CodeAnalysis;

namespace ExpiryAnalyzers.Rules.Lock;

/// <summary>Calls that miss the key of a lock that they are for, or write over it.</summary>
internal static class KeyFaults
{
    /// <summary>How many releases behind a taking are looked at.</summary>
    private const int MaxLook = 16;

    /// <summary>
    /// The call that gives back, by the token of a lock that nothing else gives back, a key that nobody took; null where there is none.
    /// </summary>
    public static CacheCall? ReleaseOfOtherKey(CacheCall take, IOperation function, LockCalls calls)
    {
        Body body = calls.Body;
        if (take.Key is not { } taken || !IsPlain(taken, body) || calls.Of(take).All.Count > 0 || TokenOf(take, body) is not { } token)
        {
            return null;
        }

        int first = Sorted.FirstFrom(calls.Releases, take.Syntax.Span.End, static release => release.Syntax.SpanStart);
        return calls.Releases.Skip(first).Take(MaxLook).FirstOrDefault(release => IsMeantFor(release) && release.OnlyKey is { } given &&
            Equals(take.Database, release.Database) && IsPlain(given, body) && !given.Equals(taken) && !calls.MayTakeAnyOf(given));

        // A token that outlives the body may be that of another lock too: there only a finally is certainly for this one.
        bool IsMeantFor(CacheCall release) => token.Equals(TokenOf(release, body)) && body.Places.Of(release.Operation) is var place &&
            ReferenceEquals(place.Function, function) &&
            (place.IsInFinally || token.Symbols.Any(static symbol => symbol is ILocalSymbol or IParameterSymbol));
    }

    /// <summary>
    /// The call that writes something else over the token of a lock while it is held, so that a release by the token finds it no more.
    /// </summary>
    public static CacheCall? WriteOverToken(LockEpisode episode, LockCalls calls)
    {
        const Effect writes = Effect.Overwrite | Effect.Write | Effect.Increment;
        if (episode.Releases.Count == 0 || !episode.Releases.All(static release => release.Has(Effect.ReleaseLock | Effect.Opaque)))
        {
            return null;
        }

        IReadOnlyList<CacheCall> own = calls.Of(episode.At).Own;
        int first = Sorted.FirstFrom(own, episode.At.Syntax.Span.End, static call => call.Syntax.SpanStart);
        return own.Skip(first).Take(MaxLook).FirstOrDefault(call => call.Data == DataType.String && call.Has(writes) &&
            !call.Has(Effect.ExtendLock | Effect.TakeLock) && !call.IsOnlyIfMissing && episode.IsProtected(call.Operation) &&
            !IsOwnToken(call));

        bool IsOwnToken(CacheCall call) => call.Has(Effect.Overwrite) &&
            (TokenOf(call, calls.Body) is not { } written || written.Equals(TokenOf(episode.Take, calls.Body)));
    }

    /// <summary>
    /// The call that is to give a lock back, and does so on another database of the same server, where nothing gives it back on its own;
    /// null where there is none, or it may be for a lock that is taken in that database.
    /// </summary>
    public static CacheCall? ReleaseOnOtherDatabase(CacheCall take, IReadOnlyList<CacheCall> releases, LockCalls calls) =>
        releases.All(release => release.Has(Effect.ReleaseLock) && AreOtherDatabases(take.Database, release.Database) &&
            !calls.MayTakeAnyOf(take.Key!, release.Database))
            ? releases.FirstOrDefault() : null;

    /// <summary>Whether two databases are got by the same call, but for their numbers, which are written. Less than 0 may be any.</summary>
    private static bool AreOtherDatabases(Key? one, Key? other)
    {
        if (one is not { Kind: KeyKind.Call } || other is not { Kind: KeyKind.Call } || one.Parts.Length != other.Parts.Length ||
            !SymbolEqualityComparer.Default.Equals(one.Symbol, other.Symbol))
        {
            return false;
        }

        (Key First, Key Second)[] differing = [.. one.Parts.Zip(other.Parts, static (left, right) => (left, right))
            .Where(static pair => !pair.left.Equals(pair.right))];
        return differing is [var (first, second)] && IsNumber(first) && IsNumber(second);
    }

    private static bool IsNumber(Key part) => part is { Kind: KeyKind.Text, Text: { Length: > 0 } text } && text.All(char.IsDigit);

    private static Key? TokenOf(CacheCall call, Body body) =>
        (LockTokens.Of(call) ?? call.DeletedBy) is { } token && body.Holds(token.Syntax) ? body.Keys.Of(token) : null;

    /// <summary>
    /// Whether a key is put together of constants and of what keeps its value all the while, so that another one certainly names another.
    /// </summary>
    private static bool IsPlain(Key key, Body body)
    {
        HashSet<Key> seen = [];
        Stack<Key> open = new([key]);
        while (open.Count > 0)
        {
            Key part = open.Pop();
            if (!seen.Add(part))
            {
                continue;
            }

            switch (part.Kind)
            {
                case KeyKind.Text or KeyKind.This:
                    break;
                case KeyKind.Var when part.Symbol is IParameterSymbol { RefKind: RefKind.None } parameter &&
                    body.Assignments.Writes(parameter) == 0:
                    break;
                case KeyKind.Member when part.Symbol is IParameterSymbol or IFieldSymbol { IsReadOnly: true } or
                    IFieldSymbol { IsConst: true } or IPropertySymbol { SetMethod: null or { IsInitOnly: true } }:
                case KeyKind.Row:
                    foreach (Key inner in part.Parts)
                    {
                        open.Push(inner);
                    }

                    break;
                case KeyKind.Alias:
                    open.Push(part.Parts[0]);
                    break;
                default:
                    return false;
            }
        }

        return true;
    }
}
