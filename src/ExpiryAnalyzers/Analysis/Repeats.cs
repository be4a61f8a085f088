using ExpiryAnalyzers.Calls;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace ExpiryAnalyzers.Analysis;

/// <summary>What of one body may run more than once: its loops, its lambdas, and the local functions that are called again.</summary>
internal sealed class Repeats(Body body)
{
    private readonly Dictionary<IOperation, IOperation?> _around = [];
    private ILookup<ISymbol?, IOperation>? _uses;
    private TextSpan[]? _wayBack;

    public static Repeats In(Body body) => body.Remember(static body => new Repeats(body));

    /// <summary>The innermost loop, lambda or function called again around an operation.</summary>
    public IOperation? Around(IOperation operation)
    {
        IOperation? around = InnermostAround(operation);
        while (around is ILocalFunctionOperation function && !IsCalledAgain(function))
        {
            around = InnermostAround(function);
        }

        return around;
    }

    /// <summary>
    /// Whether one value of a variable serves a sink in several rounds of a loop, or another key in each call of a lambda or local
    /// function.
    /// </summary>
    public bool Share(ISymbol variable, Sink sink)
    {
        for (IOperation? around = Around(sink.Value);
            around is not null && !IsDeclaredIn(variable, around.Syntax.SyntaxTree, around.Syntax.Span);
            around = Around(around))
        {
            bool isAgain = around is ILoopOperation && !LeavesBehind(sink.Value, around);
            if ((isAgain || IsOfOtherKey(sink, around)) && !IsGivenWithin(variable, around.Syntax.Span))
            {
                return true;
            }
        }

        return (_wayBack ??= [.. WaysBack()]).Any(way => way.Contains(sink.Value.Syntax.Span) &&
            !IsDeclaredIn(variable, sink.Value.Syntax.SyntaxTree, way) && !IsGivenWithin(variable, way));
    }

    /// <summary>Whether each round or call is about a key of its own, as far as can be told.</summary>
    private static bool IsOfOtherKey(Sink sink, IOperation around) => sink.Call is { } call &&
        call.Key?.Symbols.Any(symbol => IsDeclaredIn(symbol, around.Syntax.SyntaxTree, around.Syntax.Span)) != false;

    private bool IsGivenWithin(ISymbol variable, TextSpan span) =>
        body.Assignments.ValuesOf(variable).Any(value => value is not null && span.Contains(value.Syntax.Span));

    private static bool IsDeclaredIn(ISymbol symbol, SyntaxTree tree, TextSpan span) =>
        symbol.Locations.FirstOrDefault() is { IsInSource: true } location && location.SourceTree == tree &&
        span.Contains(location.SourceSpan);

    /// <summary>Whether a loop is left once an operation in it has run, as where it is tried again until it succeeds.</summary>
    private static bool LeavesBehind(IOperation operation, IOperation loop)
    {
        IOperation inner = operation;
        for (IOperation? outer = inner.Parent; outer is not null && !ReferenceEquals(inner, loop); inner = outer, outer = outer.Parent)
        {
            bool leaves = outer is IReturnOperation || (outer is IBlockOperation && Leaves(outer)) ||
                (outer is IConditionalOperation choice && ReferenceEquals(choice.Condition, inner) && Leaves(choice.WhenTrue));
            if (leaves)
            {
                return true;
            }
        }

        return false;
    }

    private static bool Leaves(IOperation? operation) =>
        (operation is IBlockOperation { Operations: [.., { } last] } ? last : operation) is IReturnOperation or
            IBranchOperation { BranchKind: BranchKind.Break };

    private IOperation? InnermostAround(IOperation operation)
    {
        List<IOperation> path = [];
        IOperation? found = null;
        for (IOperation? inner = operation; inner is not null && !_around.TryGetValue(inner, out found); inner = inner.Parent)
        {
            path.Add(inner);
            if (inner.Parent is ILoopOperation or IAnonymousFunctionOperation or ILocalFunctionOperation)
            {
                found = inner.Parent;
                break;
            }
        }

        foreach (IOperation inner in path)
        {
            _around[inner] = found;
        }

        return found;
    }

    /// <summary>Whether a local function is called at several places or in several rounds, or is handed to whoever may call it.</summary>
    private bool IsCalledAgain(ILocalFunctionOperation function)
    {
        _uses ??= body.Operations.ToLookup(UsedBy, SymbolEqualityComparer.Default);
        IOperation[] uses = [.. _uses[function.Symbol].Take(2)];
        return uses.Length > 1 || Array.Exists(uses, use => use is IMethodReferenceOperation ||
            (InnermostAround(use) is ILoopOperation or IAnonymousFunctionOperation &&
                !InnermostAround(use)!.Syntax.Span.Contains(function.Syntax.Span)));
    }

    /// <summary>The local function that an operation calls or hands on.</summary>
    private static ISymbol? UsedBy(IOperation operation) => operation switch
    {
        IInvocationOperation { TargetMethod: { MethodKind: MethodKind.LocalFunction } called } => called.OriginalDefinition,
        IMethodReferenceOperation { Method: { MethodKind: MethodKind.LocalFunction } handed } => handed.OriginalDefinition,
        _ => null,
    };

    /// <summary>What lies between a label and a jump back to it.</summary>
    private IEnumerable<TextSpan> WaysBack()
    {
        foreach (IBranchOperation jump in body.Operations.OfType<IBranchOperation>())
        {
            if (jump is { BranchKind: BranchKind.GoTo, Target.Locations: [{ IsInSource: true, SourceSpan: { Start: var start } }] } &&
                start < jump.Syntax.SpanStart)
            {
                yield return TextSpan.FromBounds(start, jump.Syntax.Span.End);
            }
        }
    }
}
