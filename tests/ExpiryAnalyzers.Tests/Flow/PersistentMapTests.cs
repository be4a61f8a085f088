using CsCheck;
using ExpiryAnalyzers.Flow;
using Xunit;

namespace ExpiryAnalyzers.Tests.Flow;

/// <summary>The map that states of a flow are kept in, beside an ordinary dictionary.</summary>
public sealed class PersistentMapTests
{
    private static readonly string[] Words = ["a", "b", "c"];

    /// <summary>Places at the edges of a node and of a level count for more than others.</summary>
    private static readonly Gen<int> Index = Gen.OneOf(Gen.Int[0, 9], Gen.Int[62, 66], Gen.Int[510, 514], Gen.Int[0, 5000], Gen.Const((1 << 29) + 1));

    private static readonly Gen<string?> Word = Gen.Int[0, Words.Length].Select(static number => number == Words.Length ? null : Words[number]);

    private static readonly Gen<(int Index, string? Word)[]> Writes = Gen.Select(Index, Word).Array[0, 30];

    [Fact]
    public void HoldsWhatWasWrittenLast() => Writes.Sample(static writes =>
    {
        (PersistentMap<string> map, SortedDictionary<int, string> model) = Written(default, writes);
        Assert.Equal(model, map.Entries());
        Assert.Equal(model.Count == 0, map.IsEmpty);
        foreach ((int index, _) in writes.Append((7, null)).Append((4999, null)).Append((1 << 29, null)))
        {
            Assert.Same(model.GetValueOrDefault(index), map[index]);
        }
    });

    [Fact]
    public void AMapThatIsChanged_StaysAsItWas() => Gen.Select(Writes, Writes).Sample(static (first, second) =>
    {
        (PersistentMap<string> map, SortedDictionary<int, string> model) = Written(default, first);
        Written(map, second);
        Assert.Equal(model, map.Entries());
    });

    [Fact]
    public void WritingWhatIsThere_IsNoChange() => Gen.Select(Writes, Index).Sample(static (writes, index) =>
    {
        PersistentMap<string> map = Written(default, writes).Map;
        Assert.True(map.With(index, map[index]).IsSame(map));
        string other = map[index] == Words[0] ? Words[1] : Words[0];
        Assert.False(map.With(index, other).IsSame(map));
    });

    /// <summary>Every place that differs is asked of once, with its number and both values, and no other.</summary>
    [Fact]
    public void AJoinAsksOfWhatDiffers() => Gen.Select(Writes, Writes, Writes).Sample(static (both, left, right) =>
    {
        PersistentMap<string> common = Written(default, both).Map;
        PersistentMap<string> one = Written(common, left).Map;
        PersistentMap<string> other = Written(common, right).Map;
        Dictionary<int, string?> asked = [];
        PersistentMap<string> joined = one.Join(other, (index, mine, theirs) =>
        {
            Assert.Same(one[index], mine);
            Assert.Same(other[index], theirs);
            Assert.NotSame(mine, theirs);
            asked.Add(index, mine ?? (index % 2 == 0 ? theirs : null));
            return asked[index];
        });
        int[] places = [.. one.Entries().Concat(other.Entries()).Select(static entry => entry.Key).Distinct()];
        Assert.Equal(places.Where(place => one[place] != other[place]).Order(), asked.Keys.Order());
        Assert.All(places, place => Assert.Same(asked.TryGetValue(place, out string? said) ? said : one[place], joined[place]));
        Assert.Equal(places.Where(place => joined[place] is not null).Order(), joined.Entries().Select(static entry => entry.Key));
    });

    /// <summary>A flow ends where a join changes nothing: it must be told so.</summary>
    [Fact]
    public void AJoinThatAddsNothing_IsTheMap() => Gen.Select(Writes, Writes).Sample(static (writes, fewer) =>
    {
        PersistentMap<string> map = Written(default, writes).Map;
        Assert.True(map.Join(map, static (_, _, _) => throw new InvalidOperationException()).IsSame(map));
        Assert.True(map.Join(default, static (_, mine, _) => mine).IsSame(map));
        PersistentMap<string> less = Written(map, [.. fewer.Where(write => map[write.Index] is not null).Select(static write => (write.Index, (string?)null))]).Map;
        Assert.True(map.Join(less, static (_, mine, _) => mine).IsSame(map));
    });

    /// <summary>What two maps share is not looked at, however much it is.</summary>
    [Fact]
    public void WhatIsShared_CostsNothing()
    {
        PersistentMap<string> map = default;
        for (int index = 0; index < 4096; index++)
        {
            map = map.With(index, Words[index % 3]);
        }

        int asked = 0;
        map.With(3000, "x").Join(map, (_, mine, _) => { asked++; return mine; });
        Assert.Equal(1, asked);
    }

    private static (PersistentMap<string> Map, SortedDictionary<int, string> Model) Written(PersistentMap<string> map, IEnumerable<(int Index, string? Word)> writes)
    {
        SortedDictionary<int, string> model = new(map.Entries().ToDictionary(static entry => entry.Key, static entry => entry.Value));
        foreach ((int index, string? word) in writes)
        {
            map = map.With(index, word);
            if (word is null)
            {
                model.Remove(index);
            }
            else
            {
                model[index] = word;
            }
        }

        return (map, model);
    }
}
