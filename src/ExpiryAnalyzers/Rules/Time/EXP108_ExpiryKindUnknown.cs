using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Calls;
using ExpiryAnalyzers.Operations;
using ExpiryAnalyzers.Values;
using Microsoft.CodeAnalysis;

namespace ExpiryAnalyzers.Rules.Time;

/// <summary>
/// EXP108: an absolute sink gets a <c>DateTime</c> that cannot be shown to be UTC. What certainly is not belongs to EXP101.
/// </summary>
internal sealed class ExpiryKindUnknown : ExpiryRule
{
    public static readonly DiagnosticDescriptor Rule = new(
        "EXP108",
        "Kind of an absolute expiry is not known",
        "'{0}' gets {1}{2}, and nothing here says that its kind is UTC: {3}; say which it is",
        "Time",
        DiagnosticSeverity.Warning,
        isEnabledByDefault: false,
        description:
            "Times from callers, databases and JSON are often of Unspecified kind, which the client rejects or reads as local " +
            "time. Say that the time is UTC, or convert it, where it comes in.",
        helpLinkUri: HelpLink.For("EXP108"));

    public override DiagnosticDescriptor Descriptor => Rule;

    public override void Judge(Sink sink, RuleContext context)
    {
        // A wrapper that others may call is told itself, once; one that only its own type calls is as good as its calls.
        if (!sink.IsAbsolute || sink.Unit != TimeUnit.Unknown || sink.Values is not { } values ||
            (sink.Behind is not null && !IsCalledHereOnly(sink.Member, context.Knowledge)) ||
            values.Any(value => AbsoluteExpiryNotUtc.IsWrong(value, sink)) || !values.Any(value => IsOpen(value, sink, context.Knowledge)))
        {
            return;
        }

        TimeValue value = values.Alternatives.First(value => IsOpen(value, sink, context.Knowledge));
        Location location = SinkReport.Location(sink, values, value);
        context.Report(Diagnostic.Create(
            Rule,
            location,
            SinkReport.Additional(sink, value, context),
            sink.Name,
            SinkReport.Quoted(sink.Value.Syntax.FindNode(location.SourceSpan, getInnermostNodeForTie: true)),
            SinkReport.Through(sink),
            Consequence(sink.Library)));
    }

    private static bool IsOpen(TimeValue value, Sink sink, Knowledge knowledge) =>
        value.Shape == TimeShape.Instant &&
        value.Origin is not (Origin.Never or Origin.Minimum) &&
        !IsNamedUtcClock(value) &&
        (sink.Library.Kinds == KindPolicy.TakesOffset ? value.MayBeMisread
            : (value.Kind & (AbsoluteExpiryNotUtc.Misread(sink.Library) | TimeKind.Unknown)) != 0) &&
        !(value.Parameter is { ContainingSymbol: IMethodSymbol method } && IsCalledHereOnly(method, knowledge));

    /// <summary>A clock of the user's own says by its name that it reads UTC.</summary>
    private static bool IsNamedUtcClock(TimeValue value) =>
        value.Origin is Origin.Clock or Origin.ClockPlusOffset or Origin.ClockMinusOffset &&
        value.Source?.Syntax.DescendantTokens().Any(static token => NameHints.UtcSource.Fits(token.ValueText)) == true;

    /// <summary>
    /// Whether every call of the method is in view: then its calls are sinks, and its own parameter is not the place to look at.
    /// </summary>
    private static bool IsCalledHereOnly(ISymbol? member, Knowledge knowledge) =>
        member is IMethodSymbol { MethodKind: MethodKind.LocalFunction } or
            IMethodSymbol { MethodKind: MethodKind.Ordinary, DeclaredAccessibility: Accessibility.Private } &&
        knowledge.Remember(static knowledge => new CalledNames(knowledge.CancellationToken)).AreOf((IMethodSymbol)member);

    private static string Consequence(ApiLibrary library) => library.Kinds switch
    {
        KindPolicy.UnspecifiedThrows =>
            $"if it is Unspecified, as times from databases and JSON often are, {library.Name} throws ArgumentException at run time",
        KindPolicy.ReadAsUtc => "if it is Local, its clock reading is taken for UTC",
        _ => "if it is Unspecified, as times from databases and JSON often are, it is silently read as local time",
    };
}
