using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Calls;
using ExpiryAnalyzers.CodeFixes.Reading;
using ExpiryAnalyzers.Operations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.CodeFixes.Lock;

/// <summary>
/// The look at its owner that a lock's delete hangs on: the key is read, and its value must equal a token for the delete to be reached.
/// </summary>
internal static class TokenLook
{
    /// <summary>The token, as it can be written at the delete; null where none is compared, or it may be another one there.</summary>
    public static IOperation? Before(ClientCall delete, FixContext context) => ReadsBefore(delete, context)
        .Select(read => TokenOf(read, delete, context))
        .FirstOrDefault(static token => token is not null);

    /// <summary>What is read of the key before the delete.</summary>
    public static IEnumerable<CacheCall> ReadsBefore(ClientCall delete, FixContext context)
    {
        if (context.Analysis.BodyAround(delete.Operation) is not { } body)
        {
            return [];
        }

        CacheCall? own = body.CallsAt(delete.Syntax).FirstOrDefault(static call => call.Behind is null);
        return body.ByKey.On(own?.Key) is { } calls
            ? calls.With(Effect.Read).Where(read => read.Syntax.SpanStart < delete.Syntax.SpanStart)
            : [];
    }

    private static IOperation? TokenOf(CacheCall read, ClientCall delete, FixContext context)
    {
        // What is compared must be all that the key holds: not its length, not a part of it.
        if (ClientCall.Of(read.Syntax, context) is not { } look || !ClientNames.ValueReads.Contains(look.Command) ||
            !SyntaxFactory.AreEquivalent(look.Receiver, delete.Receiver) || CommandPair.OfRead(look, delete, context) is not { } pair)
        {
            return null;
        }

        ReadValue value = new(pair);
        return pair.Guards.SelectMany(static guard => guard.Parts)
            .Select(guard => (Guard: guard, Token: ComparedToken.OperationOf(guard, pair, value)))
            .FirstOrDefault(compared => compared.Token is { } token && IsSameAtDelete(token, compared.Guard, pair))
            .Token;
    }

    /// <summary>Whether a token is what it was compared as, and writing it once more does nothing.</summary>
    private static bool IsSameAtDelete(IOperation token, Guard guard, CommandPair pair) =>
        HolderToken.IsOnlyMade(token) && token.DescendantsAndSelf().All(part => IsSame(part, guard, pair));

    private static bool IsSame(IOperation part, Guard guard, CommandPair pair)
    {
        (ExpressionSyntax test, ExpressionSyntax delete) = (guard.Condition, pair.Second.Syntax);
        bool isWritten = DefUse.SymbolOf(part) is { } symbol &&
            pair.Variables.WritesBetween(symbol, test.SpanStart, delete.SpanStart).Count > 0;
        bool isVariable = part is not IMemberReferenceOperation or IFieldReferenceOperation { Field.IsReadOnly: true };
        return !isWritten && (isVariable || QuietCode.IsBetween(test, delete, pair.Context));
    }
}
