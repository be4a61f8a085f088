using ExpiryAnalyzers.CodeFixes.Reading;
using ExpiryAnalyzers.CodeFixes.Writing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExpiryAnalyzers.CodeFixes.Lifetime;

/// <summary>
/// Repairs EXP405 where one command stores the value with its TTL: the one that is at hand, or an hour, for the user to edit. Other
/// commands would need a second one.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(KeyWithoutTtlFix))]
internal sealed class KeyWithoutTtlFix() : ExpiryCodeFix("EXP405")
{
    private protected override IEnumerable<Fix> Fixes(FixContext context) =>
        ClientCall.Of(context.Node, context) is { } call && (SetArguments.WithScope(call, context) ?? OneHour(call, context)) is { } fix
            ? [fix]
            : [];

    private static Fix? OneHour(ClientCall call, FixContext context)
    {
        ExpressionSyntax hour = Expressions.Call(
            Imports.Static(context, Types.TimeSpan, nameof(TimeSpan.FromHours)),
            Expressions.Number(1));
        const string title = "Give the key a TTL of one hour (edit it to what fits)";
        return SetArguments.WithExpiry(call, SetArguments.Expiry(call, hour, context), context, "OneHour", title, asks: true);
    }
}

/// <summary>The repairs of EXP405 that ask.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(KeyWithoutTtlAskingFix))]
internal sealed class KeyWithoutTtlAskingFix() : AskingCodeFix(new KeyWithoutTtlFix());
