using CsCheck;
using ExpiryAnalyzers.Flow;
using Xunit;

namespace ExpiryAnalyzers.Tests.Flow;

/// <summary>The queue of blocks that wait for a visit, beside a sorted set.</summary>
public sealed class BlockQueueTests
{
    private const int Blocks = 10;

    private static readonly Gen<int[]> Nodes = Gen.Int[0, (3 * Blocks) - 1].Array[0, 40];

    /// <summary>Of the nodes that wait the one comes first whose block stands first in the code; of the same block, the first context's.</summary>
    [Fact]
    public void TakesWhatComesFirstInTheCode() => Nodes.Sample(static nodes =>
    {
        BlockQueue queue = new(Blocks);
        foreach (int node in nodes)
        {
            queue.Add(node);
        }

        int[] expected = [.. nodes.Distinct().OrderBy(static node => node % Blocks).ThenBy(static node => node)];
        Assert.Equal(expected.Length, queue.Count);
        Assert.Equal(expected, expected.Select(_ => queue.Take()));
        Assert.Equal(0, queue.Count);
    });

    /// <summary>Adding and taking by turns: a node that was taken may wait again, and one that waits does so once.</summary>
    [Fact]
    public void ANodeWaitsOnce() => Gen.Int[-10, (3 * Blocks) - 1].Array[0, 60].Sample(static steps =>
    {
        BlockQueue queue = new(Blocks);
        SortedSet<(int Block, int Node)> model = [];
        foreach (int step in steps)
        {
            if (step >= 0)
            {
                queue.Add(step);
                model.Add((step % Blocks, step));
            }
            else if (model.Count > 0)
            {
                Assert.Equal(model.Min.Node, queue.Take());
                model.Remove(model.Min);
            }

            Assert.Equal(model.Count, queue.Count);
        }
    });
}
