using System.Collections.Immutable;
using ExpiryAnalyzers.Calls;
using ExpiryAnalyzers.Values;
using Microsoft.CodeAnalysis;

namespace ExpiryAnalyzers.Rules.Time;

/// <summary>EXP103: a TTL is the difference of a UTC time and one that is certainly not UTC.</summary>
internal sealed class RemainingTimeMixesKinds : ExpiryRule
{
    public static readonly DiagnosticDescriptor Rule = new(
        "EXP103",
        "Remaining time mixes clocks of different kind",
        "{0}, and '{1}' takes the result for a TTL{2}: it is off by the time zone's offset from UTC; make both UTC",
        "Time",
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description:
            "Subtraction takes two clock readings as they are, whatever zones they are of: the time that is left is off by the " +
            "zone's offset. Convert both sides to UTC first.",
        helpLinkUri: HelpLink.For("EXP103"));

    /// <summary>The property that names the side of the subtraction which is not UTC.</summary>
    public const string Side = nameof(Side);

    public const string Left = nameof(Left);

    public const string Right = nameof(Right);

    /// <summary>A wrapper subtracts the clock from what it is handed, and the whole expression that it is handed is not UTC.</summary>
    public const string Whole = nameof(Whole);

    /// <summary>A wrapper subtracts a clock that is not UTC: nothing to repair at the caller.</summary>
    public const string None = nameof(None);

    public override DiagnosticDescriptor Descriptor => Rule;

    public override void Judge(Sink sink, RuleContext context)
    {
        if (!sink.IsAbsolute && sink.Values is { } values && values.Alternatives.FirstOrDefault(IsMixed) is { } value)
        {
            SyntaxNode place = SinkReport.Smallest(sink, values, value);
            bool isLeft = IsNotUtc(value.Kind);
            bool isOfWrapper = sink.Passage is Passage.LessUtcNow or Passage.LessLocalNow;
            context.Report(Diagnostic.Create(
                Rule,
                place.GetLocation(),
                SinkReport.Additional(sink, value, context),
                SinkReport.Properties(sink, value, context).Add(Side, !isOfWrapper ? isLeft ? Left : Right : isLeft ? Whole : None),
                isOfWrapper
                    ? $"'{sink.Name}' subtracts a time of {Name(
                        value.OtherKind)} kind from {SinkReport.Quoted(place)}, which is of {Name(value.Kind)} kind"
                    : $"{SinkReport.Culprit(value, place)} subtracts a time of {Name(value.OtherKind)} kind from one of " +
                        $"{Name(value.Kind)} kind",
                isOfWrapper ? SinkReport.Handed(sink) : sink.Name,
                isOfWrapper ? "" : SinkReport.Through(sink)));
        }
    }

    private static bool IsMixed(TimeValue value) =>
        value is { Origin: Origin.Difference, IsEpoch: false, Mixup: null, IsComponent: false } &&
        ((value.Kind == TimeKind.Utc && IsNotUtc(value.OtherKind)) || (value.OtherKind == TimeKind.Utc && IsNotUtc(value.Kind)));

    private static bool IsNotUtc(TimeKind kind) => kind != TimeKind.None && (kind & (TimeKind.Utc | TimeKind.Unknown)) == 0;

    private static string Name(TimeKind kind) => kind switch
    {
        TimeKind.Utc => "Utc",
        TimeKind.Local => "Local",
        TimeKind.Unspecified => "Unspecified",
        _ => "Local or Unspecified",
    };
}
