using ExpiryAnalyzers.CodeFixes.Reading;
using ExpiryAnalyzers.Rules.Lock;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.CodeFixes.Lock;

/// <summary>Repairs EXP205: <c>LockRelease</c> with the value that the lock was taken with, which deletes only that.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(LockReleasedBlindlyFix))]
internal sealed class LockReleasedBlindlyFix() : ExpiryCodeFix("EXP205")
{
    private protected override IEnumerable<Fix> Fixes(FixContext context)
    {
        // A local function that is handed the key may delete others by it.
        if (context.Has(LockReleasedBlindly.IsOfOthers) || ClientCall.Of(context.Node, context) is not { } delete ||
            !TokenRelease.IsFor(delete, context))
        {
            yield break;
        }

        if (TokenLook.Before(delete, context) is { } compared)
        {
            yield return Release(delete, compared, HolderToken.AsWritten(compared), context);
        }
        else if (TokenOfTake(context) is { } token && HolderToken.At(delete.Syntax, token, context) is { } holder)
        {
            yield return Release(delete, token, holder, context);
        }
        else if (ParameterLike(TokenOfTake(context), delete, context) is { } parameter)
        {
            yield return OfParameter(delete, parameter);
        }
    }

    /// <summary>
    /// The parameter of the member that deletes, unasked, which has the name and the type of the one that another member takes the lock
    /// with, and which nothing else uses.
    /// </summary>
    private static IParameterSymbol? ParameterLike(IOperation? token, ClientCall delete, FixContext context)
    {
        if (token is not IParameterReferenceOperation { Parameter: { } given } || TokenLook.ReadsBefore(delete, context).Any())
        {
            return null;
        }

        SyntaxNode member = Statements.MemberAround(delete.Syntax);
        return context.Model.LookupSymbols(delete.Syntax.SpanStart, name: given.Name).OfType<IParameterSymbol>()
            .FirstOrDefault(parameter => IsLike(parameter, given) && !Statements.Names(member, parameter, context));
    }

    private static bool IsLike(IParameterSymbol parameter, IParameterSymbol given) =>
        parameter is { RefKind: RefKind.None, ContainingSymbol: IMethodSymbol { MethodKind: not MethodKind.Constructor } } &&
        SymbolEqualityComparer.Default.Equals(parameter.Type, given.Type) &&
        !SymbolEqualityComparer.Default.Equals(parameter.ContainingSymbol, given.ContainingSymbol);

    /// <summary>Whether callers give both members the same is theirs to know.</summary>
    private static Fix OfParameter(ClientCall delete, IParameterSymbol parameter) =>
        new(
            "Token",
            $"Release the lock with '{parameter.Name}': {ClientNames.LockRelease}",
            [delete.Syntax],
            editor => editor.Replace(
                delete.Syntax,
                current => TokenRelease.With(current, delete, SyntaxFactory.IdentifierName(parameter.Name))))
        {
            Asks = true,
        };

    /// <summary>The token of the call that takes the lock.</summary>
    private static IOperation? TokenOfTake(FixContext context) =>
        context.AdditionalNode(0) is { } take && TakenLock.BodyAt(take, context) is { } body
            ? body.CallsAt(take).Select(LockTokens.Of).FirstOrDefault(static token => token is not null)
            : null;

    private static Fix Release(ClientCall delete, IOperation token, HolderToken holder, FixContext context) =>
        new(
            "Token",
            $"Release the lock with its token: {ClientNames.LockRelease}",
            [delete.Syntax, .. holder.Touched],
            editor =>
            {
                holder.Declare(editor);
                editor.Replace(delete.Syntax, current => TokenRelease.With(current, delete, holder.Expression));
            })
        {
            // A lock that was taken with nothing is not given back by nothing.
            Asks = !HolderToken.IsSomething(token, context),
        };
}

/// <summary>The repairs of EXP205 that ask.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(LockReleasedBlindlyAskingFix))]
internal sealed class LockReleasedBlindlyAskingFix() : AskingCodeFix(new LockReleasedBlindlyFix());
