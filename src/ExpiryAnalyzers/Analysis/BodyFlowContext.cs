using ExpiryAnalyzers.Calls;
using ExpiryAnalyzers.Flow;
using ExpiryAnalyzers.Operations;
using ExpiryAnalyzers.Symbols;
using ExpiryAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Analysis;

/// <summary>What the flow found at one place: the values at a sink, at both sides of a judgement, or else of the body's result.</summary>
internal readonly record struct Note(Sink? Sink, Judgement? Judgement, TimeValues Values, TimeValues? Right);

/// <summary>What the flows through the functions of one body share.</summary>
internal sealed class BodyFlowContext
{
    private readonly FlowCaptures _captures = new();
    private readonly HashSet<CacheCall>? _reached;
    private HashSet<Function>? _entered;
    private HashSet<CallPair>? _pairs;
    private readonly BodyState _settled;
    private readonly int _depth;

    /// <summary>How many visits of blocks are left for functions that are followed at their calls.</summary>
    private long _left;
    private Variable? _outParameter;
    private FollowedNumbers? _numbersFollowed;

    public BodyFlowContext(Knowledge knowledge, Body body, int depth, ResultPart? part, int blocks, CancellationToken cancellationToken)
    {
        Knowledge = knowledge;
        Body = body;
        Part = part;
        _depth = depth;
        CancellationToken = cancellationToken;
        Evaluator = new(knowledge, depth, body.Resolver, body.Giver);
        Conditions = new(Evaluator, body.Assignments, _captures, knowledge.Types, knowledge.Summaries, IsLast);
        Graphs = new(cancellationToken);
        _settled = new(Numbers);
        _reached = body.Flags.Known != 0 ? [] : null;
        _left = (long)blocks * FlowLimits.NestedVisitsPerBlock;
    }

    public Knowledge Knowledge { get; }

    public Body Body { get; }

    /// <summary>The part of the result that is asked for; null where it is the whole.</summary>
    public ResultPart? Part { get; }

    public CancellationToken CancellationToken { get; }

    public TimeEvaluator Evaluator { get; }

    public BranchConditions Conditions { get; }

    public NestedGraphs Graphs { get; }

    public VariableNumbers Numbers { get; } = new();

    public IReadOnlyCollection<CallPair> Pairs => (IReadOnlyCollection<CallPair>?)_pairs ?? [];

    /// <summary>The calls that the flow came to, where flags may close the way to some.</summary>
    public IReadOnlyCollection<CacheCall> Reached => (IReadOnlyCollection<CacheCall>?)_reached ?? [];

    /// <summary>The values that the body returns; null where it returns none.</summary>
    public TimeValues? Returned { get; private set; }

    public FlowCaptures Captures => _captures;

    public void Add(CallPair pair) => (_pairs ??= []).Add(pair);

    public void NoteReached(CacheCall call) => _reached?.Add(call);

    private bool IsLast(SyntaxNode value) => Body.Remember(static body => new FullSwitches(body)).IsLast(value);

    /// <summary>The parameter of the body through which a result goes out.</summary>
    public Variable? OutParameter(int ordinal) => _outParameter ??= Body.Operations.OfType<IParameterReferenceOperation>()
        .Where(reference => reference.Parameter is { RefKind: RefKind.Out } candidate && candidate.Ordinal == ordinal)
        .Select(Variable.Of).FirstOrDefault();

    /// <summary>Whether a variable's values matter; of others nothing is known.</summary>
    public bool IsFollowed(ISymbol variable) =>
        !FollowedNumbers.IsNumber(variable) || (_numbersFollowed ??= new(Body)).Contains(variable);

    /// <summary>How often a call runs the lambda that it is handed, before it answers.</summary>
    public NestedRuns RunsOf(IInvocationOperation call) => Knowledge.Runners.RunsOf(call.TargetMethod, call.IsWaitedFor());

    /// <summary>Whether a local function only ever throws.</summary>
    public bool NeverReturns(ControlFlowGraph graph, Function function) =>
        Graphs.Of(graph, function.Symbol!) is { Blocks: { } blocks } && !blocks[blocks.Length - 1].IsReachable;

    /// <summary>What the end of a <c>using</c> does with the keys of its object.</summary>
    public MethodSummary? DisposerOf(IInvocationOperation call)
    {
        IMethodSymbol method = call.TargetMethod;
        ISymbol? run = method.ContainingType is { TypeKind: TypeKind.Interface } && call.Instance?.WithoutConversions().Type is { } type
            ? type.FindImplementationForInterfaceMember(method)
            : method;
        return run is IMethodSymbol known ? Knowledge.Summaries.WrapperOf(known, _depth) : null;
    }

    public void Add(Note note)
    {
        if (note.Sink is { } sink)
        {
            sink.Values = Joined(sink.Values, note.Values);
        }
        else if (note.Judgement is { } judgement)
        {
            judgement.LeftValues = Joined(judgement.LeftValues, note.Values);
            judgement.RightValues = Joined(judgement.RightValues, note.Right!);
        }
        else
        {
            Returned = Joined(Returned, note.Values);
        }
    }

    /// <summary>Notes what a variable is given. One that is written once has that value for each function nested in the body.</summary>
    public void Settle(Variable variable, TimeValues values)
    {
        if (variable.Symbol is { } symbol)
        {
            _settled[variable] = Body.Assignments.Writes(symbol) <= 1 ? values : TimeValues.Unknown;
        }
    }

    /// <summary>What a nested function knows of the variables around it, whenever it runs.</summary>
    public BodyState Settled() => _settled.Clone();

    /// <summary>
    /// Whether a nested function may be followed at a call of it: not from itself, nor from too deep, nor without an end.
    /// </summary>
    public bool MayEnter(Function function) => _left > 0 && (_entered ??= []).Count < FlowLimits.NestedDepth && _entered.Add(function);

    public void Exit(Function function) => _entered?.Remove(function);

    /// <summary>Takes visits off what is left; answers false where nothing is.</summary>
    public bool Spend(int visits) => (_left -= visits) >= 0;

    private static TimeValues Joined(TimeValues? known, TimeValues values) => known is null ? values : known.Join(values);
}
