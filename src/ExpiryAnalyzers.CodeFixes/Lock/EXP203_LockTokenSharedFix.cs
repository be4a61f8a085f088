using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Calls;
using ExpiryAnalyzers.CodeFixes.Reading;
using ExpiryAnalyzers.CodeFixes.Writing;
using ExpiryAnalyzers.Rules.Lock;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExpiryAnalyzers.CodeFixes.Lock;

/// <summary>Repairs EXP203: a new token in one local that take, extend and release share.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(LockTokenSharedFix))]
internal sealed class LockTokenSharedFix() : ExpiryCodeFix("EXP203")
{
    private protected override IEnumerable<Fix> Fixes(FixContext context)
    {
        if (UsesOf(context) is { Given: [{ } first, ..] } uses &&
            (InPlace(first, uses, context) ?? InVariable(uses, context)) is { } fix)
        {
            yield return fix;
        }
    }

    private static TokenUses? UsesOf(FixContext context) =>
        context.Node.FirstAncestorOrSelf<InvocationExpressionSyntax>() is { } syntax && TakenLock.BodyAt(syntax, context) is { } body &&
        body.CallsAt(syntax).FirstOrDefault(call => IsByToken(call, body)) is { } take
            ? TokenUses.Of(take, body, context)
            : null;

    /// <summary>
    /// Whether a call takes a lock by a token, and nothing gives it back by way of a list of keys, or of a queue, where the token is out of
    /// reach.
    /// </summary>
    private static bool IsByToken(CacheCall take, Body body) => LockTokens.Of(take) is not null &&
        LockEpisode.Taken(take, body) is { } episode &&
        !episode.Releases.Any(release => (release.Has(Effect.Delete) && HeldWork.IsQueued(release)) ||
            LockEpisodes.Of(body).Calls.IsOfElements(release, take));

    /// <summary>The repair where a variable holds the token, and nothing else reads it.</summary>
    private static Fix? InPlace(ExpressionSyntax first, TokenUses uses, FixContext context)
    {
        if (LocalUse.Of(first, context) is not { OnlyValue: { } value, Statement: { IsConst: false } } local ||
            !local.Reads.All(read => uses.Given.Contains(read)))
        {
            return null;
        }

        return Make([value], uses, editor =>
        {
            editor.Replace(value, current => NewGuid(context).WithTriviaFrom(current));
            return local.Local.Name;
        });
    }

    private static Fix? InVariable(TokenUses uses, FixContext context)
    {
        SyntaxNode[] places = uses.Given.Concat<SyntaxNode>(uses.Deletes.Select(static delete => delete.Syntax)).ToArray();
        if (HolderToken.StatementBefore(places) is not { } before)
        {
            return null;
        }

        return Make(uses.Given, uses, editor =>
        {
            string name = editor.NewName(Statements.ScopeOf(before), HolderToken.Name);
            foreach (ExpressionSyntax given in uses.Given)
            {
                editor.Replace(given, current => SyntaxFactory.IdentifierName(name).WithTriviaFrom(current));
            }

            InsertionPoint.Before(before).Insert(editor, _ => [Code.Var(name, NewGuid(context))]);
            return name;
        });
    }

    /// <summary>The repair whose token is in a variable; deletes become releases by it.</summary>
    private static Fix Make(IEnumerable<SyntaxNode> touched, TokenUses uses, Func<FixEditor, string> name) =>
        new(
            "NewToken",
            "Take the lock with a new token each time",
            touched.Concat(uses.Deletes.Select(static delete => delete.Syntax)).ToArray(),
            editor =>
            {
                ExpressionSyntax token = SyntaxFactory.IdentifierName(name(editor));
                foreach (ClientCall delete in uses.Deletes)
                {
                    editor.Replace(delete.Syntax, current => TokenRelease.With(current, delete, token));
                }
            });

    private static ExpressionSyntax NewGuid(FixContext context) => Expressions.Call(
        Expressions.Dot(Expressions.Call(Imports.Static(context, Types.Guid, nameof(Guid.NewGuid))), nameof(ToString)),
        Expressions.Text("N"));
}
