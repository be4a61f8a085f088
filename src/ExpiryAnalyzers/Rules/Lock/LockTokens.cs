using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Calls;
using ExpiryAnalyzers.Keys;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Rules.Lock;

/// <summary>What is certain of the tokens by which a lock knows its holder.</summary>
internal static class LockTokens
{
    /// <summary>The token that a call gives, as written in the body or in a helper; of a taking SET it is the value.</summary>
    public static IOperation? Of(CacheCall call) => call.ValueOf(Role.Token) ?? (call.Has(Effect.Overwrite) ? call.ValueOf(Role.Value) : null);

    /// <summary>Whether two tokens cannot be equal.</summary>
    public static bool AreCertainlyOther(IOperation taken, IOperation given, Body body)
    {
        // An expression that makes a new token makes another one than any before.
        if (IsFresh(taken) || IsFresh(given))
        {
            return true;
        }

        taken = body.Resolved(taken);
        given = body.Resolved(given);
        if (IsFresh(taken) && IsFresh(given))
        {
            return taken.Syntax != given.Syntax;
        }

        return (IsFresh(taken) && IsFixed(given)) || (IsFixed(taken) && IsFresh(given)) ||
            (IsFixed(taken) && IsFixed(given) && !Equals(Fixed(taken), Fixed(given))) || AreFormattedApart(taken, given, body);
    }

    /// <summary>Whether an expression is another value each time: a new GUID, as it is or as part of a text.</summary>
    public static bool IsFresh(IOperation token) => token switch
    {
        IConversionOperation conversion => IsFresh(conversion.Operand),
        IParenthesizedOperation parenthesized => IsFresh(parenthesized.Operand),
        IInvocationOperation { TargetMethod: { Name: "NewGuid" or "CreateVersion7", ContainingType.Name: "Guid" } } => true,
        IInvocationOperation { TargetMethod.Name: "ToString" or "ToByteArray", Instance: { } instance } => IsFresh(instance),
        IInterpolatedStringOperation text => text.Parts.Any(static part => part is IInterpolationOperation hole && IsFresh(hole.Expression)),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Add, Type.SpecialType: SpecialType.System_String } sum => IsFresh(sum.LeftOperand) || IsFresh(sum.RightOperand),
        _ => false,
    };

    /// <summary>Whether an expression is the same value each time, and another one than those that are written otherwise.</summary>
    private static bool IsFixed(IOperation token) => token.ConstantValue is { HasValue: true, Value: not null } || token is IPropertyReferenceOperation { Property: { IsStatic: true, ContainingType.Name: "Environment" } };

    private static object Fixed(IOperation token) => token.ConstantValue is { HasValue: true, Value: { } constant } ? constant : ((IPropertyReferenceOperation)token).Property.Name;

    /// <summary>Whether both are the same GUID as text, but of different formats: with and without hyphens.</summary>
    private static bool AreFormattedApart(IOperation taken, IOperation given, Body body) =>
        taken is IInvocationOperation { TargetMethod: { Name: "ToString", ContainingType: { Name: "Guid", ContainingNamespace.Name: "System" } }, Instance: { } left } one &&
        given is IInvocationOperation { TargetMethod: { Name: "ToString", ContainingType: { Name: "Guid", ContainingNamespace.Name: "System" } }, Instance: { } right } other &&
        body.Keys.Of(left) is { } identity && identity.Equals(body.Keys.Of(right)) &&
        FormatOf(one) is { } format && FormatOf(other) is { } otherFormat && format != otherFormat;

    private static string? FormatOf(IInvocationOperation text) => text.Arguments.Length == 0 ? "D" : text.Arguments[0].Value.ConstantValue is { HasValue: true, Value: string format } ? format.ToUpperInvariant() : null;
}
