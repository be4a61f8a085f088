using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Operations;
using ExpiryAnalyzers.Rules.Lifetime;
using ExpiryAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.CodeFixes.Reading;

/// <summary>Asks the analysis what an expression of the document may be.</summary>
internal static class Evaluation
{
    /// <summary>How many variables are followed, one behind the other.</summary>
    private const int MaxChain = 4;

    /// <summary>The kinds that an instant may have.</summary>
    public static TimeKind KindOf(ExpressionSyntax expression, FixContext context) => ValuesOf(expression, context).Alternatives.Aggregate(
        TimeKind.None,
        static (kind, value) => kind | (value.Shape == TimeShape.Instant ? value.Kind : TimeKind.Unknown));

    /// <summary>Whether the clock reading of a time without a kind is certainly one of UTC, as that of a text in GMT.</summary>
    public static bool ReadsUtc(ExpressionSyntax time, FixContext context) =>
        ValuesOf(time, context).All(static value => value.Reading == TimeKind.Utc);

    /// <summary>The kind of a time that is certainly not UTC, and where in the document it came by it.</summary>
    public static (TimeKind Kind, ExpressionSyntax? Source)? NotUtc(ExpressionSyntax time, FixContext context)
    {
        if (ValuesOf(time, context).Alternatives.FirstOrDefault(static value => value.IsCertainlyNotUtc) is not { } value)
        {
            return null;
        }

        ExpressionSyntax? source = value.Source?.Syntax as ExpressionSyntax;
        return (value.IsMisread ? TimeKind.Unspecified : value.Kind, source?.SyntaxTree == time.SyntaxTree ? source : null);
    }

    /// <summary>
    /// What a number certainly is, where it is not what is read: its unit, or the read unit itself for one component of a span.
    /// </summary>
    public static TimeUnit? OtherUnit(ExpressionSyntax number, TimeUnit read, FixContext context)
    {
        TimeValues values = ValuesOf(number, context);
        TimeUnit[] units = [.. values.Alternatives.Select(UnitOf).Distinct()];
        bool isOther = units is [var only and not TimeUnit.Unknown] && (only != read || values.All(static value => value.IsComponent));
        return isOther ? units[0] : null;

        static TimeUnit UnitOf(TimeValue value) => value.Shape == TimeShape.Count ? value.Unit : TimeUnit.Unknown;
    }

    /// <summary>Whether a number may be one component of a span: its minutes, not all its time in minutes.</summary>
    public static bool MayBeComponent(ExpressionSyntax number, FixContext context) =>
        ValuesOf(number, context).Any(static value => value.IsComponent);

    /// <summary>Whether a number is certainly this machine's clock, as read: not another instant's, and not moved.</summary>
    public static bool IsClockNumber(ExpressionSyntax number, FixContext context) =>
        ValuesOf(number, context).All(static value => value is { IsEpoch: true, Origin: Origin.Clock });

    /// <summary>Whether a value is certainly this machine's clock, moved by a span perhaps.</summary>
    public static bool IsFromClock(ExpressionSyntax expression, FixContext context) =>
        ValuesOf(expression, context)
            .All(static value => value.Origin is Origin.Clock or Origin.ClockPlusOffset or Origin.ClockMinusOffset);

    /// <summary>Whether a number may be an instant's own.</summary>
    public static bool MayBeEpoch(ExpressionSyntax number, FixContext context) =>
        ValuesOf(number, context).Any(static value => value.IsEpoch);

    /// <summary>
    /// The unit of an instant's own number: the one that it is read in, where it does not say another; null where a number may be
    /// something else.
    /// </summary>
    public static TimeUnit? UnitOfEpoch(ExpressionSyntax number, TimeUnit read, FixContext context)
    {
        TimeValues values = ValuesOf(number, context);
        TimeUnit[] units = [.. values.Alternatives.Select(static value => value.Unit).Distinct()];
        return units is [var only] && values.All(static value => value.IsEpoch) ? only == TimeUnit.Unknown ? read : only : null;
    }

    /// <summary>Whether a value may come from this machine's clock.</summary>
    public static bool MayBeFromClock(ExpressionSyntax expression, FixContext context) =>
        ValuesOf(expression, context)
            .Any(static value => value.Origin is Origin.Clock or Origin.ClockPlusOffset or Origin.ClockMinusOffset);

    /// <summary>
    /// Whether a TTL may be one that another command than <c>EXPIRE</c> refuses or reads otherwise: none, zero, negative, past, without
    /// end.
    /// </summary>
    public static bool MayBeOddExpiry(IOperation expiry, FixContext context) => MayBeOddExpiry(expiry, context, MaxChain);

    private static bool MayBeOddExpiry(IOperation expiry, FixContext context, int depth)
    {
        IOperation meant = context.Analysis.BodyAround(expiry)?.Resolved(expiry) ?? expiry;
        bool isInView = meant.Syntax.SyntaxTree == expiry.Syntax.SyntaxTree;
        return depth > 0 && isInView && TtlReport.BranchesOf(meant).ToArray() is [_, ..] branches
            ? branches.Any(branch => MayBeOddExpiry(branch, context, depth - 1))
            : IsOddExpiry(expiry, context);
    }

    private static bool IsOddExpiry(IOperation expiry, FixContext context) =>
        ValuesOf(expiry, context)?.Any(static value => value switch
        {
            { Shape: TimeShape.Instant } => value.IsPast || value.Origin is Origin.Never or Origin.Minimum,
            { Length: { } length } => length <= TimeSpan.Zero || length == TimeSpan.MaxValue,
            _ => false,
        }) ?? true;

    /// <summary>Whether an instant may be the last there is, which stands for "never".</summary>
    public static bool MayBeNever(ExpressionSyntax time, FixContext context) =>
        ValuesOf(time, context).Any(static value => value.Origin == Origin.Never);

    /// <summary>Whether an expiry is an instant that may be neither UTC nor local.</summary>
    public static bool MayBeWithoutKind(IOperation expiry, FixContext context)
    {
        IOperation bare = expiry.WithoutConversions();
        return Types.IsInstant(bare.Type) && bare.Syntax is ExpressionSyntax instant &&
            (KindOf(instant, context) & ~(TimeKind.Utc | TimeKind.Local)) != 0;
    }

    /// <summary>Whether a TTL is certainly longer than nothing.</summary>
    public static bool IsPositive(IOperation expiry, FixContext context) =>
        ValuesOf(expiry, context)?.All(static value => value.Length > TimeSpan.Zero) == true;

    /// <summary>Whether a TTL is certainly one of whole seconds, and at least one.</summary>
    public static bool IsWholeSeconds(IOperation expiry, FixContext context) =>
        expiry.ConstantValue is { HasValue: true, Value: int seconds }
            ? seconds > 0
            : ValuesOf(expiry, context)?.All(static value =>
                value.Length is { Ticks: > 0 } length && length.Ticks % TimeSpan.TicksPerSecond == 0) == true;

    private static TimeValues ValuesOf(ExpressionSyntax expression, FixContext context) =>
        context.OperationOf(expression) is { } operation ? ValuesOf(operation, context) ?? TimeValues.Unknown : TimeValues.Unknown;

    /// <summary>The values of an expression; of a variable that is written several times all of them, wherever it is read.</summary>
    private static TimeValues? ValuesOf(IOperation operation, FixContext context, int depth = MaxChain)
    {
        IReadOnlyList<ExpressionSyntax> written = depth > 0 ? WrittenTo(operation, context) : [];
        TimeValues? joined = null;
        foreach (ExpressionSyntax value in written)
        {
            IOperation? given = context.OperationOf(value);
            TimeValues values = given is null ? TimeValues.Unknown : ValuesOf(given, context, depth - 1) ?? TimeValues.Unknown;
            joined = joined?.Join(values) ?? values;
        }

        return joined ?? context.Analysis.BodyAround(operation)?.ValuesOf(operation);
    }

    /// <summary>What is written to a variable that is written several times, and only in ways that can be followed.</summary>
    private static IReadOnlyList<ExpressionSyntax> WrittenTo(IOperation operation, FixContext context) =>
        operation.WithoutConversions() is ILocalReferenceOperation { Syntax: ExpressionSyntax name } &&
        LocalUse.Of(name, context) is { IsOpen: false, IsMoved: false, Values.Count: > 1, OutCalls.Count: 0 } local
            ? local.Values
            : [];
}
