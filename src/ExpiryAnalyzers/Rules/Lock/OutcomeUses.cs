using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Operations;
using ExpiryAnalyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Rules.Lock;

/// <summary>
/// What a body does with the answer, or the handle, that says whether a lock was got: whether any of it keeps the work from running
/// without the lock.
/// </summary>
/// <param name="body">The body.</param>
/// <param name="endsLock">Whether a call gives the lock back.</param>
internal sealed class OutcomeUses(Body body, Func<IInvocationOperation, bool> endsLock)
{
    /// <summary>How many places that look at the answer, and operations under one of their tests, are looked at.</summary>
    private const int MaxLook = 64;

    private readonly WellKnownTypes _types = body.Knowledge.Types;
    private readonly List<IConditionalOperation> _tests = [];
    private readonly HashSet<ISymbol> _variables = new(SymbolEqualityComparer.Default);
    private IOperation? _answer;

    /// <summary>The loop that tries again while the lock was not got, and gives up at last; null where there is none.</summary>
    public IWhileLoopOperation? Retry { get; private set; }

    /// <summary>
    /// The tests of an answer where none of them, and nothing else that is done with it, does more than to log, to wait and to give the
    /// lock back; null where something may.
    /// </summary>
    public IReadOnlyList<IConditionalOperation>? IdleTests(IOperation answer)
    {
        IReadOnlyCollection<ISymbol> variables = Derivation.VariablesOf(body, answer);
        _answer = answer;
        _variables.UnionWith(variables);
        IOperation[] places = [answer, .. variables.SelectMany(body.Assignments.Reads).Take(MaxLook)];
        bool areKnown = places.Length <= MaxLook && variables.All(static variable => variable is ILocalSymbol) &&
            !variables.Any(variable => body.Assignments.IsAliased(variable) || body.Assignments.IsShared(variable));
        return areKnown && places.All(IsIdle) ? _tests : null;
    }

    /// <summary>Whether what becomes of the answer, or of a variable that holds it, decides about no work where it stands.</summary>
    private bool IsIdle(IOperation place)
    {
        IOperation inner = place;
        while (inner.Parent is { } outer)
        {
            switch (outer)
            {
                case IExpressionStatementOperation or IUsingOperation:
                    return true;
                case IConditionalOperation test when ReferenceEquals(test.Condition, inner):
                    if (!IsIdleCode(test.WhenTrue) || !IsIdleCode(test.WhenFalse))
                    {
                        return false;
                    }

                    if (test.Type is null)
                    {
                        _tests.Add(test);
                        return true;
                    }

                    break;
                case IWhileLoopOperation loop when ReferenceEquals(loop.Condition, inner):
                    Retry = loop;
                    return GivesUp(loop, place) && IsIdleCode(loop.Body, isOfRetry: true);
                case IInvocationOperation call when IsQuiet(call):
                    return true;
                case IInvocationOperation call when !IsPart(call):
                    return false;
                case IVariableInitializerOperation when place is not ILocalReferenceOperation:
                    return true;
                case ISimpleAssignmentOperation { Target: ILocalReferenceOperation } when place is not ILocalReferenceOperation:
                    // In a condition, the assignment is the answer.
                    break;
                case ICoalesceOperation or IAssignmentOperation or IReturnOperation or IAnonymousFunctionOperation:
                    return false;
            }

            if (Places.IsStatement(outer))
            {
                return false;
            }

            inner = outer;
        }

        return false;
    }

    /// <summary>
    /// Whether a loop goes on while the answer is no and something else says so too: then what follows it runs either way. Work that a
    /// token ends with the loop does not.
    /// </summary>
    private bool GivesUp(IWhileLoopOperation loop, IOperation place)
    {
        if (loop.Condition!.Descendants().Any(part => _types.Is(part.Type, KnownType.CancellationToken)))
        {
            return false;
        }

        bool isNegated = false;
        IOperation inner = place;
        while (!ReferenceEquals(inner, loop.Condition))
        {
            IOperation outer = inner.Parent!;
            isNegated ^= outer is IUnaryOperation { OperatorKind: UnaryOperatorKind.Not };
            if (outer is IBinaryOperation)
            {
                return isNegated && outer is IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd } &&
                    IsPlain(outer, loop.Condition!) && !IsAskedBehind(loop);
            }

            inner = outer;
        }

        return false;
    }

    /// <summary>Whether a test behind a loop asks for what the loop counted, by which the code may know how it ended.</summary>
    private bool IsAskedBehind(IWhileLoopOperation loop)
    {
        HashSet<ISymbol> asked = new(SymbolsIn(loop.Condition!), SymbolEqualityComparer.Default);
        return body.Operations.OfType<IConditionalOperation>()
            .Any(test => test.Syntax.SpanStart > loop.Syntax.Span.End && SymbolsIn(test.Condition).Any(asked.Contains));
    }

    private static IEnumerable<ISymbol> SymbolsIn(IOperation condition) =>
        condition.DescendantsAndSelf().Select(DefUse.SymbolOf).OfType<ISymbol>();

    /// <summary>Whether an operand of a condition is joined to the others by "and" alone.</summary>
    private static bool IsPlain(IOperation operand, IOperation condition)
    {
        while (!ReferenceEquals(operand, condition) && operand.Parent is IParenthesizedOperation or
            IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd })
        {
            operand = operand.Parent;
        }

        return ReferenceEquals(operand, condition);
    }

    /// <summary>Whether a call only passes the value on, or asks whether there is one.</summary>
    private bool IsPart(IInvocationOperation call) => _types.Is(call.TargetMethod, KnownMember.OfTask) ||
        _types.Is(call.TargetMethod, KnownMember.IsNullOrEmpty) || WellKnownTypes.IsToString(call.TargetMethod);

    /// <summary>Whether code only logs, waits and gives the lock back, so that what stands behind it runs all the same.</summary>
    /// <param name="code">The code.</param>
    /// <param name="isOfRetry">Whether a loop runs it, which takes the lock and counts.</param>
    private bool IsIdleCode(IOperation? code, bool isOfRetry = false)
    {
        int looked = 0;
        foreach (IOperation part in code?.DescendantsAndSelf() ?? [])
        {
            bool isIdle = (isOfRetry && IsOfRetry(part)) || part switch
            {
                IInvocationOperation call => IsQuiet(call) || IsPart(call) || IsForQuiet(call, code!),
                ISimpleAssignmentOperation { Target: IDiscardOperation } => true,
                IAwaitOperation { Operation: { } awaited } => _types.Unawaited(awaited) is IInvocationOperation,
                IAssignmentOperation or IIncrementOrDecrementOperation or IReturnOperation or IThrowOperation or IBranchOperation or
                    ILoopOperation or IAnonymousFunctionOperation or ILocalFunctionOperation or IInvalidOperation or
                    IDynamicInvocationOperation => false,
                _ => true,
            };
            if (!isIdle || ++looked > MaxLook)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether a part of a loop asks for the lock again, or counts how often it has.</summary>
    private bool IsOfRetry(IOperation part) => ReferenceEquals(part, _answer) || part switch
    {
        IIncrementOrDecrementOperation { Target: ILocalReferenceOperation } => true,
        ISimpleAssignmentOperation { Target: ILocalReferenceOperation { Local: { } local } } => _variables.Contains(local),
        _ => false,
    };

    private bool IsQuiet(IInvocationOperation call) => KnownNamespace.Logging.Holds(call.TargetMethod.ContainingType) ||
        _types.Is(call.TargetMethod, KnownMember.Print) || _types.Is(call.TargetMethod, KnownMember.Delay) ||
        _types.Is(call.TargetMethod, KnownMember.Sleep) || endsLock(call);

    /// <summary>Whether a call makes what another one logs, or how long it waits.</summary>
    private bool IsForQuiet(IInvocationOperation call, IOperation code)
    {
        for (IOperation? around = call.Parent; around is not null && !ReferenceEquals(around, code.Parent); around = around.Parent)
        {
            if (around is IInvocationOperation outer && IsQuiet(outer))
            {
                return true;
            }
        }

        return false;
    }
}
