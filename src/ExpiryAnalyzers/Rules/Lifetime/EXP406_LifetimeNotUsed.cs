using System.Collections.Immutable;
using ExpiryAnalyzers.Rules.Time;
using Microsoft.CodeAnalysis;

namespace ExpiryAnalyzers.Rules.Lifetime;

/// <summary>EXP406: a member takes or makes a lifetime that nothing reads, and stores something without it.</summary>
internal sealed class LifetimeNotUsed : ExpiryRule
{
    /// <summary>
    /// The property that is present where the additional locations are all the calls which store something without a lifetime, so that each
    /// may be given this one; else the only additional location is what tells another lifetime.
    /// </summary>
    public const string IsMissing = nameof(IsMissing);

    public static readonly DiagnosticDescriptor Rule = new(
        "EXP406",
        "Lifetime is taken and not used",
        "'{0}' is {1}: '{2}' {3}; pass it on",
        "Lifetime",
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        description:
            "A lifetime that callers hand in, or that the code makes, has no effect where nothing reads it: the entry lives as " +
            "long as a default says, or for ever. Hand it to the call that stores the entry.",
        helpLinkUri: HelpLink.For("EXP406"));

    public override DiagnosticDescriptor Descriptor => Rule;

    public override bool SparesTests => true;

    public override void Judge(RuleContext context)
    {
        foreach (UnusedLifetime unused in UnusedLifetimes.In(context.Body).All)
        {
            string fault = unused.Symbol is IParameterSymbol ? "taken and never read" : "made and handed to nothing";
            if (unused.Without.Count > 0)
            {
                Report(
                    unused,
                    unused.Without.Select(static call => call.Syntax.GetLocation()),
                    ImmutableDictionary<string, string?>.Empty.Add(IsMissing, null),
                    [unused.Symbol.Name, fault, unused.Without[0].TargetMethod.Name, "is given no lifetime, whatever that one says"]);
            }
            else if (unused.Other is { } other)
            {
                string given = SinkReport.Quoted(other.Value.Syntax);
                Report(
                    unused,
                    [other.Value.Syntax.GetLocation()],
                    ImmutableDictionary<string, string?>.Empty,
                    [unused.Symbol.Name, fault, other.Name, $"is given {given}, whatever that one says"]);
            }
        }

        void Report(
            UnusedLifetime unused,
            IEnumerable<Location> others,
            ImmutableDictionary<string, string?> properties,
            object[] words) =>
            context.Report(Diagnostic.Create(Rule, unused.Location, others, properties, words));
    }
}
