using System.Collections.Concurrent;
using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Operations;
using ExpiryAnalyzers.Symbols;
using ExpiryAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace ExpiryAnalyzers.Rules.Lock;

/// <summary>
/// How long work can take at most, by what its calls let themselves: a wait its length, a command or request its own timeout, code in
/// memory nothing, and what runs several times so many times as much. What is not known, or runs a number of times that is not known, may
/// take for ever.
/// </summary>
internal sealed class KnownWork(Body body, LockKey lockKey)
{
    /// <summary>How many calls deep the user's own methods are looked into.</summary>
    private const int MaxDepth = 3;

    /// <summary>How many operations are looked at.</summary>
    private const int MaxLook = 2000;

    /// <summary>More rounds than these are many: that the commands of one client fail together says little of so many.</summary>
    private const int MaxRounds = 100;

    private readonly WellKnownTypes _types = body.Knowledge.Types;
    private readonly Queues _queues = body.Knowledge.Catalog.Queues;
    private readonly LimitedCalls _limits = LimitedCalls.Of(body.Knowledge);
    private readonly HashSet<CallLimit> _shared = [];

    /// <summary>The sources that end calls in the method that is looked into, and are counted already.</summary>
    private HashSet<IOperation> _ended = [];

    /// <summary>For each wait for several tasks the longest of them so far.</summary>
    private readonly Dictionary<IOperation, TimeSpan> _together = [];
    private TimeSpan _sum;
    private int _counted;
    private int _looked;

    /// <summary>Code that a call is handed for whose task nobody waits, so that it runs beside the rest: of the last such calls.</summary>
    private IReadOnlyList<TextSpan> _beside = [];

    /// <summary>How often the method that is looked into is called.</summary>
    private int _times = 1;

    /// <summary>The most that the code of some stretches of the body can take; null where that is not known.</summary>
    /// <param name="spans">The stretches.</param>
    /// <param name="end">Where they end.</param>
    /// <param name="apart">What is in them and runs apart from the rest.</param>
    public TimeSpan? Of(IEnumerable<TextSpan> spans, int end, IReadOnlyList<TextSpan> apart)
    {
        TextSpan[] stretches = [.. spans];
        Code code = new(new(() => body.Assignments), part => stretches.Any(span => span.Contains(part.Syntax.Span)) &&
            !apart.Any(span => span.Contains(part.Syntax.Span)));
        int start = stretches.Length == 0 ? end : stretches.Min(static span => span.Start);
        foreach (IOperation operation in body.Remember(static body => new OperationPlaces(body)).Between(start, end))
        {
            if (code.Holds(operation) && !Add(operation, code, MaxDepth))
            {
                return null;
            }
        }

        return _sum;
    }

    /// <summary>Adds what an operation itself may take; false where that is not known.</summary>
    private bool Add(IOperation operation, Code code, int depth) => ++_looked < MaxLook && (IsBeside(operation) || operation switch
    {
        IForEachLoopOperation { IsAsynchronous: true } or IUsingOperation { IsAsynchronous: true } => false,
        IAwaitOperation { Operation: { } awaited } => IsCounted(_types.Unawaited(awaited), code),
        IInvocationOperation call => IsOfLock(call) || AddCall(call, code, depth),
        _ => true,
    });

    private bool IsBeside(IOperation operation) => _beside.Any(code => code.Contains(operation.Syntax.Span));

    /// <summary>
    /// Whether what is waited for is a call, or a task that calls in the same code have given, which count by themselves.
    /// </summary>
    private bool IsCounted(IOperation awaited, Code code) => awaited switch
    {
        // What does not bind tells nothing.
        IInvocationOperation or IInvalidOperation => true,
        IConditionalOperation { WhenFalse: { } otherwise } choice => IsEndedOrCalled(choice.WhenTrue) && IsEndedOrCalled(otherwise),
        ILocalReferenceOperation { Local: { } task } => !code.Values.Value.IsAliased(task) &&
            code.Values.Value.ValuesOf(task) is { Count: > 0 } values && values.All(value => IsEnded(value) || IsCalled(value, code)),
        _ => false,
    };

    private bool IsEndedOrCalled(IOperation task) => IsEnded(task) || _types.Unawaited(task) is IInvocationOperation;

    /// <summary>Whether a task has ended, or there is none yet: a variable's first value.</summary>
    private bool IsEnded(IOperation? value) => value is not null && (value.ConstantValue is { HasValue: true, Value: null } ||
        _types.IsUseOf(value.WithoutConversions(), KnownMember.Ended));

    private bool IsCalled(IOperation? value, Code code) =>
        value is not null && _types.Unawaited(value) is IInvocationOperation call && code.Holds(call);

    private bool IsOfLock(IInvocationOperation call) => body.CallsAt(call.Syntax).Any(known =>
        known.Has(Effect.TakeLock | Effect.ReleaseLock | Effect.ExtendLock) || lockKey.All.Contains(known));

    /// <summary>Adds what a call takes; of what runs side by side, only what it takes longer than the others.</summary>
    private bool AddCall(IInvocationOperation call, Code code, int depth)
    {
        TimeSpan before = _sum;
        bool isKnown = AddAlone(call, code, depth);
        if (WaitOver(call, code) is { } wait)
        {
            TimeSpan own = _sum - before;
            TimeSpan longest = _together.TryGetValue(wait, out TimeSpan known) ? known : TimeSpan.Zero;
            _sum = own > longest ? before + (own - longest) : before;
            _together[wait] = own > longest ? own : longest;
        }

        return isKnown;
    }

    /// <summary>The wait for several tasks that a call's task is handed to, by itself or by the first use of its variable.</summary>
    private IInvocationOperation? WaitOver(IInvocationOperation call, Code code)
    {
        DefUse values = code.Values.Value;
        bool isKept = call.Parent is IVariableInitializerOperation;
        IOperation? task = !isKept ? call
            : call.Parent!.Parent is IVariableDeclaratorOperation { Symbol: { } variable } && values.Writes(variable) == 1
                ? values.Reads(variable).OrderBy(static read => read.Syntax.SpanStart).FirstOrDefault()
            : null;
        return task is null ? null : _types.CombinedBy(task);
    }

    /// <summary>How long a call waits for nothing but a turn, or time; null for other calls, and for a turn that has no limit.</summary>
    private IOperation? WaitOf(IInvocationOperation call) =>
        _types.Is(call.TargetMethod, KnownMember.Delay) || _types.Is(call.TargetMethod, KnownMember.Sleep) ? call.Arguments[0].Value
        : _types.Is(call.TargetMethod, KnownMember.WaitForTurn) ? TimeoutOf(call)
        : null;

    private IOperation? TimeoutOf(IInvocationOperation wait) => wait.Arguments.FirstOrDefault(argument =>
        _types.IsDuration(argument.Parameter?.Type) || argument.Parameter?.Type.SpecialType == SpecialType.System_Int32)?.Value;

    /// <summary>The length of a span or of milliseconds; in another body only of such as are written out.</summary>
    private TimeSpan? LengthOf(IOperation wait)
    {
        TimeSpan? length = (body.Holds(wait.Syntax) ? Waits.LengthOf(wait, body) : null) ?? WrittenLength(wait);
        return length >= TimeSpan.Zero ? length : null;
    }

    private TimeSpan? WrittenLength(IOperation wait)
    {
        IOperation number = body.Resolved(wait).WithoutConversions();
        TimeUnit unit = TimeUnit.Milliseconds;
        if (number is IInvocationOperation { Arguments: [{ } count, ..] } made && _types.Is(made.TargetMethod, KnownMember.FromUnits))
        {
            number = count.Value.WithoutConversions();
            unit = TimeNames.UnitOf(made.TargetMethod.Name);
        }

        if (number is IInvocationOperation { Arguments: [.., { } most] } next && _types.Is(next.TargetMethod, KnownMember.NextRandom))
        {
            number = most.Value;
        }

        double? ticks = NumberIn(number) * TimeArithmetic.TicksPer(unit);
        return ticks < long.MaxValue ? new TimeSpan((long)ticks) : null;
    }

    private static double? NumberIn(IOperation value) => value.ConstantValue.Value switch
    {
        int number => number,
        long number => number,
        double number => number,
        _ => null,
    };

    /// <summary>The length of what ends work in a method that is looked into: what is not known is not too long.</summary>
    private TimeSpan LimitOf(IOperation limit) => LengthOf(limit) ?? TimeSpan.Zero;

    /// <summary>The limit of a wait for a task; null for other operations, and where it has none.</summary>
    private IOperation? LimitOfWait(IOperation? wait) =>
        wait is IInvocationOperation call && _types.Is(call.TargetMethod, KnownMember.WaitAsync) ? TimeoutOf(call) : null;

    /// <summary>The source that ends the token which a call is handed, and the time after which it does; null where none does.</summary>
    private (IOperation Source, IOperation Limit)? SourceOfToken(IInvocationOperation call, DefUse values) =>
        call.Arguments.Select(argument => EndOfToken(argument.Value, values)).FirstOrDefault(static end => end is not null);

    /// <summary>Where the source of a token gets the time after which the token ends; null where that is not in view.</summary>
    private (IOperation Source, IOperation Limit)? EndOfToken(IOperation token, DefUse values)
    {
        IOperation bare = token.WithoutConversions();
        bare = bare is ILocalReferenceOperation { Local: { } kept } ? values.OnlyValue(kept)?.WithoutConversions() ?? bare : bare;
        if (_types.ReceiverOf(bare, KnownMember.Token) is not ILocalReferenceOperation { Local: { } source } ||
            values.OnlyValue(source) is not { } made)
        {
            return null;
        }

        (IOperation, IOperation Delay)? end = new[] { made.WithoutConversions() }
            .Concat(values.Reads(source).Select(static read => read.Parent).OfType<IOperation>())
            .Select(part => WorkLimits.EndOfToken(part, _types)).FirstOrDefault(static end => end is not null);
        return end is var (_, delay) ? (made, delay) : null;
    }

    private bool AddAlone(IInvocationOperation call, Code code, int depth)
    {
        if (IsLeft(call, code))
        {
            // Nobody waits for it: that it outlasts the lock, where it uses what that guards, is another rule's matter.
            _beside = [.. _beside.Where(other => other.End > call.Syntax.SpanStart),
                .. call.Arguments.Lambdas().Select(static lambda => lambda.Syntax.Span)];
            _counted++;
            return true;
        }

        if (_queues.IsForgotten(call) || (_queues.IsQueue(call.Instance?.Type) && _queues.IsCommand(call.TargetMethod)))
        {
            // Nobody waits for it here: of a queued command, only when the queue is executed.
            _counted++;
            return true;
        }

        if (_limits.IsInMemory(call) || IsMadeByCompiler(call.TargetMethod) || IsOfLogging(call))
        {
            return true;
        }

        if (WaitOf(call) is { } wait)
        {
            return Count(LengthOf(wait), RoundsOf(call, code));
        }

        if (_limits.Of(call.TargetMethod) is { IsInMemory: false } limit && !LimitedCalls.IsHandedCode(call))
        {
            return AddLimited(limit, call, code);
        }

        if (AddEnded(call, code))
        {
            return true;
        }

        INamedTypeSymbol owner = Promising(call.TargetMethod);
        if (KnownNamespace.Quick.Append(KnownNamespace.Answers).Any(space => space.Holds(owner)))
        {
            return call.TargetMethod.MethodKind != MethodKind.DelegateInvoke &&
                (!_types.IsTask(call.Type) || _types.Is(call.TargetMethod, KnownMember.OfOtherTasks));
        }

        if (IsOfOtherStore(call))
        {
            return Count(TimeSpan.Zero, RoundsOf(call, code));
        }

        IReadOnlyList<IMethodSymbol> own = depth > 0 ? BodiesOf(call) : [];
        return own.Count > 0 && RoundsOf(call, code) is { } times && AddBodies(own, times, depth - 1);
    }

    /// <summary>Whether a method is one that a record has of itself: it looks at the record's members.</summary>
    private static bool IsMadeByCompiler(IMethodSymbol method) => method is { IsImplicitlyDeclared: true, MethodKind: MethodKind.Ordinary };

    /// <summary>Whether a call is of a delegate that a logging library has made.</summary>
    private bool IsOfLogging(IInvocationOperation call) =>
        call is { TargetMethod.MethodKind: MethodKind.DelegateInvoke, Instance: { } work } &&
        body.Resolved(work) is IInvocationOperation made && KnownNamespace.Logging.Holds(made.TargetMethod);

    /// <summary>
    /// Adds what ends a call in a method that is looked into: a wait for its task, or the source of a token that it is handed. What limits
    /// the body itself is judged for all of its work. False where nothing does, or where it runs a number of times that is not known.
    /// </summary>
    private bool AddEnded(IInvocationOperation call, Code code)
    {
        if (body.Holds(call.Syntax))
        {
            return false;
        }

        if (LimitOfWait(call) is { } end)
        {
            return Count(LimitOf(end), RoundsOf(call, code));
        }

        return LimitOfWait(call.Parent) is not null || (SourceOfToken(call, code.Values.Value) is var (source, limit) &&
            Count(_ended.Add(source) ? LimitOf(limit) : TimeSpan.Zero, RoundsOf(source, code)));
    }

    /// <summary>
    /// Whether the code goes on without the task of a call: that is thrown away, or kept where nobody reads it, and what goes on when the
    /// task has ended does not give the lock back.
    /// </summary>
    private bool IsLeft(IInvocationOperation call, Code code)
    {
        if (!_types.IsTask(call.Type))
        {
            return false;
        }

        IOperation task = call;
        while (task.Parent is { } next && ReferenceEquals(_types.ReceiverOf(next, KnownMember.GoesOnWithTask), task))
        {
            task = next;
        }

        bool isLeft = task.Parent switch
        {
            IExpressionStatementOperation or ISimpleAssignmentOperation { Target: IDiscardOperation } => true,
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: { } kept } } =>
                code.Values.Value.Reads(kept).Count == 0,
            _ => false,
        };
        return isLeft && !GivesBack(task.Syntax);
    }

    /// <summary>Whether code of the body gives the lock back.</summary>
    private bool GivesBack(SyntaxNode code)
    {
        int first = Sorted.FirstFrom(lockKey.All, code.SpanStart, static release => release.Syntax.SpanStart);
        return first < lockKey.All.Count && lockKey.All[first].Syntax.SpanStart < code.Span.End && body.Holds(code);
    }

    private bool AddLimited(CallLimit limit, IInvocationOperation call, Code code)
    {
        int? rounds = RoundsOf(call, code);
        bool isNew = !limit.IsShared || _shared.Add(limit);
        return Count(isNew ? LengthOf(limit, call) : TimeSpan.Zero, limit.IsShared && rounds is not null ? 1 : rounds);
    }

    private bool AddBodies(IReadOnlyList<IMethodSymbol> methods, int times, int depth)
    {
        int before = _times;
        _times = times;
        bool areKnown =
            methods.All(method => body.Knowledge.Summaries.RootOf(method) is { } inner && AddBody(inner, method, depth));
        _times = before;
        return areKnown;
    }

    /// <summary>The type that says what a method is for: of a library's <c>ToString()</c>, <c>object</c>.</summary>
    private INamedTypeSymbol Promising(IMethodSymbol method)
    {
        while (method.OverriddenMethod is { } overridden && !method.IsOfSource(body.Knowledge.Catalog.Compilation))
        {
            method = overridden;
        }

        return method.ContainingType;
    }

    /// <summary>What a call of the user's own methods may run as far as that is in view; of several the work is added up.</summary>
    private IReadOnlyList<IMethodSymbol> BodiesOf(IInvocationOperation call) =>
        body.Knowledge.Summaries.MethodOf(call) is { } certain ? [certain] : body.Knowledge.Summaries.InView(call.TargetMethod);

    /// <summary>
    /// Whether a call is of another project's type that takes the lock too: what it does with the same store is not in view, and commands
    /// have limits of their own.
    /// </summary>
    private bool IsOfOtherStore(IInvocationOperation call) =>
        !call.TargetMethod.IsOfSource(body.Knowledge.Catalog.Compilation) && lockKey.All.Any(known => known.Behind is not null &&
            SymbolEqualityComparer.Default.Equals(known.Operation.TargetMethod.ContainingType, call.TargetMethod.ContainingType));

    /// <summary>
    /// Adds what a method of the user's own takes. Of one that gives a task and waits for nothing, the code does not tell what it is for.
    /// </summary>
    private bool AddBody(IOperation root, IMethodSymbol method, int depth)
    {
        int before = _counted;
        (IReadOnlyList<TextSpan> beside, HashSet<IOperation> ended) = (_beside, _ended);
        (_beside, _ended) = ([], []);
        IOperation[] operations = [.. root.Descendants()];
        Code code = new(new(() => new(operations)), static _ => true);
        bool isKnown = operations.All(operation => Add(operation, code, depth)) &&
            (_counted > before || (operations.Length > 1 && !_types.IsTask(method.ReturnType)));
        (_beside, _ended) = (beside, ended);
        return isKnown;
    }

    private bool Count(TimeSpan? length, int? times)
    {
        _counted++;
        double ticks = _sum.Ticks + ((double)(length?.Ticks ?? 0) * (times ?? 0));
        _sum = ticks < long.MaxValue ? new TimeSpan((long)ticks) : TimeSpan.MaxValue;
        return length is not null && times is not null && ticks < long.MaxValue;
    }

    /// <summary>
    /// How often an operation runs, by the loops around it and the lambdas that run several times; null where that is not known, or many.
    /// </summary>
    private int? RoundsOf(IOperation operation, Code code)
    {
        long times = _times;
        for (IOperation? around = operation.Parent; around is not null && code.Holds(around); around = around.Parent)
        {
            if (around is ILoopOperation || (around is IAnonymousFunctionOperation function && !RunsOnce(function)))
            {
                int? rounds = Counts(code).Of(around, isFixed: false);
                times *= rounds is null ? int.MaxValue : RunsTogether(around) ? 1 : rounds.Value;
            }

            if (times > MaxRounds)
            {
                return null;
            }
        }

        return (int)times;
    }

    /// <summary>Whether the rounds of a query's lambda run side by side.</summary>
    private bool RunsTogether(IOperation round) =>
        round.CallHandedTo() is { } query && _types.Is(query.TargetMethod, KnownMember.Select) && _types.CombinedBy(query) is not null;

    private bool RunsOnce(IAnonymousFunctionOperation function) =>
        _types.Is(function.CallHandedTo()?.TargetMethod, KnownMember.Run);

    private RoundCounts Counts(Code code) => new(_types, code.Values.Value, body.Resolved);

    /// <summary>The limit of a call: the one that is set in view, else the default. Zero and less mean that there is none.</summary>
    private TimeSpan? LengthOf(CallLimit limit, IInvocationOperation call)
    {
        if (limit.Property is not { } property || call.Instance is not { } instance)
        {
            return limit.Length;
        }

        if (SettingOf(property, instance) is { } set)
        {
            return Waits.LengthOf(set, limit.Unit, body) is { } length && length > TimeSpan.Zero ? length : null;
        }

        return body.Knowledge.Remember(static knowledge => new SetInConstructors(knowledge)).Of(instance, property) is { } made &&
            Waits.LengthOf(made, limit.Unit, body) is { } own ? own > TimeSpan.Zero ? own : null : limit.Length;
    }

    /// <summary>What the body gives a property of an object, where it makes it or later.</summary>
    private IOperation? SettingOf(string property, IOperation instance)
    {
        IObjectCreationOperation? creation = body.Resolved(instance) as IObjectCreationOperation;
        return (creation?.Initializer?.Initializers.OfType<ISimpleAssignmentOperation>() ?? [])
            .Concat(body.Remember(static body => new SetProperties(body)).Of(property)
                .Where(set => IsSame(((IPropertyReferenceOperation)set.Target).Instance, instance)))
            .FirstOrDefault(set => set.Target is IPropertyReferenceOperation target && target.Property.Name == property)?.Value;
    }

    private bool IsSame(IOperation? one, IOperation other) => one is not null && body.Keys.Of(one)?.Equals(body.Keys.Of(other)) == true;

    /// <summary>The code whose work is added up.</summary>
    /// <param name="Values">What its variables are given.</param>
    /// <param name="Holds">Whether an operation belongs to it.</param>
    private sealed record Code(Lazy<DefUse> Values, Func<IOperation, bool> Holds);
}

/// <summary>The plain assignments of one body to properties of objects that are there already, by the property's name.</summary>
internal sealed class SetProperties(Body body)
{
    private readonly ILookup<string, ISimpleAssignmentOperation> _byName = body.Operations.OfType<ISimpleAssignmentOperation>()
        .Where(static set => set.Target is IPropertyReferenceOperation { Instance: { } owner } && owner is not IInstanceReferenceOperation)
        .ToLookup(static set => ((IPropertyReferenceOperation)set.Target).Property.Name, StringComparer.Ordinal);

    public IEnumerable<ISimpleAssignmentOperation> Of(string property) => _byName[property];
}

/// <summary>
/// What the constructors of types give properties of the objects that their readonly members hold. Kept for the compilation. Thread-safe.
/// </summary>
internal sealed class SetInConstructors(Knowledge knowledge)
{
    private readonly ConcurrentDictionary<INamedTypeSymbol, ILookup<ISymbol, ISimpleAssignmentOperation>> _types =
        new(SymbolEqualityComparer.Default);

    /// <summary>The value of a property of what a member holds; null where no constructor sets it, or several do.</summary>
    public IOperation? Of(IOperation instance, string property)
    {
        IEnumerable<ISimpleAssignmentOperation> all = HolderOf(instance) is { } holder
            ? _types.GetOrAdd(holder.ContainingType.OriginalDefinition, Find)[holder.OriginalDefinition]
            : [];
        return all.Where(set => ((IPropertyReferenceOperation)set.Target).Property.Name == property).Take(2).ToArray() is [{ } only]
            ? only.Value : null;
    }

    private ILookup<ISymbol, ISimpleAssignmentOperation> Find(INamedTypeSymbol type) => type.InstanceConstructors
        .Where(static constructor => !constructor.IsImplicitlyDeclared)
        .SelectMany(constructor => knowledge.Summaries.RootOf(constructor)?.Descendants() ?? [])
        .OfType<ISimpleAssignmentOperation>()
        .Where(static set => set.Target is IPropertyReferenceOperation { Instance: { } owner } && HolderOf(owner) is not null)
        .ToLookup(
            static set => HolderOf(((IPropertyReferenceOperation)set.Target).Instance)!.OriginalDefinition, SymbolEqualityComparer.Default);

    private static ISymbol? HolderOf(IOperation? instance) => instance?.WithoutConversions() switch
    {
        IFieldReferenceOperation { Field: { IsReadOnly: true } field, Instance: IInstanceReferenceOperation } => field,
        IPropertyReferenceOperation { Property: { SetMethod: null } property, Instance: IInstanceReferenceOperation } => property,
        _ => null,
    };
}

/// <summary>The calls whose limits are known, by their symbols. Thread-safe.</summary>
internal sealed class LimitedCalls(TypesByName types)
{
    private readonly Lazy<(CallLimit Limit, INamedTypeSymbol Type)[]> _types = new(() => [.. CallLimits.Known.SelectMany(limit =>
        limit.Types.SelectMany(types.All).Select(type => (limit, type)))]);

    public static LimitedCalls Of(Knowledge knowledge) =>
        knowledge.Remember(static known => new LimitedCalls(known.Types.ByName));

    /// <summary>
    /// Whether a call only reads or changes what is in memory, and is handed no code that may do more: a lambda counts by itself.
    /// </summary>
    public bool IsInMemory(IInvocationOperation call) => Of(call.TargetMethod) is { IsInMemory: true } &&
        !call.Arguments.Any(static argument => IsCode(argument) && argument.Value.AsLambda() is null);

    /// <summary>Whether a call is handed code, whose time is its own.</summary>
    public static bool IsHandedCode(IInvocationOperation call) =>
        call.Arguments.Any(IsCode);

    private static bool IsCode(IArgumentOperation argument) => argument.Parameter?.Type.TypeKind == TypeKind.Delegate;

    public CallLimit? Of(IMethodSymbol method)
    {
        ISymbol declared = method.ReducedFrom ?? method;
        for (INamedTypeSymbol? type = declared.ContainingType; type is not null; type = type.BaseType)
        {
            foreach ((CallLimit limit, INamedTypeSymbol known) in _types.Value)
            {
                if (SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, known) &&
                    limit.Members.Any(start => method.Name.StartsWith(start, StringComparison.Ordinal)))
                {
                    return limit;
                }
            }
        }

        return null;
    }
}
