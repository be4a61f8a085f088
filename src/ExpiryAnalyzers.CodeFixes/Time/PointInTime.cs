using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.CodeFixes.Reading;
using ExpiryAnalyzers.CodeFixes.Writing;
using ExpiryAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExpiryAnalyzers.CodeFixes.Time;

/// <summary>An instant whose number was taken for a span, as an expression.</summary>
/// <param name="expression">The instant.</param>
/// <param name="isOffset">Whether it is a <c>DateTimeOffset</c>.</param>
/// <param name="kind">The kinds that it may have.</param>
internal sealed class PointInTime(ExpressionSyntax expression, bool isOffset, TimeKind kind)
{
    /// <summary>The instant as a UTC time; null where only the user can know what it is.</summary>
    public ExpressionSyntax? Utc => isOffset ? Expressions.Dot(Expressions.Primary(expression), nameof(DateTimeOffset.UtcDateTime))
        : kind == TimeKind.Utc ? expression.WithoutTrivia()
        : (kind & TimeKind.Unspecified) == 0 ? ToUniversalTime()
        : null;

    /// <summary>
    /// Whether the instant's kind is not known: one of none is read as local time then, which only the user can say is right.
    /// </summary>
    public bool IsOfUnknownKind => !isOffset && (kind & TimeKind.Unknown) != 0;

    /// <summary>What a title says of the choice.</summary>
    public string Reading => IsOfUnknownKind ? ", local where it has no kind" : "";

    public static PointInTime Of(ExpressionSyntax instant, FixContext context) =>
        new(instant, Types.IsOffset(context.TypeOf(instant)), Evaluation.KindOf(instant, context));

    /// <summary>The instant of the number that a call reads, where that counts from the Unix epoch; null where it does not.</summary>
    public static PointInTime? OfNumber(UnitReader reader, FixContext context)
    {
        ExpressionSyntax core = NumberReading.Core(reader.Number);
        if (Evaluation.UnitOfEpoch(core, reader.Unit, context) is not { } unit || unit is not (TimeUnit.Seconds or TimeUnit.Milliseconds))
        {
            return null;
        }

        if (core is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } &&
            NumberReading.IsEpochNumber(access.Name.Identifier.ValueText))
        {
            return Of(access.Expression, context);
        }

        ExpressionSyntax method = Imports.Static(context, Types.DateTimeOffset, TimeMembers.FromUnixTime + unit);
        return new(Expressions.Call(method, core.WithoutTrivia()), isOffset: true, TimeKind.Utc);
    }

    /// <summary>The instant as the type that another expression is converted to.</summary>
    public ExpressionSyntax? For(ExpressionSyntax other, FixContext context) =>
        isOffset && Types.IsOffset(context.ConvertedTypeOf(Shapes.Outermost(other))) ? expression.WithoutTrivia() : Utc;

    /// <summary>The instant minus the clock of its kind; null where only the user can know what it is.</summary>
    public ExpressionSyntax? Left(FixContext context)
    {
        if (isOffset)
        {
            return Less(expression, Imports.Static(context, Types.DateTimeOffset, nameof(DateTimeOffset.UtcNow)));
        }

        string clock = kind == TimeKind.Local ? nameof(DateTime.Now) : nameof(DateTime.UtcNow);
        return (kind == TimeKind.Local ? expression : Utc) is { } time ? Less(time, Imports.Static(context, Types.DateTime, clock)) : null;
    }

    private static ExpressionSyntax Less(ExpressionSyntax until, ExpressionSyntax clock) =>
        Expressions.Sum(SyntaxKind.SubtractExpression, until, clock);

    private ExpressionSyntax ToUniversalTime() =>
        Expressions.Call(Expressions.Dot(Expressions.Primary(expression), nameof(DateTime.ToUniversalTime)));
}
