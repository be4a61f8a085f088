using System.Collections.Immutable;
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
        "{0} is a point in time, and {1}: {2}; {3}",
        "Time",
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description:
            "The number of an instant counts from 1970, from the year 1 or from midnight; taken for a length it makes a key " +
            "that lives for decades, or for as long as the day is old. Pass the length, or the member that takes an instant.",
        helpLinkUri: HelpLink.For("EXP106"));

    /// <summary>The property that holds the unit of the instant's number, at a sink that takes numbers.</summary>
    public const string Unit = nameof(Unit);

    /// <summary>The property that is present where the point in time is added to the clock.</summary>
    public const string IsAdded = nameof(IsAdded);

    public override DiagnosticDescriptor Descriptor => Rule;

    public override void Judge(Sink sink, RuleContext context)
    {
        if (sink.Values is { } values && values.Alternatives.FirstOrDefault(value => IsTakenForTtl(value, sink)) is { } value)
        {
            SyntaxNode place = SinkReport.Smallest(sink, values, value);
            ImmutableDictionary<string, string?> properties = SinkReport.Properties(sink, value, context);
            properties = sink.Unit == TimeUnit.Unknown ? properties : properties.Add(Unit, value.Unit.ToString());
            context.Report(Diagnostic.Create(
                Rule,
                place.GetLocation(),
                SinkReport.Additional(sink, value, context),
                sink.IsAbsolute ? properties.Add(IsAdded, null) : properties,
                SinkReport.Culprit(value, place),
                sink.IsAbsolute
                    ? $"'{sink.Name}' gets this machine's clock plus all of it{SinkReport.Through(sink)}"
                    : $"'{sink.Name}' takes it for a TTL{SinkReport.Through(sink)}",
                Consequence(value, sink, context),
                sink.IsAbsolute ? "pass the point in time itself"
                    : value.Origin is Origin.Clock or Origin.ClockPlusOffset ? "pass the offset"
                    : "pass what is left"));
        }
    }

    /// <summary>Whether a value is an instant's own number in the place of a span: as a TTL, or added to the clock.</summary>
    internal static bool IsTakenForTtl(TimeValue value, Sink sink) =>
        value.IsEpoch && (!sink.IsAbsolute || value.Shape == TimeShape.Instant);

    private static string Consequence(TimeValue value, Sink sink, RuleContext context) =>
        context.Knowledge.Types.IsUseOf(value.Source, KnownMember.TimeOfDay) ? "the key lives as long as the day was old then"
        : sink.IsAbsolute ? "the key dies at another time"
        : value.IsCut ? "its cast keeps an arbitrary part of it, which may be negative"
        : sink.MixupOf(value) is { Given: TimeUnit.Seconds, Read: TimeUnit.Milliseconds }
            ? "the key lives for some weeks, whatever time is left"
        : "the key lives for decades, as good as for ever";
}
