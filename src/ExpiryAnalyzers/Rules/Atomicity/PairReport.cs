using System.Collections.Immutable;
using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Binding;
using ExpiryAnalyzers.Flow;
using ExpiryAnalyzers.Rules.Time;
using Microsoft.CodeAnalysis;

namespace ExpiryAnalyzers.Rules.Atomicity;

/// <summary>What reports of pairs have in common: they stand at the expire, name the nearest call, and leave the rest for the fix.</summary>
internal static class PairReport
{
    /// <summary>The property that says what the fix may write: the <see cref="DataType"/> of the nearest call, or a word of the rule's own.</summary>
    public const string Shape = nameof(Shape);

    /// <summary>The property that counts the additional locations of calls beside the nearest one, which stands first.</summary>
    public const string Others = nameof(Others);

    /// <summary>The property that is present where one of the calls is made in a helper.</summary>
    public const string IsIndirect = nameof(IsIndirect);

    public static Diagnostic Create(DiagnosticDescriptor rule, ExpireSequence sequence, string shape, params object[] messageArguments)
    {
        CacheCall[] firsts = [sequence.Nearest, .. sequence.Others];
        CacheCall[] helpers = [.. firsts.Append(sequence.Expire).Where(static call => call.Behind is not null)];
        ImmutableDictionary<string, string?> properties = ImmutableDictionary<string, string?>.Empty
            .Add(Shape, shape)
            .Add(Others, sequence.Others.Count.ToString(System.Globalization.CultureInfo.InvariantCulture));
        return Diagnostic.Create(
            rule,
            sequence.Expire.Syntax.GetLocation(),
            [.. firsts.Select(static call => call.Syntax.GetLocation()), .. helpers.Select(static call => call.Behind!.Syntax.GetLocation())],
            helpers.Length == 0 ? properties : properties.Add(IsIndirect, null),
            messageArguments);
    }

    /// <summary>The key as the user wrote it.</summary>
    public static string KeyText(ExpireSequence sequence) => (KeyOf(sequence.Nearest) ?? KeyOf(sequence.Expire)) is { } key ? $"'{SinkReport.Short(key)}'" : "the key";

    private static SyntaxNode? KeyOf(CacheCall call) => call.Argument(Role.Key)?.Value.Syntax ?? call.Raw?.Arguments.FirstOrDefault()?.Syntax;
}
