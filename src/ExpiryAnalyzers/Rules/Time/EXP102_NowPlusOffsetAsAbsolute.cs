using ExpiryAnalyzers.Calls;
using ExpiryAnalyzers.Rules.Atomicity;
using ExpiryAnalyzers.Values;
using Microsoft.CodeAnalysis;

namespace ExpiryAnalyzers.Rules.Time;

/// <summary>EXP102: a span from this machine's clock is sent as an instant, where a TTL was meant.</summary>
internal sealed class NowPlusOffsetAsAbsolute : ExpiryRule
{
    public static readonly DiagnosticDescriptor Rule = new(
        "EXP102",
        "Now + offset passed as an absolute time",
        "'{0}' gets this machine's clock plus a span{1} as an absolute time: {2}; pass the offset",
        "Time",
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description:
            "A length of time was meant, and is sent as an instant of this machine's clock: where that clock and the one that " +
            "judges it differ, the key lives by the difference longer or shorter. Pass the length as a relative TTL.",
        helpLinkUri: HelpLink.For("EXP102"));

    public override DiagnosticDescriptor Descriptor => Rule;

    public override void Judge(Sink sink, RuleContext context)
    {
        if (!Speaks(sink, context))
        {
            return;
        }

        TimeValue span = sink.Values!.Alternatives.First(IsSpan);
        context.Report(Diagnostic.Create(
            Rule,
            sink.Value.Syntax.GetLocation(),
            SinkReport.Additional(sink, span, context),
            SinkReport.Properties(sink, span, context),
            sink.Name,
            SinkReport.Through(sink),
            sink.Library.ShrinksUntilStored
                ? "the span shrinks until the entry is stored, and storing it throws once the time is past"
                : "the TTL is off by the difference between this clock and the server's, and a clock that lags by more deletes the key " +
                    "at once"));
    }

    /// <summary>
    /// What another rule says of a sink that is reported here, too: the repair is this one's, and clears the other. Null where it is not.
    /// </summary>
    public static string? ClauseFor(Sink sink, RuleContext context) =>
        context.IsOn(Rule) && Speaks(sink, context) ? "; the fix of EXP102 clears this" : null;

    /// <summary>Whether a sink is reported.</summary>
    private static bool Speaks(Sink sink, RuleContext context)
    {
        if (!sink.IsAbsolute || !sink.Library.HasServerClock || sink.IsMixed || sink.IsShared || sink.Values is not { } values ||
            !values.Alternatives.Any(IsSpan) ||
            !values.All(static value => IsSpan(value) || value.Shape == TimeShape.Null || value.Origin == Origin.Never))
        {
            return false;
        }

        if (DeadlineComputedOnce.Speaks(sink, context))
        {
            return false;
        }

        Deadlines deadlines = context.Body.Remember(static body => new Deadlines(body, body.Knowledge));
        return deadlines.IsForThisSinkAlone(sink) && !context.Body.Options.IsShared(sink) &&
            !ExpireSequence.IsIdle(sink, context.Body);
    }

    private static bool IsSpan(TimeValue value) => value.Origin == Origin.ClockPlusOffset;
}
