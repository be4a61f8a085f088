using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Calls;
using ExpiryAnalyzers.Keys;
using ExpiryAnalyzers.Operations;
using ExpiryAnalyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Rules.Lock;

/// <summary>What is certain of the tokens by which a lock knows its holder.</summary>
internal static class LockTokens
{
    /// <summary>How many members, each made of the next, are followed.</summary>
    private const int MaxSteps = 4;

    /// <summary>The token that a call gives, as written in the body or in a helper; of a taking SET it is the value.</summary>
    public static IOperation? Of(CacheCall call) =>
        call.ValueOf(Role.Token) ?? (call.Has(Effect.Overwrite) ? call.ValueOf(Role.Value) : null);

    /// <summary>The token that a call gives back a lock by; of a script that compares and deletes, what it compares.</summary>
    public static IOperation? GivenBy(CacheCall release) => Of(release) ?? (release.Deletes ? release.Compared : null);

    /// <summary>
    /// The call that reads the token of a release from the key itself, so that the release is by whoever's token the key holds by then;
    /// null where the token comes from elsewhere.
    /// </summary>
    public static CacheCall? ReadBack(CacheCall release, Body body)
    {
        if (!release.Has(Effect.ReleaseLock) || release.Behind is not null || Of(release) is not { } token)
        {
            return null;
        }

        IOperation given = body.Knowledge.Types.Unawaited(body.Resolved(token));
        given = given is IInvocationOperation { Instance: { } text } call && WellKnownTypes.IsToString(call.TargetMethod)
            ? body.Knowledge.Types.Unawaited(body.Resolved(text)) : given;
        return body.CallsAt(given.Syntax)
            .FirstOrDefault(read => read.Has(Effect.Read) && read.Data == DataType.String && read.SharesKeyWith(release));
    }

    /// <summary>Whether the token of a taking is made anew each time, and the key is not made of it.</summary>
    public static bool IsNew(CacheCall take, Body body)
    {
        if (Of(take) is not { } token || !body.Holds(token.Syntax) || !IsFresh(body.Resolved(token), body.Knowledge.Types))
        {
            return false;
        }

        ISymbol? variable = DefUse.SymbolOf(token.WithoutConversions());
        return variable is null || take.Key?.DependsOn(variable) != true;
    }

    /// <summary>
    /// Whether what a call gives for a token is made of constants and parts of its key alone, and so is no token of its own.
    /// </summary>
    public static bool IsMadeOfKey(CacheCall release, IOperation given, Body body)
    {
        if (release.OnlyKey is not { } key || body.Keys.Of(given) is not { } token)
        {
            return false;
        }

        // One part may stand in a text many times over: each is looked at once.
        HashSet<Key> known = Within(key);
        HashSet<Key> seen = [];
        Stack<Key> open = new([token]);
        while (open.Count > 0)
        {
            Key part = open.Pop();
            if (!seen.Add(part))
            {
                continue;
            }

            if (part.Kind == KeyKind.Row)
            {
                foreach (Key inner in part.Parts)
                {
                    open.Push(inner);
                }
            }
            else if (part.Kind != KeyKind.Text && !known.Contains(part))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A key, and what it is put together of.</summary>
    private static HashSet<Key> Within(Key key)
    {
        HashSet<Key> parts = [];
        Stack<Key> open = new([key]);
        while (open.Count > 0)
        {
            Key part = open.Pop();
            if (parts.Add(part) && part.Kind is KeyKind.Row or KeyKind.Alias)
            {
                foreach (Key inner in part.Parts)
                {
                    open.Push(inner);
                }
            }
        }

        return parts;
    }

    /// <summary>
    /// Whether nobody else can know the token of a taking: it is made anew in the body, and only the client is handed it.
    /// </summary>
    public static bool IsOwn(CacheCall take, Body body)
    {
        if (Of(take) is not { } token || !body.Holds(token.Syntax))
        {
            return false;
        }

        return IsFresh(token, body.Knowledge.Types) ||
            (token.WithoutConversions() is ILocalReferenceOperation { Local: { } local } && IsMadeForClient(local, token, body));
    }

    private static bool IsMadeForClient(ILocalSymbol local, IOperation token, Body body) => body.Assignments.Writes(local) == 1 &&
        IsFresh(body.Resolved(token), body.Knowledge.Types) && body.Assignments.Reads(local).All(read => IsForClient(read, body));

    private static bool IsForClient(IOperation read, Body body)
    {
        IOperation? call = read;
        while (call is not (null or IInvocationOperation or IObjectCreationOperation or IReturnOperation or IAssignmentOperation))
        {
            call = call.Parent;
        }

        return call is IInvocationOperation && body.CallsAt(call.Syntax).Any(static known => known.Behind is null);
    }

    /// <summary>Whether two tokens cannot be equal.</summary>
    public static bool AreCertainlyOther(IOperation taken, IOperation given, Body body) => new TakenTokens([taken], body).IsNone(given);

    /// <summary>
    /// Whether an expression makes a token anew each time, by itself or by a property or method of the user's own that is nothing else.
    /// </summary>
    public static bool IsMadeAnew(IOperation token, Knowledge knowledge)
    {
        IOperation? made = token;
        for (int i = 0; i < MaxSteps && made is not null; i++)
        {
            if (IsFresh(made, knowledge.Types))
            {
                return true;
            }

            made = made.WithoutConversions() switch
            {
                IPropertyReferenceOperation read => knowledge.Summaries.GetterOf(read.Property) ?? GivenAtOnce(read, knowledge.Summaries),
                IInvocationOperation call => knowledge.Summaries.ReturnOf(call.TargetMethod),
                _ => null,
            };
        }

        return false;
    }

    /// <summary>What the object that a call makes, and nobody keeps, is given for the property that is read of it.</summary>
    private static IOperation? GivenAtOnce(IPropertyReferenceOperation read, Summaries summaries) =>
        read.Instance?.WithoutConversions() is IInvocationOperation made && summaries.Keeps(read.Property) &&
        summaries.ReturnOf(made.TargetMethod)?.WithoutConversions() is IObjectCreationOperation creation
            ? MadeObjects.GivenBy(creation, read.Property, summaries)
            : null;

    /// <summary>
    /// Where a variable that a lock is taken with is given a new token while the lock is held, so that it is another one at the release;
    /// null where it is not.
    /// </summary>
    public static IOperation? WrittenBefore(CacheCall release, IOperation given, LockEpisode episode, Body body)
    {
        if (Of(episode.Take)?.WithoutConversions() is not ILocalReferenceOperation { Local: { } local } ||
            !SymbolEqualityComparer.Default.Equals(DefUse.SymbolOf(given.WithoutConversions()), local) ||
            body.Assignments.IsShared(local) || body.Assignments.IsAliased(local))
        {
            return null;
        }

        int taken = episode.At.Syntax.Span.End;
        int released = release.Syntax.SpanStart;
        return body.Assignments.ValuesOf(local).OfType<IOperation>()
            .Where(value => value.Syntax.SpanStart > taken && value.Syntax.Span.End < released)
            .FirstOrDefault(value => episode.IsProtected(value) && IsMadeAnew(value, body.Knowledge) && !body.Places.Of(value).IsInCatch);
    }

    /// <summary>Whether an expression is another value each time: a new GUID, as it is or as part of a text.</summary>
    public static bool IsFresh(IOperation token, WellKnownTypes types)
    {
        Stack<IOperation> parts = new([token]);
        while (parts.Count > 0)
        {
            switch (parts.Pop())
            {
                case IConversionOperation conversion:
                    parts.Push(conversion.Operand);
                    break;
                case IParenthesizedOperation parenthesized:
                    parts.Push(parenthesized.Operand);
                    break;
                case IInvocationOperation call when types.Is(call.TargetMethod, KnownMember.NewGuid):
                    return true;
                case IInvocationOperation { Instance: { } instance } call
                    when WellKnownTypes.IsToString(call.TargetMethod) || types.Is(call.TargetMethod, KnownMember.GuidBytes):
                    parts.Push(instance);
                    break;
                case IInterpolatedStringOperation text:
                    foreach (IInterpolatedStringContentOperation part in text.Parts)
                    {
                        if (part is IInterpolationOperation hole)
                        {
                            parts.Push(hole.Expression);
                        }
                    }

                    break;
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.Add, Type.SpecialType: SpecialType.System_String } sum:
                    parts.Push(sum.LeftOperand);
                    parts.Push(sum.RightOperand);
                    break;
            }
        }

        return false;
    }
}

/// <summary>
/// The tokens by which a lock is taken, sorted by what is certain of them, so that it is told at once whether a token is none of them.
/// </summary>
internal sealed class TakenTokens
{
    private readonly Body _body;
    private readonly WellKnownTypes _types;
    private readonly HashSet<SyntaxNode> _fresh = [];
    private readonly HashSet<object> _fixed = [];
    private readonly Dictionary<Key, int> _guids = [];
    private readonly Dictionary<(Key Guid, string Format), int> _formatted = [];
    private int _allFormatted;
    private int _others;

    /// <param name="takes">The calls that take the lock; one whose token is not known may take it by any.</param>
    /// <param name="body">The body.</param>
    public TakenTokens(IEnumerable<CacheCall> takes, Body body)
        : this(takes.Select(LockTokens.Of), body)
    {
    }

    /// <param name="tokens">The tokens; null stands for any.</param>
    /// <param name="body">The body.</param>
    public TakenTokens(IEnumerable<IOperation?> tokens, Body body)
    {
        _body = body;
        _types = body.Knowledge.Types;
        foreach (IOperation? token in tokens)
        {
            Add(token);
        }
    }

    /// <summary>
    /// Whether a token certainly is none of these. An expression that makes a new token makes another one than any before.
    /// </summary>
    public bool IsNone(IOperation given)
    {
        if (LockTokens.IsFresh(given, _types))
        {
            return true;
        }

        given = _body.Resolved(given);
        if (MayBeRead(given))
        {
            return false;
        }

        if (IsAny || (_others > 0 && FormattedAs(given) is null))
        {
            return false;
        }

        if (LockTokens.IsFresh(given, _types))
        {
            return !_fresh.Contains(given.Syntax) && _others == 0 && _allFormatted == 0;
        }

        if (FixedValue(given) is { } value)
        {
            return !_fixed.Contains(value) && _others == 0 && _allFormatted == 0;
        }

        return _fresh.Count == 0 && _fixed.Count == 0 && _others == 0 && (FormattedAs(given) is var (guid, format)
            ? CountOf(_guids, guid) - CountOf(_formatted, (guid, format)) == _allFormatted
            : _allFormatted == 0);
    }

    private bool IsAny { get; set; }

    /// <summary>Whether an expression may be what the server, or whoever took the lock, answers.</summary>
    private bool MayBeRead(IOperation given) => _types.Unawaited(given) is IInvocationOperation call &&
        !LockTokens.IsFresh(given, _types) && !WellKnownTypes.IsToString(call.TargetMethod);

    private static int CountOf<T>(Dictionary<T, int> counts, T entry)
        where T : notnull => counts.TryGetValue(entry, out int count) ? count : 0;

    private void Add(IOperation? token)
    {
        if (token is null)
        {
            IsAny = true;
        }
        else if (!LockTokens.IsFresh(token, _types))
        {
            token = _body.Resolved(token);
            if (LockTokens.IsFresh(token, _types))
            {
                _fresh.Add(token.Syntax);
            }
            else if (FixedValue(token) is { } value)
            {
                _fixed.Add(value);
            }
            else if (FormattedAs(token) is var (guid, format))
            {
                _guids[guid] = CountOf(_guids, guid) + 1;
                _formatted[(guid, format)] = CountOf(_formatted, (guid, format)) + 1;
                _allFormatted++;
            }
            else
            {
                _others++;
            }
        }
    }

    /// <summary>The value of an expression that is the same each time, and another one than those that are written otherwise.</summary>
    private object? FixedValue(IOperation token) => token.ConstantValue is { HasValue: true, Value: { } constant } ? constant
        : token is IPropertyReferenceOperation { Property: { IsStatic: true } property } &&
            _types.Is(property.ContainingType, KnownType.Environment) ? property
        : null;

    /// <summary>
    /// The GUID whose text an expression is, with its format: texts of one GUID in different formats, with and without hyphens, differ.
    /// </summary>
    private (Key Guid, string Format)? FormattedAs(IOperation token) =>
        token is IInvocationOperation { Instance: { } instance } text && _types.Is(text.TargetMethod, KnownMember.GuidText) &&
            _body.Keys.Of(instance) is { } guid && FormatOf(text) is { } format
            ? (guid, format)
            : null;

    private static string? FormatOf(IInvocationOperation text) => text.Arguments.Length == 0 ? "D"
        : text.Arguments[0].Value.ConstantValue is { HasValue: true, Value: string format } ? format.ToUpperInvariant()
        : null;
}
