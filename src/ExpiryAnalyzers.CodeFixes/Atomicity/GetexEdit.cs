using ExpiryAnalyzers.CodeFixes.Reading;
using ExpiryAnalyzers.CodeFixes.Writing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExpiryAnalyzers.CodeFixes.Atomicity;

/// <summary>Writes <c>StringGetSetExpiry</c> in place of a read of a string, and takes the expire out.</summary>
internal static class GetexEdit
{
    public static Fix? Of(CommandPair pair, ReadValue value)
    {
        if (pair.First.Command != ClientNames.StringGet || ServerVersion.IsBelow(ServerVersion.Redis62, pair.Context) ||
            !value.DecidesAlone || pair.Expiry is not { } expiry || !CanCarry(pair, expiry) || Written(pair) is not { } getex)
        {
            return null;
        }

        OneCommand command = new(pair, getex, "Getex", "Read and set the TTL in one command (GETEX, Redis 6.2)");
        return CallUse.StatementOf(pair.Second, pair.Context) is { } statement
            ? command.WithoutSecond(statement)
            : WithAnswer(pair, command, value, expiry);
    }

    /// <summary>
    /// Whether GETEX can be told the expiry, with the meaning that it has for EXPIRE. It is a write: a replica refuses it.
    /// </summary>
    private static bool CanCarry(CommandPair pair, IOperation expiry) =>
        pair.Second.IsUnconditional && !IsForReplicaOnly(pair.First) && pair.IsKnownAtFirst(expiry) && !pair.HasOddExpiry(expiry);

    private static bool IsForReplicaOnly(ClientCall read) =>
        read.IsConstant(ClientNames.Flags, ClientNames.DemandReplica) || read.IsConstant(ClientNames.Flags, ClientNames.DemandSlave);

    /// <summary>The read with the expiry; null where the client has no such command, or not for such an expiry.</summary>
    private static InvocationExpressionSyntax? Written(CommandPair pair)
    {
        ArgumentListSyntax arguments = pair.First.Syntax.ArgumentList;
        if (pair.First.ArgumentSyntax(ClientNames.Key) is not { } key || pair.Second.ArgumentSyntax(ClientNames.Expiry) is not { } expiry)
        {
            return null;
        }

        string method = ClientNames.StringGetSetExpiry + (pair.First.IsAsync ? ClientNames.Async : "");
        bool isPositional = arguments.Arguments[0] == key && key.NameColon is null;
        ArgumentSyntax written = isPositional ? expiry : Arguments.Of(expiry.Expression, ClientNames.Expiry);
        InvocationExpressionSyntax getex = Expressions.WithMethod(pair.First, method)
            .WithArgumentList(Arguments.Insert(arguments, 1, written));
        return pair.BindsAtFirst(getex, method) ? getex : null;
    }

    /// <summary>The expire's answer is used: it tells whether the key was found, which the value read tells as well.</summary>
    private static Fix? WithAnswer(CommandPair pair, OneCommand command, ReadValue value, IOperation expiry)
    {
        // Taking a TTL away also answers false for a key that has none.
        ClientCall second = pair.Second;
        if (CommandPair.IsNullable(expiry) || second.IsAsync != second.IsAwaited || second.Argument(ClientNames.Flags) is not null)
        {
            return null;
        }

        if (CallUse.ConjunctionOf(second) is { } both && value.IsPresent(both.Left) == true)
        {
            return command.WithoutRight(both, pair.First.Syntax, both);
        }

        // v.IsNull || await db.KeyExpireAsync(…): true in any case, so it is about something else.
        if (value.Local is not { } local || TaskWaits.Outermost(second.Result).Parent is BinaryExpressionSyntax ||
            !pair.Model.LookupSymbols(second.Syntax.SpanStart, name: local.Name).Contains(local, SymbolEqualityComparer.Default))
        {
            return null;
        }

        ExpressionSyntax found = Layout.Fixed(Expressions.Dot(SyntaxFactory.IdentifierName(local.Name), ClientNames.IsNull));
        bool isNegated = second.Result.Parent.IsKind(SyntaxKind.LogicalNotExpression);
        SyntaxNode answer = isNegated ? second.Result.Parent! : second.Result;
        ExpressionSyntax written = isNegated ? found : Layout.Fixed(Expressions.Not(found));
        return command.WithoutPart(answer, [pair.First.Syntax, answer], current => written.WithTriviaFrom(current));
    }
}
