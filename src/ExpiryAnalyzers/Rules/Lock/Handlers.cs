using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Operations;
using ExpiryAnalyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Rules.Lock;

/// <summary>What the handlers of exceptions and the <c>finally</c>s of one body do, each looked at once.</summary>
internal sealed class Handlers(Body body)
{
    private readonly Dictionary<ITryOperation, bool> _ends = [];
    private readonly Dictionary<ITryOperation, IInvocationOperation[]> _releases = [];

    /// <summary>Whether an exception ends in a catch of everything, so that what stands behind is reached.</summary>
    public bool EndsThrown(ITryOperation attempt)
    {
        if (!_ends.TryGetValue(attempt, out bool ends))
        {
            _ends[attempt] = ends = attempt.Catches.Any(clause => clause.Filter is null &&
                IsOfAll(clause) &&
                !clause.Handler.Descendants().Any(static part => part is IThrowOperation or IReturnOperation));
        }

        return ends;
    }

    /// <summary>Whether a handler calls something that may give the lock back although its key is not known.</summary>
    /// <param name="attempt">The attempt whose handlers are asked.</param>
    /// <param name="isOwn">Whether a call certainly gives the lock back, so that it is judged by itself.</param>
    public bool MayRelease(ITryOperation attempt, Func<IInvocationOperation, bool> isOwn)
    {
        if (!_releases.TryGetValue(attempt, out IInvocationOperation[]? releases))
        {
            _releases[attempt] = releases = [.. attempt.Catches.Select(static clause => clause.Handler)
                .Concat(attempt.Finally is { } last ? [last] : [])
                .SelectMany(static handler => handler.Descendants())
                .OfType<IInvocationOperation>()
                .Where(call => NameHints.ReleaseWord.Fits(call.TargetMethod.Name) ||
                    body.CallsAt(call.Syntax)
                        .Any(static known => known.Has(Effect.ReleaseLock | Effect.Delete | Effect.Opaque) && known.Key is null))];
        }

        return releases.Any(call => !isOwn(call));
    }

    /// <summary>
    /// Where work must begin so that a call in a handler is reached when it throws: anywhere, or behind where the flag is set that the call
    /// hangs on; the greatest number where only exceptions of one type lead there.
    /// </summary>
    public int ReachedFrom(IOperation call)
    {
        int from = 0;
        for (IOperation inner = call; inner.Parent is { } outer; inner = outer)
        {
            switch (outer)
            {
                case ICatchClauseOperation clause:
                    return IsOfAll(clause) && !IsOfSome(clause.Filter) ? 0 : int.MaxValue;
                case ITryOperation attempt when ReferenceEquals(attempt.Finally, inner):
                    return from;
                case IConditionalOperation test when ReferenceEquals(test.WhenTrue, inner):
                    from = Math.Max(from, SetAt(test.Condition));
                    break;
            }
        }

        return from;
    }

    private bool IsOfAll(ICatchClauseOperation clause) => clause.ExceptionType.SpecialType == SpecialType.System_Object ||
        body.Knowledge.Types.Is(clause.ExceptionType, KnownType.Exception);

    /// <summary>
    /// Whether a filter picks out exceptions: those of a type, or with a member that has one value. Any other may let most of them in.
    /// </summary>
    private static bool IsOfSome(IOperation? filter)
    {
        while (filter is IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd } both)
        {
            if (IsOfSome(both.RightOperand))
            {
                return true;
            }

            filter = both.LeftOperand;
        }

        return filter switch
        {
            IIsTypeOperation { IsNegated: false } => true,
            IIsPatternOperation { Pattern: IDeclarationPatternOperation or ITypePatternOperation } => true,
            IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals } equality => IsMember(equality.LeftOperand) &&
                equality.RightOperand.ConstantValue is { HasValue: true, Value: not null },
            _ => false,
        };
    }

    private static bool IsMember(IOperation operand) =>
        operand.WithoutConversions() is IPropertyReferenceOperation { Instance: ILocalReferenceOperation };

    /// <summary>
    /// Where a variable is first set to true that a condition is, and that is never anything but true or false; 0 for others.
    /// </summary>
    private int SetAt(IOperation condition)
    {
        if (condition.WithoutConversions() is not ILocalReferenceOperation { Local: { } flag } || body.Assignments.IsAliased(flag) ||
            body.Assignments.IsShared(flag))
        {
            return 0;
        }

        IReadOnlyList<IOperation?> values = body.Assignments.ValuesOf(flag);
        return values.All(static value => value?.ConstantValue is { HasValue: true, Value: bool })
            ? values.Where(static value => value!.ConstantValue.Value is true).Select(static value => value!.Syntax.SpanStart)
                .DefaultIfEmpty(0).Min()
            : 0;
    }
}
