using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.CodeFixes.Reading;
using ExpiryAnalyzers.CodeFixes.Writing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExpiryAnalyzers.CodeFixes.Lock;

/// <summary>Writes <c>LockRelease</c>, which compares the token and deletes, in place of a delete.</summary>
internal static class TokenRelease
{
    /// <summary>Whether a call is a delete of one key that the client can make one that compares.</summary>
    public static bool IsFor(ClientCall delete, FixContext context) =>
        delete is { Effect: Effect.Delete, Member.Row.FitsAnyType: true, IsOfKnownForms: true } &&
        delete.IsOnDatabase(context) && delete.ArgumentSyntax(ClientNames.Key) is not null;

    /// <summary>The delete with a token, made of its current state.</summary>
    public static SyntaxNode With(SyntaxNode current, ClientCall delete, ExpressionSyntax token)
    {
        if (current is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } call)
        {
            return current;
        }

        bool isNamed = delete.ArgumentSyntax(ClientNames.Key)!.NameColon is not null;
        ArgumentSyntax value = Layout.Fixed(Arguments.Of(token, isNamed ? ClientNames.Value : null));
        SimpleNameSyntax name = SyntaxFactory.IdentifierName(ClientNames.LockRelease + (delete.IsAsync ? ClientNames.Async : ""));
        return call.WithExpression(access.WithName(name.WithTriviaFrom(access.Name)))
            .WithArgumentList(Arguments.Insert(call.ArgumentList, isNamed ? call.ArgumentList.Arguments.Count : 1, value));
    }
}
