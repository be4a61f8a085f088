using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Calls;
using ExpiryAnalyzers.Operations;
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
        if (sink.IsAbsolute && sink.Library.HasServerClock && !sink.IsMixed && sink.Values is { } values &&
            values.Alternatives.Any(IsSpan) && values.All(value => IsSpan(value) || value.Shape == TimeShape.Null || value.Origin == Origin.Never) &&
            IsForThisSinkAlone(sink, context.Body) && !context.Body.Options.IsShared(sink))
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
    private static bool IsForThisSinkAlone(Sink sink, Body body)
    {
        HashSet<ISymbol> chain = new(SymbolEqualityComparer.Default);
        Queue<IOperation> pending = new([sink.Value]);
        while (pending.Count > 0)
        {
            foreach (IOperation reference in pending.Dequeue().DescendantsAndSelf())
            {
                if (VariableOf(reference) is not { } variable || !chain.Add(variable))
                {
                    continue;
                }

                if (variable is IParameterSymbol { RefKind: RefKind.Out or RefKind.Ref } || IsSharedByKeys(variable, sink, body) ||
                    body.Assignments.Reads(variable).Any(read => !IsWithin(read, sink.Value) && !IsHarmless(read, sink, body, chain)))
                {
                    return false;
                }

                foreach (IOperation? value in body.Assignments.ValuesOf(variable))
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

    /// <summary>The variable of an instant, or of an instant's own number.</summary>
    private static ISymbol? VariableOf(IOperation reference) => reference switch
    {
        ILocalReferenceOperation { Local: { } local } when IsTime(local.Type) => local,
        IParameterReferenceOperation { Parameter: { } parameter } when IsTime(parameter.Type) => parameter,
        _ => null,
    };

    private static bool IsTime(ITypeSymbol type) => type.ToDisplayString().TrimEnd('?') is "System.DateTime" or "System.DateTimeOffset" or "long";

    private static bool IsWithin(IOperation operation, IOperation outer) => outer.Syntax.Span.Contains(operation.Syntax.Span);

    /// <summary>Whether one reading of the clock serves a key for each round of a loop, or for each call of a lambda.</summary>
    private static bool IsSharedByKeys(ISymbol variable, Sink sink, Body body)
    {
        for (IOperation? around = sink.Value.Parent; around is not null; around = around.Parent)
        {
            if (around is ILoopOperation or IAnonymousFunctionOperation && !IsDeclaredIn(variable, around) &&
                (sink.Call is { } call ? call.Key?.Symbols.Any(symbol => IsDeclaredIn(symbol, around)) != false : around is ILoopOperation) &&
                !body.Assignments.ValuesOf(variable).Any(value => value is not null && IsWithin(value, around)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsDeclaredIn(ISymbol symbol, IOperation operation) =>
        symbol.Locations.FirstOrDefault() is { IsInSource: true } location && location.SourceTree == operation.Syntax.SyntaxTree && operation.Syntax.Span.Contains(location.SourceSpan);

    /// <summary>
    /// Whether another read leaves the instant to this sink: it feeds a variable of the chain, it is another sink of the same key,
    /// or it reads the bare clock for something else.
    /// </summary>
    private static bool IsHarmless(IOperation read, Sink sink, Body body, HashSet<ISymbol> chain)
    {
        if (body.Sinks.Any(other => other.IsAbsolute && IsWithin(read, other.Value) && other.Call is { } call && sink.Call?.SharesKeyWith(call) == true))
        {
            return true;
        }

        for (IOperation? parent = read.Parent; parent is not null and not IBlockOperation; parent = parent.Parent)
        {
            if (parent switch
            {
                IVariableDeclaratorOperation declarator => declarator.Symbol,
                IAssignmentOperation assignment => DefUse.SymbolOf(assignment.Target),
                _ => null,
            } is { } written && chain.Contains(written))
            {
                return true;
            }
        }

        return IsBareClock(read, body) && read.Parent is not (IInvocationOperation { TargetMethod.Name: "Add" or "AddTicks" or "AddMilliseconds" or "AddSeconds" or "AddMinutes" or "AddHours" or "AddDays" } or IBinaryOperation);
    }

    /// <summary>Whether a variable holds the clock as read, perhaps in another form.</summary>
    private static bool IsBareClock(IOperation read, Body body)
    {
        IOperation? value = VariableOf(read) is { } variable ? body.Assignments.OnlyValue(variable) : null;
        while (value is IConversionOperation or IPropertyReferenceOperation { Property.Name: "DateTime" or "UtcDateTime" or "LocalDateTime", Instance: not null })
        {
            value = value is IConversionOperation conversion ? conversion.Operand : ((IPropertyReferenceOperation)value).Instance;
        }

        return value is IPropertyReferenceOperation or IInvocationOperation { TargetMethod.Name: "GetUtcNow" or "GetLocalNow" };
    }
}
