using ExpiryAnalyzers.Flow;
using Xunit;

namespace ExpiryAnalyzers.Tests.Flow;

/// <summary>The counts that tests and cost gates read.</summary>
public sealed class WorkCounterTests
{
    [Fact]
    public void EachKindOfWork_IsCountedApart()
    {
        WorkCounter work = new();
        work.AddBody();
        work.AddBody();
        work.AddFailure();
        work.AddGraph(visits: 3, steps: 50, isComplete: true);
        work.AddGraph(visits: 4, steps: 60, isComplete: false);

        Assert.Equal((2, 2, 7, 110, 1, 1), (work.Bodies, work.Graphs, work.Visits, work.Steps, work.Incomplete, work.Failures));
    }

    [Fact]
    public void ABodyIsToldAsItIsBound()
    {
        int told = 0;
        WorkCounter work = new() { Watch = () => told++ };
        work.AddBody();
        work.AddGraph(1, 1, true);

        Assert.Equal(1, told);
    }
}
