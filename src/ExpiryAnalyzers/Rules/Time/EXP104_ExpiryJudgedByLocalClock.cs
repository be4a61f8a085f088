using System.Collections.Immutable;
using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Operations;
using ExpiryAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Rules.Time;

/// <summary>EXP104: when a key dies, as its server says, is compared with or subtracted from another clock.</summary>
internal sealed class ExpiryJudgedByLocalClock : ExpiryRule
{
    public static readonly DiagnosticDescriptor Rule = new(
        "EXP104",
        "Expiry judged by the local clock",
        "{0} says by the server's clock when the key dies, and is {1} {2}, {3}: {4}{5}; {6}",
        "Time",
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        description:
            "The server decides by its own clock when a key dies; this machine's clock says something else by as much as the " +
            "two differ. Ask the server for the remaining time (TTL) instead.",
        helpLinkUri: HelpLink.For("EXP104"));

    public override DiagnosticDescriptor Descriptor => Rule;

    public override void Judge(Judgement judgement, RuleContext context)
    {
        if (judgement.LeftValues is not { } left || judgement.RightValues is not { } right ||
            (Find(left, right, judgement.Left, judgement.Right, context) ??
                Find(right, left, judgement.Right, judgement.Left, context)) is not { } found)
        {
            return;
        }

        (TimeValue expiry, TimeValue clock, IOperation expirySide, IOperation clockSide) = found;
        context.Report(Diagnostic.Create(
            Rule,
            judgement.Operation.Syntax.GetLocation(),
            expiry.Question is { } question && question.Syntax.SyntaxTree == judgement.Operation.Syntax.SyntaxTree
                ? ImmutableArray.Create(question.Syntax.GetLocation())
                : ImmutableArray<Location>.Empty,
            Properties(expiry.Question, context),
            SinkReport.Quoted(expirySide.Syntax),
            judgement.IsDifference ? ReferenceEquals(expirySide, judgement.Left) ? "reduced by" : "subtracted from" : "compared with",
            SinkReport.Quoted(clockSide.Syntax),
            clock.Origin == Origin.ServerClock ? "another server's time" : "this machine's time",
            judgement.IsDifference
                ? "the result is off by the difference of the two clocks"
                : "the difference of the two clocks decides whether the key counts as expired",
            IsOffByZone(expiry, clock, expirySide, clockSide)
                ? ", and the zone's offset comes on top, because one is UTC and the other local"
                : "",
            TwinOf(expiry.Question, context) is { } twin ? $"ask for '{twin}'" : "ask the same server's clock"));
    }

    /// <summary>What the fix needs: the method that answers with the remaining time instead.</summary>
    private static ImmutableDictionary<string, string?> Properties(IOperation? question, RuleContext context) =>
        TwinOf(question, context) is { } twin
            ? ImmutableDictionary<string, string?>.Empty.Add(SinkReport.RelativeTwin, twin)
            : ImmutableDictionary<string, string?>.Empty;

    private static string? TwinOf(IOperation? question, RuleContext context) =>
        question is IInvocationOperation { TargetMethod: { } method } ? context.Knowledge.Catalog.Find(method)?.Row.RelativeTwin : null;

    /// <summary>
    /// A pair of values of which one is a server's word on an expiry and the other another clock's reading, moved by a span perhaps.
    /// </summary>
    private static (TimeValue Expiry, TimeValue Clock, IOperation ExpirySide, IOperation ClockSide)? Find(
        TimeValues expiries,
        TimeValues clocks,
        IOperation expirySide,
        IOperation clockSide,
        RuleContext context)
    {
        foreach (TimeValue expiry in expiries.Alternatives)
        {
            foreach (TimeValue clock in clocks.Alternatives)
            {
                if (expiry.Origin == Origin.ServerExpiry && expiry.Shape == clock.Shape &&
                    (clock.Origin is Origin.Clock or Origin.ClockPlusOffset or Origin.ClockMinusOffset ||
                        (clock.Origin == Origin.ServerClock && IsOfOtherServers(expiry, clock, context.Body))))
                {
                    return (expiry, clock, expirySide, clockSide);
                }
            }
        }

        return null;
    }

    /// <summary>Comparison and subtraction of <c>DateTime</c> ignore the kind.</summary>
    private static bool IsOffByZone(TimeValue expiry, TimeValue clock, IOperation expirySide, IOperation clockSide) =>
        IsDateTime(expirySide.Type) && IsDateTime(clockSide.Type) &&
        (expiry.Kind, clock.Kind) is (TimeKind.Utc, TimeKind.Local) or (TimeKind.Local, TimeKind.Utc);

    private static bool IsDateTime(ITypeSymbol? type) =>
        (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: [{ } bare] }
            ? bare
            : type) is { SpecialType: SpecialType.System_DateTime };

    /// <summary>
    /// Whether the two questions certainly go out over connections that are told apart by name. The servers of one connection may be one
    /// server.
    /// </summary>
    private static bool IsOfOtherServers(TimeValue expiry, TimeValue clock, Body body) =>
        ConnectionOf(expiry.Question, body) is { } one && ConnectionOf(clock.Question, body) is { } other && one.Kind == other.Kind &&
        !SymbolEqualityComparer.Default.Equals(one, other);

    /// <summary>The variable that holds the connection which the receiver of a call was made by.</summary>
    private static ISymbol? ConnectionOf(IOperation? question, Body body)
    {
        IOperation? receiver = question is IInvocationOperation { Instance: { } instance } ? body.Resolved(instance) : null;
        while (receiver is IArrayElementReferenceOperation element)
        {
            receiver = body.Resolved(element.ArrayReference);
        }

        return receiver is IInvocationOperation { Instance: { } connection } &&
            body.Resolved(connection) is IParameterReferenceOperation or IFieldReferenceOperation or ILocalReferenceOperation
            ? DefUse.SymbolOf(body.Resolved(connection))
            : null;
    }
}
