using ExpiryAnalyzers.Binding;
using ExpiryAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Rules.Time;

/// <summary>EXP102: a span from this machine's clock is sent as an instant, where a TTL was meant.</summary>
internal sealed class NowPlusOffsetAsAbsolute : ExpiryRule
{
    public static readonly DiagnosticDescriptor Rule = new(
        "EXP102",
        "Now + offset passed as an absolute time",
        "'{0}' gets this machine's clock plus a span{1} as an absolute time: {2}",
        "Time",
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "A TTL was meant. Sent as an instant, its length is off by the difference of two clocks.",
        helpLinkUri: HelpLink.For("EXP102"));

    public override DiagnosticDescriptor Descriptor => Rule;

    public override void Judge(Sink sink, RuleContext context)
    {
        if (sink.IsAbsolute && sink.Library.HasServerClock && sink.Values is { } values &&
            values.Alternatives.Any(IsSpan) && values.All(value => IsSpan(value) || value.Shape == TimeShape.Null || value.Origin == Origin.Never) &&
            IsForThisSinkAlone(sink, context.Body))
        {
            TimeValue span = values.Alternatives.First(IsSpan);
            context.Report(Diagnostic.Create(
                Rule,
                sink.Value.Syntax.GetLocation(),
                SinkReport.Additional(sink, span, context),
                SinkReport.Properties(sink, span, context),
                sink.Name,
                SinkReport.Through(sink),
                sink.Library.ShrinksUntilStored
                    ? "the span shrinks until the entry is stored, and storing it throws once the time is past; the relative form keeps the span"
                    : "the TTL is off by the difference between this clock and the server's, and a clock that lags by more deletes the key at once"));
        }
    }

    private static bool IsSpan(TimeValue value) => value.Origin == Origin.ClockPlusOffset;

    /// <summary>
    /// Whether the instant is made for this sink. One that is also stored, returned or compared, or that several keys share,
    /// is a deadline with which the key must agree.
    /// </summary>
    private static bool IsForThisSinkAlone(Sink sink, Flow.Body body)
    {
        HashSet<ISymbol> seen = new(SymbolEqualityComparer.Default);
        Queue<IOperation> pending = new([sink.Value]);
        while (pending.Count > 0)
        {
            foreach (IOperation reference in pending.Dequeue().DescendantsAndSelf())
            {
                if (reference is not ILocalReferenceOperation { Local: { } local } || !IsTime(local.Type) || !seen.Add(local))
                {
                    continue;
                }

                foreach (IOperation read in body.Assignments.Reads(local))
                {
                    if (!IsWithin(read, sink.Value) && !IsHarmless(read, sink, body, seen))
                    {
                        return false;
                    }
                }

                foreach (IOperation? value in body.Assignments.ValuesOf(local))
                {
                    if (value is not null)
                    {
                        pending.Enqueue(value);
                    }
                }
            }
        }

        return true;
    }

    private static bool IsTime(ITypeSymbol type) => type.ToDisplayString().TrimEnd('?') is "System.DateTime" or "System.DateTimeOffset" or "long";

    private static bool IsWithin(IOperation operation, IOperation outer) => outer.Syntax.Span.Contains(operation.Syntax.Span);

    /// <summary>
    /// Whether another read leaves the instant to this sink: it feeds a variable of the chain, it is another sink of the same key,
    /// or it reads the bare clock for something else.
    /// </summary>
    private static bool IsHarmless(IOperation read, Sink sink, Flow.Body body, HashSet<ISymbol> chain)
    {
        if (body.Sinks.Any(other => other.IsAbsolute && IsWithin(read, other.Value) && (other.Call is null ? sink.Call is null && false : sink.Call?.SharesKeyWith(other.Call) == true)))
        {
            return true;
        }

        for (IOperation? parent = read.Parent; parent is not null and not IBlockOperation; parent = parent.Parent)
        {
            if (parent is IVariableDeclaratorOperation declarator && chain.Contains(declarator.Symbol))
            {
                return true;
            }

            if (parent is ISimpleAssignmentOperation { Target: { } target } && Assignments.SymbolOf(target) is { } symbol && chain.Contains(symbol))
            {
                return true;
            }
        }

        return IsBareClock(read, body) && read.Parent is not (IInvocationOperation { TargetMethod.Name: "Add" or "AddTicks" or "AddMilliseconds" or "AddSeconds" or "AddMinutes" or "AddHours" or "AddDays" } or IBinaryOperation);
    }

    private static bool IsBareClock(IOperation read, Flow.Body body) =>
        read is ILocalReferenceOperation { Local: { } local } && body.Assignments.OnlyValue(local) is { } value && Bare(value) is IPropertyReferenceOperation or IInvocationOperation { TargetMethod.Name: "GetUtcNow" or "GetLocalNow" };

    private static IOperation Bare(IOperation value)
    {
        while (value is IConversionOperation or IPropertyReferenceOperation { Property.Name: "DateTime" or "UtcDateTime" or "LocalDateTime" })
        {
            value = value is IConversionOperation conversion ? conversion.Operand : ((IPropertyReferenceOperation)value).Instance ?? value;
            if (value is IPropertyReferenceOperation { Instance: null })
            {
                break;
            }
        }

        return value;
    }
}
