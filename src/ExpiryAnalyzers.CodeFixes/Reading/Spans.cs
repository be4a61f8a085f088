using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExpiryAnalyzers.CodeFixes.Reading;

/// <summary>Durations, as the code writes them and as people read them.</summary>
internal static class Spans
{
    private static readonly IReadOnlyList<(string Method, long Ticks)> Units =
    [
        (nameof(TimeSpan.FromHours), TimeSpan.TicksPerHour),
        (nameof(TimeSpan.FromMinutes), TimeSpan.TicksPerMinute),
        (nameof(TimeSpan.FromSeconds), TimeSpan.TicksPerSecond),
        (nameof(TimeSpan.FromMilliseconds), TimeSpan.TicksPerMillisecond),

        // Read, but not written: what is a number of days is one of hours, too.
        (nameof(TimeSpan.FromDays), TimeSpan.TicksPerDay),
    ];

    /// <summary>Whether code can write the span as one call with a whole number.</summary>
    public static bool IsLiteral(TimeSpan span) =>
        span > TimeSpan.Zero && span.Ticks % TimeSpan.TicksPerMillisecond == 0 && span.Ticks / UnitOf(span).Ticks <= int.MaxValue;

    /// <summary>A span for people: <c>5 s</c>, <c>2.5 s</c>, <c>500 ms</c>.</summary>
    public static string Describe(TimeSpan span)
    {
        (string unit, long ticks) = span < TimeSpan.FromSeconds(1) ? ("ms", TimeSpan.TicksPerMillisecond)
            : span < TimeSpan.FromMinutes(2) ? ("s", TimeSpan.TicksPerSecond)
            : ("min", TimeSpan.TicksPerMinute);
        return ((double)span.Ticks / ticks).ToString("0.###", CultureInfo.InvariantCulture) + " " + unit;
    }

    /// <summary>The method that makes the span of a whole number, in the largest unit that does, and the ticks of that unit.</summary>
    public static (string Method, long Ticks) UnitOf(TimeSpan span) =>
        Units.First(unit => span.Ticks % unit.Ticks == 0 || unit.Ticks == TimeSpan.TicksPerMillisecond);

    /// <summary>The length that a member is declared with, where it is written as one call with a plain number.</summary>
    public static TimeSpan? Declared(ISymbol member, CancellationToken cancellationToken)
    {
        ExpressionSyntax? value = member.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken) switch
        {
            VariableDeclaratorSyntax { Initializer.Value: { } initial } => initial,
            PropertyDeclarationSyntax { ExpressionBody.Expression: { } expression } => expression,
            PropertyDeclarationSyntax { Initializer.Value: { } initial } => initial,
            _ => null,
        };
        return value is InvocationExpressionSyntax call ? LengthOf(call) : null;
    }

    /// <summary>The length of a span that is written as one call with a plain number.</summary>
    public static TimeSpan? LengthOf(InvocationExpressionSyntax call) =>
        call.ArgumentList.Arguments is [{ Expression: LiteralExpressionSyntax literal }]
            ? Length(TaskWaits.MemberOf(call) ?? call.Expression.ToString(), literal.Token.Value)
            : null;

    private static TimeSpan? Length(string method, object? number)
    {
        long ticks = Units.FirstOrDefault(unit => unit.Method == method).Ticks;
        if (ticks == 0 || number is not (int or long or uint or ulong or float or double or decimal))
        {
            return null;
        }

        double length = Convert.ToDouble(number, CultureInfo.InvariantCulture) * ticks;
        return Math.Abs(length) < long.MaxValue ? new TimeSpan((long)length) : null;
    }
}
