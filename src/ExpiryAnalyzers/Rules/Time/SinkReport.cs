using System.Collections.Immutable;
using System.Text;
using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Calls;
using ExpiryAnalyzers.Symbols;
using ExpiryAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace ExpiryAnalyzers.Rules.Time;

/// <summary>
/// What reports at a sink have in common: where they stand, what they say of the value's origin, and what they leave for the fix.
/// </summary>
internal static class SinkReport
{
    /// <summary>The property that holds the <see cref="TimeKind"/> of the value.</summary>
    public const string Kind = nameof(Kind);

    /// <summary>The property that holds the <see cref="Values.Origin"/> of the value.</summary>
    public const string Origin = nameof(Origin);

    /// <summary>
    /// The property that is present where the expression at the first additional location may be rewritten, because nothing else reads its
    /// value.
    /// </summary>
    public const string SourceIsOwn = nameof(SourceIsOwn);

    /// <summary>The property that is present where the value comes through a wrapper or helper of the user's own.</summary>
    public const string IsIndirect = nameof(IsIndirect);

    /// <summary>The property that is present where the call leaves the value out, so that there is none to be rewritten.</summary>
    public const string IsOmitted = nameof(IsOmitted);

    /// <summary>The property that names the method which takes the time as a duration.</summary>
    public const string RelativeTwin = nameof(RelativeTwin);

    /// <summary>Whether a duration counts from the last access here, so that it is no other form of the instant.</summary>
    public const string SpanSlides = nameof(SpanSlides);

    /// <summary>The branch of the sink's expression that yields the value, or the whole expression.</summary>
    public static Location Location(Sink sink, TimeValues values, TimeValue value) => Branch(sink, values, value).GetLocation();

    private static SyntaxNode Branch(Sink sink, TimeValues values, TimeValue value)
    {
        SyntaxNode whole = sink.Value.Syntax;
        if (values.Alternatives.Length > 1 && value.Source is { } source && IsWithin(source, sink))
        {
            for (SyntaxNode? node = source.Syntax; node is not null && node != whole; node = node.Parent)
            {
                bool isOfChoice = node.Parent is ConditionalExpressionSyntax conditional && conditional.Condition != node;
                if (isOfChoice || node.Parent is SwitchExpressionArmSyntax || node.Parent.IsKind(SyntaxKind.CoalesceExpression))
                {
                    return node;
                }
            }
        }

        return whole;
    }

    /// <summary>The part of the sink's expression that made the value what it is, or the branch that yields it.</summary>
    public static SyntaxNode Smallest(Sink sink, TimeValues values, TimeValue value) =>
        value is { Shape: not TimeShape.Instant, Source: { } source } && IsWithin(source, sink)
            ? source.Syntax
            : Branch(sink, values, value);

    /// <summary>The text of the expression that made the value what it is, wherever it stands, in quotes.</summary>
    public static string Culprit(TimeValue value, SyntaxNode place) =>
        Quoted(value is { Shape: not TimeShape.Instant, Source: { } source } ? source.Syntax : place);

    /// <summary>The expression that gave the value its kind, then the client's call behind a wrapper.</summary>
    public static IEnumerable<Location> Additional(Sink sink, TimeValue value, RuleContext context)
    {
        List<SyntaxNode?> places = [SourceSyntax(value, context)];
        for (Sink? behind = sink.Behind; behind is not null; behind = behind.Behind)
        {
            places.Add(behind.Value.Syntax);
        }

        return Locations.Of(places);
    }

    public static ImmutableDictionary<string, string?> Properties(Sink sink, TimeValue value, RuleContext context)
    {
        ImmutableDictionary<string, string?> properties = ImmutableDictionary<string, string?>.Empty;
        if (SourceSyntax(value, context) is { } source && IsOwn(sink, source, context))
        {
            properties = properties.Add(SourceIsOwn, null);
        }

        if (sink.Call is { Behind: null, Raw: null, Method.Row.RelativeTwin: { } twin })
        {
            properties = properties.Add(RelativeTwin, twin);
        }

        if (sink.Innermost.Member is IMethodSymbol method && context.Knowledge.Catalog.Find(method)?.Row.IsSliding == true)
        {
            properties = properties.Add(SpanSlides, null);
        }

        return WithPath(properties, sink);
    }

    /// <summary>Whether what an absolute sink stores can be given its life as a duration instead.</summary>
    public static bool HasRelativeForm(Sink sink, RuleContext context)
    {
        ApiCatalog catalog = context.Knowledge.Catalog;
        return sink.Innermost.Member switch
        {
            IPropertySymbol property => catalog.Find(property)?.Row.RelativeTwin is not null,
            IMethodSymbol method => catalog.Find(method)?.Row is { IsSliding: false } row &&
                (row.RelativeTwin is not null || method.ContainingType.GetMembers(method.Name).OfType<IMethodSymbol>().Any(TakesSpan)),
            _ => true,
        };

        bool TakesSpan(IMethodSymbol overload) =>
            catalog.Find(overload)?.Roles.TryGetValue(Role.Expiry, out IParameterSymbol? expiry) == true &&
            context.Knowledge.IsDuration(expiry.Type);
    }

    /// <summary>The properties with those that tell how the value comes to the client.</summary>
    public static ImmutableDictionary<string, string?> WithPath(ImmutableDictionary<string, string?> properties, Sink sink)
    {
        properties = sink.Behind is null ? properties : properties.Add(IsIndirect, null);
        return sink.IsOmitted ? properties.Add(IsOmitted, null) : properties;
    }

    /// <summary>The value in the words of the source.</summary>
    public static string Words(Sink sink, SyntaxNode place) =>
        sink.IsOmitted && sink.Value.Parent is IArgumentOperation { Parameter: { } parameter }
            ? $"'{parameter.Name}', left out of {Quoted(place)},"
            : Quoted(place);

    /// <summary>" from 'DateTime.Now'" where the value comes from another place than the sink's own expression.</summary>
    public static string From(Sink sink, TimeValue value)
    {
        if (value.Source?.Syntax is not { } source)
        {
            return "";
        }

        bool isItself = source.SyntaxTree == sink.Value.Syntax.SyntaxTree && source.Span == sink.Value.Syntax.Span;
        return isItself ? "" : $" from {Quoted(source)}";
    }

    /// <summary>", handed on to 'KeyExpire'," where the sink is a wrapper.</summary>
    public static string Through(Sink sink) => Handed(sink) is { } name ? $" and hands it to '{name}'" : "";

    /// <summary>The client's call behind a wrapper.</summary>
    public static string? Handed(Sink sink) => sink.Behind is null ? null : sink.Innermost.Name;

    /// <summary>One line of source in quotes. A text of the source stands in its own.</summary>
    public static string Quoted(SyntaxNode syntax)
    {
        string text = Short(syntax);
        return IsText(syntax.GetFirstToken()) || IsText(syntax.GetLastToken()) ? text : $"'{text}'";
    }

    /// <summary>Whether a token begins or ends with quotes.</summary>
    private static bool IsText(SyntaxToken token) => token.Kind()
        is SyntaxKind.StringLiteralToken or SyntaxKind.SingleLineRawStringLiteralToken or SyntaxKind.MultiLineRawStringLiteralToken
        or SyntaxKind.CharacterLiteralToken or SyntaxKind.InterpolatedStringStartToken or SyntaxKind.InterpolatedVerbatimStringStartToken
        or SyntaxKind.InterpolatedStringEndToken;

    /// <summary>One line of source, shortened for a message. However long the source is, no more of it is read than is shown.</summary>
    public static string Short(SyntaxNode syntax)
    {
        const int most = 60;
        SourceText source = syntax.SyntaxTree.GetText();
        StringBuilder text = new();
        bool isApart = false;
        for (int i = syntax.SpanStart; i < syntax.Span.End && text.Length <= most; i++)
        {
            if (source[i] is ' ' or '\r' or '\n' or '\t')
            {
                isApart = text.Length > 0;
                continue;
            }

            text.Append(isApart ? " " : "").Append(source[i]);
            isApart = false;
        }

        return text.Length <= most ? text.ToString() : text.ToString(0, most - 1) + "…";
    }

    private static bool IsWithin(IOperation source, Sink sink) =>
        source.Syntax.SyntaxTree == sink.Value.Syntax.SyntaxTree && sink.Value.Syntax.Span.Contains(source.Syntax.Span);

    private static SyntaxNode? SourceSyntax(TimeValue value, RuleContext context) =>
        value.Source?.Syntax is { } syntax && syntax.SyntaxTree == context.Body.Root.Syntax.SyntaxTree ? syntax : null;

    /// <summary>
    /// Whether the source stands in the sink's expression, or in the only value of a variable that nothing but this sink reads.
    /// </summary>
    private static bool IsOwn(Sink sink, SyntaxNode source, RuleContext context)
    {
        if (sink.Value.Syntax.Span.Contains(source.Span))
        {
            return true;
        }

        foreach (IOperation reference in sink.Value.DescendantsAndSelf())
        {
            if (reference is ILocalReferenceOperation { Local: { } local } &&
                context.Body.Assignments.Reads(local).Count == 1 &&
                context.Body.Assignments.ValuesOf(local).Any(value => value?.Syntax.Span.Contains(source.Span) == true))
            {
                return true;
            }
        }

        return false;
    }
}
