using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Calls;
using ExpiryAnalyzers.Operations;
using ExpiryAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Rules.Lock;

/// <summary>A time limit that the code sets for its own work, beside a lock.</summary>
/// <param name="Value">The expression that gives the limit.</param>
/// <param name="Length">Its length, where constant.</param>
/// <param name="IsReduced">Whether something is taken off it where it is used, so that it is certainly shorter than <paramref name="Value"/> says.</param>
internal sealed record WorkLimit(IOperation Value, TimeSpan? Length, bool IsReduced = false);

/// <summary>The times that limit the work under a lock: of tokens, waits, stopwatches, deadlines and timeouts.</summary>
internal sealed class WorkLimits(LockEpisode episode, Body body)
{
    /// <summary>How many terms of a deadline are followed.</summary>
    private const int MaxTerms = 8;

    /// <summary>The limits that the code sets for its work.</summary>
    public IEnumerable<WorkLimit> All() => body.Operations.SelectMany(LimitsAt);

    /// <summary>The waits between two renewals.</summary>
    public IEnumerable<WorkLimit> IntervalsOf(CacheCall renewal)
    {
        IOperation call = (renewal.Behind ?? renewal).Operation;
        bool isInLambda = false;
        for (IOperation? around = call; around is not null; around = around.Parent)
        {
            if (around is IObjectCreationOperation { Type.Name: "Timer" } timer && timer.Arguments.LastOrDefault() is { } period)
            {
                yield return new(period.Value, Length(period.Value));
                yield break;
            }

            bool isLambda = around is IAnonymousFunctionOperation;
            if ((isLambda && !isInLambda) || around is ILocalFunctionOperation or IMethodBodyOperation || around.Parent is null)
            {
                if (isInLambda)
                {
                    yield break;
                }

                isInLambda = isLambda;
                foreach (IOperation operation in around.Descendants())
                {
                    IOperation? wait = operation switch
                    {
                        IInvocationOperation { TargetMethod: { Name: "Delay", ContainingType.Name: "Task" } or { Name: "Sleep", ContainingType.Name: "Thread" }, Arguments: [{ } first, ..] } => first.Value,
                        IObjectCreationOperation { Type.Name: "PeriodicTimer", Arguments: [{ } first, ..] } => first.Value,
                        _ => null,
                    };
                    if (wait is not null)
                    {
                        yield return new(wait, Length(wait));
                    }
                }

                // The lambda may be a timer's callback; further out the waits are not between renewals.
                if (!isLambda)
                {
                    yield break;
                }
            }
        }
    }

    private IEnumerable<WorkLimit> LimitsAt(IOperation operation)
    {
        switch (operation)
        {
            case IObjectCreationOperation { Type.Name: "CancellationTokenSource", Arguments: [{ } delay, ..] } creation when IsUsed(creation):
                yield return Limit(delay.Value);
                break;
            case IInvocationOperation { TargetMethod: { Name: "CancelAfter", ContainingType.Name: "CancellationTokenSource" }, Instance: { } source, Arguments: [{ } delay, ..] } when IsUsed(source):
                yield return Limit(delay.Value);
                break;
            case IInvocationOperation { TargetMethod: { Name: "WaitAsync" or "Wait", ContainingType.Name: "Task" } } wait when episode.IsInRegion(wait):
                foreach (IArgumentOperation argument in wait.Arguments)
                {
                    if (argument.Parameter?.Type is { Name: "TimeSpan" } or { SpecialType: SpecialType.System_Int32 })
                    {
                        yield return Limit(argument.Value);
                    }
                }

                break;
            case IInvocationOperation { TargetMethod: { Name: "Delay", ContainingType.Name: "Task" }, Arguments: [{ } delay, ..] } race when IsRaced(race) && episode.IsInRegion(race):
                yield return Limit(delay.Value);
                break;
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual or BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual } test when episode.IsInRegion(test):
                if ((DeadlineOf(test.LeftOperand, test.RightOperand) ?? DeadlineOf(test.RightOperand, test.LeftOperand)) is { } deadline)
                {
                    yield return deadline;
                }

                break;
            case IArgumentOperation { Parameter: { Type.Name: "TimeSpan" } parameter, Parent: IInvocationOperation call, ArgumentKind: ArgumentKind.Explicit } argument
                when IsTimeoutName(parameter.Name) && episode.IsInRegion(call) && call.TargetMethod.ContainingNamespace?.ToDisplayString() != "System.Threading" && body.CallsAt(call.Syntax).All(known => !known.Has(Effect.TakeLock | Effect.ExtendLock)):
                yield return Limit(argument.Value);
                break;
        }
    }

    private WorkLimit Limit(IOperation value) => new(value is IConversionOperation conversion ? conversion.Operand : value, Length(value));

    private static bool IsTimeoutName(string name) =>
        name.IndexOf("timeout", StringComparison.OrdinalIgnoreCase) >= 0 || name.IndexOf("budget", StringComparison.OrdinalIgnoreCase) >= 0 || name.IndexOf("deadline", StringComparison.OrdinalIgnoreCase) >= 0;

    /// <summary>The limit of a test against a stopwatch or a clock: <c>watch.Elapsed &lt; limit</c>, <c>UtcNow &lt; started + limit</c>.</summary>
    private WorkLimit? DeadlineOf(IOperation clock, IOperation limit)
    {
        return clock.WithoutConversions() switch
        {
            IPropertyReferenceOperation { Property: { Name: "Elapsed" or "ElapsedMilliseconds", ContainingType.Name: "Stopwatch" } } => Limit(limit),
            IInvocationOperation { TargetMethod.Name: "GetElapsedTime" } => Limit(limit),
            IBinaryOperation { OperatorKind: BinaryOperatorKind.Subtract, Type.Name: "TimeSpan" } => Limit(limit),
            IPropertyReferenceOperation { Property.Name: "UtcNow" or "Now" or "TickCount64" or "TickCount" } or IInvocationOperation { TargetMethod.Name: "GetUtcNow" } => SpanOf(limit),
            _ => null,
        };
    }

    /// <summary>What is added to a clock to make a deadline: <c>UtcNow + budget - slack</c>.</summary>
    private WorkLimit? SpanOf(IOperation deadline, int depth = MaxTerms)
    {
        // Initialisers may refer to each other in a circle.
        if (depth == 0)
        {
            return null;
        }

        switch (body.Resolved(deadline))
        {
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Add } sum:
                return Plus(SpanOf(sum.LeftOperand, depth - 1), sum.RightOperand, Length(sum.RightOperand));
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Subtract } difference:
                return SpanOf(difference.LeftOperand, depth - 1) is { } longer ? new(longer.Value, longer.Length - Length(difference.RightOperand), IsReduced: true) : null;
            case IInvocationOperation { TargetMethod: { ContainingType.Name: "DateTime" or "DateTimeOffset", Name: var name }, Instance: { } instance, Arguments: [{ } argument] } when name.StartsWith("Add", StringComparison.Ordinal):
                double? ticks = name switch { "AddMilliseconds" => 1e4, "AddSeconds" => 1e7, "AddMinutes" => 6e8, "AddHours" => 3.6e10, _ => null };
                TimeSpan? length = name == "Add" ? Length(argument.Value) : body.ValuesOf(argument.Value).Number * ticks is { } count ? new TimeSpan((long)count) : null;
                return Plus(SpanOf(instance, depth - 1), argument.Value, length);
            default:
                return null;
        }

        static WorkLimit Plus(WorkLimit? before, IOperation value, TimeSpan? length) => before is null ? new(value, length) : new(before.Value, before.Length + length, before.IsReduced);
    }

    private TimeSpan? Length(IOperation value)
    {
        // A bare number is milliseconds, in all of the framework's waits.
        TimeValues values = body.ValuesOf(value);
        return values.Length ?? (values.Number is { } milliseconds and >= 0 and < 1e12 ? TimeSpan.FromMilliseconds(milliseconds) : null);
    }

    /// <summary>Whether the protected code looks at the token of a source: a source that nobody asks limits nothing.</summary>
    private bool IsUsed(IOperation source)
    {
        ISymbol? variable = DefUse.SymbolOf(source);
        for (IOperation? parent = source.Parent; variable is null && parent is IConversionOperation or IVariableInitializerOperation or IVariableDeclaratorOperation or ISimpleAssignmentOperation; parent = parent.Parent)
        {
            variable = parent switch
            {
                IVariableDeclaratorOperation declarator => declarator.Symbol,
                ISimpleAssignmentOperation assignment => DefUse.SymbolOf(assignment.Target),
                _ => null,
            };
        }

        return variable is not ILocalSymbol local || TokensOf(local).Any(read => IsTokenUse(read) && (episode.IsInRegion(read) || IsHandedToHelper(read)));
    }

    /// <summary>Whether the helper that runs the work under the lock is handed a token for it.</summary>
    private bool IsHandedToHelper(IOperation read) => episode.Take.Held is { Work.Count: > 0 } && episode.Take.Syntax.Span.Contains(read.Syntax.Span);

    /// <summary>The reads of a source, and those of variables that hold its token or a source linked to it.</summary>
    private IEnumerable<IOperation> TokensOf(ILocalSymbol source)
    {
        foreach (IOperation read in body.Assignments.Reads(source))
        {
            yield return read;
            for (IOperation? parent = read.Parent; parent is not null and not IBlockOperation; parent = parent.Parent)
            {
                if (parent is IVariableDeclaratorOperation { Symbol: { } derived } && derived.Type.Name is "CancellationToken" or "CancellationTokenSource")
                {
                    foreach (IOperation next in body.Assignments.Reads(derived))
                    {
                        yield return next;
                    }
                }
            }
        }
    }

    private static bool IsTokenUse(IOperation read) => read.Parent is not IInvocationOperation { TargetMethod.Name: "Dispose" or "Cancel" or "CancelAsync" or "CancelAfter" };

    private static bool IsRaced(IOperation delay)
    {
        for (IOperation? parent = delay.Parent; parent is not null and not IBlockOperation; parent = parent.Parent)
        {
            if (parent is IInvocationOperation { TargetMethod: { Name: "WhenAny" or "WaitAny" } })
            {
                return true;
            }
        }

        return false;
    }
}
