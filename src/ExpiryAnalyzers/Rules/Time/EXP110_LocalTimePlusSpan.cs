using System.Collections.Immutable;
using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Calls;
using ExpiryAnalyzers.Symbols;
using ExpiryAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Rules.Time;

/// <summary>EXP110: a span is added to the local clock for an in-process cache, to which the sum is an instant.</summary>
internal sealed class LocalTimePlusSpan : ExpiryRule
{
    /// <summary>The property that is present where the span is counted in days: the same time of day may be meant.</summary>
    public const string CountsDays = nameof(CountsDays);

    public static readonly DiagnosticDescriptor Rule = new(
        "EXP110",
        "Local time plus a span crosses a daylight-saving change",
        "'{0}' gets local time plus a span{1}{2}: the entry dies an hour off where daylight saving changes in between; {3}",
        "Time",
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        description:
            "A sum of local times knows nothing of daylight saving: where the clock changes in between, the entry lives an hour " +
            "longer or shorter. Add to UTC, or pass the length.",
        helpLinkUri: HelpLink.For("EXP110"));

    public override DiagnosticDescriptor Descriptor => Rule;

    public override void Judge(Sink sink, RuleContext context)
    {
        // Where a server has its clock, EXP102 speaks, and EXP101 where no Local time is right.
        if (!sink.IsAbsolute || sink.Library.HasServerClock || sink.Library.Kinds == KindPolicy.ReadAsUtc ||
            DeadlineComputedOnce.Speaks(sink, context))
        {
            return;
        }

        if (sink.Values?.Alternatives.FirstOrDefault(IsSum) is not { } value)
        {
            return;
        }

        ImmutableDictionary<string, string?> properties = SinkReport.Properties(sink, value, context);
        if (IsByDays(sink.Value, context) || (value.Source is { } source && IsByDays(WholeOf(source), context)))
        {
            properties = properties.Add(CountsDays, null);
        }

        Location location = SinkReport.Location(sink, sink.Values, value);
        context.Report(Diagnostic.Create(
            Rule,
            location,
            SinkReport.Additional(sink, value, context),
            properties,
            sink.Name,
            SinkReport.From(sink, value),
            SinkReport.Through(sink),
            SinkReport.HasRelativeForm(sink, context) ? "pass the span" : "use UtcNow"));
    }

    private static bool IsByDays(IOperation time, RuleContext context) =>
        time.DescendantsAndSelf().Any(part => context.Knowledge.Types.IsUseOf(part, KnownMember.ByDays));

    /// <summary>The whole expression that a part stands in.</summary>
    private static IOperation WholeOf(IOperation part)
    {
        IOperation whole = part;
        while (whole.Parent is IInvocationOperation or IBinaryOperation or IConversionOperation or IParenthesizedOperation)
        {
            whole = whole.Parent;
        }

        return whole;
    }

    private static bool IsSum(TimeValue value) => value is { IsLocalSum: true, Origin: Origin.ClockPlusOffset };
}
