using System.Collections.Concurrent;
using ExpiryAnalyzers.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Xunit;

namespace ExpiryAnalyzers.Tests.Flow;

/// <summary>Which statement may run behind which: each case tells of the calls of <c>A</c> and <c>B</c> in one method.</summary>
public sealed class GraphPathsTests
{
    [Theory]

    // Straight on, and never back.
    [InlineData("A(); if (f) return; B();", true, true)]
    [InlineData("B(); if (f) return; A();", false, false)]

    // Branches exclude each other, and lead to what stands behind them.
    [InlineData("if (f) A(); else B();", false, false)]
    [InlineData("if (f) { A(); return; } B();", false, false)]
    [InlineData("if (f) A(); B();", true, true)]
    [InlineData("switch (n) { case 1: A(); break; case 2: B(); break; }", false, false)]
    [InlineData("switch (n) { case 1: A(); goto case 2; case 2: B(); break; }", true, true)]

    // What stands before in a loop comes in the next round.
    [InlineData("while (f) { B(); if (g) continue; A(); }", true, false)]
    [InlineData("foreach (var x in many) { A(); if (g) continue; B(); }", true, true)]
    [InlineData("while (f) { if (g) A(); else B(); }", true, false)]
    [InlineData("for (;;) { B(); if (g) break; } A();", false, false)]
    [InlineData("for (;;) { A(); if (g) break; } B();", true, true)]
    [InlineData("while (f) { while (g) { B(); } A(); }", true, false)]
    [InlineData("do { A(); } while (f); B();", true, true)]

    // A loop is entered once, and left in whatever round; one that holds the goal alone may go round before it comes there.
    [InlineData("A(); while (f) { B(); }", true, true)]
    [InlineData("for (;;) { if (f) break; A(); } B();", true, true)]
    [InlineData("A(); goto mid; again: if (g) goto goal; mid: if (f) goto again; return; goal: B(); goto again;", true, true)]

    // A finally runs whatever happens, a handler from anywhere in the try.
    [InlineData("try { A(); } finally { B(); }", true, true)]
    [InlineData("try { B(); } finally { A(); }", false, false)]
    [InlineData("try { A(); } finally { f = false; } B();", true, true)]
    [InlineData("try { f = g; } finally { A(); } B();", true, true)]
    [InlineData("try { A(); if (f) return; g = f; } catch { B(); }", true, true)]
    [InlineData("try { f = g; } catch { A(); } B();", true, true)]
    [InlineData("try { f = g; } catch { A(); throw; } B();", false, false)]
    [InlineData("try { try { A(); } finally { f = g; } } catch { B(); }", true, true)]
    [InlineData("try { try { A(); return; } finally { f = g; } } finally { B(); }", true, true)]
    [InlineData("try { f = g; } catch { A(); return; } finally { B(); }", true, true)]
    [InlineData("while (f) { try { A(); continue; } finally { g = f; } } B();", true, true)]
    [InlineData("try { f = g; } catch (ArgumentException) { A(); } catch { B(); }", false, false)]
    public void Leads(string statements, bool leads, bool inOneRound)
    {
        (ControlFlowGraph graph, int from, int to) = Read(statements);
        GraphPaths paths = new(graph);
        Assert.Equal(leads, paths.Leads(from, to));
        Assert.Equal(inOneRound, paths.LeadsInOneRound(from, to));

        // Asked again, and behind other questions, the answer is the same.
        _ = paths.Leads(to, from);
        _ = paths.LeadsInOneRound(to, from);
        Assert.Equal(leads, paths.Leads(from, to));
        Assert.Equal(inOneRound, paths.LeadsInOneRound(from, to));
    }

    /// <summary>A block runs behind itself only where something jumps back.</summary>
    [Theory]
    [InlineData("A(); if (f) return; B();", false)]
    [InlineData("while (f) { A(); } B();", true)]
    [InlineData("again: A(); if (f) goto again; B();", true)]
    [InlineData("try { A(); } finally { f = g; } B();", false)]
    public void LeadsToItself(string statements, bool leads)
    {
        (ControlFlowGraph graph, int from, _) = Read(statements);
        GraphPaths paths = new(graph);
        Assert.Equal(leads, paths.Leads(from, from));
        Assert.False(paths.LeadsInOneRound(from, from));
    }

    /// <summary>What one question has left behind is no part of the next one's answer.</summary>
    [Theory]
    [InlineData("A(); if (f) { if (g) return; B(); } else { while (g) { if (n > 1) break; n++; } } f = g;")]
    [InlineData("switch (n) { case 1: A(); break; case 2: f = g; return; default: B(); break; } if (f) n = 2; else n = 3;")]
    [InlineData("try { A(); if (f) return; } catch when (g) { B(); } finally { n = 1; } if (g) n = 2;")]
    public void EachQuestionIsAnsweredByItself(string statements)
    {
        (ControlFlowGraph graph, _, _) = Read(statements);
        (int From, int To, bool Leads)[] questions =
        [
            .. from one in Enumerable.Range(0, graph.Blocks.Length)
               from other in Enumerable.Range(0, graph.Blocks.Length)
               select (one, other, new GraphPaths(graph).Leads(one, other)),
        ];
        foreach ((int from, int to, _) in questions.Where(static question => question.Leads))
        {
            Assert.All(questions, next =>
            {
                GraphPaths paths = new(graph);
                Assert.True(paths.Leads(from, to));
                Assert.Equal(next.Leads, paths.Leads(next.From, next.To));
            });
        }
    }

    private static readonly ConcurrentDictionary<string, (ControlFlowGraph Graph, int A, int B)> Graphs = [];

    private static (ControlFlowGraph Graph, int A, int B) Read(string statements) => Graphs.GetOrAdd(statements, Bind);

    private static (ControlFlowGraph Graph, int A, int B) Bind(string statements)
    {
        SyntaxTree tree = CSharpSyntaxTree.ParseText(
            $$"""using System; class C { void A() { } void B() { } void M(bool f, bool g, int n, int[] many) { {{statements}} } }""");
        CSharpCompilation compilation = CSharpCompilation.Create("Paths", [tree], References.WithoutClient, new(OutputKind.DynamicallyLinkedLibrary));
        Assert.Empty(compilation.GetDiagnostics().Where(static found => found.Severity == DiagnosticSeverity.Error));
        MethodDeclarationSyntax method = tree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>().Single(static method => method.Identifier.Text == "M");
        ControlFlowGraph graph = ControlFlowGraph.Create(method, compilation.GetSemanticModel(tree))!;
        return (graph, BlockOf("A()"), BlockOf("B()"));

        int BlockOf(string call) => graph.Blocks.Single(block => block.Operations.Any(operation =>
            operation.Syntax.DescendantNodesAndSelf().OfType<InvocationExpressionSyntax>().Any(made => made.ToString() == call))).Ordinal;
    }
}
