using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Calls;
using ExpiryAnalyzers.Keys;
using ExpiryAnalyzers.Operations;
using ExpiryAnalyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Rules.Lock;

/// <summary>
/// The calls by which local functions and lambdas of one body take locks and give them back, each as made where the function is called:
/// there the lock is held from, or up to. What such a function captures has a name there too, unlike what another member calls its own.
/// </summary>
internal sealed class LocalCalls
{
    /// <summary>How many calls are made of those of the body.</summary>
    private const int MaxCalls = 256;

    /// <summary>How many places are tried for that.</summary>
    private const int MaxTries = 4 * MaxCalls;

    /// <summary>How many functions, each calling the next, are followed.</summary>
    private const int MaxDepth = 4;

    private readonly Body _body;
    private readonly Dictionary<Function, List<IInvocationOperation>> _called = [];

    /// <summary>The functions that others than the calls in view may run.</summary>
    private readonly HashSet<Function> _handedOn = [];
    private readonly Dictionary<CacheCall, List<CacheCall>> _made = [];
    private readonly List<CacheCall> _all = [];

    /// <summary>The functions that take a lock, each with the lock's key, and by itself.</summary>
    private readonly HashSet<(Function Function, Key? Key)> _taking = [];
    private ILookup<Function, IOperation>? _answers;
    private int _tries;

    public LocalCalls(Body body)
    {
        _body = body;
        if (body.Functions.All.Count == 1)
        {
            return;
        }

        FindCalls();
        if (_called.Count > 0)
        {
            Make();
        }
    }

    /// <summary>The calls, as made where the functions are called.</summary>
    public IReadOnlyList<CacheCall> All => _all;

    /// <summary>The call as made where the lock's holder runs it: that of the function that does nothing but to take the lock.</summary>
    public CacheCall RunAt(CacheCall take)
    {
        CacheCall at = take;
        while (LockCalls.MayTake(at) && _made.TryGetValue(at, out List<CacheCall>? made))
        {
            at = made[0];
        }

        return at;
    }

    /// <summary>Whether a call is that of a function which takes a lock for its caller.</summary>
    public bool IsTakenAt(IOperation place) => _all.Any(made => ReferenceEquals(made.Operation, place) && LockCalls.MayTake(made));

    /// <summary>Whether all that runs a call is in view, so that it is made at those places and nowhere else.</summary>
    public bool IsMadeElsewhere(CacheCall call) => _made.TryGetValue(call, out List<CacheCall>? made) &&
        _body.Functions.Of(call.Operation) is var function && !_handedOn.Contains(function) && made.Count == _called[function].Count;

    /// <summary>An expression of a function as it is outside: a local function's parameter stands for what the call hands over.</summary>
    public static IOperation Outside(IOperation expression, CacheCall at)
    {
        Stack<IInvocationOperation> ways = new();
        for (CacheCall? call = at; call is { IsLocal: true }; call = call.Behind)
        {
            ways.Push(call.Operation);
        }

        IOperation outside = expression;
        foreach (IInvocationOperation way in ways)
        {
            if (outside.WithoutConversions() is IParameterReferenceOperation { Parameter: { } parameter } &&
                SymbolEqualityComparer.Default.Equals(parameter.ContainingSymbol, way.TargetMethod.OriginalDefinition) &&
                way.Arguments.For(parameter) is { ArgumentKind: ArgumentKind.Explicit } given)
            {
                outside = given.Value;
            }
        }

        return outside;
    }

    /// <summary>Makes the calls, those of the body's own first: what a function takes is known before what it gives back.</summary>
    private void Make()
    {
        Queue<(CacheCall Call, int Depth)> open = new();
        foreach (CacheCall call in _body.Calls.Concat(_body.Scripts))
        {
            open.Enqueue((call, 0));
            AddTaking(call);
        }

        while (open.Count > 0 && _all.Count < MaxCalls)
        {
            (CacheCall call, int depth) = open.Dequeue();
            foreach (CacheCall made in MadeOf(call).Take(MaxCalls - _all.Count))
            {
                _all.Add(made);
                _made.AddTo(call, made);
                AddTaking(made);
                if (depth + 1 < MaxDepth)
                {
                    open.Enqueue((made, depth + 1));
                }
            }
        }
    }

    private void AddTaking(CacheCall call)
    {
        if (LockCalls.MayTake(call))
        {
            Function function = _body.Functions.Of(LockEpisode.ResultOf(call.Operation, _body));
            _taking.Add((function, call.Key));
            _taking.Add((function, null));
        }
    }

    private void FindCalls()
    {
        foreach (IOperation operation in _body.Operations)
        {
            switch (operation)
            {
                case IInvocationOperation { TargetMethod: { MethodKind: MethodKind.LocalFunction } local } call
                    when _body.Functions.Of(local) is { IsIterator: false } function:
                    _called.AddTo(function, call);
                    break;
                case IMethodReferenceOperation { Method: { MethodKind: MethodKind.LocalFunction } local }
                    when _body.Functions.Of(local) is { } function:
                    _handedOn.Add(function);
                    break;
                case IVariableDeclaratorOperation { Symbol: { } held } when LambdaIn(held) is { } function:
                    FindCalls(held, function);
                    break;
            }
        }
    }

    /// <summary>Finds the calls of a lambda by way of the variable that holds it.</summary>
    private void FindCalls(ILocalSymbol held, Function function)
    {
        foreach (IOperation read in _body.Assignments.Reads(held))
        {
            if (read.Parent is IInvocationOperation { TargetMethod.MethodKind: MethodKind.DelegateInvoke } call &&
                ReferenceEquals(call.Instance, read))
            {
                _called.AddTo(function, call);
            }
            else
            {
                _handedOn.Add(function);
            }
        }
    }

    private Function? LambdaIn(ILocalSymbol held) => held.Type.TypeKind == TypeKind.Delegate &&
        _body.Assignments.OnlyValue(held)?.WithoutConversions() is IDelegateCreationOperation
            { Target: IAnonymousFunctionOperation { Symbol: { } lambda } }
            ? _body.Functions.Of(lambda)
            : null;

    private IEnumerable<CacheCall> MadeOf(CacheCall call)
    {
        Function function = _body.Functions.Of(call.Operation);
        if (!_called.TryGetValue(function, out List<IInvocationOperation>? places))
        {
            return [];
        }

        bool isRun = LockCalls.MayTake(call)
            ? places.Count == 1 && !_handedOn.Contains(function) && AnswersYesOrNo(call) && IsAnswer(call, function)
            : MayGiveBack(call) && !_body.Places.Of(call.Operation).IsInCatch && !IsLockOfItsOwn(call, function);
        return !isRun ? [] : places.TakeWhile(_ => _tries++ < MaxTries)
            .Where(place => !ReferenceEquals(_body.Functions.Of(place), function) && !IsKnownAt(place, call))
            .Select(place => At(place, call, function)).OfType<CacheCall>();
    }

    /// <summary>
    /// Whether a call only answers whether it got the lock: what runs work, or gives a handle, is known where it is called.
    /// </summary>
    private static bool AnswersYesOrNo(CacheCall take) => take.Held is not ({ IsHandle: true } or { Work.Count: > 0 });

    private static bool MayGiveBack(CacheCall call) =>
        call.Has(Effect.ReleaseLock | Effect.Delete | Effect.Opaque) && !call.Prolongs;

    /// <summary>Whether what a function answers is whether the call got the lock, and nothing else.</summary>
    private bool IsAnswer(CacheCall take, Function function)
    {
        _answers ??= _body.Operations.OfType<IReturnOperation>().Where(static returned => returned.ReturnedValue is not null)
            .ToLookup(returned => _body.Functions.Of(returned), static returned => returned.ReturnedValue!);
        WellKnownTypes types = _body.Knowledge.Types;
        IOperation result = LockEpisode.ResultOf(take.Operation, _body);
        return _answers[function].Take(2).ToArray() is [{ } answer] &&
            ReferenceEquals(types.Unawaited(_body.Resolved(types.Unawaited(answer))), result);
    }

    /// <summary>Whether a function takes the lock that it gives back, which then is none of whoever calls it.</summary>
    private bool IsLockOfItsOwn(CacheCall release, Function function) => _taking.Contains((function, release.OnlyKey));

    /// <summary>Whether the function is known as a helper is, and so what it does to the key.</summary>
    private bool IsKnownAt(IInvocationOperation place, CacheCall call) =>
        _body.CallsAt(place.Syntax).Any(known => known.Key is not null && known.Innermost.Syntax == call.Innermost.Syntax &&
            (known.Held is not null || !LockCalls.MayTake(known)));

    private CacheCall? At(IInvocationOperation place, CacheCall call, Function function)
    {
        Key? key = Outside(call.Key);
        Key[] touched = !call.Has(Effect.Opaque) ? [] : [.. TouchedBy(call).Select(Outside).OfType<Key>().Distinct()];
        return key is null && touched.Length == 0 ? null
            : new(place, call.Method, key, Outside(call.Database), call.Receiver, call)
            {
                IsLocal = true,
                Touched = touched.Length > 0 ? touched : null,
                Deletes = call.Deletes,
                Compared = call.Compared,
            };

        Key? Outside(Key? inner) => inner is null || inner.Symbols.All(function.IsOuter) ? inner
            : _body.AtLocalCall(inner, place, function);
    }

    private IEnumerable<Key> TouchedBy(CacheCall script) => script.Behind is not null || script.Touched is not null ? script.Touched ?? []
        : script.Operation.Arguments.SelectMany(static argument => argument.Descendants())
            .Select(part => _body.Keys.Of(part))
            .OfType<Key>();
}
