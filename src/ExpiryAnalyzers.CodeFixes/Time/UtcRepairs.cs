using ExpiryAnalyzers.CodeFixes.Reading;
using ExpiryAnalyzers.CodeFixes.Writing;
using ExpiryAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExpiryAnalyzers.CodeFixes.Time;

/// <summary>The ways to make UTC of a time that is not.</summary>
/// <param name="context">What the fix may look at.</param>
/// <param name="kind">The name of the kind that the time has.</param>
internal sealed class UtcRepairs(FixContext context, string? kind)
{
    private const string LocalKey = "Local";
    private const string LocalDayKey = "LocalDay";
    private const string SpecifyUtc = "SpecifyUtc";
    private const string FromZone = "FromZone";

    /// <summary>The repairs of an expression, the safest first.</summary>
    /// <param name="expression">The time.</param>
    /// <param name="source">The expression that gave it its kind.</param>
    /// <param name="keepsInstant">Whether another instant is never right, such as that of the day which turns in UTC.</param>
    public IEnumerable<Fix> Of(ExpressionSyntax expression, ExpressionSyntax? source, bool keepsInstant = false)
    {
        CheckedEdits edits = new(context);
        UtcSources sources = new(context, edits);
        sources.Rewrite(expression, expression);
        if (source is not null && sources.TitleOf(source) is { } title)
        {
            Fix? rewritten = edits.ToFix("Utc", title, asks: sources.TurnsDay || sources.TakesReading);
            Fix? other = OtherReading(expression, source, sources);
            return Present(keepsInstant && sources.TurnsDay ? null : rewritten, other);
        }

        return source is not null && HasNoMeaning(source, context) ? [] : AtSink(expression, source, sources);
    }

    /// <summary>What the source may have been meant to give instead of UTC: the day of this machine's zone, a text in local time.</summary>
    private Fix? OtherReading(ExpressionSyntax sink, ExpressionSyntax source, UtcSources sources)
    {
        if (sources.IsLocalDay)
        {
            return Converted(sink, context, LocalDayKey, "Keep the local day: convert with ToUniversalTime()");
        }

        bool isParsed = source is InvocationExpressionSyntax { Expression: { } method } &&
            Shapes.NameOf(method)?.Identifier.ValueText.Contains(TimeMembers.Parse) == true;
        return isParsed && kind != nameof(TimeKind.Local) && !Evaluation.ReadsUtc(source, context)
            ? Converted(sink, context, LocalKey, "Text without an offset is local time: convert with ToUniversalTime()", asks: true)
            : null;
    }

    /// <summary>The repairs at the sink, for a value whose origin is left as it is.</summary>
    private IEnumerable<Fix> AtSink(ExpressionSyntax sink, ExpressionSyntax? source, UtcSources sources)
    {
        if (kind is not nameof(TimeKind.Unspecified))
        {
            bool isLocal = kind == nameof(TimeKind.Local);
            if (isLocal && BeforeSpans(sink) is { } start)
            {
                // The same time of day may be meant.
                bool isOfDay = IsDay(Shapes.Innermost(start)) ||
                    sink.DescendantNodes().Any(node => !start.Span.Contains(node.Span) && TimeMembers.CountsDays(node));
                const string beforeSpan = "Convert with ToUniversalTime() before the span is added";
                return Present(Converted(start, context, "Utc", beforeSpan, asks: isOfDay));
            }

            return Present(Converted(sink, context, "Utc", isLocal
                ? "Convert with ToUniversalTime()"
                : "Convert with ToUniversalTime(); a time without a kind is read as local", asks: !isLocal));
        }

        if (source is not null && ZoneOf(source, context) is { } zone)
        {
            if (UtcBefore(sink, source) is { } instant)
            {
                const string leaveOut = "Leave out the conversion: the time is in UTC before it";
                return Present(Edited(sink, instant.WithoutTrivia(), context, FromZone, leaveOut, asks: false));
            }

            ExpressionSyntax convert = Imports.Static(context, Types.TimeZoneInfo, nameof(TimeZoneInfo.ConvertTimeToUtc));
            const string title = "Convert back from that zone with TimeZoneInfo.ConvertTimeToUtc";
            return Present(Changed(
                sink,
                context,
                FromZone,
                title,
                asks: false,
                time => Expressions.Call(convert, time, zone.WithoutTrivia())));
        }

        bool isOfLocalParts = source is BaseObjectCreationExpressionSyntax { ArgumentList: { } parts } &&
            sources.KindOfParts(parts) == TimeKind.Local;
        Fix? local = Converted(sink, context, LocalKey, "It is local time: convert it with ToUniversalTime()", asks: !isOfLocalParts);
        return isOfLocalParts ? Present(local) : Present(Utc(sink, context), local);
    }

    /// <summary>
    /// The local time to which an expression adds spans: their sum knows nothing of daylight saving. Null where it adds none.
    /// </summary>
    private ExpressionSyntax? BeforeSpans(ExpressionSyntax sink)
    {
        ExpressionSyntax? start = null;
        for (ExpressionSyntax? time = TimeIn(sink, context); time is not null;)
        {
            time = Shapes.Innermost(time) switch
            {
                BinaryExpressionSyntax sum when Shapes.IsSum(sum) => sum.Left,
                InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } when IsSum(access) => access.Expression,
                _ => null,
            };
            time = time is not null && Types.IsInstant(context.TypeOf(time)) && Evaluation.KindOf(time, context) == TimeKind.Local
                ? time
                : null;
            start = time ?? start;
        }

        return start;
    }

    /// <summary>Whether a time may be the beginning of a day, to which hours are added for a time of that day.</summary>
    private static bool IsDay(SyntaxNode? time) => time is BaseObjectCreationExpressionSyntax or IdentifierNameSyntax ||
        (time is MemberAccessExpressionSyntax { Name: { } name } && TimeMembers.IsDay(name));

    private static bool IsSum(MemberAccessExpressionSyntax method) => method.Name.Identifier.ValueText is var name &&
        (name is nameof(DateTime.Add) or nameof(DateTime.Subtract) || TimeMembers.UnitOfMove(name) is not null);

    /// <summary>The time without a kind named UTC.</summary>
    private static Fix? Utc(ExpressionSyntax sink, FixContext context) => Changed(
        sink,
        context,
        SpecifyUtc,
        "It is UTC: say so with DateTime.SpecifyKind",
        asks: true,
        time => Specified(time, nameof(DateTimeKind.Utc), context));

    /// <summary>What a time without a known kind may mean: UTC, or local time.</summary>
    public static IEnumerable<Fix> Readings(ExpressionSyntax sink, FixContext context) => Present(
        Utc(sink, context),
        Converted(sink, context, "ToUtc", "It is local time, or knows its kind: convert it with ToUniversalTime()", asks: true));

    private static IEnumerable<Fix> Present(params Fix?[] fixes) => fixes.OfType<Fix>();

    /// <summary>
    /// Local time made UTC; where the sink takes a <c>DateTimeOffset</c>, a value without a kind need only be named local.
    /// </summary>
    private static Fix? Converted(ExpressionSyntax sink, FixContext context, string key, string title, bool asks = false)
    {
        if (key == LocalKey && Types.IsOffset(context.ConvertedTypeOf(Shapes.Outermost(sink))))
        {
            const string named = "It is local time: say so with DateTime.SpecifyKind";
            return Changed(sink, context, key, named, asks, time => Specified(time, nameof(DateTimeKind.Local), context));
        }

        // "Never" is the same in every zone; converted, it would be an instant.
        if (TimeIn(sink, context) is not { } time || Evaluation.MayBeNever(time, context))
        {
            return null;
        }

        ExpressionSyntax converted = Types.IsNullable(context.TypeOf(time))
            ? Expressions.CallIfPresent(time, nameof(DateTime.ToUniversalTime))
            : Expressions.Call(Expressions.Dot(Expressions.Primary(time), nameof(DateTime.ToUniversalTime)));
        return Edited(time, converted, context, key, title, asks);
    }

    /// <summary>The time handed through a method; where it may be null, only if it can be named twice.</summary>
    private static Fix? Changed(
        ExpressionSyntax sink,
        FixContext context,
        string key,
        string title,
        bool asks,
        Func<ExpressionSyntax, ExpressionSyntax> change)
    {
        if (TimeIn(sink, context) is not { } time)
        {
            return null;
        }

        ExpressionSyntax bare = time.WithoutTrivia();
        if (!Types.IsNullable(context.TypeOf(time)))
        {
            return Edited(time, change(bare), context, key, title, asks);
        }

        if (time is not IdentifierNameSyntax)
        {
            return null;
        }

        ExpressionSyntax none = SyntaxFactory.CastExpression(Imports.Type(context, Types.DateTime, isNullable: true), Expressions.Null());
        ExpressionSyntax choice = Expressions.Conditional(
            Expressions.Dot(bare, nameof(Nullable<int>.HasValue)),
            change(Expressions.Dot(bare, nameof(Nullable<int>.Value))),
            none);
        return Edited(time, choice, context, key, title, asks);
    }

    private static Fix? Edited(
        ExpressionSyntax time,
        ExpressionSyntax replacement,
        FixContext context,
        string key,
        string title,
        bool asks)
    {
        CheckedEdits edits = new(context);
        edits.Replace(time, replacement);
        return edits.ToFix(key, title, asks: asks);
    }

    /// <summary><c>DateTime.SpecifyKind</c>; a call that already names a kind gets the other.</summary>
    private static ExpressionSyntax Specified(ExpressionSyntax time, string kind, FixContext context)
    {
        const string specify = nameof(DateTime.SpecifyKind);
        ExpressionSyntax named = Imports.Static(context, Types.DateTimeKind, kind);
        bool isSpecified = time is InvocationExpressionSyntax { Expression: { } method } &&
            Shapes.NameOf(method)?.Identifier.ValueText == specify;
        return isSpecified && time is InvocationExpressionSyntax { ArgumentList.Arguments: [_, { } given] } call
            ? call.ReplaceNode(given.Expression, named)
            : Expressions.Call(Imports.Static(context, Types.DateTime, specify), time, named);
    }

    /// <summary>The <c>DateTime</c> at the sink, be it that it becomes a <c>DateTimeOffset</c> there.</summary>
    private static ExpressionSyntax? TimeIn(ExpressionSyntax sink, FixContext context)
    {
        // The number of a DateTimeOffset.
        if (sink is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } &&
            NumberReading.IsEpochNumber(access.Name.Identifier.ValueText))
        {
            sink = access.Expression;
        }

        ITypeSymbol? type = context.TypeOf(sink);
        return !Types.IsInstant(type) ? null
            : !Types.IsOffset(type) ? sink
            : sink is BaseObjectCreationExpressionSyntax { ArgumentList.Arguments: [{ } only] } ? TimeIn(only.Expression, context)
            : sink is CastExpressionSyntax cast ? TimeIn(cast.Expression, context)
            : null;
    }

    /// <summary>Whether a value stands for no time at all: its default, its minimum, its maximum.</summary>
    private static bool HasNoMeaning(ExpressionSyntax source, FixContext context) => source switch
    {
        DefaultExpressionSyntax or LiteralExpressionSyntax => true,
        BaseObjectCreationExpressionSyntax { ArgumentList: null or { Arguments.Count: 0 } } => true,
        _ => context.SymbolOf(source) is IFieldSymbol { Name: nameof(DateTime.MinValue) or nameof(DateTime.MaxValue) } field &&
            Types.IsInstant(field.Type),
    };

    /// <summary>
    /// The time in UTC of which a sink gets the reading in a zone: converted back, an hour that comes twice there would be the later one.
    /// </summary>
    private ExpressionSyntax? UtcBefore(ExpressionSyntax sink, ExpressionSyntax source) =>
        source.Span == sink.Span && FirstOfTwo(source) is { } time &&
        !Types.IsOffset(context.TypeOf(time)) && Evaluation.KindOf(time, context) == TimeKind.Utc
            ? time
            : null;

    private static ExpressionSyntax? FirstOfTwo(ExpressionSyntax call) =>
        call is InvocationExpressionSyntax { ArgumentList.Arguments: [{ NameColon: null, Expression: { } first }, _] } ? first : null;

    /// <summary>The zone that a time was converted to, where it can be named again.</summary>
    private static ExpressionSyntax? ZoneOf(ExpressionSyntax source, FixContext context)
    {
        if (source is not InvocationExpressionSyntax invocation || context.SymbolOf(invocation) is not IMethodSymbol method ||
            !Types.Is(method.ContainingType, Types.TimeZoneInfo) ||
            invocation.ArgumentList.Arguments.LastOrDefault() is not { NameColon: null, Expression: { } target })
        {
            return null;
        }

        return method.Name switch
        {
            nameof(TimeZoneInfo.ConvertTime) or nameof(TimeZoneInfo.ConvertTimeFromUtc) => CanBeNamedAgain(target) ? target : null,
            nameof(TimeZoneInfo.ConvertTimeBySystemTimeZoneId) when target is LiteralExpressionSyntax => Expressions.Call(
                Imports.Static(context, Types.TimeZoneInfo, nameof(TimeZoneInfo.FindSystemTimeZoneById)),
                target.WithoutTrivia()),
            _ => null,
        };
    }

    /// <summary>Whether a zone is a variable, a member, or looked up by a text.</summary>
    private static bool CanBeNamedAgain(ExpressionSyntax zone) => zone is IdentifierNameSyntax or MemberAccessExpressionSyntax ||
        zone is InvocationExpressionSyntax { ArgumentList.Arguments: [{ Expression: LiteralExpressionSyntax }] };
}
