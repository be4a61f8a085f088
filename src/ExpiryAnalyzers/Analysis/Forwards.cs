using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Calls;
using ExpiryAnalyzers.Keys;
using ExpiryAnalyzers.Operations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Analysis;

/// <summary>
/// Methods that are a client's write by another name: key and value are the caller's, and whether the key is to die is for the caller to
/// say.
/// </summary>
internal static class Forwards
{
    /// <summary>What a write is told beside what it stores where and for how long.</summary>
    private static readonly Role[] Settings = [Role.Condition, Role.ExpiryCondition, Role.KeepTtl, Role.Flags];

    /// <summary>Whether all that the body of a method does with a client is to write what the caller hands in.</summary>
    public static bool Is(IMethodSymbol method, Body body) =>
        method.MethodKind == MethodKind.Ordinary && !body.Calls.IsEmpty && body.Scripts.Count == 0 &&
        body.Calls.All(call => IsForward(call, method, body));

    private static bool IsForward(CacheCall call, IMethodSymbol method, Body body) =>
        call.Has(Effect.Store) && call.Raw is null && (call.Behind is null || call.IsOfForward) && HasOwnKey(call, method, body) &&
        call.Operation.Arguments.All(argument => IsSetting(argument, call) || IsHandedIn(argument, method, body));

    /// <summary>Whether the key is what the caller hands in, and nothing else.</summary>
    private static bool HasOwnKey(CacheCall call, IMethodSymbol method, Body body) =>
        call.Key?.Canonical is { Kind: KeyKind.Var, Symbol: IParameterSymbol key } && IsOwn(key, method, body);

    /// <summary>Whether an argument says nothing of what is stored and how long it lives, or is left out.</summary>
    private static bool IsSetting(IArgumentOperation argument, CacheCall call) =>
        argument.ArgumentKind == ArgumentKind.DefaultValue || argument.Value.Type is { TypeKind: TypeKind.Enum } ||
        argument.Value.WithoutConversions() is IDefaultValueOperation or { ConstantValue: { HasValue: true, Value: null } } ||
        Settings.Any(role => ReferenceEquals(call.Argument(role), argument));

    /// <summary>Whether an argument is what the caller hands in, as it is or converted.</summary>
    private static bool IsHandedIn(IArgumentOperation argument, IMethodSymbol method, Body body) =>
        body.Resolved(argument.Value).DescendantsAndSelf()
            .Any(part => part is IParameterReferenceOperation { Parameter: { } parameter } && IsOwn(parameter, method, body));

    private static bool IsOwn(IParameterSymbol parameter, IMethodSymbol method, Body body) =>
        SymbolEqualityComparer.Default.Equals(parameter.ContainingSymbol, method) && body.Assignments.Writes(parameter) == 0;
}
