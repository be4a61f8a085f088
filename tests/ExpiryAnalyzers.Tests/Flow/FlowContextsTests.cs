using System.Collections.Immutable;
using ExpiryAnalyzers.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Xunit;

namespace ExpiryAnalyzers.Tests.Flow;

/// <summary>The ways out of a finally that are told apart, and the handlers around a block.</summary>
public sealed class FlowContextsTests
{
    private static readonly ControlFlowGraph Graph = GraphOf("try { f = 1; } finally { f = 2; } try { f = 3; } finally { f = 4; f = g ? 5 : 6; }");

    private static readonly ControlFlowRegion[] Finallys = [.. Regions(Graph.Root).Where(static region => region.Kind == ControlFlowRegionKind.Finally)];

    [Fact]
    public void FromOneFinallyToOneDestination_ThereIsOneWay()
    {
        FlowContext outside = new(0, null);
        FlowContext inside = new(1, Finallys[0]);
        FinallyExit exit = new([Finallys[0]], 0, 5, outside);

        Assert.Equal(exit, new FinallyExit([Finallys[0], Finallys[1]], 0, 5, outside));
        Assert.Equal(exit.GetHashCode(), new FinallyExit([Finallys[0], Finallys[1]], 0, 5, outside).GetHashCode());
        Assert.NotEqual(exit, new FinallyExit([Finallys[0]], 0, 6, outside));
        Assert.NotEqual(exit, new FinallyExit([Finallys[1]], 0, 5, outside));
        Assert.NotEqual(exit, new FinallyExit([Finallys[0]], 0, 5, inside));
        Assert.False(exit.Equals(null));
    }

    [Fact]
    public void ABranchRunsItsFinallysInTurn()
    {
        FinallyExit exit = new([Finallys[1], Finallys[0]], 0, 5, new(0, null));

        Assert.Same(Finallys[1], exit.Region);
        Assert.Same(Finallys[0], exit.Next!.Region);
        Assert.Equal(5, exit.Next.Destination);
        Assert.Null(exit.Next.Next);
        Assert.Equal((-1, null), (FinallyExit.Thrown(Finallys[0], new(0, null)).Destination, FinallyExit.Thrown(Finallys[0], new(0, null)).Next));
    }

    [Fact]
    public void AContextHoldsTheBlocksOfItsFinally()
    {
        FlowContext context = new(1, Finallys[1]);

        Assert.Equal(
            Enumerable.Range(Finallys[1].FirstBlockOrdinal, Finallys[1].LastBlockOrdinal - Finallys[1].FirstBlockOrdinal + 1),
            Enumerable.Range(0, Graph.Blocks.Length).Where(context.Holds));
        Assert.True(Finallys[1].LastBlockOrdinal > Finallys[1].FirstBlockOrdinal);
        Assert.All(Enumerable.Range(0, Graph.Blocks.Length), static block => Assert.True(new FlowContext(0, null).Holds(block)));
    }

    /// <summary>A handler's end ends the finally that it stands in itself: no other, none around, and no filter does.</summary>
    [Theory]
    [InlineData("try { } finally { f = 1; }", true)]
    [InlineData("try { } finally { if (g) f = 1; }", true)]
    [InlineData("try { } finally { try { f = 1; } catch { } }", true)]
    [InlineData("try { } finally { try { } catch { f = 1; } }", true)]
    [InlineData("try { } finally { try { } catch (Exception) when (g) { f = 1; } }", true)]
    [InlineData("try { } finally { try { } catch (Exception) when ((f = 1) > 0) { } }", false)]
    [InlineData("try { } finally { try { g = !g; } finally { f = 1; } g = !g; }", false)]
    [InlineData("try { f = 1; } finally { g = !g; }", false)]
    [InlineData("try { } finally { g = !g; } f = 1;", false)]
    public void AFinallyIsEndedByWhatStandsInItself(string statements, bool isEnded)
    {
        ControlFlowGraph graph = GraphOf(statements);
        FlowContext context = new(1, Regions(graph.Root).First(static region => region.Kind == ControlFlowRegionKind.Finally));
        BasicBlock block = Block(graph);

        Assert.Equal(isEnded, context.IsEndedBy(block));
        Assert.False(new FlowContext(0, null).IsEndedBy(block));
    }

    /// <summary>A block outside a finally is visited for the code that the finally was entered from, however many lie between.</summary>
    [Fact]
    public void AroundAFinally_IsTheCodeItWasEnteredFrom()
    {
        FlowContext outside = new(0, null);
        FlowContext first = new(1, Finallys[0]);
        FlowContext other = new(2, Finallys[0]);
        FlowContext second = new(3, Finallys[1]);
        int inFirst = Finallys[0].FirstBlockOrdinal;
        Assert.Empty(second.AroundFor(inFirst));

        second.Add(FinallyExit.Thrown(Finallys[1], first));
        Assert.Equal([first], second.AroundFor(inFirst));
        Assert.Empty(second.AroundFor(0));

        second.Add(FinallyExit.Thrown(Finallys[1], other));
        Assert.Equal([first, other], second.AroundFor(inFirst));

        first.Add(FinallyExit.Thrown(Finallys[0], outside));
        other.Add(FinallyExit.Thrown(Finallys[0], outside));
        Assert.Equal([outside], second.AroundFor(0));

        // Entered from each other, they lead no further, and do not go on for ever.
        FlowContext one = new(4, Finallys[0]);
        FlowContext two = new(5, Finallys[1]);
        one.Add(FinallyExit.Thrown(Finallys[0], two));
        two.Add(FinallyExit.Thrown(Finallys[1], one));
        Assert.Empty(one.AroundFor(0));
        Assert.Equal([two], one.AroundFor(Finallys[1].FirstBlockOrdinal));
    }

    /// <summary>Each way out has a context of its own up to the limit; from there on the last one takes the others in, and says so once.</summary>
    [Fact]
    public void WaysOutAreToldApart_UpToTheLimit()
    {
        FlowContexts contexts = new(Graph);
        FlowContext outside = contexts[0];
        List<FlowContext> entered = [];
        for (int destination = 0; destination < FlowLimits.FinallyExits; destination++)
        {
            entered.Add(contexts.Enter(new([Finallys[0]], 0, destination, outside), out bool isNew));
            Assert.False(isNew);
        }

        Assert.Equal(FlowLimits.FinallyExits, entered.Distinct().Count());
        Assert.Equal(Enumerable.Range(1, FlowLimits.FinallyExits), entered.Select(static context => context.Id));
        Assert.All(entered, context => Assert.Same(context, contexts[context.Id]));

        FinallyExit ninth = new([Finallys[0]], 0, 100, outside);
        Assert.Same(entered[^1], contexts.Enter(ninth, out bool isNewExit));
        Assert.True(isNewExit);
        Assert.Same(entered[^1], contexts.Enter(ninth, out isNewExit));
        Assert.False(isNewExit);
        Assert.Equal([7, 100], entered[^1].Exits.Select(static exit => exit.Destination));

        Assert.Same(entered[2], contexts.Enter(new([Finallys[0]], 0, 2, outside), out isNewExit));
        Assert.False(isNewExit);
        Assert.DoesNotContain(contexts.Enter(new([Finallys[1]], 0, 0, outside), out isNewExit), entered);
        Assert.False(isNewExit);
    }

    /// <summary>The handlers that a state inside a block goes to first, by the kinds of their regions.</summary>
    [Theory]
    [InlineData("f = 1;", "")]
    [InlineData("try { f = 1; } catch { }", "Catch")]
    [InlineData("try { f = 1; } finally { g = !g; }", "Finally")]
    [InlineData("try { f = 1; } catch { } finally { g = !g; }", "Catch")]
    [InlineData("try { } catch { f = 1; } finally { g = !g; }", "Finally")]
    [InlineData("try { f = 1; } catch (ArgumentException) { } catch { }", "Catch Catch")]
    [InlineData("try { f = 1; } catch (Exception) when (g) { } catch { }", "FilterAndHandler Catch")]
    [InlineData("try { } catch { f = 1; } ", "")]
    [InlineData("try { } finally { f = 1; }", "")]
    [InlineData("try { try { f = 1; } catch { } } finally { g = !g; }", "Catch")]
    [InlineData("try { try { } catch { f = 1; } } finally { g = !g; }", "Finally")]
    [InlineData("try { g = true; try { g = false; } finally { g = !g; } f = 1; } catch { }", "Catch")]

    // What a filter has written goes to the next handler, the first behind it and no other.
    [InlineData("try { } catch (Exception) when ((f = 1) > 0) { } catch { }", "Catch")]
    [InlineData("try { } catch (Exception) when ((f = 1) > 0) { } catch (Exception) when (g) { } catch { }", "FilterAndHandler")]
    [InlineData("try { } catch (Exception) when (g) { } catch (Exception) when ((f = 1) > 0) { } catch { }", "Catch")]
    [InlineData("try { } catch (Exception) when ((f = 1) > 0) { }", "")]
    [InlineData("try { try { } catch (Exception) when ((f = 1) > 0) { } } catch { }", "Catch")]
    [InlineData("try { try { } catch (Exception) when ((f = 1) > 0) { } } finally { g = !g; }", "Finally")]
    public void HandlersOfABlock(string statements, string kinds)
    {
        ControlFlowGraph graph = GraphOf(statements);
        BasicBlock block = Block(graph);
        FlowContexts contexts = new(graph);

        Assert.Equal(kinds, string.Join(' ', contexts.HandlersOf(block).Select(static handler => handler.Kind)));

        // Asked of every block, and then again.
        foreach (BasicBlock other in graph.Blocks)
        {
            _ = contexts.HandlersOf(other);
        }

        Assert.Equal(kinds, string.Join(' ', contexts.HandlersOf(block).Select(static handler => handler.Kind)));
    }

    /// <summary>The block of <c>f = 1</c>.</summary>
    private static BasicBlock Block(ControlFlowGraph graph) =>
        graph.Blocks.Last(static block => (block.BranchValue is { } value ? block.Operations.Add(value) : block.Operations)
            .Any(static operation => operation.Syntax.DescendantNodesAndSelf().OfType<AssignmentExpressionSyntax>().Any(static made => made.ToString() == "f = 1")));

    private static IEnumerable<ControlFlowRegion> Regions(ControlFlowRegion region) => region.NestedRegions.SelectMany(Regions).Prepend(region);

    private static ControlFlowGraph GraphOf(string statements)
    {
        SyntaxTree tree = CSharpSyntaxTree.ParseText($$"""using System; class C { void M(int f, bool g) { {{statements}} } }""");
        CSharpCompilation compilation = CSharpCompilation.Create("Contexts", [tree], References.WithoutClient, new(OutputKind.DynamicallyLinkedLibrary));
        Assert.Empty(compilation.GetDiagnostics().Where(static found => found.Severity == DiagnosticSeverity.Error));
        return ControlFlowGraph.Create(tree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>().Single(), compilation.GetSemanticModel(tree))!;
    }
}
