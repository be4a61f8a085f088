using ExpiryAnalyzers.CodeFixes.Writing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExpiryAnalyzers.CodeFixes.Lock;

/// <summary>A call that is to get a token: in place of the one that it is given, or as one argument more.</summary>
/// <param name="Call">The call.</param>
/// <param name="Given">The argument that gives a token; null where the call gives none.</param>
/// <param name="Parameter">The name that a further argument needs; null where its place says enough.</param>
internal sealed record TokenSite(InvocationExpressionSyntax Call, ArgumentSyntax? Given, string? Parameter)
{
    public SyntaxNode Touched => Given is null ? Call.ArgumentList : Given;

    /// <summary>Passes a token, whose expression is asked for when the edit is made.</summary>
    public void Pass(FixEditor editor, Func<ExpressionSyntax> token)
    {
        if (Given is not null)
        {
            editor.Replace(Given.Expression, current => Layout.Fixed(token()).WithTriviaFrom(current));
            return;
        }

        editor.Replace(Call.ArgumentList, current => current is ArgumentListSyntax list
            ? Arguments.Insert(list, list.Arguments.Count, Layout.Fixed(Arguments.Of(token(), Parameter)))
            : current);
    }
}
