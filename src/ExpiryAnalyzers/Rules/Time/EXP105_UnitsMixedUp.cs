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
        "'{0}' {1}: {2}",
        "Time",
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "A number carries no unit: read in another one, it is another time.",
        helpLinkUri: HelpLink.For("EXP105"));

    /// <summary>The property that holds the unit in which a number sink reads.</summary>
    public const string Read = nameof(Read);

    private static readonly IReadOnlyList<(KnownMember Component, string Example)> Examples =
    [
        (KnownMember.MillisecondsOfSpan, ", and five seconds become zero milliseconds"),
        (KnownMember.SecondsOfSpan, ", and five minutes become zero seconds"),
        (KnownMember.MinutesOfSpan, ", and two hours become zero minutes"),
        (KnownMember.HoursOfSpan, ", and two days become zero hours"),
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
            if (!InstantAsTtl.IsTakenForTtl(value, sink) && (mixup is not null || value.IsComponent))
            {
                SyntaxNode place = SinkReport.Smallest(sink, values, value);
                ImmutableDictionary<string, string?> properties = SinkReport.Properties(sink, value, context);
                context.Report(Diagnostic.Create(
                    Rule,
                    place.GetLocation(),
                    SinkReport.Additional(sink, value, context),
                    sink.Unit == TimeUnit.Unknown ? properties : properties.Add(Read, sink.Unit.ToString()),
                    SinkReport.Culprit(value, place),
                    mixup is null ? $"takes one component of a span for all of it, and '{sink.Name}' gets it{SinkReport.Through(sink)}"
                        : value.Mixup is null
                            ? $"is in {Name(
                                mixup.Given)}, and '{sink.Name}'{(SinkReport.Handed(sink) is { } name
                                    ? $", which hands it to '{name}',"
                                    : "")} reads {Name(mixup.Read)}"
                        : $"takes {Name(mixup.Given)} for {Name(mixup.Read)}",
                    mixup is null ? "what is in the larger components is lost" + Example(value, sink, context) : Consequence(mixup, sink)));
                return;
            }
        }
    }

    /// <summary>", and five minutes become zero seconds", for the component that is taken.</summary>
    private static string Example(TimeValue value, Sink sink, RuleContext context)
    {
        IOperation[] parts = [.. (value.Source ?? sink.Value).DescendantsAndSelf()];
        foreach ((KnownMember component, string example) in Examples)
        {
            if (parts.Any(part => context.Knowledge.Types.IsUseOf(part, component)))
            {
                return example;
            }
        }

        return "";
    }

    private static string Consequence(UnitMixup mixup, Sink sink)
    {
        double ratio = TimeArithmetic.TicksPer(mixup.Read) / TimeArithmetic.TicksPer(mixup.Given);
        return (sink.IsAbsolute, ratio > 1) switch
        {
            (true, true) => "the key dies tens of thousands of years from now",
            (true, false) => "the time lies in 1970 and is past, so the key is gone at once",
            (false, true) => $"the TTL is {Number(ratio)} times too long",
            (false, false) => $"the TTL is {Number(1 / ratio)} times too short",
        };
    }

    private static string Number(double ratio) => ratio.ToString("#,0", CultureInfo.InvariantCulture);

    private static string Name(TimeUnit unit) => unit.ToString().ToLowerInvariant();
}
