using ExpiryAnalyzers.Flow;
using ExpiryAnalyzers.Values;
using Xunit;

namespace ExpiryAnalyzers.Tests.Values;

/// <summary>A chain may be as long as it likes; what is nested otherwise is known down to the cap and unknown below.</summary>
public sealed class ChainsTests
{
    private static readonly int[] Lengths = [1, 2, 15, 16, 17, 18, 31, 32, 33, 47, 48, 49, 63, 64, 65, 66, 80, 100];

    private static readonly (string Start, string Link)[] Kinds =
    [
        ("DateTime.UtcNow", ".AddMinutes(1)"), ("DateTime.UtcNow", " + span"), ("DateTime.UtcNow", ".ToLocalTime().ToUniversalTime()"), ("DateTime.UtcNow", ".AddMinutes(1).Subtract(span)"),
    ];

    private static readonly Told Chains = new("", "TimeSpan span", [.. Kinds.SelectMany(static kind => Lengths.Select(length => Chain(kind, length)))]);

    private static readonly Told Nested = new("", "int ttlSeconds", [.. Enumerable.Range(1, FlowLimits.ExpressionDepth + 10).Select(Nest)]);

    [Fact]
    public void AChain_MayBeAsLongAsItLikes()
    {
        Func<string, TimeValues> values = Chains.Values();
        foreach ((string, string) kind in Kinds)
        {
            Assert.All(Lengths, length => Assert.Equal(TimeKind.Utc, Assert.Single(values(Chain(kind, length)).Alternatives).Kind));
        }
    }

    /// <summary>Each call counts, the name inside, and the conversion to what the method returns.</summary>
    [Fact]
    public void WhatIsNested_IsKnownDownToTheCap()
    {
        Func<string, string> told = Nested.InWords();
        foreach (int depth in Enumerable.Range(1, FlowLimits.ExpressionDepth + 10))
        {
            Assert.Equal((depth, depth + 2 <= FlowLimits.ExpressionDepth), (depth, told(Nest(depth)).Contains("Seconds", StringComparison.Ordinal)));
        }
    }

    private static string Chain((string Start, string Link) kind, int length) => kind.Start + string.Concat(Enumerable.Repeat(kind.Link, length));

    private static string Nest(int depth) => $"{string.Concat(Enumerable.Repeat("Math.Abs(", depth))}ttlSeconds{new string(')', depth)}";
}
