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

    /// <summary>How many writes of one flag are looked at.</summary>
    private const int MaxWrites = 16;

    private readonly Dictionary<ITryOperation, IInvocationOperation[]> _releases = [];
    private readonly Dictionary<IOperation, bool> _onFailure = [];

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

    /// <summary>
    /// Whether a call in a <c>finally</c> is reached only where the attempt fails: it hangs on a flag that has another value once all of
    /// the attempt has run.
    /// </summary>
    public bool IsOnlyOnFailure(IOperation call)
    {
        if (!_onFailure.TryGetValue(call, out bool isOnly))
        {
            _onFailure[call] = isOnly = HangsOnFailure(call);
        }

        return isOnly;
    }

    private bool HangsOnFailure(IOperation call)
    {
        List<(ILocalSymbol Flag, bool Value)> flags = [];
        for (IOperation inner = call; inner.Parent is { } outer and not (IAnonymousFunctionOperation or ILocalFunctionOperation);
            inner = outer)
        {
            if (outer is IConditionalOperation test && !ReferenceEquals(test.Condition, inner))
            {
                flags.AddRange(FlagsOf(test.Condition, ReferenceEquals(test.WhenTrue, inner)));
            }
            else if (outer is ITryOperation attempt && ReferenceEquals(attempt.Finally, inner))
            {
                return flags.Exists(flag => ValueBehind(attempt, flag.Flag) == !flag.Value);
            }
        }

        return false;
    }

    /// <summary>The variables that certainly have a value where a condition is true, or false.</summary>
    private static IEnumerable<(ILocalSymbol Flag, bool Value)> FlagsOf(IOperation condition, bool isTrue)
    {
        Stack<(IOperation Part, bool Value)> open = new([(condition, isTrue)]);
        while (open.Count > 0)
        {
            (IOperation part, bool value) = open.Pop();
            switch (part.WithoutConversions())
            {
                case ILocalReferenceOperation { Local: { } flag }:
                    yield return (flag, value);
                    break;
                case IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } not:
                    open.Push((not.Operand, !value));
                    break;
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr } joined
                    when value == (joined.OperatorKind == BinaryOperatorKind.ConditionalAnd):
                    open.Push((joined.LeftOperand, value));
                    open.Push((joined.RightOperand, value));
                    break;
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals } test
                    when ConstantOf(test.RightOperand) is { } expected:
                    open.Push((test.LeftOperand, value == expected));
                    break;
                case IIsPatternOperation { Pattern: IConstantPatternOperation pattern } match
                    when ConstantOf(pattern.Value) is { } expected:
                    open.Push((match.Value, value == expected));
                    break;
            }
        }
    }

    private static bool? ConstantOf(IOperation? value) =>
        value?.ConstantValue is { HasValue: true, Value: bool constant } ? constant : null;

    /// <summary>
    /// The value that a flag has once all of an attempt has run: the one that a statement of it sets last, else the one before; null where
    /// neither is certain.
    /// </summary>
    private bool? ValueBehind(ITryOperation attempt, ILocalSymbol flag)
    {
        IReadOnlyList<IOperation?> values = body.Assignments.ValuesOf(flag);
        bool isKnown = values.Count <= MaxWrites && !body.Assignments.IsAliased(flag) && !body.Assignments.IsShared(flag);
        IOperation[] written = [.. values.OfType<IOperation>().OrderBy(static value => value.Syntax.SpanStart)];
        if (!isKnown || written.Length < values.Count)
        {
            return null;
        }

        if (Array.FindLast(written, value => attempt.Body.Syntax.Span.Contains(value.Syntax.Span)) is { } last)
        {
            bool isStep = last.Parent?.Parent is IExpressionStatementOperation { Parent: { } block } &&
                ReferenceEquals(block, attempt.Body);
            return isStep ? ConstantOf(last) : null;
        }

        bool?[] before = [.. written.Where(value => !IsInCatch(attempt, value)).Select(ConstantOf).Distinct()];
        return before.Length == 1 ? before[0] : null;
    }

    private static bool IsInCatch(ITryOperation attempt, IOperation value) =>
        attempt.Catches.Any(clause => clause.Syntax.Span.Contains(value.Syntax.Span));

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
