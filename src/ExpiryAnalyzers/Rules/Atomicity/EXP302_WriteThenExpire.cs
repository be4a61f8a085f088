using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Calls;
using ExpiryAnalyzers.Symbols;
using Microsoft.CodeAnalysis;

namespace ExpiryAnalyzers.Rules.Atomicity;

/// <summary>EXP302: a value is stored, and the key given a TTL by a second command; or the TTL is set first, and lost.</summary>
internal sealed class WriteThenExpire : ExpiryRule
{
    public static readonly DiagnosticDescriptor Rule = new(
        "EXP302",
        "Write followed by EXPIRE is not atomic",
        "{0} stores {1}, and {2} sets its TTL in another command: {3}; {4}",
        "Atomicity",
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description:
            "What ends the process or the connection between the two commands leaves a key that never expires. Write with the " +
            "expiry in one command (SET EX), or send both in MULTI.",
        helpLinkUri: HelpLink.For("EXP302"));

    public override DiagnosticDescriptor Descriptor => Rule;

    public override void Judge(CacheCall call, RuleContext context)
    {
        if (ExpireSequence.Of(call, context.Body) is { Kind: not (SequenceKind.Read or SequenceKind.Increment) } sequence)
        {
            string shape = sequence.Kind == SequenceKind.Write ? sequence.Nearest.Data.ToString() : sequence.Kind.ToString();
            string cure = MayBringExpiry(sequence.Nearest.Innermost, context.Knowledge.Catalog)
                ? "store it with its expiry"
                : PairReport.Cure;
            context.Report(
                PairReport.Create(
                    Rule,
                    sequence,
                    shape,
                    PairReport.NameOf(sequence.Nearest),
                    PairReport.KeyText(sequence),
                    PairReport.NameOf(sequence.Expire),
                    Consequence(sequence.Kind),
                    cure));
        }
    }

    /// <summary>
    /// Whether the value can be stored with an expiry, by another overload or the SET NX beside SETNX; APPEND and GETSET take none.
    /// </summary>
    private static bool MayBringExpiry(CacheCall store, ApiCatalog catalog) => store.Data == DataType.String &&
        (store.Raw is not null || store.IsOnlyIfMissing || store.Method.HasLifetime ||
            store.Operation.TargetMethod.ContainingType.GetMembers(store.Operation.TargetMethod.Name).OfType<IMethodSymbol>()
                .Any(overload => catalog.Find(overload)?.HasLifetime == true));

    private static string Consequence(SequenceKind kind) => kind switch
    {
        SequenceKind.TooEarly => "it comes first and does nothing to a key that is not there yet, which then never expires",
        SequenceKind.Idle => "it runs only where the key is missing and does nothing, so the key never expires",
        SequenceKind.Dropped => "it comes first, and the value is then stored without a TTL, so the key never expires",
        _ => "a crash or a lost connection in between leaves a key that never expires",
    };
}
