using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Binding;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Flow;

/// <summary>A time limit that the code sets for its own work, beside a lock.</summary>
/// <param name="Value">The expression that gives the limit.</param>
/// <param name="Length">Its length, where constant.</param>
internal sealed record WorkLimit(IOperation Value, TimeSpan? Length);

/// <summary>
/// What one body does around the taking of a lock: the code that runs while the lock is held, the release, what limits that code,
/// and what renews the lock.
/// </summary>
internal sealed class LockEpisode
{
    private static readonly string[] LockWords = ["lock", "locks", "locked", "locking", "mutex", "lease", "leader"];

    private readonly Body _body;
    private readonly IOperation _function;
    private readonly Derivation _taken;
    private readonly HashSet<ISymbol> _flags = new(SymbolEqualityComparer.Default);
    private readonly List<IOperation> _region = [];

    private LockEpisode(Body body, CacheCall take, IOperation expiry)
    {
        _body = body;
        Take = take;
        Expiry = expiry;
        IOperation result = ResultOf(take.Operation);
        _function = body.FunctionOf(result);
        _taken = new(body, result);
        Releases = [.. body.Calls.Where(IsRelease)];
        CollectRegion(result);
    }

    public CacheCall Take { get; }

    /// <summary>The lock's TTL as written.</summary>
    public IOperation Expiry { get; }

    /// <summary>The calls that give the lock back when all went well.</summary>
    public IReadOnlyList<CacheCall> Releases { get; }

    public TimeSpan? Ttl => _body.ValuesOf(Expiry).Length;

    /// <summary>The first call of the protected work; null where the work is not in view.</summary>
    public IOperation? Work => _region.SelectMany(part => part.DescendantsAndSelf()).FirstOrDefault(IsWork);

    /// <summary>The lock that a call takes; null where the call takes none, or none with a TTL.</summary>
    public static LockEpisode? Of(CacheCall call, Body body)
    {
        if (call.Behind is not null || call.Receiver is ReceiverKind.Transaction or ReceiverKind.Batch || call.Argument(Role.Expiry) is not { } expiry)
        {
            return null;
        }

        if (call.Has(Effect.TakeLock))
        {
            LockEpisode episode = new(body, call, expiry.Value);
            return episode.Releases.Count > 0 ? episode : null;
        }

        if (call.Has(Effect.Overwrite) && !call.Has(Effect.Read) && IsNotExists(call.Argument(Role.Condition)?.Value))
        {
            LockEpisode episode = new(body, call, expiry.Value);
            return episode.Releases.Count > 0 || (IsNamedLock(call, body) && episode.Ttl < TimeSpan.FromHours(1)) ? episode : null;
        }

        return null;
    }

    /// <summary>The limits that the code sets for its work.</summary>
    public IReadOnlyList<WorkLimit> Limits()
    {
        List<WorkLimit> limits = [];
        foreach (IOperation operation in _body.Operations)
        {
            foreach (IOperation value in LimitsAt(operation))
            {
                IOperation bare = value is IConversionOperation conversion ? conversion.Operand : value;
                limits.Add(new(bare, Length(value)));
            }
        }

        return limits;
    }

    /// <summary>The calls that prolong the lock, wherever the body or a helper that it calls has them.</summary>
    public IEnumerable<CacheCall> Renewals => _body.Calls.Where(call => call.Has(Effect.ExtendLock) || (call.Has(Effect.SetExpiry) && call.SharesKeyWith(Take)));

    /// <summary>The waits between two renewals.</summary>
    public IEnumerable<WorkLimit> IntervalsOf(CacheCall renewal)
    {
        IOperation call = (renewal.Behind ?? renewal).Operation;
        for (IOperation? around = call; around is not null; around = around.Parent)
        {
            if (around is IObjectCreationOperation { Type.Name: "Timer" or "PeriodicTimer" } timer && timer.Arguments.LastOrDefault() is { } period)
            {
                yield return new(period.Value, Length(period.Value));
            }

            if (around is IAnonymousFunctionOperation or ILocalFunctionOperation or IMethodBodyOperation || around.Parent is null)
            {
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

                yield break;
            }
        }
    }

    /// <summary>Whether the TTL is written as a sum or multiple, that is with a reserve of its own.</summary>
    public bool HasReserve => _body.Resolved(Expiry) is IBinaryOperation { OperatorKind: BinaryOperatorKind.Add or BinaryOperatorKind.Multiply } or IInvocationOperation { TargetMethod: { Name: "Add" or "Multiply", ContainingType.Name: "TimeSpan" } };

    /// <summary>Whether both expressions certainly are the same duration.</summary>
    public bool IsSame(IOperation left, IOperation right) => _body.Identities.Of(left) is { } identity && identity.Equals(_body.Identities.Of(right));

    private static bool IsNotExists(IOperation? condition)
    {
        while (condition is IConversionOperation conversion)
        {
            condition = conversion.Operand;
        }

        return condition is IFieldReferenceOperation { Field.Name: "NotExists" } or IPropertyReferenceOperation { Property.Name: "NotExists" };
    }

    private static bool IsNamedLock(CacheCall call, Body body)
    {
        if (call.Argument(Role.Key)?.Value is not { } key)
        {
            return false;
        }

        string text = key.Syntax + " " + body.Resolved(key).Syntax + " " + body.Identities.Of(key)?.Text;
        return Words(text).Any(word => LockWords.Contains(word));
    }

    /// <summary>The words of identifiers and text, in lower case: "JobLock" and "job-lock" both hold "lock"; "clock" does not.</summary>
    private static IEnumerable<string> Words(string text)
    {
        int start = 0;
        for (int i = 0; i <= text.Length; i++)
        {
            bool isEnd = i == text.Length || !char.IsLetter(text[i]) || (char.IsUpper(text[i]) && i > start && !char.IsUpper(text[i - 1]));
            if (isEnd)
            {
                if (i > start)
                {
                    yield return text.Substring(start, i - start).ToLowerInvariant();
                }

                start = i < text.Length && char.IsLetter(text[i]) ? i : i + 1;
            }
        }
    }

    /// <summary>The expression whose value says whether the lock was got: the call, or the retry helper whose lambda is the call.</summary>
    private IOperation ResultOf(IOperation take)
    {
        IOperation result = take;
        while (_body.FunctionOf(result) is IAnonymousFunctionOperation { Body.Operations: [IReturnOperation or IExpressionStatementOperation] } function && HandedTo(function) is { } outer)
        {
            result = outer;
        }

        return result;
    }

    private static IInvocationOperation? HandedTo(IOperation function)
    {
        IOperation? parent = function.Parent;
        while (parent is IDelegateCreationOperation or IConversionOperation)
        {
            parent = parent.Parent;
        }

        return parent is IArgumentOperation { Parent: IInvocationOperation invocation } ? invocation : null;
    }

    private bool IsRelease(CacheCall call)
    {
        if (!call.Has(Effect.ReleaseLock | Effect.Delete | Effect.Opaque) || ReferenceEquals(call, Take) || IsInCatch(call.Operation))
        {
            return false;
        }

        if (!ReferenceEquals(_body.FunctionOf(call.Operation), _function))
        {
            return false;
        }

        return call.Has(Effect.Opaque)
            ? Take.Key is { } key && call.Operation.Arguments.SelectMany(argument => argument.Descendants()).Any(part => key.Equals(_body.Identities.Of(part)))
            : call.SharesKeyWith(Take) || (call.Has(Effect.ReleaseLock) && call.Key is not null && call.Key.Equals(Take.Key));
    }

    private static bool IsInCatch(IOperation operation)
    {
        for (IOperation? around = operation.Parent; around is not null; around = around.Parent)
        {
            if (around is ICatchClauseOperation)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Collects the code that runs only while the lock is held.</summary>
    private void CollectRegion(IOperation result)
    {
        if (StatementOf(result) is IExpressionStatementOperation { Operation: { } expression } statement && (ReferenceEquals(Unawaited(expression), result) || expression is ISimpleAssignmentOperation { Target: IDiscardOperation }))
        {
            // The answer is thrown away: whatever follows runs as if the lock were held.
            AddAfter(statement);
            return;
        }

        // A success branch that sets a flag makes the flag as good as the answer.
        for (int round = 0; round < 2; round++)
        {
            _region.Clear();
            foreach (IOperation operation in _body.Operations)
            {
                if (operation.Syntax.SpanStart < Take.Syntax.SpanStart && !operation.Syntax.Span.Contains(Take.Syntax.Span))
                {
                    continue;
                }

                switch (operation)
                {
                    case IConditionalOperation conditional when Polarity(conditional.Condition) is { } isHeld:
                        AddBranches(conditional, isHeld);
                        break;
                    case IWhileLoopOperation { Condition: { } condition } loop when Polarity(condition) == false:
                        AddAfter(loop);
                        break;
                    case IWhileLoopOperation { Condition: { } condition } loop when Polarity(condition) == true && loop.Body is not null && loop.ConditionIsTop:
                        _region.Add(loop.Body);
                        break;
                }
            }

            foreach (IOperation part in _region.SelectMany(part => part.DescendantsAndSelf()))
            {
                if (part is ISimpleAssignmentOperation { Target: ILocalReferenceOperation { Local: { } flag }, Value.ConstantValue: { HasValue: true, Value: true } })
                {
                    _flags.Add(flag);
                }
            }
        }
    }

    private void AddBranches(IConditionalOperation conditional, bool isHeld)
    {
        IOperation? held = isHeld ? conditional.WhenTrue : conditional.WhenFalse;
        IOperation? missed = isHeld ? conditional.WhenFalse : conditional.WhenTrue;
        if (held is not null)
        {
            _region.Add(held);
        }

        if (missed is not null && Leaves(missed))
        {
            AddAfter(conditional);
        }
    }

    private static bool Leaves(IOperation branch) => branch switch
    {
        IBlockOperation { Operations: [.., { } last] } => Leaves(last),
        IReturnOperation or IThrowOperation or IBranchOperation => true,
        IExpressionStatementOperation statement => statement.Operation is IThrowOperation,
        _ => false,
    };

    /// <summary>Adds what follows a statement, in its block and in the blocks around, up to the end of the function or of a loop around.</summary>
    private void AddAfter(IOperation statement)
    {
        IOperation inner = statement;
        for (IOperation? outer = statement.Parent; outer is not null && outer is not (IAnonymousFunctionOperation or ILocalFunctionOperation or ILoopOperation); inner = outer, outer = outer.Parent)
        {
            if (outer is IBlockOperation block)
            {
                bool isBehind = false;
                foreach (IOperation sibling in block.Operations)
                {
                    if (isBehind)
                    {
                        _region.Add(sibling);
                    }

                    isBehind |= ReferenceEquals(sibling, inner);
                }
            }

            if (ReferenceEquals(outer, _body.Root))
            {
                return;
            }
        }
    }

    /// <summary>Whether a condition holds where the lock is held (true), where it is not (false), or says nothing of it (null).</summary>
    private bool? Polarity(IOperation condition)
    {
        switch (condition)
        {
            case IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } not:
                return !Polarity(not.Operand);
            case IParenthesizedOperation parenthesized:
                return Polarity(parenthesized.Operand);
            case IConversionOperation conversion:
                return Polarity(conversion.Operand);
            case ISimpleAssignmentOperation assignment:
                return Polarity(assignment.Value);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr } binary:
                bool? left = Polarity(binary.LeftOperand);
                bool? right = Polarity(binary.RightOperand);
                bool needed = binary.OperatorKind == BinaryOperatorKind.ConditionalAnd;
                return left == needed || right == needed ? needed : null;
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals, RightOperand.ConstantValue: { HasValue: true, Value: bool expected } } binary:
                bool? compared = Polarity(binary.LeftOperand);
                return compared == (expected == (binary.OperatorKind == BinaryOperatorKind.Equals));
            case IIsPatternOperation { Pattern: IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: bool expected } } } test:
                return Polarity(test.Value) is { } tested ? tested == expected : null;
            case ILocalReferenceOperation { Local: { } local } when _flags.Contains(local):
                return true;
            default:
                return condition.Type?.SpecialType == SpecialType.System_Boolean && _taken.Reaches(condition) ? true : null;
        }
    }

    private bool IsWork(IOperation operation)
    {
        if (operation is not IInvocationOperation invocation || !IsBeforeRelease(operation))
        {
            return false;
        }

        if (_body.CallsAt(invocation.Syntax).Any(call => call.Has(Effect.ReleaseLock | Effect.ExtendLock | Effect.TakeLock) || call.SharesKeyWith(Take)) || Releases.Any(release => ReferenceEquals(release.Operation, invocation)))
        {
            return false;
        }

        INamedTypeSymbol type = invocation.TargetMethod.ContainingType;
        return type.TypeKind == TypeKind.Delegate || invocation.TargetMethod is { Name: "Delay" or "Sleep" or "Run" or "WhenAll" or "WhenAny" or "WaitAll" } || !IsTrivial(type);
    }

    private bool IsBeforeRelease(IOperation operation) =>
        Releases.Count == 0 || Releases.Any(release => operation.Syntax.Span.End <= release.Syntax.SpanStart);

    /// <summary>Types whose members answer at once.</summary>
    private static bool IsTrivial(INamedTypeSymbol type)
    {
        string space = type.ContainingNamespace?.ToDisplayString() ?? "";
        return space is "System" or "System.Linq" or "System.Text" or "System.Text.Json" or "System.Diagnostics" or "System.Globalization" or "System.Threading" or "System.Threading.Tasks" or "System.Runtime.CompilerServices" or "Microsoft.Extensions.Logging" or "Newtonsoft.Json" ||
            space.StartsWith("System.Collections", StringComparison.Ordinal);
    }

    private IEnumerable<IOperation> LimitsAt(IOperation operation)
    {
        switch (operation)
        {
            case IObjectCreationOperation { Type.Name: "CancellationTokenSource", Arguments: [{ } delay, ..] } creation when IsUsed(creation):
                yield return delay.Value;
                break;
            case IInvocationOperation { TargetMethod: { Name: "CancelAfter", ContainingType.Name: "CancellationTokenSource" }, Arguments: [{ } delay, ..] }:
                yield return delay.Value;
                break;
            case IInvocationOperation { TargetMethod: { Name: "WaitAsync" or "Wait", ContainingType.Name: "Task" } } wait:
                foreach (IArgumentOperation argument in wait.Arguments)
                {
                    if (argument.Parameter?.Type is { Name: "TimeSpan" } or { SpecialType: SpecialType.System_Int32 })
                    {
                        yield return argument.Value;
                    }
                }

                break;
            case IInvocationOperation { TargetMethod: { Name: "Delay", ContainingType.Name: "Task" }, Arguments: [{ } delay, ..] } race when IsRaced(race):
                yield return delay.Value;
                break;
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual or BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual } test:
                foreach (IOperation limit in DeadlineOf(test.LeftOperand, test.RightOperand).Concat(DeadlineOf(test.RightOperand, test.LeftOperand)))
                {
                    yield return limit;
                }

                break;
            case IArgumentOperation { Parameter: { Type.Name: "TimeSpan" } parameter, Parent: IInvocationOperation call, ArgumentKind: ArgumentKind.Explicit } argument when IsTimeoutName(parameter.Name) && _region.Any(part => part.Syntax.Span.Contains(call.Syntax.Span)) && _body.CallsAt(call.Syntax).All(known => !known.Has(Effect.TakeLock | Effect.ExtendLock)):
                yield return argument.Value;
                break;
        }
    }

    private static bool IsTimeoutName(string name) =>
        name.IndexOf("timeout", StringComparison.OrdinalIgnoreCase) >= 0 || name.IndexOf("budget", StringComparison.OrdinalIgnoreCase) >= 0 || name.IndexOf("deadline", StringComparison.OrdinalIgnoreCase) >= 0;

    /// <summary>The limit of a test against a stopwatch or a clock: <c>watch.Elapsed &lt; limit</c>, <c>UtcNow &lt; started + limit</c>.</summary>
    private IEnumerable<IOperation> DeadlineOf(IOperation clock, IOperation limit)
    {
        while (clock is IConversionOperation conversion)
        {
            clock = conversion.Operand;
        }

        if (clock is IPropertyReferenceOperation { Property: { Name: "Elapsed" or "ElapsedMilliseconds", ContainingType.Name: "Stopwatch" } } or IInvocationOperation { TargetMethod.Name: "GetElapsedTime" } or IBinaryOperation { OperatorKind: BinaryOperatorKind.Subtract, Type.Name: "TimeSpan" })
        {
            yield return limit;
        }
        else if (clock is IPropertyReferenceOperation { Property.Name: "UtcNow" or "Now" } or IInvocationOperation { TargetMethod.Name: "GetUtcNow" })
        {
            switch (_body.Resolved(limit))
            {
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.Add } sum:
                    yield return sum.RightOperand;
                    break;
                case IInvocationOperation { TargetMethod.Name: var name, Arguments: [{ } argument, ..] } when name.StartsWith("Add", StringComparison.Ordinal):
                    yield return name == "Add" ? argument.Value : argument;
                    break;
            }
        }
    }

    private TimeSpan? Length(IOperation value)
    {
        // AddSeconds(20): the argument counts units of the method's name.
        if (value is IArgumentOperation { Parent: IInvocationOperation { TargetMethod.Name: var name } } count)
        {
            double? ticks = name switch { "AddMilliseconds" => 1e4, "AddSeconds" => 1e7, "AddMinutes" => 6e8, "AddHours" => 3.6e10, _ => null };
            return _body.ValuesOf(count.Value).Number * ticks is { } length ? new TimeSpan((long)length) : null;
        }

        // A bare number is milliseconds, in all of the framework's waits.
        Values.TimeValues values = _body.ValuesOf(value);
        return values.Length ?? (values.Number is { } milliseconds and >= 0 and < 1e12 ? TimeSpan.FromMilliseconds(milliseconds) : null);
    }

    /// <summary>Whether anything looks at the token: a source that nobody asks bounds nothing.</summary>
    private bool IsUsed(IObjectCreationOperation source)
    {
        IOperation? parent = source.Parent;
        while (parent is IConversionOperation or IVariableInitializerOperation)
        {
            parent = parent.Parent;
        }

        return parent switch
        {
            IVariableDeclaratorOperation declarator => _body.Assignments.Reads(declarator.Symbol).Any(IsTokenUse),
            ISimpleAssignmentOperation { Target: ILocalReferenceOperation { Local: { } local } } => _body.Assignments.Reads(local).Any(IsTokenUse),
            _ => true,
        };
    }

    private static bool IsTokenUse(IOperation read) => read.Parent is not IInvocationOperation { TargetMethod.Name: "Dispose" or "Cancel" or "CancelAfter" };

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

    private static IOperation Unawaited(IOperation operation)
    {
        while (operation is IAwaitOperation or IConversionOperation or IInvocationOperation { TargetMethod.Name: "ConfigureAwait" or "GetAwaiter" or "GetResult" })
        {
            IOperation? next = operation switch
            {
                IAwaitOperation awaited => awaited.Operation,
                IConversionOperation conversion => conversion.Operand,
                _ => ((IInvocationOperation)operation).Instance,
            };
            if (next is null)
            {
                break;
            }

            operation = next;
        }

        return operation;
    }

    private static IOperation? StatementOf(IOperation operation)
    {
        IOperation? current = operation;
        while (current is not null && current.Parent is not IBlockOperation)
        {
            current = current.Parent;
        }

        return current;
    }
}
