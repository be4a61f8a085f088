using System.Globalization;
using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Calls;
using ExpiryAnalyzers.Rules.Time;
using ExpiryAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Rules.Lifetime;

/// <summary>What reports about the length of a TTL have in common.</summary>
internal static class TtlReport
{
    /// <summary>How many choices, one in the branch of another, are looked into for the one that a report stands at.</summary>
    private const int MaxChoices = 32;

    /// <summary>
    /// The constant TTL of a value at a sink; null where it is not known, or where its unit is another than the sink reads, which is
    /// another rule's matter.
    /// </summary>
    public static TimeSpan? LengthOf(Sink sink, TimeValue value) =>
        value.IsComponent || value.IsEpoch || (sink.Unit != TimeUnit.Unknown && value.Unit != TimeUnit.Unknown && value.Unit != sink.Unit)
            ? null
            : sink.LengthOf(value);

    /// <summary>The branch of the sink's expression that brings such a value, or the whole expression.</summary>
    public static IOperation Branch(Sink sink, RuleContext context, Func<TimeValues, bool> isMeant)
    {
        IOperation found = sink.Value;
        for (int depth = 0; depth < MaxChoices; depth++)
        {
            if (BranchesOf(found).FirstOrDefault(branch => isMeant(context.Body.ValuesOf(branch))) is not { } branch)
            {
                break;
            }

            found = branch;
        }

        return found;
    }

    /// <summary>The values of which an expression chooses one; none where it chooses none.</summary>
    public static IEnumerable<IOperation> BranchesOf(IOperation value) => Bare(value) switch
    {
        IConditionalOperation { WhenFalse: { } otherwise } conditional => [conditional.WhenTrue, otherwise],
        ICoalesceOperation coalesce => [coalesce.Value, coalesce.WhenNull],
        ISwitchExpressionOperation choice => choice.Arms.Select(arm => arm.Value),
        _ => [],
    };

    /// <summary>The key in the words of the source, or what stands for it.</summary>
    public static string Key(Sink sink)
    {
        IOperation? key = sink.Call is { Behind: null } call ? call.Raw?.Key ?? call.Argument(Role.Key)?.Value : null;
        return key is not null ? SinkReport.Quoted(key.Syntax)
            : sink.Innermost.Call is { } inner && inner.Method.Roles.ContainsKey(Role.Key) ? "the key"
            : sink.Library.Ttl is null ? "the entry"
            : "the key";
    }

    /// <summary>Whether the call is told to leave the key's TTL alone, so that the one given does not count.</summary>
    public static bool KeepsTtl(Sink sink) =>
        sink.Innermost.Call?.Argument(Role.KeepTtl)?.Value.ConstantValue is { } keeps && keeps is not { HasValue: true, Value: false };

    public static string Describe(TimeSpan span) =>
        span == TimeSpan.Zero ? "zero"
        : span < TimeSpan.Zero ? "-" + Describe(span == TimeSpan.MinValue ? TimeSpan.MaxValue : span.Negate())
        : span < TimeSpan.FromSeconds(1) ? Number(span.TotalMilliseconds, "ms")
        : span < TimeSpan.FromMinutes(2) ? Number(span.TotalSeconds, "s")
        : span < TimeSpan.FromHours(2) ? Number(span.TotalMinutes, "min")
        : Number(span.TotalHours, "h");

    private static string Number(double number, string unit) => number.ToString("0.####", CultureInfo.InvariantCulture) + " " + unit;

    private static IOperation Bare(IOperation value)
    {
        while (value is IConversionOperation or IParenthesizedOperation)
        {
            value = value is IConversionOperation conversion ? conversion.Operand : ((IParenthesizedOperation)value).Operand;
        }

        return value;
    }
}
