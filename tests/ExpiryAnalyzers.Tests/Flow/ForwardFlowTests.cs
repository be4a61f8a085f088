using System.Collections.Concurrent;
using System.Reflection;
using ExpiryAnalyzers.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Xunit;

namespace ExpiryAnalyzers.Tests.Flow;

/// <summary>
/// The engine over a question that running programs answer too: which of the calls <c>A</c> to <c>E</c> may be the last one when a method
/// ends, and which when an exception leaves it. Each call may throw before it is made and behind it, and <c>F</c> answers as it likes.
/// </summary>
public sealed class ForwardFlowTests
{
    private const int Runs = 1500;

    private static readonly string[] Bodies =
    [
        "A();",
        "A(); B();",
        "if (F()) A();",
        "if (F()) A(); else B();",
        "if (!F()) { A(); return; } B();",
        "if (F() && F()) A(); B(); if (F() || F()) C();",
        "while (F()) A();",
        "do { A(); if (F()) continue; B(); } while (F());",
        "for (int i = 0; i < 2; i++) { if (F()) break; A(); }",
        "while (true) { if (F()) break; A(); }",
        "while (true) { A(); if (F()) return; B(); }",
        "foreach (int i in Many()) { A(); if (F()) continue; B(); }",
        "again: A(); if (F()) goto again; B();",
        "switch (N()) { case 0: A(); break; case 1: B(); goto case 0; case 2: C(); return; default: D(); break; }",
        "A(); throw new Exception();",
        "if (F()) throw new Exception(); A();",

        // Handlers see whatever is known somewhere in the try.
        "try { A(); } catch { }",
        "try { A(); B(); } catch { C(); }",
        "try { A(); if (F()) B(); C(); } catch { D(); throw; } E();",
        "try { if (F()) { A(); throw new Exception(); } } catch { }",
        "try { A(); } catch (Exception) when (F()) { B(); } C();",
        "try { A(); } catch (Exception) when (F()) { B(); } catch { C(); }",
        "try { A(); } catch (Exception) when (F() && F()) { B(); } catch (Exception) when (F()) { C(); } catch { D(); }",
        "try { try { A(); } catch (Exception) when (F()) { B(); } C(); } catch { D(); }",
        "try { try { A(); } catch { B(); } } catch { C(); }",
        "try { try { A(); } catch { B(); throw; } } catch { }",
        "while (F()) { try { A(); if (F()) continue; B(); } catch { C(); if (F()) break; } }",
        "try { while (F()) { A(); B(); } C(); } catch { if (F()) return; }",
        "try { A(); } catch { try { B(); } catch { C(); } }",

        // A finally runs on every way out, and each way goes on where it was going.
        "try { A(); } finally { B(); }",
        "try { A(); } finally { if (F()) B(); }",
        "try { if (F()) { A(); return; } B(); } finally { } C();",
        "try { if (F()) { A(); return; } B(); } finally { if (F()) C(); } D();",
        "try { A(); } catch { B(); } finally { C(); }",
        "try { A(); } catch { B(); } finally { if (F()) C(); }",
        "try { A(); } catch { B(); throw; } finally { if (F()) C(); } D();",
        "try { try { A(); } finally { if (F()) B(); } C(); } finally { if (F()) D(); }",
        "try { try { if (F()) return; A(); } finally { if (F()) B(); } C(); } finally { if (F()) D(); } E();",
        "try { try { A(); } finally { if (F()) B(); } } catch { C(); }",
        "try { A(); } finally { try { B(); } finally { if (F()) C(); } }",
        "try { A(); } finally { try { if (F()) B(); } catch { C(); } } D();",
        "try { A(); } finally { try { B(); } catch (Exception) when (F()) { C(); } } D();",
        "try { A(); } finally { while (F()) { B(); if (F()) break; C(); } }",
        "while (F()) { try { A(); if (F()) break; if (F()) continue; B(); } finally { if (F()) C(); } D(); } E();",
        "while (F()) { try { if (F()) { A(); break; } B(); } finally { } C(); }",
        "for (int i = 0; i < 2; i++) { try { try { if (F()) continue; A(); } finally { if (F()) B(); } } finally { if (F()) C(); } }",
        "try { try { if (F()) goto done; A(); } finally { } B(); } finally { } C(); done: if (F()) D();",
        "try { try { A(); } finally { try { if (F()) B(); } finally { } } } finally { } C();",
        "try { A(); } finally { try { try { B(); } finally { if (F()) C(); } } catch { } }",
        "try { if (F()) { A(); throw new Exception(); } } finally { if (F()) B(); } C();",
        "try { try { A(); } finally { try { B(); } finally { C(); } } } catch { if (F()) D(); }",
        "while (F()) { try { try { A(); } finally { try { if (F()) B(); } finally { if (F()) C(); } } } catch { if (F()) break; D(); } }",
        "try { A(); } finally { try { B(); } catch (Exception) when (F()) { if (F()) C(); } finally { if (F()) D(); } } E();",
        "try { try { A(); throw new Exception(); } catch (InvalidOperationException) { B(); } finally { if (F()) C(); } } catch { } D();",
        "try { A(); } catch (InvalidOperationException) when (F()) { B(); } catch (Exception) when (F()) { C(); } finally { if (F()) D(); }",
        "using (new Use()) { A(); if (F()) return; B(); } C();",
        "lock (Gate) { A(); if (F()) return; } B();",
        "try { A(); try { B(); } finally { } } catch { if (F()) throw; } finally { } C();",
        "try { switch (N()) { case 0: A(); return; case 1: B(); break; default: C(); break; } D(); } finally { if (F()) E(); }",
    ];

    /// <summary>More ways out of one finally than are told apart: from the ninth on they are joined, so that more is foreseen than happens.</summary>
    private static readonly string[] ManyWays =
    [
        Ways("if (F()) { }", "A(); B(); C(); D(); ; A(); ; B(); C(); D(); E();"),

        // A way that brings nothing new must be gone all the same.
        Ways("if (F()) { }", "A(); A(); A(); A(); A(); A(); A(); A(); A(); A(); A();"),
        Ways("_ = Gate;", "A(); A(); A(); A(); A(); A(); A(); A(); A(); A(); A();"),
    ];

    private static string Ways(string last, string calls) => "try { switch (N()) { " +
        string.Concat(calls.Split(' ').Select(static (call, way) => $"case {way}: {call} goto l{way}; ")) + "} } finally { " + last + " } return; " +
        string.Concat(calls.Split(' ').Select(static (_, way) => $"l{way}: {(way < 8 ? "A" : way == 8 ? "C" : way == 9 ? "D" : "E")}(); return; "));

    private static readonly Lazy<(Compilation Compilation, Assembly Running)> Bound = new(Bind);

    /// <summary>What runs did, which is the same whatever the engine foresees.</summary>
    private static readonly ConcurrentDictionary<string, (SortedSet<string> Ended, SortedSet<string> Thrown)> Seen = [];

    public static TheoryData<string> All => [.. Bodies];

    [Theory, MemberData(nameof(All))]
    public void ForeseesWhatRunsDo(string body)
    {
        (SortedSet<string>? ended, SortedSet<string>? thrown) = Foreseen(body);
        (SortedSet<string> endedSo, SortedSet<string> thrownSo) = Observed(body);

        Assert.Equal(endedSo, ended ?? []);
        Assert.Subset(thrown ?? [], thrownSo);
    }

    [Theory, InlineData(0), InlineData(1), InlineData(2)]
    public void WaysThatAreJoined_LoseNothing(int ways)
    {
        (SortedSet<string>? ended, SortedSet<string>? thrown) = Foreseen(ManyWays[ways]);
        (SortedSet<string> endedSo, SortedSet<string> thrownSo) = Observed(ManyWays[ways]);

        Assert.Subset(ended!, endedSo);
        Assert.Subset(thrown!, thrownSo);
    }

    /// <summary>A handler is entered with what is known anywhere in its try, and the function left by an exception with what no handler sees.</summary>
    [Theory]
    [InlineData("A();", " A")]
    [InlineData("A(); B();", " A B")]
    [InlineData("try { A(); } catch { } B();", " A B")]
    [InlineData("A(); try { B(); } catch { C(); }", " A B C")]
    [InlineData("A(); B(); try { C(); } catch { }", " A B C")]
    [InlineData("try { A(); } finally { B(); }", " A B")]
    public void WhatAnExceptionLeavesWith(string body, string calls)
    {
        Question question = new();
        Assert.Equal(calls.Split(' '), Run(body, question).Thrown!.Calls);
        Assert.Null(Run(body, new Question { AsksForThrown = false }).Thrown);
    }

    /// <summary>Nothing is visited behind what never returns, and what a condition rules out is not gone on with.</summary>
    [Theory]
    [InlineData("A(); Stop(); B();", null)]
    [InlineData("if (F()) { A(); Stop(); } B();", "B")]
    [InlineData("if (F()) { if (Stopped()) A(); } ", "")]
    [InlineData("if (Never()) A();", "")]
    [InlineData("if (!Never()) A();", "A")]
    [InlineData("while (!Never()) A();", null)]
    [InlineData("if (false) A(); else B();", "B")]
    [InlineData("while (true) { if (Never()) break; A(); }", null)]
    public void WhereNoPathLeads(string body, string? calls) => Assert.Equal(calls, Run(body, new Question()).Exit is { } exit ? string.Join(' ', exit.Calls) : null);

    /// <summary>What the functions that a statement runs may throw, the handlers around it see, or whoever asks what leaves.</summary>
    [Fact]
    public void WhatAStatementThrows()
    {
        Assert.Equal(["", "C"], Run("try { Fails(); } catch { if (F()) return; throw; }", new Question()).Exit!.Calls);
        Assert.Equal(["", "C"], Run("Fails();", new Question()).Thrown!.Calls);
    }

    /// <summary>Parts come before what they are parts of; a constant and a lambda have none.</summary>
    [Theory]
    [InlineData("Two(N(), 1 + 2);", "N 3 Two")]
    [InlineData("Two(Two(1, 2), N());", "1 2 Two N Two")]
    [InlineData("Later(() => N());", "lambda Later")]
    public void PartsAreVisitedFirst(string body, string visits)
    {
        Question question = new();
        WorkCounter work = new();
        FlowResult<Last> result = Run(body, question, work);
        Assert.Equal(visits, string.Join(' ', question.Visited));
        Assert.Equal((1, result.Visits, question.Steps, 0), (work.Graphs, work.Visits, work.Steps, work.Incomplete));
    }

    /// <summary>Nothing is visited behind what never returns.</summary>
    [Theory]
    [InlineData("A(); Stop(); B();", "A Stop")]
    [InlineData("A(); if (Stopped()) B(); C();", "A Stopped")]
    public void WhatNeverReturns_IsVisitedLast(string body, string visits)
    {
        Question question = new();
        Run(body, question);
        Assert.Equal(visits, string.Join(' ', question.Visited));
    }

    /// <summary>Where nothing jumps back each block is visited once, those of a finally once for each way out of it.</summary>
    [Theory]
    [InlineData("A(); B();", 3)]
    [InlineData("if (F()) A(); else B();", 5)]
    [InlineData("try { A(); } catch { B(); }", 4)]
    [InlineData("try { A(); } finally { B(); }", 5)]
    [InlineData("try { A(); } finally { if (F()) B(); }", 9)]
    [InlineData("try { if (F()) { A(); return; } B(); } finally { C(); } D();", 9)]
    [InlineData("try { A(); } catch { B(); } finally { C(); }", 6)]
    public void NoMoreIsVisitedThanNeedBe(string body, int visits) => Assert.Equal(visits, Run(body, new Question()).Visits);

    [Fact]
    public void EachVisitIsTold()
    {
        Question question = new();
        int watched = 0;
        Run("A(); if (F()) B();", question, new WorkCounter { Watch = () => watched++ });

        // Entry, the block with the condition, the branch, the end.
        Assert.Equal("enter leave enter begin begin leave enter begin leave enter leave", string.Join(' ', question.Events));
        Assert.Equal(question.Steps, watched);
    }

    /// <summary>What still changes when each block has been visited as often as may be is given up.</summary>
    [Theory]
    [InlineData("while (F()) A();", false)]
    [InlineData("A(); B();", true)]
    public void WhatNeverSettles_IsGivenUp(string body, bool isComplete)
    {
        WorkCounter work = new();
        FlowResult<Last> result = Run(body, new Question(), work, new Last { IsRestless = true });
        Assert.Equal((isComplete, isComplete ? 0 : 1), (result.IsComplete, work.Incomplete));
        Assert.Equal(result.Visits, work.Visits);
        if (!isComplete)
        {
            Assert.Equal(FlowLimits.VisitsPerBlock * GraphOf(body).Blocks.Length, result.Visits);
        }
    }

    [Fact]
    public void ACancelledRun_EndsAtTheNextStatement()
    {
        using CancellationTokenSource source = new();
        source.Cancel();
        ForwardFlow<Last> flow = new(GraphOf("A();"), new Question(), new(), source.Token);
        Assert.Throws<OperationCanceledException>(() => flow.Run(new Last()));
    }

    private static (SortedSet<string>? Ended, SortedSet<string>? Thrown) Foreseen(string body)
    {
        FlowResult<Last> result = Run(body, new Question());
        Assert.True(result.IsComplete);
        return (result.Exit?.Calls, result.Thrown?.Calls);
    }

    private static FlowResult<Last> Run(string body, Question question, WorkCounter? counter = null, Last? entry = null) =>
        new ForwardFlow<Last>(GraphOf(body), question, counter ?? new(), CancellationToken.None).Run(entry ?? new Last());

    private static ControlFlowGraph GraphOf(string body) => Graphs.GetOrAdd(body, static body =>
    {
        Compilation compilation = Bound.Value.Compilation;
        SyntaxTree tree = compilation.SyntaxTrees.Single();
        MethodDeclarationSyntax method = tree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>().Single(method => method.Identifier.Text == $"M{Array.IndexOf(Texts, body)}");
        return ControlFlowGraph.Create(method, compilation.GetSemanticModel(tree))!;
    });

    private static (SortedSet<string> Ended, SortedSet<string> Thrown) Observed(string body) => Seen.GetOrAdd(body, Observe);

    private static (SortedSet<string> Ended, SortedSet<string> Thrown) Observe(string body)
    {
        SortedSet<string> ended = new(StringComparer.Ordinal);
        SortedSet<string> thrown = new(StringComparer.Ordinal);
        Type subject = Bound.Value.Running.GetType("Subject")!;
        Action run = subject.GetMethod($"M{Array.IndexOf(Texts, body)}")!.CreateDelegate<Action>();
        Action<int> begin = subject.GetMethod("Begin")!.CreateDelegate<Action<int>>();
        Func<string> last = subject.GetMethod("Last")!.CreateDelegate<Func<string>>();
        for (int seed = 0; seed < Runs; seed++)
        {
            begin(seed);
            try
            {
                run();
                ended.Add(last());
            }
            catch (Exception)
            {
                thrown.Add(last());
            }
        }

        return (ended, thrown);
    }

    /// <summary>The bodies of this class: those that are run, and those of which only the engine is asked.</summary>
    private static readonly string[] Texts =
    [
        .. Bodies, .. ManyWays,
        .. typeof(ForwardFlowTests).GetMethods().SelectMany(static method => method.GetCustomAttributesData())
            .Where(static attribute => attribute.AttributeType == typeof(InlineDataAttribute) &&
                ((IReadOnlyList<CustomAttributeTypedArgument>)attribute.ConstructorArguments[0].Value!)[0].Value is string)
            .Select(static attribute => (string)((IReadOnlyList<CustomAttributeTypedArgument>)attribute.ConstructorArguments[0].Value!)[0].Value!),
        "try { Fails(); } catch { if (F()) return; throw; }", "Fails();", "A(); if (F()) B();",
    ];

    private static readonly ConcurrentDictionary<string, ControlFlowGraph> Graphs = [];

    private static (Compilation, Assembly) Bind()
    {
        SyntaxTree tree = CSharpSyntaxTree.ParseText($$"""
            using System;
            public static class Subject
            {
                [ThreadStatic] static Random _random;
                [ThreadStatic] static string _last;
                static readonly object Gate = new();
                public static void Begin(int seed) { _random = new Random(seed); _last = ""; }
                public static string Last() => _last;
                static void Call(string name) { MayThrow(); _last = name; MayThrow(); }
                static void MayThrow() { if (_random.Next(8) == 0) throw new InvalidOperationException(); }
                static void A() => Call("A");
                static void B() => Call("B");
                static void C() => Call("C");
                static void D() => Call("D");
                static void E() => Call("E");
                static bool F() { MayThrow(); return _random.Next(2) == 0; }
                static int N() { MayThrow(); return _random.Next(11); }
                static void Stop() => Environment.Exit(1);
                static bool Stopped() { Environment.Exit(1); return true; }
                static bool Never() => false;
                static void Fails() { }
                static int Two(int one, int other) => one;
                static void Later(Func<int> later) { }
                static int[] Many() => new int[_random.Next(3)];
                class Use : IDisposable { public void Dispose() { } }
                {{string.Concat(Texts.Select(static (body, index) => $"public static void M{index}() {{ {body} }}\n"))}}
            }
            """);
        CSharpCompilation compilation = CSharpCompilation.Create(
            Guid.NewGuid().ToString(), [tree], References.WithoutClient, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release));
        using MemoryStream image = new();
        Assert.Empty(compilation.Emit(image).Diagnostics.Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        return (compilation, Assembly.Load(image.ToArray()));
    }

    /// <summary>The calls that may be the last; the empty one stands for none.</summary>
    private sealed class Last : IFlowState<Last>
    {
        public SortedSet<string> Calls { get; private set; } = new(StringComparer.Ordinal) { "" };

        public int Version { get; private set; }

        public bool IsReached { get; set; } = true;

        /// <summary>Whether each join is said to have changed something.</summary>
        public bool IsRestless { get; init; }

        public Last Clone() =>
            new() { Calls = new(Calls, StringComparer.Ordinal), Version = Version, IsReached = IsReached, IsRestless = IsRestless };

        public bool Join(Last other)
        {
            int before = Calls.Count;
            Calls.UnionWith(other.Calls);
            return Calls.Count != before || IsRestless;
        }

        public void Set(string call)
        {
            Calls = new(StringComparer.Ordinal) { call };
            Version++;
        }
    }

    private sealed class Question : IFlowProblem<Last>
    {
        public bool AsksForThrown { get; init; } = true;

        public List<string> Events { get; } = [];

        /// <summary>The calls, constants and lambdas that were visited.</summary>
        public List<string> Visited { get; } = [];

        public int Steps { get; private set; }

        private bool _hasFailed;

        public void Enter(int node, BasicBlock block) => Events.Add("enter");

        public void Begin(IOperation statement) => Events.Add("begin");

        public void Visit(IOperation operation, Last state)
        {
            Steps++;
            if (operation is IFlowAnonymousFunctionOperation)
            {
                Visited.Add("lambda");
            }
            else if (operation.ConstantValue is { HasValue: true, Value: { } constant })
            {
                Visited.Add(constant.ToString()!);
            }
            else if (operation is IInvocationOperation { TargetMethod.Name: { } name })
            {
                Visited.Add(name);
                _hasFailed = name == "Fails";
                state.IsReached &= name is not ("Stop" or "Stopped");
                if (name is { Length: 1 } and not ("F" or "N"))
                {
                    state.Set(name);
                }
            }
        }

        /// <summary>What <c>Fails</c> runs calls C, and may throw then.</summary>
        public Last? TakeThrown()
        {
            if (!_hasFailed)
            {
                return null;
            }

            _hasFailed = false;
            Last thrown = new();
            thrown.Set("C");
            return thrown;
        }

        public void Leave(BasicBlock block, Last state) => Events.Add("leave");

        public bool Refine(Last state, IOperation condition, bool isTrue) => !isTrue || condition is not IInvocationOperation { TargetMethod.Name: "Never" };
    }
}
