using ExpiryAnalyzers.CodeFixes.Reading;
using ExpiryAnalyzers.CodeFixes.Writing;
using ExpiryAnalyzers.Rules.Lock;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExpiryAnalyzers.CodeFixes.Lock;

/// <summary>
/// Repairs EXP206: takes the lock with a TTL, the one that is at hand, or the limit of its work and a margin, or a minute, for the user
/// to edit.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(LockWithoutTtlFix))]
internal sealed class LockWithoutTtlFix() : ExpiryCodeFix("EXP206")
{
    private static TimeSpan Margin => TimeSpan.FromSeconds(5);

    private protected override IEnumerable<Fix> Fixes(FixContext context)
    {
        if (ClientCall.Of(context.Node.FirstAncestorOrSelf<InvocationExpressionSyntax>(), context) is { } take &&
            (SetArguments.WithScope(take, context) ?? Invented(take, context)) is { } fix)
        {
            // Only the author knows how long the work may take.
            yield return fix with { Asks = true };
        }
    }

    private static Fix? Invented(ClientCall take, FixContext context)
    {
        TimeSpan life = LifeOf(take, context);
        if (Types.Find(Types.TimeSpan, context) is not { } timeSpan || !Spans.IsLiteral(life))
        {
            return null;
        }

        ExpressionSyntax span = Imports.Literal(life, timeSpan, context.Generator);
        string title = $"Give the lock a TTL of {life.TotalSeconds:0} s (edit it to what fits)";
        return SetArguments.WithExpiry(take, SetArguments.Expiry(take, span, context), context, "Ttl", title, asks: true);
    }

    /// <summary>What the work is given and a margin, where that is known; else a minute.</summary>
    private static TimeSpan LifeOf(ClientCall take, FixContext context) =>
        TakenLock.At(take.Syntax, context) is var (episode, _) && episode.Limits().Max(static limit => limit.Length) is { } limit
            ? limit + Margin
            : TimeSpan.FromMinutes(1);
}

/// <summary>The repairs of EXP206 that ask.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(LockWithoutTtlAskingFix))]
internal sealed class LockWithoutTtlAskingFix() : AskingCodeFix(new LockWithoutTtlFix());
