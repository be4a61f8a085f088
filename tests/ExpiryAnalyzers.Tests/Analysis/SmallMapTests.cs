using ExpiryAnalyzers.Operations;
using Xunit;

namespace ExpiryAnalyzers.Tests.Analysis;

/// <summary>A map behaves alike when its entries are looked through and when they are found by their hash.</summary>
public sealed class SmallMapTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(100)]
    public void Entries_AreFoundAndKeepTheirOrder(int count)
    {
        SmallMap<string, int> map = new(StringComparer.OrdinalIgnoreCase);
        for (int number = 0; number < count; number++)
        {
            Assert.False(map.TryGetValue("key" + number, out _));
            map["key" + number] = -1;
            map["KEY" + number] = number;
        }

        Assert.Equal(count, map.Count);
        Assert.False(map.ContainsKey("other"));
        Assert.Throws<KeyNotFoundException>(() => map["other"]);
        List<int> numbers = [];
        foreach (KeyValuePair<string, int> entry in map)
        {
            Assert.Equal("key" + entry.Value, entry.Key);
            Assert.Equal(entry.Value, map["Key" + entry.Value]);
            numbers.Add(entry.Value);
        }

        Assert.Equal(Enumerable.Range(0, count), numbers);
    }

    [Fact]
    public void Lists_AreMadeWithTheirFirstEntry()
    {
        SmallMap<int, List<string>> lists = new();
        lists.AddTo(2, "a");
        lists.AddTo(2, "b");

        Assert.Equal(["a", "b"], lists[2]);
        Assert.False(lists.ContainsKey(1));
    }
}
