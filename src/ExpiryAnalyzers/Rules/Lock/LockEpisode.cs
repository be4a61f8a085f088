using System.Collections.Immutable;
using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Calls;
using ExpiryAnalyzers.Keys;
using ExpiryAnalyzers.Operations;
using ExpiryAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Rules.Lock;

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

    /// <summary>The delegates that a helper runs under the lock and that are no lambdas, so that their code is not in view.</summary>
    private readonly List<IOperation> _delegates = [];

    /// <summary>Where a handle gives the lock back: the calls that dispose of it; none where a <c>using</c> does.</summary>
    private readonly List<IOperation> _disposals = [];

    private LockEpisode(Body body, CacheCall take, IOperation expiry)
    {
        _body = body;
        Take = take;
        Expiry = expiry;
        IOperation result = ResultOf(take.Operation);
        _function = body.FunctionOf(result);
        _taken = new(body, result);
        if (take.Held is { Work.Count: > 0 } held)
        {
            CollectDelegates(held);
            Releases = [];
            return;
        }

        CollectRegion(result);
        Releases = [.. body.Calls.Concat(body.Scripts).Where(IsRelease)];
        IsOfHandle = take.Held is { IsHandle: true } && CollectScope(result);
    }

    public CacheCall Take { get; }

    /// <summary>The lock's TTL as written; where a helper of the user's own takes the lock and sets the TTL, the call of that helper.</summary>
    public IOperation Expiry { get; }

    /// <summary>The text of the lock's TTL.</summary>
    public SyntaxNode ExpiryText => Take.Held is { TtlParameter: null } held ? held.TtlText : Expiry.Syntax;

    /// <summary>Whether a handle's disposal gives the lock back.</summary>
    private bool IsOfHandle { get; }

    /// <summary>The calls that give the lock back when all went well.</summary>
    public IReadOnlyList<CacheCall> Releases { get; }

    public TimeSpan? Ttl => Take.Held is { TtlParameter: null } held ? held.Ttl
        : Unit != TimeUnit.Unknown ? _body.ValuesOf(Expiry).Number * TimeArithmetic.TicksPer(Unit) is { } ticks ? new TimeSpan((long)ticks) : null
        : _body.ValuesOf(Expiry).Length;

    /// <summary>The unit of a TTL that is written as a number.</summary>
    private TimeUnit Unit => Take.Raw?.Unit ?? Take.Held?.Unit ?? TimeUnit.Unknown;

    /// <summary>The code that runs only while the lock is held: statements, and blocks of statements.</summary>
    public IReadOnlyList<IOperation> Region => _region;

    /// <summary>The first call of the protected work; null where the work is not in view.</summary>
    public IOperation? Work => _region.SelectMany(part => part.DescendantsAndSelf()).FirstOrDefault(IsWork) ?? _delegates.FirstOrDefault();

    /// <summary>The parameter of the function around that the TTL is, unchanged or as so many units.</summary>
    public (IParameterSymbol Parameter, TimeUnit Unit)? TtlParameter =>
        Take.Held is not { TtlParameter: null } && _body.ValuesOf(Expiry).Alternatives is [{ Parameter: { } parameter, Passage: Passage.Unchanged } value] && !Body.IsOfPrimaryConstructor(parameter)
            ? (parameter, Unit != TimeUnit.Unknown ? Unit : value.ReadAs)
            : null;

    /// <summary>The delegates that the code under the lock is handed by its caller.</summary>
    public IEnumerable<IParameterSymbol> Delegates => _region.Concat(_delegates)
        .SelectMany(part => part.DescendantsAndSelf())
        .OfType<IParameterReferenceOperation>()
        .Where(reference => reference.Parameter.Type.TypeKind == TypeKind.Delegate && (IsBeforeRelease(reference) || _delegates.Count > 0))
        .Select(reference => reference.Parameter);

    /// <summary>Whether the lock is taken in the function itself, and not in one nested in it.</summary>
    public bool IsOfBody => ReferenceEquals(_function, _body.Root);

    /// <summary>
    /// Whether TTL and work both come from the function's callers, which are then judged in its place. At least one of them
    /// must be in view: a call in the same file.
    /// </summary>
    public bool IsLeftToCallers => TtlParameter is var (ttl, _) && ttl.ContainingSymbol is IMethodSymbol method && Delegates.Any(work => SymbolEqualityComparer.Default.Equals(work.ContainingSymbol, method)) &&
        !HasReserve && !Renewals.Any() && !IsRenewedByType() && Limits().Count == 0 && IsCalledBeside(method);

    /// <summary>The lock that a call takes; null where the call takes none, or none with a TTL.</summary>
    public static LockEpisode? Of(CacheCall call, Body body)
    {
        if (call.Receiver is ReceiverKind.Transaction or ReceiverKind.Batch)
        {
            return null;
        }

        if (call.Held is not null)
        {
            return OfHelper(call, body);
        }

        if (call.Behind is not null || call.Expiry is not { } expiry)
        {
            return null;
        }

        if (call.Has(Effect.TakeLock))
        {
            LockEpisode episode = new(body, call, expiry);
            return episode.Releases.Count > 0 ? episode : null;
        }

        if (call.Has(Effect.Overwrite) && !call.Has(Effect.Read) && call.IsOnlyIfMissing && call.Raw?.IsAbsolute != true)
        {
            LockEpisode episode = new(body, call, expiry);
            return episode.Releases.Count > 0 || (IsNamedLock(call, body) && episode.Ttl < TimeSpan.FromHours(1)) ? episode : null;
        }

        return null;
    }

    /// <summary>The lock that a call takes, also where nothing in the body gives it back; null where the call takes none with a TTL.</summary>
    public static LockEpisode? Taken(CacheCall call, Body body)
    {
        if (Of(call, body) is { } episode)
        {
            return episode;
        }

        bool mayTake = call.Behind is null && call.Receiver is not (ReceiverKind.Transaction or ReceiverKind.Batch) &&
            (call.Has(Effect.TakeLock) || (call.Has(Effect.Overwrite) && !call.Has(Effect.Read) && call.IsOnlyIfMissing && call.Raw?.IsAbsolute != true));
        return mayTake && call.Expiry is { } expiry ? new(body, call, expiry) : null;
    }

    /// <summary>The lock that a helper takes for the body: it runs the body's delegates under it, or returns with the lock held.</summary>
    private static LockEpisode? OfHelper(CacheCall call, Body body)
    {
        HeldLock held = call.Held!;
        IOperation? expiry = held.TtlParameter is { } ordinal
            ? call.Operation.Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == ordinal && argument.ArgumentKind == ArgumentKind.Explicit)?.Value
            : call.Operation;
        if (expiry is null)
        {
            return null;
        }

        LockEpisode episode = new(body, call, expiry);
        return held.Work.Count > 0 || episode.Releases.Count > 0 || episode.IsOfHandle ? episode : null;
    }

    /// <summary>Whether the file that declares a method also calls it.</summary>
    private static bool IsCalledBeside(IMethodSymbol method) => method.DeclaringSyntaxReferences.Any(declaration =>
        declaration.SyntaxTree.GetRoot().DescendantNodes().Any(node => node is InvocationExpressionSyntax call && !declaration.Span.Contains(call.Span) && call.Expression switch
        {
            SimpleNameSyntax name => name,
            MemberAccessExpressionSyntax access => access.Name,
            MemberBindingExpressionSyntax binding => binding.Name,
            _ => null,
        } is { } called && called.Identifier.ValueText == method.Name));

    /// <summary>The limits that the code sets for its work.</summary>
    public IReadOnlyList<WorkLimit> Limits() => [.. new WorkLimits(this, _body).All()];

    /// <summary>The waits between two renewals.</summary>
    public IEnumerable<WorkLimit> IntervalsOf(CacheCall renewal) => new WorkLimits(this, _body).IntervalsOf(renewal);

    /// <summary>The calls that prolong the lock, wherever the body or a helper that it calls has them.</summary>
    public IEnumerable<CacheCall> Renewals => _body.Calls.Where(call =>
        (call.Has(Effect.ExtendLock) && !IsOfOtherKey(call)) || (call.Has(Effect.SetExpiry) && call.SharesKeyWith(Take)));

    /// <summary>Whether another member of the type prolongs a lock from a loop or a timer, which may be this one.</summary>
    public bool IsRenewedByType() => OtherRenewals.MayServe(_body.Root.Syntax);

    /// <summary>Whether code runs while the lock is held and before it is given back.</summary>
    public bool IsProtected(IOperation operation) => IsInRegion(operation) && IsBeforeRelease(operation);

    /// <summary>Whether the TTL is written as a sum or multiple, that is with a reserve of its own.</summary>
    public bool HasReserve => _body.Resolved(Span(_body.Resolved(Expiry))) is IBinaryOperation { OperatorKind: BinaryOperatorKind.Add or BinaryOperatorKind.Multiply } or IInvocationOperation { TargetMethod: { Name: "Add" or "Multiply", ContainingType.Name: "TimeSpan" } };

    /// <summary>The span of a TTL that is written as <c>new Expiration(span)</c>; any other is its own.</summary>
    private static IOperation Span(IOperation expiry) =>
        expiry is IObjectCreationOperation { Type.Name: "Expiration", Arguments: [{ } span, ..] } ? span.Value : expiry;

    /// <summary>Whether both expressions certainly are the same duration.</summary>
    public bool IsSame(IOperation left, IOperation right) => _body.Keys.Of(left) is { } identity && identity.Equals(_body.Keys.Of(right));

    private static bool IsNamedLock(CacheCall call, Body body)
    {
        if (call.Argument(Role.Key)?.Value is not { } key)
        {
            return false;
        }

        string text = key.Syntax + " " + body.Resolved(key).Syntax + " " + body.Keys.Of(key);
        return Words(text).Any(word => LockWords.Contains(word));
    }

    /// <summary>The words of identifiers and text, in lower case: "JobLock" and "job-lock" both hold "lock"; "clock" does not.</summary>
    internal static IEnumerable<string> Words(string text)
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
        while (_body.FunctionOf(result) is IAnonymousFunctionOperation { Body.Operations: [IReturnOperation or IExpressionStatementOperation] } function && function.CallHandedTo() is { } outer)
        {
            result = outer;
        }

        return result;
    }

    private bool IsRelease(CacheCall call)
    {
        return !ReferenceEquals(call.Operation, Take.Operation) && IsReleaseOfKey(call) && !IsInCatch(call.Operation) &&
            ReferenceEquals(_body.FunctionOf(call.Operation), _function) && !IsOnlyOnSomePaths(call.Operation);
    }

    private bool IsReleaseOfKey(CacheCall call)
    {
        if (!call.Has(Effect.ReleaseLock | Effect.Delete | Effect.Opaque))
        {
            return false;
        }

        return call.Has(Effect.Opaque) && call.Behind is not null
            ? Take.Key is not null && call.Touched?.Contains(Take.Key) == true
            : call.Has(Effect.Opaque)
            ? Take.Key is { } key && call.Operation.Arguments.SelectMany(argument => argument.Descendants()).Any(part => key.Equals(_body.Keys.Of(part)))
            : call.SharesKeyWith(Take) || (call.Has(Effect.ReleaseLock) && call.Key is not null && call.Key.Equals(Take.Key));
    }

    /// <summary>
    /// Whether the lock is given back when the work throws: by a <c>finally</c>, a <c>catch</c> or a callback, or because nothing that is
    /// thrown gets past the work. What a <c>finally</c> around the work calls by such a name, or by way of the client, counts as giving back.
    /// </summary>
    public bool IsReleasedOnThrow => _body.Calls.Concat(_body.Scripts).Any(call => !ReferenceEquals(call.Operation, Take.Operation) && IsReleaseOfKey(call) && IsReachedOnThrow(call.Operation)) ||
        (Work is { } work && IsGuarded(work));

    private bool IsReachedOnThrow(IOperation release)
    {
        if (!ReferenceEquals(_body.FunctionOf(release), _function) || IsInCatch(release))
        {
            return true;
        }

        IOperation inner = release;
        for (IOperation? outer = release.Parent; outer is not null; inner = outer, outer = outer.Parent)
        {
            if (outer is ITryOperation attempt && ReferenceEquals(attempt.Finally, inner))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsGuarded(IOperation work)
    {
        IOperation inner = work;
        for (IOperation? outer = work.Parent; outer is not null && !ReferenceEquals(inner, _function); inner = outer, outer = outer.Parent)
        {
            if (outer is not ITryOperation attempt || !ReferenceEquals(attempt.Body, inner))
            {
                continue;
            }

            // An exception ends in a catch of everything, behind which the release stands.
            bool isCaught = attempt.Catches.Any(static clause => clause.Filter is null && clause.ExceptionType is { Name: "Exception" or "Object" } && !clause.Handler.Descendants().Any(static part => part is IThrowOperation or IReturnOperation));
            if ((isCaught && Releases.Any(release => release.Syntax.SpanStart > attempt.Syntax.Span.End)) ||
                new[] { attempt.Finally }.Concat(attempt.Catches.Select(static clause => clause.Handler)).Any(handler => handler is not null && MayRelease(handler)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a handler calls something that may give the lock back although its key is not known.</summary>
    private bool MayRelease(IOperation handler) => handler.Descendants().OfType<IInvocationOperation>().Any(call =>
        Words(call.TargetMethod.Name).Any(static word => word is "release" or "unlock" or "free") ||
        _body.CallsAt(call.Syntax).Any(static known => known.Has(Effect.ReleaseLock | Effect.Delete | Effect.Opaque) && known.Key is null) ||
        (call.TargetMethod.Name is "Dispose" or "DisposeAsync" && call.Instance is { } handle && _taken.Reaches(handle)));

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

    /// <summary>
    /// Whether a condition that has nothing to do with the lock decides about a release, which then is not the end of the work.
    /// In a <c>finally</c>, and where the token is compared first, it is.
    /// </summary>
    private bool IsOnlyOnSomePaths(IOperation release)
    {
        bool isConditional = false;
        IOperation inner = release;
        for (IOperation? outer = release.Parent; outer is not null && !ReferenceEquals(inner, _function); inner = outer, outer = outer.Parent)
        {
            if (outer is ITryOperation attempt && ReferenceEquals(attempt.Finally, inner))
            {
                return false;
            }

            if (outer is IConditionalOperation conditional && !ReferenceEquals(conditional.Condition, inner) && Polarity(conditional.Condition) is null &&
                inner.Syntax.SpanStart > Take.Syntax.SpanStart && !AsksForKey(conditional.Condition))
            {
                IOperation? other = ReferenceEquals(conditional.WhenTrue, inner) ? conditional.WhenFalse : conditional.WhenTrue;
                isConditional |= other is null || !_body.CallsWithin(other.Syntax).Any(IsReleaseOfKey);
            }
        }

        return isConditional;
    }

    private bool AsksForKey(IOperation condition) =>
        _body.CallsWithin(condition.Syntax).Any(call => call.SharesKeyWith(Take)) ||
        _body.Calls.Any(call => call.Has(Effect.Read) && call.SharesKeyWith(Take) && call.Syntax.SpanStart > Take.Syntax.SpanStart && new Derivation(_body, call.Operation).Reaches(condition));

    /// <summary>Whether a renewal is certainly of another key: not where the key arrives through a nested function's own parameter.</summary>
    private bool IsOfOtherKey(CacheCall call) =>
        call.Key is { } key && Take.Key is { } own && !key.Equals(own) &&
        !key.Symbols.Any(symbol => symbol is IParameterSymbol { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.AnonymousFunction or MethodKind.LocalFunction } });

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

    /// <summary>Collects what a helper runs under the lock for its caller.</summary>
    private void CollectDelegates(HeldLock held)
    {
        foreach (IArgumentOperation argument in Take.Operation.Arguments.Where(argument => argument.Parameter is { } parameter && held.Work.Contains(parameter.Ordinal)))
        {
            IOperation value = _body.Resolved(argument.Value);
            if ((value is IDelegateCreationOperation creation ? creation.Target : value) is IAnonymousFunctionOperation lambda)
            {
                _region.Add(lambda.Body);
            }
            else
            {
                _delegates.Add(argument.Value);
            }
        }
    }

    /// <summary>
    /// Confines the code under the lock to the life of the handle, which a <c>using</c> or calls of its own end; answers false where
    /// nothing here ends it.
    /// </summary>
    private bool CollectScope(IOperation result)
    {
        foreach (IOperation operation in _body.Operations)
        {
            IOperation? resources = operation is IUsingOperation block ? block.Resources : operation is IUsingDeclarationOperation declaration ? declaration.DeclarationGroup : null;
            if (resources is null || !ReferenceEquals(_body.FunctionOf(operation), _function) || !_taken.Reaches(resources))
            {
                continue;
            }

            bool isTested = _region.Count > 0 || _body.Operations.Any(condition => condition is IConditionalOperation or IWhileLoopOperation && _taken.Reaches(condition is IConditionalOperation conditional ? conditional.Condition : ((IWhileLoopOperation)condition).Condition!));
            if (operation is IUsingOperation { Body: { } body })
            {
                IOperation[] parts = [.. _region];
                _region.Clear();
                _region.AddRange(!isTested || parts.Any(part => part.Syntax.Span.Contains(body.Syntax.Span)) ? [body] : parts.Where(part => body.Syntax.Span.Contains(part.Syntax.Span)));
            }
            else if (!isTested)
            {
                AddAfter(operation);
            }

            if (operation.Parent is { } scope and not IUsingOperation)
            {
                _region.RemoveAll(part => !scope.Syntax.Span.Contains(part.Syntax.Span));
            }

            return true;
        }

        _disposals.AddRange(_body.Operations.OfType<IInvocationOperation>().Where(call =>
            (call.TargetMethod.Name is "Dispose" or "DisposeAsync" || call.TargetMethod.Name.StartsWith("Release", StringComparison.Ordinal) || call.TargetMethod.Name.StartsWith("Unlock", StringComparison.Ordinal)) &&
            call.Instance is { } handle && _taken.Reaches(handle is IConditionalAccessInstanceOperation ? call.Parent! : handle) && !IsInCatch(call) && ReferenceEquals(_body.FunctionOf(call), _function)));
        return _disposals.Count > 0;
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

        if (held?.DescendantsAndSelf().Any(part => part is IBranchOperation { BranchKind: BranchKind.Break }) == true)
        {
            IOperation? loop = conditional.Parent;
            while (loop is not null and not ILoopOperation)
            {
                loop = loop.Parent;
            }

            if (loop is not null)
            {
                AddAfter(loop);
            }
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
            bool isBehind = false;
            foreach (IOperation sibling in StatementsOf(outer))
            {
                // The implicit return of a lambda or local function spans all of its block.
                if (isBehind && !sibling.IsImplicit)
                {
                    _region.Add(sibling);
                }

                isBehind |= ReferenceEquals(sibling, inner);
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
                return condition.Type?.SpecialType == SpecialType.System_Boolean && _taken.Reaches(condition) ? !IsAnswerMissing(condition) : null;
        }
    }

    /// <summary>
    /// Whether a test is true where a raw SET NX has answered nil: <c>reply.IsNull</c>, <c>(string)reply != "OK"</c>; or where a helper has
    /// answered with no token or handle.
    /// </summary>
    private bool IsAnswerMissing(IOperation condition) => (Take.Raw is not null || Take.Behind is not null) && condition switch
    {
        IIsPatternOperation { Pattern: INegatedPatternOperation negated } => negated.Pattern is not IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: null } },
        IInvocationOperation { TargetMethod: { Name: "IsNullOrEmpty" or "IsNullOrWhiteSpace", ContainingType.SpecialType: SpecialType.System_String } } => true,
        IPropertyReferenceOperation { Property.Name: "IsNull" } => true,
        IBinaryOperation { OperatorKind: BinaryOperatorKind.NotEquals, RightOperand.ConstantValue: { HasValue: true, Value: not null } } => true,
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals, RightOperand.ConstantValue: { HasValue: true, Value: null } } => true,
        IIsPatternOperation { Pattern: IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: null } } } => true,
        _ => false,
    };

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

    private bool IsBeforeRelease(IOperation operation) => (Releases.Count == 0 && _disposals.Count == 0) ||
        Releases.Select(release => release.Syntax).Concat(_disposals.Select(disposal => disposal.Syntax)).Any(release => operation.Syntax.Span.End <= release.SpanStart);

    /// <summary>Types whose members answer at once.</summary>
    private static bool IsTrivial(INamedTypeSymbol type)
    {
        string space = type.ContainingNamespace?.ToDisplayString() ?? "";
        return space is "System" or "System.Linq" or "System.Text" or "System.Text.Json" or "System.Diagnostics" or "System.Globalization" or "System.Threading" or "System.Threading.Tasks" or "System.Runtime.CompilerServices" or "Microsoft.Extensions.Logging" or "Newtonsoft.Json" ||
            space.StartsWith("System.Collections", StringComparison.Ordinal);
    }

    /// <summary>Whether code runs only while the lock is held.</summary>
    public bool IsInRegion(IOperation operation) => _region.Any(part => part.Syntax.Span.Contains(operation.Syntax.Span));

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
        while (current is not null && current.Parent is not (IBlockOperation or ISwitchCaseOperation))
        {
            current = current.Parent;
        }

        return current;
    }

    /// <summary>The statements of a block, or of a section of a switch.</summary>
    private static ImmutableArray<IOperation> StatementsOf(IOperation scope) => scope switch
    {
        IBlockOperation block => block.Operations,
        ISwitchCaseOperation section => section.Body,
        _ => ImmutableArray<IOperation>.Empty,
    };
}
