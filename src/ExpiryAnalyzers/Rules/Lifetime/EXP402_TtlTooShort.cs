using System.Collections.Immutable;
using System.Globalization;
using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Calls;
using ExpiryAnalyzers.Rules.Time;
using ExpiryAnalyzers.Values;
using Microsoft.CodeAnalysis;

namespace ExpiryAnalyzers.Rules.Lifetime;

/// <summary>EXP402: a TTL of which round trips and pauses leave nothing to rely on.</summary>
internal sealed class TtlTooShort : ExpiryRule
{
    /// <summary>The property that holds the minimum in milliseconds, for the fix.</summary>
    public const string Minimum = nameof(Minimum);

    /// <summary>The property that holds the unit in which the sink reads a number; <see cref="TimeUnit.Unknown"/> for a duration.</summary>
    public const string Unit = nameof(Unit);

    public static readonly DiagnosticDescriptor Rule = new(
        "EXP402",
        "TTL too short to be relied on",
        "{0} lets {1} live for {2}: a round trip, a garbage collection or a busy machine takes as long, so that it may be gone before " +
            "it is of use; raise it to {3}",
        "Lifetime",
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        description:
            "Networks, pauses and clients that cut off fractions take longer than such a TTL lasts: the key may be gone before " +
            "anybody reads it. Raise the TTL to the minimum.",
        helpLinkUri: HelpLink.For("EXP402"));

    public override DiagnosticDescriptor Descriptor => Rule;

    public override bool SparesTests => true;

    public override void Judge(Sink sink, RuleContext context)
    {
        if (sink.IsAbsolute || sink.Ttl is not { } ttl || sink.Library.IsInProcess || sink.Values is not { } values)
        {
            return;
        }

        TimeSpan minimum = Options.MinimumTtl.Read(context.Options);
        if (values.Alternatives.FirstOrDefault(IsShort) is { } value &&
            !values.Any(other => TtlReport.LengthOf(sink, other) is { } length && ttl.Of(length) != TtlOutcome.AsSaid))
        {
            SyntaxNode branch = TtlReport.Branch(sink, context, found => found.Any(IsShort)).Syntax;
            context.Report(Diagnostic.Create(
                Rule,
                branch.GetLocation(),
                SinkReport.Additional(sink, value, context),
                SinkReport.WithPath(
                    ImmutableDictionary<string, string?>.Empty
                        .Add(Minimum, minimum.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture))
                        .Add(Unit, sink.Unit.ToString()),
                    sink),
                SinkReport.Handed(sink) is { } client ? $"'{sink.Name}' (through '{client}')" : $"'{sink.Name}'",
                TtlReport.Key(sink),
                TtlReport.Describe(TtlReport.LengthOf(sink, value)!.Value),
                TtlReport.Describe(minimum)));
        }

        bool IsShort(TimeValue value) =>
            TtlReport.LengthOf(sink, value) is { } length && length > TimeSpan.Zero && length < minimum &&
            ttl.Of(length) == TtlOutcome.AsSaid;
    }
}
