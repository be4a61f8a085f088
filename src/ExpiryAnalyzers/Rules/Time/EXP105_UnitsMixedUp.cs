using System.Collections.Immutable;
using System.Globalization;
using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Calls;
using ExpiryAnalyzers.Symbols;
using ExpiryAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Rules.Time;

/// <summary>EXP105: a number of one unit is read in another, or one component of a span is taken for all of it.</summary>
internal sealed class UnitsMixedUp : ExpiryRule
{
    public static readonly DiagnosticDescriptor Rule = new(
        "EXP105",
        "Seconds and milliseconds mixed up",
        "{0} {1}: {2}; {3}",
        "Time",
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description:
            "A number carries no unit: seconds read as milliseconds let the key die a thousand times too early, milliseconds " +
            "read as seconds too late. Convert the number, or use the member that takes its unit.",
        helpLinkUri: HelpLink.For("EXP105"));

    /// <summary>The property that holds the unit in which a number sink reads.</summary>
    public const string Read = nameof(Read);

    /// <summary>The property that is present where a number does not fit the type that it is cast to.</summary>
    public const string IsCut = nameof(IsCut);

    private static readonly IReadOnlyList<(KnownMember Component, string Example, string Total)> Components =
    [
        (KnownMember.MillisecondsOfSpan, ", and five seconds become zero milliseconds", nameof(TimeSpan.TotalMilliseconds)),
        (KnownMember.SecondsOfSpan, ", and five minutes become zero seconds", nameof(TimeSpan.TotalSeconds)),
        (KnownMember.MinutesOfSpan, ", and two hours become zero minutes", nameof(TimeSpan.TotalMinutes)),
        (KnownMember.HoursOfSpan, ", and two days become zero hours", nameof(TimeSpan.TotalHours)),
    ];

    public override DiagnosticDescriptor Descriptor => Rule;

    public override void Judge(Sink sink, RuleContext context)
    {
        if (sink.Values is not { } values)
        {
            return;
        }

        foreach (TimeValue value in values.Alternatives)
        {
            UnitMixup? mixup = sink.MixupOf(value);
            if (!InstantAsTtl.IsTakenForTtl(value, sink) && (mixup is not null || value.IsCut || value.IsComponent))
            {
                SyntaxNode place = SinkReport.Smallest(sink, values, value);
                ImmutableDictionary<string, string?> properties = SinkReport.Properties(sink, value, context);
                (string fault, string consequence, string cure) =
                    value.IsCut ? Cut(sink)
                    : mixup is null ? Component(value, sink, context)
                    : (Fault(mixup, value, sink), Consequence(mixup, value, sink), Cure(mixup, value));
                context.Report(Diagnostic.Create(
                    Rule,
                    place.GetLocation(),
                    SinkReport.Additional(sink, value, context),
                    value.IsCut ? properties.Add(IsCut, null)
                        : sink.Unit == TimeUnit.Unknown ? properties
                        : properties.Add(Read, sink.Unit.ToString()),
                    SinkReport.Culprit(value, place),
                    fault,
                    consequence,
                    cure));
                return;
            }
        }
    }

    private static (string Fault, string Consequence, string Cure) Cut(Sink sink) => (
        $"is a number that does not fit its type, and '{sink.Name}' gets what is left of it{SinkReport.Through(sink)}",
        "the key dies at another time, and at once where that is negative",
        "keep it a long");

    private static (string Fault, string Consequence, string Cure) Component(TimeValue value, Sink sink, RuleContext context)
    {
        (string? example, string? total) = ComponentIn(value, sink, context);
        return (
            $"takes one component of a span for all of it, and '{sink.Name}' gets it{SinkReport.Through(sink)}",
            "what is in the larger components is lost" + example,
            $"take {total ?? "the whole span"}");
    }

    /// <summary>What to do: no command reads other units than seconds and milliseconds.</summary>
    private static string Cure(UnitMixup mixup, TimeValue value) =>
        mixup.Given == TimeUnit.Unknown ? "write the unit"
            : value.Mixup is not null || mixup.Given is TimeUnit.Seconds or TimeUnit.Milliseconds
                ? $"read it in {Name(mixup.Given)}"
            : $"convert it to {Name(mixup.Read)}";

    private static string Fault(UnitMixup mixup, TimeValue value, Sink sink)
    {
        if (value.Mixup is not null)
        {
            return $"takes {(mixup.Given == TimeUnit.Unknown ? "a number without a unit" : Name(mixup.Given))} for {Name(mixup.Read)}";
        }

        string handed = SinkReport.Handed(sink) is { } name ? $", which hands it to '{name}'," : "";
        return $"is in {Name(mixup.Given)}, and '{sink.Name}'{handed} reads {Name(mixup.Read)}";
    }

    /// <summary>The component that is taken: what becomes of a longer span, and the property that gives all of it.</summary>
    private static (string? Example, string? Total) ComponentIn(TimeValue value, Sink sink, RuleContext context)
    {
        IOperation[] parts = [.. (value.Source ?? sink.Value).DescendantsAndSelf()];
        foreach ((KnownMember component, string example, string total) in Components)
        {
            if (parts.Any(part => context.Knowledge.Types.IsUseOf(part, component)))
            {
                return (example, total);
            }
        }

        return default;
    }

    private static string Consequence(UnitMixup mixup, TimeValue value, Sink sink)
    {
        if (mixup.Given == TimeUnit.Unknown)
        {
            return "the key lives for months";
        }

        double ratio = TimeArithmetic.TicksPer(mixup.Read) / TimeArithmetic.TicksPer(mixup.Given);
        string times = ratio > 1 ? $"{Number(ratio)} times too long" : $"{Number(1 / ratio)} times too short";
        bool isFromNow = value is { Origin: Origin.Clock or Origin.ClockPlusOffset or Origin.ClockMinusOffset } &&
            (value.Shape == TimeShape.Instant || value.Mixup is not null);
        return !sink.IsAbsolute ? $"the TTL is {times}"
            : isFromNow ? $"the key dies now plus {times}"
            : mixup.Given == TimeUnit.Ticks && mixup.Read == TimeUnit.Seconds ? "no time lies so far ahead, and the server refuses it"
            : mixup.Given == TimeUnit.Ticks ? "the key dies millions of years from now"
            : ratio > 1 ? "the key dies tens of thousands of years from now"
            : "the time lies in 1970 and is past, so the key is gone at once";
    }

    private static string Number(double ratio) => ratio.ToString("#,0", CultureInfo.InvariantCulture);

    private static string Name(TimeUnit unit) => unit.ToString().ToLowerInvariant();
}
