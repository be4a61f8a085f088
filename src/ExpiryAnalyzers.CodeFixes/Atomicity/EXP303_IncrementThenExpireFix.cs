using ExpiryAnalyzers.CodeFixes.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace ExpiryAnalyzers.CodeFixes.Atomicity;

/// <summary>Repairs EXP303: one transaction counts and sets the TTL.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(IncrementThenExpireFix))]
internal sealed class IncrementThenExpireFix() : ExpiryCodeFix("EXP303")
{
    private const string Title = "Increment and expire in one transaction (MULTI)";

    private protected override IEnumerable<Fix> Fixes(FixContext context)
    {
        Fix[] fixes = CommandPair.Of(context) is { } pair ? [.. CounterEdits.Of(pair)] : [];
        return fixes.Length > 0 ? fixes.Select(fix => RefusedExpiry.Marked(fix, context))
            : OfTasks(context) is { } ofTasks ? [RefusedExpiry.Marked(ofTasks, context)]
            : [];
    }

    private static Fix? OfTasks(FixContext context) =>
        OwnExpire.Of(context, Title) ?? QueueEdit.Of(context, Title) ?? GatherEdit.Of(context, Title) ?? BatchEdit.Of(context, Title);
}

/// <summary>The repairs of EXP303 that ask: an increment that fails does not keep the rest of its transaction from running.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(IncrementThenExpireAskingFix))]
internal sealed class IncrementThenExpireAskingFix() : AskingCodeFix(new IncrementThenExpireFix());
