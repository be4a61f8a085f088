using ExpiryAnalyzers.CodeFixes.Reading;
using ExpiryAnalyzers.Rules.Atomicity;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace ExpiryAnalyzers.CodeFixes.Atomicity;

/// <summary>Repairs EXP302: one command or one transaction stores the value and sets its TTL.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(WriteThenExpireFix))]
internal sealed class WriteThenExpireFix() : ExpiryCodeFix("EXP302")
{
    private const string Title = "Store the value and set the TTL in one transaction (MULTI)";

    private protected override IEnumerable<Fix> Fixes(FixContext context)
    {
        // What the test was meant to be is the author's to say.
        if (context.Property(PairReport.Shape) == nameof(SequenceKind.Idle))
        {
            return [];
        }

        bool isReversed = context.Property(PairReport.Shape) is nameof(SequenceKind.TooEarly) or nameof(SequenceKind.Dropped);
        CommandPair? pair = isReversed ? CommandPair.Reversed(context) : CommandPair.Of(context);
        Fix? fix = (pair is null ? null : SetExpiryEdit.Of(pair)) ?? InTransaction(context, pair);
        return fix is null ? [] : [isReversed ? fix : RefusedExpiry.Marked(fix, context)];
    }

    private static Fix? InTransaction(FixContext context, CommandPair? pair)
    {
        if (ClientCall.Of(context.AdditionalNode(0), context) is not { } store || IsAdvisedAgainst(store, context))
        {
            return null;
        }

        if (pair is null && OwnExpire.Of(context, Title) is { } ofOwn)
        {
            return ofOwn;
        }

        if (!store.IsOnDatabase(context))
        {
            return pair?.IsReversed == true ? null : BatchEdit.Of(context, Title);
        }

        Fix? ofMany = pair?.IsReversed == true ? null : QueueEdit.Of(context, Title) ?? GatherEdit.Of(context, Title);
        return ofMany ?? (pair is { IsReversed: true } or { Guards.Count: 0 } ? TransactionEdit.Of(pair, Title) : null);
    }

    /// <summary>SET takes an expiry itself, and the client's own analyzer says so of one in a transaction (SER303).</summary>
    private static bool IsAdvisedAgainst(ClientCall store, FixContext context) =>
        store.Command == ClientNames.StringSet && ServerVersion.IsAdvisedFor(ServerVersion.Redis26, context, store.Operation.TargetMethod);
}

/// <summary>The repairs of EXP302 that ask: a write that fails does not keep the rest of its transaction from running.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(WriteThenExpireAskingFix))]
internal sealed class WriteThenExpireAskingFix() : AskingCodeFix(new WriteThenExpireFix());
