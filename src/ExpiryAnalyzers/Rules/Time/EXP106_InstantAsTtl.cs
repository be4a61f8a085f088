using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Calls;
using ExpiryAnalyzers.Symbols;
using ExpiryAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Rules.Time;

/// <summary>EXP106: a TTL is made of an instant's own number, which counts from a fixed start and not from now.</summary>
internal sealed class InstantAsTtl : ExpiryRule
{
    public static readonly DiagnosticDescriptor Rule = new(
        "EXP106",
        "Point in time used as a TTL",
        "'{0}' is a point in time, and '{1}' takes it for a TTL{2}: {3}",
        "Time",
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "The number of an instant counts from 1970, from the year 1 or from midnight. As a TTL it has nothing to do with " +
            "the time that is left.",
        helpLinkUri: HelpLink.For("EXP106"));

    /// <summary>The property that holds the unit of the instant's number, at a sink that takes numbers.</summary>
    public const string Unit = nameof(Unit);

    public override DiagnosticDescriptor Descriptor => Rule;

    public override void Judge(Sink sink, RuleContext context)
    {
        if (!sink.IsAbsolute && sink.Values is { } values && values.Alternatives.FirstOrDefault(static value => value.IsEpoch) is { } value)
        {
            SyntaxNode place = SinkReport.Smallest(sink, values, value);
            context.Report(Diagnostic.Create(
                Rule,
                place.GetLocation(),
                SinkReport.Additional(sink, value, context),
                sink.Unit == TimeUnit.Unknown
                    ? SinkReport.Properties(sink, value, context)
                    : SinkReport.Properties(sink, value, context).Add(Unit, value.Unit.ToString()),
                SinkReport.Culprit(value, place),
                sink.Name,
                SinkReport.Through(sink),
                context.Knowledge.Types.IsUseOf(value.Source, KnownMember.TimeOfDay) ? "the key lives as long as the day was old then"
                    : sink.MixupOf(value) is { Given: TimeUnit.Seconds, Read: TimeUnit.Milliseconds }
                        ? "the key lives for some weeks, whatever time is left"
                    : "the key lives for decades, as good as for ever"));
        }
    }
}
