using ExpiryAnalyzers.Tool.Inspecting;
using Xunit;

namespace ExpiryAnalyzers.Tests;

[Collection(AloneCollection.Name)]
public sealed class ShapeTests
{
    [Theory]
    [InlineData("session:6f9619ff-8b86-d011-b42d-00cf4fc964ff", "session:{guid}")]
    [InlineData("order:2024:17", "order:{n}:{n}")]
    [InlineData("file/9f86d081884c7d65/part", "file/{hex}/part")]
    [InlineData("cart-17-items", "cart-{n}-items")]
    [InlineData("john.smith@example.com", "{address}")]
    [InlineData("verify:jane@doe.org:sent", "verify:{address}:sent")]
    [InlineData("ann@localhost:cart", "{address}:cart")]
    [InlineData("ann%40x.org:cart", "{address}:cart")]
    [InlineData("stat:2024-01-02", "stat:{date}")]
    [InlineData("cache_:356a192b7913b04c54574d18c28d46e6395428ab", "cache_:{hex}")]
    [InlineData("a:b:c:d:e:f:g:h:i:j", "a:b:c:d:e:f:g:{rest}")]
    public void PartsThatAreNoWords_AreHoles(string key, string shape) => Assert.Equal(shape, string.Concat(KeyShape.PartsOf(key)));

    [Theory]
    [InlineData("lock:order:1", true)]
    [InlineData("order:1:lock", true)]
    [InlineData("orderLock:1", true)]
    [InlineData("job_mutex", true)]
    [InlineData("locks/17", true)]
    [InlineData("block:1", false)]
    [InlineData("clock", false)]
    [InlineData("locked:1", false)]
    [InlineData("locker:17", false)]
    [InlineData("release:1", false)]
    public void LocksAreToldByTheirNames(string key, bool isLock) => Assert.Equal(isLock, KeyShape.LooksLikeLock(key));

    /// <summary>Many words in one place are values; few that many keys share are words.</summary>
    [Fact]
    public void WordsThatDiffer_BecomeAHole()
    {
        ShapeTree tree = new();
        for (int user = 0; user < 100; user++)
        {
            string name = new((char)('a' + user % 26), 3 + user / 26);
            tree.At(KeyShape.PartsOf($"user:{name}:cart")).WithoutTtl++;
            tree.At(KeyShape.PartsOf($"user:{name}:profile")).WithoutTtl++;
        }

        tree.At(KeyShape.PartsOf("setting:theme")).WithoutTtl++;
        Assert.Equal(
            ["user:{word}:cart 100", "user:{word}:profile 100", "setting:{word} 1"],
            tree.Shapes(showsKeys: false).Select(static shape => $"{shape.Shape} {shape.Count.WithoutTtl}"));
        Assert.Equal("setting:theme", tree.Shapes(showsKeys: true)[^1].Shape);
    }

    /// <summary>A name that stands alone may be a person's; a part that others follow is one of the program's own words.</summary>
    [Fact]
    public void RareNames_AreHoles_UnlessTheyArePrefixes()
    {
        ShapeTree tree = new();
        foreach (string key in new[] { "alice", "bob:", "ann.miller", "lock:order:17", "flag", "flag", "flag" })
        {
            tree.At(KeyShape.PartsOf(key)).WithoutTtl++;
        }

        Assert.Equal(["flag", "lock:{word}:{n}", "{word}", "{word}.{word}", "{word}:"], tree.Shapes(showsKeys: false).Select(static shape => shape.Shape).Order(StringComparer.Ordinal));
        Assert.Equal(["alice", "ann.miller", "bob:", "flag", "lock:order:{n}"], tree.Shapes(showsKeys: true).Select(static shape => shape.Shape).Order(StringComparer.Ordinal));
    }

    /// <summary>
    /// Ten times the keys, of names as bad as can be, take no more memory. The heap of the process says nothing here: what earlier tests
    /// left goes while this one runs.
    /// </summary>
    [Fact]
    public void Memory_IsBounded()
    {
        int held = Held(50_000);
        Assert.True(held > 20_000);
        Assert.InRange(Held(500_000), 0, 1.2 * held);

        static int Held(int keys)
        {
            ShapeTree tree = new();
            ExpirySeconds seconds = new();
            Random random = new(17);
            for (int key = 0; key < keys; key++)
            {
                ShapeCount count = tree.At(KeyShape.PartsOf($"{Word()}:{Word()}/{Word()}.{Word()}"));
                count.WithTtl++;
                seconds.Add(random.Next(10_000_000), count);
            }

            return ObjectGraph.Size(tree, seconds);

            string Word() => string.Concat(Enumerable.Range(0, 6).Select(_ => (char)('a' + random.Next(26))));
        }
    }
}
