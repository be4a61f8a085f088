using System.Collections.Immutable;
using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Calls;
using ExpiryAnalyzers.Rules.Atomicity;
using ExpiryAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Rules.Time;

/// <summary>EXP101: an absolute sink gets a time that is certainly not UTC on some path.</summary>
internal sealed class AbsoluteExpiryNotUtc : ExpiryRule
{
    public static readonly DiagnosticDescriptor Rule = new(
        "EXP101",
        "Absolute expiry is not UTC",
        "'{0}' gets a time of {1} kind{2}{3}",
        "Time",
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description:
            "An absolute expiry that is not UTC is rejected by the client, or means another instant on a machine in another " +
            "time zone: the key dies hours early, late, or at once. Give a DateTime of kind Utc or a DateTimeOffset, or the " +
            "time that is left as a TTL.",
        helpLinkUri: HelpLink.For("EXP101"));

    public override DiagnosticDescriptor Descriptor => Rule;

    public override void Judge(Sink sink, RuleContext context)
    {
        if (!sink.IsAbsolute || sink.Values is not { } values)
        {
            return;
        }

        foreach (TimeValue value in values.Alternatives)
        {
            if (IsWrong(value, sink) && (Throws(value, sink) || !ExpireSequence.IsIdle(sink, context.Body)))
            {
                TimeKind kind = value.IsMisread ? TimeKind.Unspecified : value.Kind;
                TimeValue told = InstantOf(value, sink, context);
                context.Report(Diagnostic.Create(
                    Rule,
                    SinkReport.Location(sink, values, value),
                    SinkReport.Additional(sink, told, context),
                    SinkReport.Properties(sink, told, context).Add(SinkReport.Kind, kind.ToString()),
                    sink.Name,
                    Name(kind),
                    SinkReport.From(sink, told) + SinkReport.Through(sink),
                    NowPlusOffsetAsAbsolute.ClauseFor(sink, context) ?? DeadlineComputedOnce.ClauseFor(sink, context) ??
                        (value is { Origin: Origin.Never, IsMisread: true }
                            ? ": its conversion throws at run time wherever the machine's zone is west of UTC; use DateTimeOffset.MaxValue"
                            : $": {Consequence(PolicyOf(sink), sink.Library, kind, told.Reading)}; {Cure(value, kind)}")));
                return;
            }
        }
    }

    /// <summary>Whether a value is certainly no UTC time where only that is right.</summary>
    internal static bool IsWrong(TimeValue value, Sink sink) =>
        (value.Origin != Origin.Never || value.IsMisread || sink.Call?.Method.Row.HasNoNever == true) && IsMisread(value, sink) &&
        !IsNone(value, sink);

    /// <summary>Whether a time may say that there is to be none: the first of all, at a member of which the user tells.</summary>
    private static bool IsNone(TimeValue value, Sink sink) => value.Origin == Origin.Minimum && sink.Ttl == TtlFacts.OfTaught &&
        PolicyOf(sink) != KindPolicy.UnspecifiedThrows;

    private static bool IsMisread(TimeValue value, Sink sink) =>
        PolicyOf(sink) == KindPolicy.TakesOffset
            ? value.IsMisread
            : value.IsCertainlyNotUtc && (value.Kind & ~Misread(sink.Library)) == TimeKind.None;

    /// <summary>Whether telling the time throws, so that it is wrong whatever the call then does.</summary>
    private static bool Throws(TimeValue value, Sink sink) => value.Origin == Origin.Never ||
        (PolicyOf(sink) == KindPolicy.UnspecifiedThrows && (value.Kind & TimeKind.Unspecified) != TimeKind.None);

    /// <summary>What becomes of kinds at a sink: an instant's own number comes, as a rule, from a <c>DateTimeOffset</c>.</summary>
    private static KindPolicy PolicyOf(Sink sink) =>
        sink.TakesOffset || sink.Unit != TimeUnit.Unknown ? KindPolicy.TakesOffset : sink.Library.Kinds;

    /// <summary>The instant whose own number a sink is given, where it is written there: it tells where it came by its kind.</summary>
    private static TimeValue InstantOf(TimeValue value, Sink sink, RuleContext context)
    {
        IOperation? instant = value.Shape != TimeShape.Count
            ? null
            : sink.Value.DescendantsAndSelf().FirstOrDefault(part => context.Knowledge.IsInstant(part.Type));
        return instant is null
            ? value
            : context.Body.ValuesOf(instant).Alternatives.FirstOrDefault(static value => value.IsMisread) ?? value;
    }

    /// <summary>
    /// The kinds of which a client takes a time for another than it is, or may: where no server's clock has a say, a Local one keeps its
    /// instant, unless its clock reading is taken for UTC.
    /// </summary>
    internal static TimeKind Misread(ApiLibrary library) =>
        library.Kinds == KindPolicy.ReadAsUtc ? TimeKind.Local
        : library.HasServerClock ? TimeKind.Local | TimeKind.Unspecified
        : TimeKind.Unspecified;

    private static string Name(TimeKind kind) => kind switch
    {
        TimeKind.Local => "Local",
        TimeKind.Unspecified => "Unspecified",
        _ => "Local or Unspecified",
    };

    /// <summary>What to do, in a few words.</summary>
    private static string Cure(TimeValue value, TimeKind kind) => kind switch
    {
        TimeKind.Local when value.Origin is Origin.Clock or Origin.ClockPlusOffset or Origin.ClockMinusOffset => "use UtcNow",
        TimeKind.Local => "convert it to UTC",
        _ => "make it UTC",
    };

    /// <summary>
    /// A Local value is converted rightly by every client: wrong are sums across a daylight-saving change, and a time of day that is meant
    /// in another zone.
    /// </summary>
    private static string Consequence(KindPolicy policy, ApiLibrary library, TimeKind kind, TimeKind reading) => (policy, kind) switch
    {
        (KindPolicy.TakesOffset, _) or (KindPolicy.UnspecifiedReadAsLocal, TimeKind.Unspecified) when reading == TimeKind.Local =>
            "it is silently read as local time, as it was built, so when the entry dies depends on the machine's zone",
        (KindPolicy.TakesOffset, _) or (KindPolicy.UnspecifiedReadAsLocal, TimeKind.Unspecified) =>
            "it is silently read as local time, so the entry dies hours early or late wherever the machine's zone is not UTC",
        (KindPolicy.ReadAsUtc, _) =>
            "its clock reading is taken for UTC, so the entry dies hours early or late wherever the machine's zone is not UTC",
        (KindPolicy.UnspecifiedThrows, TimeKind.Unspecified) => library.Name + " throws ArgumentException here at run time",
        (KindPolicy.Unknown, _) => "which instant it stands for depends on the time zone of the machine that reads it",
        (_, TimeKind.Local) => "a span added to it is an hour off over a daylight-saving change, and a time of day is this machine's",
        (KindPolicy.UnspecifiedReadAsLocal, _) => "when it is Unspecified, the machine's time zone decides when the key dies",
        _ => library.Name + " throws ArgumentException when it is Unspecified",
    };
}
