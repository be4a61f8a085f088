using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Calls;
using ExpiryAnalyzers.Keys;
using ExpiryAnalyzers.Operations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Rules.Lifetime;

/// <summary>A value stored without an expiry at a key that has one: the TTL is gone from then on.</summary>
/// <param name="Key">The key, as written.</param>
/// <param name="Giver">The call that gave the key its TTL, or asked for it.</param>
/// <param name="Member">The other member of the type that gives such keys a TTL; null where <paramref name="Giver"/> ran before in the same body.</param>
/// <param name="Ttl">The expression that tells the TTL, where there is one.</param>
internal sealed record DroppedTtl(IOperation? Key, CacheCall Giver, ISymbol? Member, IOperation? Ttl)
{
    /// <summary>Words in the names of members that store for good on purpose.</summary>
    private static readonly string[] ForGood = ["Persist", "Perman", "Forever", "Pin", "NoExp", "Never", "Eternal", "Infinite", "WithoutExp", "WithoutTtl"];

    /// <summary>The TTL that a call drops; null where none is known, or where dropping it is meant.</summary>
    public static DroppedTtl? Of(CacheCall call, Body body, Knowledge knowledge)
    {
        if (!call.Has(Effect.Overwrite) || call.Data != DataType.String || !call.LeavesNoTtl || call.IsOnlyIfMissing || SaysNone(call, knowledge) || body.IsTest ||
            body.Member is not { ContainingType: { } type } member || ForGood.Any(word => member.Name.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0))
        {
            return null;
        }

        // An expire in the same body is another matter: the pair is not atomic. And a helper that stores one way or the other knows which.
        CacheCall[] others = [.. body.Calls.Where(other => !ReferenceEquals(other, call) && call.Key is { } key && key.Equals(other.Key))];
        if (others.Any(other => other.Has(Effect.SetExpiry | Effect.Persist) || (ReferenceEquals(other.Operation, call.Operation) && IsTimedStore(other))))
        {
            return null;
        }

        IOperation[] keys = [.. body.KeysOf(call)];
        CacheCall[] before = [.. body.CallsBefore(call).Where(other => others.Contains(other)).OrderByDescending(static other => other.Syntax.SpanStart)];
        if (before.FirstOrDefault(static other => IsTimedStore(other)) is { } stored)
        {
            return new(keys.FirstOrDefault(), stored, null, stored.ExpiryOrOptions);
        }

        if (before.FirstOrDefault(static other => other.Has(Effect.AskExpiry)) is { } asked)
        {
            return IsDecidedBy(asked, call, body) ? null : new(keys.FirstOrDefault(), asked, null, null);
        }

        // Another branch that stores the same key with a TTL: the code tells apart which keys live for ever.
        return others.Any(IsTimedStore) ? null : Elsewhere(keys, call, member, type, body, knowledge);
    }

    private static DroppedTtl? Elsewhere(IOperation[] keys, CacheCall call, ISymbol member, INamedTypeSymbol type, Body body, Knowledge knowledge)
    {
        foreach (IOperation key in keys)
        {
            if (body.Keys.ShapeOf(key, TypeKeys.IsForward(call, body)) is not { } shape)
            {
                continue;
            }

            KeyLives lives = TypeKeys.Of(type, shape, knowledge);
            if (!lives.IsPersisted &&
                lives.All.FirstOrDefault(life => life.Ttl is not null && !IsOf(life.Member, member) && !IsCallersChoice(life, member, TypeKeys.IsForward(call, body) && body.Keys.IsHanded(key)) && !AreApart(life.Call.Database, call.Database, body)) is { } life)
            {
                return new(key, life.Call, life.Member, life.Ttl);
            }
        }

        return null;
    }

    private static bool IsTimedStore(CacheCall call) => call.Has(Effect.Overwrite) && call.MayBringExpiry;

    /// <summary>Whether "no expiry" is written out, and not only to get to the arguments behind it.</summary>
    private static bool SaysNone(CacheCall call, Knowledge knowledge)
    {
        IArgumentOperation[] written = [.. call.Operation.Arguments.Where(static argument => argument.ArgumentKind == ArgumentKind.Explicit).OrderBy(static argument => argument.Syntax.SpanStart)];
        return written.Any(argument => knowledge.IsDuration(argument.Parameter?.Type) && argument.Value.WithoutConversions().ConstantValue is { HasValue: true, Value: null } &&
            (argument.Syntax is Microsoft.CodeAnalysis.CSharp.Syntax.ArgumentSyntax { NameColon: not null } || ReferenceEquals(argument, written[written.Length - 1])));
    }

    private static bool IsDecidedBy(CacheCall asked, CacheCall call, Body body) =>
        new Derivation(body, asked.Operation) is var derived && Conditions.Of(call.Operation, body).Any(condition => derived.Reaches(condition) && (!asked.Has(Effect.Read) || Body.LooksAtExpiry(condition)));

    private static bool IsOf(ISymbol method, ISymbol member) => SymbolEqualityComparer.Default.Equals((method as IMethodSymbol)?.AssociatedSymbol ?? method, (member as IMethodSymbol)?.AssociatedSymbol ?? member);

    /// <summary>Whether the TTL is what the caller of that member wants it to be, be it none.</summary>
    private static bool IsCallersChoice(KeyLife life, ISymbol member, bool isAnyKey) =>
        life.Ttl is IParameterReferenceOperation { Parameter: { } parameter } && !Body.IsOfPrimaryConstructor(parameter) &&
        (isAnyKey || parameter.IsOptional || parameter.NullableAnnotation == NullableAnnotation.Annotated || parameter.Type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T || life.Member.Name == member.Name);

    /// <summary>Whether two calls certainly go to different databases, as far as names tell.</summary>
    private static bool AreApart(Key? one, Key? other, Body body) =>
        one is not null && other is not null && !body.Keys.Table.Import(one).Equals(other) && !IsVariable(one) && !IsVariable(other);

    private static bool IsVariable(Key database) => database.Symbols.Any(static symbol => symbol is ILocalSymbol || (symbol is IParameterSymbol parameter && !Body.IsOfPrimaryConstructor(parameter)));
}
