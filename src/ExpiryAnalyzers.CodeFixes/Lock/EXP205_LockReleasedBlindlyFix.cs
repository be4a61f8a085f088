using ExpiryAnalyzers.CodeFixes.Reading;
using ExpiryAnalyzers.Rules.Lock;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace ExpiryAnalyzers.CodeFixes.Lock;

/// <summary>Repairs EXP205: <c>LockRelease</c> with the value that the lock was taken with, which deletes only that.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(LockReleasedBlindlyFix))]
internal sealed class LockReleasedBlindlyFix() : ExpiryCodeFix("EXP205")
{
    private protected override IEnumerable<Fix> Fixes(FixContext context)
    {
        if (ClientCall.Of(context.Node, context) is { } delete && TokenRelease.IsFor(delete, context) &&
            TokenOfTake(context) is { } token && HolderToken.At(delete.Syntax, token, context) is { } holder)
        {
            yield return Release(delete, token, holder, context);
        }
    }

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
