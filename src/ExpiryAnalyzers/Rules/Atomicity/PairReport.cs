using System.Collections.Immutable;
using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Calls;
using ExpiryAnalyzers.Keys;
using ExpiryAnalyzers.Rules.Time;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Rules.Atomicity;

/// <summary>
/// What reports of pairs have in common: they stand at the expire, name the nearest call, and leave the rest for the fix.
/// </summary>
internal static class PairReport
{
    /// <summary>
    /// The property that says what the fix may write: the <see cref="DataType"/> of the nearest call, or a word of the rule's own.
    /// </summary>
    public const string Shape = nameof(Shape);

    /// <summary>The property that counts the additional locations of calls beside the nearest one, which stands first.</summary>
    public const string Others = nameof(Others);

    /// <summary>The property that is present where one of the calls is made in a helper.</summary>
    public const string IsIndirect = nameof(IsIndirect);

    /// <summary>What makes two commands one, whatever their types.</summary>
    public const string Cure = "use MULTI";

    public static Diagnostic Create(DiagnosticDescriptor rule, ExpireSequence sequence, string shape, params object[] messageArguments)
    {
        CacheCall[] firsts = [sequence.Nearest, .. sequence.Others];
        CacheCall[] helpers = [.. firsts.Append(sequence.Expire).Where(static call => call.Behind is not null)];
        ImmutableDictionary<string, string?> properties = ImmutableDictionary<string, string?>.Empty
            .Add(Shape, shape)
            .Add(Others, sequence.Others.Count.ToString(System.Globalization.CultureInfo.InvariantCulture));
        IEnumerable<CacheCall> places = firsts.Concat(helpers.Select(static call => call.Behind!));
        return Diagnostic.Create(
            rule,
            sequence.Expire.Syntax.GetLocation(),
            Locations.Of(places.Select(static call => call.Syntax)),
            helpers.Length == 0 ? properties : properties.Add(IsIndirect, null),
            messageArguments);
    }

    /// <summary>A call's name, and that of the client's call behind it where it is a helper.</summary>
    public static string NameOf(CacheCall call) => call.Behind is null ? $"'{call.Name}'"
        : call.Name == call.ClientName ? $"'{call.Operation.TargetMethod.ContainingType.Name}.{call.Name}' (through '{call.ClientName}')"
        : $"'{call.Name}' (through '{call.ClientName}')";

    /// <summary>The key as the user wrote it.</summary>
    public static string KeyText(ExpireSequence sequence) => KeyOf(sequence.Nearest) ?? KeyOf(sequence.Expire) ?? "the key";

    /// <summary>The key of a call as the user wrote it; null where it is not written in the body at hand.</summary>
    public static string? KeyOf(CacheCall call)
    {
        if (call.Behind is null)
        {
            return (call.Argument(Role.Key)?.Value.Syntax ?? call.Raw?.Arguments.FirstOrDefault()?.Syntax) is { } key
                ? SinkReport.Quoted(key)
                : null;
        }

        // What the caller hands to the helper for the key, or for a part of it.
        Key? inner = call.Behind.Key;
        return inner?.Symbols
            .OfType<IParameterSymbol>()
            .Where(static parameter => !Body.IsOfPrimaryConstructor(parameter))
            .ToArray() is [{ } only] &&
            call.Operation.Arguments.FirstOrDefault(
                argument => argument.Parameter?.Ordinal == only.Ordinal && argument.ArgumentKind == ArgumentKind.Explicit) is { } argument
            ? inner.Kind == KeyKind.Var
                ? SinkReport.Quoted(argument.Value.Syntax)
                : $"the key made of {SinkReport.Quoted(argument.Value.Syntax)}"
            : null;
    }
}
