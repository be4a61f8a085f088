using ExpiryAnalyzers.Calls;
using ExpiryAnalyzers.Values;
using Microsoft.CodeAnalysis;

namespace ExpiryAnalyzers.Rules.Time;

/// <summary>
/// EXP107: an absolute expiry at an offset that is not zero stands beside a sliding one, with which it is stored without its offset.
/// </summary>
internal sealed class OffsetLostBesideSliding : ExpiryRule
{
    public static readonly DiagnosticDescriptor Rule = new(
        "EXP107",
        "Offset of an absolute expiry is lost beside a sliding one",
        "'{0}' gets {1}{2} beside a sliding expiration{3}",
        "Time",
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description:
            "Beside a sliding expiration the Redis cache reads the clock reading of the absolute one back as UTC: with another " +
            "offset the entry dies hours early or late. Give the absolute expiration at offset zero, or relative to now.",
        helpLinkUri: HelpLink.For("EXP107"));

    public override DiagnosticDescriptor Descriptor => Rule;

    public override void Judge(Sink sink, RuleContext context)
    {
        if (sink is not { IsAbsolute: true, Sliding: { } sliding, Values: { } values } || !values.Any(HasOffset))
        {
            return;
        }

        TimeValue value = values.Alternatives.First(HasOffset);
        bool isLocal = value.Kind != TimeKind.Unspecified;
        context.Report(Diagnostic.Create(
            Rule,
            SinkReport.Location(sink, values, value),
            SinkReport.Additional(sink, value, context).Append(sliding.Value.Syntax.GetLocation()),
            SinkReport.Properties(sink, value, context).Add(SinkReport.Origin, value.Origin.ToString()),
            sink.Name,
            isLocal ? "local time" : "a time at an offset of its own",
            SinkReport.From(sink, value) + SinkReport.Through(sink),
            NowPlusOffsetAsAbsolute.ClauseFor(sink, context) ?? Consequence(isLocal)));
    }

    private static string Consequence(bool isLocal) =>
        ": the Redis cache stores its clock reading without the offset, so the first read deletes the entry " + (isLocal
            ? "west of UTC, and the deadline is hours late east of it"
            : "where the offset is negative, and the deadline is hours late where it is positive") + "; pass it at offset zero";

    private static bool HasOffset(TimeValue value) => value.IsCertainlyNotUtc && value.Origin is not (Origin.Never or Origin.Minimum);
}
