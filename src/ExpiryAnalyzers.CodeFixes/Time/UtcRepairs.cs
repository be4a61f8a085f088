using ExpiryAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static ExpiryAnalyzers.CodeFixes.Time.TimeSyntax;

namespace ExpiryAnalyzers.CodeFixes.Time;

/// <summary>The ways to make UTC of a time that is not.</summary>
/// <param name="context">What the fix may look at.</param>
/// <param name="kind">The name of the kind that the time has.</param>
internal sealed class UtcRepairs(FixContext context, string? kind)
{
    /// <summary>The repairs of an expression, the safest first.</summary>
    /// <param name="expression">The time.</param>
    /// <param name="source">The expression that gave it its kind.</param>
    public IEnumerable<Fix> Of(ExpressionSyntax expression, ExpressionSyntax? source)
    {
        TimeEdits edits = new(context);
        UtcSources sources = new(context, edits);
        sources.Rewrite(expression, expression);
        if (source is not null && sources.TitleOf(source) is { } title)
        {
            return Present(edits.ToFix("Utc", title), OtherReading(expression, source, sources));
        }

        return source is not null && HasNoMeaning(source, context) ? [] : AtSink(expression, source, sources);
    }

    /// <summary>What the source may have been meant to give instead of UTC: the day of this machine's zone, a text in local time.</summary>
    private Fix? OtherReading(ExpressionSyntax sink, ExpressionSyntax source, UtcSources sources)
    {
        bool isParsed = source is InvocationExpressionSyntax { Expression: { } method } && Name(method)?.Identifier.ValueText.Contains("Parse") == true;
        return sources.IsLocalDay ? Converted(sink, context, "LocalDay", "Keep the local day: convert with ToUniversalTime()")
            : isParsed && kind != nameof(TimeKind.Local) ? Converted(sink, context, "Local", "Text without an offset is local time: convert with ToUniversalTime()")
            : null;
    }

    /// <summary>The repairs at the sink, for a value whose origin is left as it is.</summary>
    private IEnumerable<Fix> AtSink(ExpressionSyntax sink, ExpressionSyntax? source, UtcSources sources)
    {
        if (kind is not nameof(TimeKind.Unspecified))
        {
            return Present(Converted(sink, context, "Utc", kind == nameof(TimeKind.Local)
                ? "Convert with ToUniversalTime()"
                : "Convert with ToUniversalTime(); a time without a kind is read as local"));
        }

        if (source is not null && ZoneOf(source, context) is { } zone)
        {
            return Present(Changed(sink, context, "FromZone", "Convert back from that zone with TimeZoneInfo.ConvertTimeToUtc", time => Call(Static(context, "System.TimeZoneInfo", nameof(TimeZoneInfo.ConvertTimeToUtc)), time, zone.WithoutTrivia())));
        }

        Fix? local = Converted(sink, context, "Local", "It is local time: convert it with ToUniversalTime()");
        return source is BaseObjectCreationExpressionSyntax { ArgumentList: { } parts } && sources.KindOfParts(parts) == TimeKind.Local
            ? Present(local)
            : Present(Changed(sink, context, "SpecifyUtc", "It is UTC: say so with DateTime.SpecifyKind", time => Specified(time, nameof(DateTimeKind.Utc), context)), local);
    }

    /// <summary>What a time without a known kind may mean: UTC, or local time.</summary>
    public static IEnumerable<Fix> Readings(ExpressionSyntax sink, FixContext context) => Present(
        Changed(sink, context, "SpecifyUtc", "It is UTC: say so with DateTime.SpecifyKind", time => Specified(time, nameof(DateTimeKind.Utc), context)),
        Converted(sink, context, "ToUtc", "It is local time, or knows its kind: convert it with ToUniversalTime()"));

    private static IEnumerable<Fix> Present(params Fix?[] fixes) => fixes.OfType<Fix>();

    /// <summary>Local time made UTC; where the sink takes a <c>DateTimeOffset</c>, a value without a kind need only be named local.</summary>
    private static Fix? Converted(ExpressionSyntax sink, FixContext context, string key, string title)
    {
        if (key == "Local" && IsOffset(context.Model.GetTypeInfo(Outermost(sink)).ConvertedType))
        {
            return Changed(sink, context, key, "It is local time: say so with DateTime.SpecifyKind", time => Specified(time, nameof(DateTimeKind.Local), context));
        }

        ExpressionSyntax? time = TimeIn(sink, context);
        return time is null ? null : Edited(time, IsNullable(context.Model.GetTypeInfo(time).Type)
            ? SyntaxFactory.ConditionalAccessExpression(Primary(time), SyntaxFactory.InvocationExpression(SyntaxFactory.MemberBindingExpression(SyntaxFactory.IdentifierName(nameof(DateTime.ToUniversalTime)))))
            : Call(Dot(Primary(time), nameof(DateTime.ToUniversalTime))), context, key, title);
    }

    /// <summary>The time handed through a method; where it may be null, only if it can be named twice.</summary>
    private static Fix? Changed(ExpressionSyntax sink, FixContext context, string key, string title, Func<ExpressionSyntax, ExpressionSyntax> change)
    {
        if (TimeIn(sink, context) is not { } time)
        {
            return null;
        }

        if (!IsNullable(context.Model.GetTypeInfo(time).Type))
        {
            return Edited(time, change(time.WithoutTrivia()), context, key, title);
        }

        return time is not IdentifierNameSyntax ? null : Edited(time, SyntaxFactory.ParseExpression($"{time}.HasValue ? 0 : (x)null") is ConditionalExpressionSyntax choice
            ? choice.WithWhenTrue(change(Dot(time.WithoutTrivia(), "Value")).WithTriviaFrom(choice.WhenTrue)).WithWhenFalse(((CastExpressionSyntax)choice.WhenFalse).WithType(Type(context, "System.DateTime", isNullable: true)))
            : time, context, key, title);
    }

    private static Fix? Edited(ExpressionSyntax time, ExpressionSyntax replacement, FixContext context, string key, string title)
    {
        TimeEdits edits = new(context);
        edits.Replace(time, replacement);
        return edits.ToFix(key, title) is { } fix ? fix with { IsOneReading = key == "SpecifyUtc" } : null;
    }

    /// <summary><c>DateTime.SpecifyKind</c>; a call that already names a kind gets the other.</summary>
    private static ExpressionSyntax Specified(ExpressionSyntax time, string kind, FixContext context)
    {
        ExpressionSyntax named = Static(context, "System.DateTimeKind", kind);
        return time is InvocationExpressionSyntax { ArgumentList.Arguments: [_, { } given] } call && Name(call.Expression)?.Identifier.ValueText == nameof(DateTime.SpecifyKind)
            ? call.ReplaceNode(given.Expression, named)
            : Call(Static(context, "System.DateTime", nameof(DateTime.SpecifyKind)), time, named);
    }

    /// <summary>The <c>DateTime</c> at the sink, be it that it becomes a <c>DateTimeOffset</c> there.</summary>
    private static ExpressionSyntax? TimeIn(ExpressionSyntax sink, FixContext context)
    {
        ITypeSymbol? type = context.Model.GetTypeInfo(sink).Type;
        return !IsInstant(type) ? null
            : !IsOffset(type) ? sink
            : sink is BaseObjectCreationExpressionSyntax { ArgumentList.Arguments: [{ } only] } ? TimeIn(only.Expression, context)
            : sink is CastExpressionSyntax cast ? TimeIn(cast.Expression, context)
            : null;
    }

    private static bool IsOffset(ITypeSymbol? type) => IsInstant(type) && type!.ToDisplayString().Contains(nameof(DateTimeOffset));

    /// <summary>Whether a value stands for no time at all: its default, its minimum, its maximum.</summary>
    private static bool HasNoMeaning(ExpressionSyntax source, FixContext context) =>
        source is DefaultExpressionSyntax or LiteralExpressionSyntax or BaseObjectCreationExpressionSyntax { ArgumentList: null or { Arguments.Count: 0 } } ||
        (context.Model.GetSymbolInfo(source).Symbol is IFieldSymbol { Name: nameof(DateTime.MinValue) or nameof(DateTime.MaxValue) } field && IsInstant(field.Type));

    /// <summary>The zone that a time was converted to, where it can be named again.</summary>
    private static ExpressionSyntax? ZoneOf(ExpressionSyntax source, FixContext context)
    {
        if (source is not InvocationExpressionSyntax invocation || context.Model.GetSymbolInfo(invocation).Symbol is not IMethodSymbol { ContainingType.Name: nameof(TimeZoneInfo) } method ||
            invocation.ArgumentList.Arguments.LastOrDefault() is not { NameColon: null } target)
        {
            return null;
        }

        return method.Name switch
        {
            nameof(TimeZoneInfo.ConvertTime) or nameof(TimeZoneInfo.ConvertTimeFromUtc) when target.Expression is IdentifierNameSyntax or MemberAccessExpressionSyntax => target.Expression,
            nameof(TimeZoneInfo.ConvertTime) or nameof(TimeZoneInfo.ConvertTimeFromUtc) when target.Expression is InvocationExpressionSyntax find && find.ArgumentList.Arguments is [{ Expression: LiteralExpressionSyntax }] => find,
            nameof(TimeZoneInfo.ConvertTimeBySystemTimeZoneId) when target.Expression is LiteralExpressionSyntax id => Call(Static(context, "System.TimeZoneInfo", nameof(TimeZoneInfo.FindSystemTimeZoneById)), id.WithoutTrivia()),
            _ => null,
        };
    }
}
