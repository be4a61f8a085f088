using ExpiryAnalyzers.CodeFixes.Reading;
using ExpiryAnalyzers.Rules.Lock;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExpiryAnalyzers.CodeFixes.Lock;

/// <summary>
/// Repairs EXP202: leaves where the lock is not held, releases in a <c>finally</c>, or gives the token that the lock was taken with.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(LockOutcomeIgnoredFix))]
internal sealed class LockOutcomeIgnoredFix() : ExpiryCodeFix("EXP202")
{
    private protected override IEnumerable<Fix> Fixes(FixContext context)
    {
        Fix? fix = context.Property(LockOutcomeIgnored.Fault) switch
        {
            LockOutcomeIgnored.Unchecked => OutcomeCheck.Fix(context),
            LockOutcomeIgnored.NotReleased => ReleaseInFinally.Fix(context),
            LockOutcomeIgnored.OtherToken => SameToken(context),
            _ => null,
        };
        if (fix is not null)
        {
            yield return fix;
        }
    }

    private static Fix? SameToken(FixContext context)
    {
        if (context.Node is not ExpressionSyntax given || context.AdditionalNode(0) is not ExpressionSyntax taken ||
            SyntaxFactory.AreEquivalent(taken, given))
        {
            return null;
        }

        if (context.OperationOf(taken) is not { } token || !HolderToken.IsLasting(token, given.SpanStart, context))
        {
            return null;
        }

        return new(
            "SameToken",
            $"Give '{taken}', which the lock was taken with",
            [given],
            editor => editor.Replace(given, current => taken.WithTriviaFrom(current)));
    }
}

/// <summary>The repairs of EXP202 that ask.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(LockOutcomeIgnoredAskingFix))]
internal sealed class LockOutcomeIgnoredAskingFix() : AskingCodeFix(new LockOutcomeIgnoredFix());
