using ExpiryAnalyzers.Calls;
using ExpiryAnalyzers.Values;
using Microsoft.CodeAnalysis;

namespace ExpiryAnalyzers.Rules.Time;

/// <summary>EXP109: a sink gets an instant that was computed from the clock once, and serves many writes.</summary>
internal sealed class DeadlineComputedOnce : ExpiryRule
{
    public static readonly DiagnosticDescriptor Rule = new(
        "EXP109",
        "Deadline computed once and used again",
        "'{0}' gets a time{1} that is read from the clock once and kept{2}: what is stored after it is gone at once; {3}",
        "Time",
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        description:
            "A deadline that is computed once, when the program or the object starts, is past some day, and every entry written " +
            "with it after that is born dead. Compute it at each write, or pass a length.",
        helpLinkUri: HelpLink.For("EXP109"));

    public override DiagnosticDescriptor Descriptor => Rule;

    /// <summary>What another rule says of a sink where this one speaks, too; null where it does not.</summary>
    internal static string? ClauseFor(Sink sink, RuleContext context) =>
        context.IsOn(Rule) && Speaks(sink, context) ? "; the fix of EXP109 clears this" : null;

    public override void Judge(Sink sink, RuleContext context)
    {
        if (KeptDeadlines.In(context.Body).Find(sink) is { } value)
        {
            Location location = SinkReport.Location(sink, sink.Values!, value);
            string cure = SinkReport.HasRelativeForm(sink, context) ? "pass the span" : "compute it anew";
            context.Report(Diagnostic.Create(
                Rule,
                location,
                SinkReport.Additional(sink, value, context),
                SinkReport.Properties(sink, value, context),
                sink.Name,
                SinkReport.From(sink, value),
                SinkReport.Through(sink),
                cure));
        }
    }

    /// <summary>Whether a sink is reported.</summary>
    internal static bool Speaks(Sink sink, RuleContext context) => KeptDeadlines.In(context.Body).Find(sink) is not null;
}
