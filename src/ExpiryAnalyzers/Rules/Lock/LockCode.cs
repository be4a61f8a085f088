using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Calls;
using ExpiryAnalyzers.Operations;
using ExpiryAnalyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace ExpiryAnalyzers.Rules.Lock;

/// <summary>The operations of one body that the code under a lock is asked for, sorted by position: found in one walk.</summary>
internal sealed class LockCode
{
    private readonly WellKnownTypes _types;
    private readonly List<IInvocationOperation> _works = [];
    private readonly List<(int Position, ILocalSymbol Flag)> _flags = [];
    private readonly List<int> _breaks = [];
    private readonly List<IParameterReferenceOperation> _delegates = [];
    private readonly Dictionary<IOperation, int> _places = [];
    private readonly LimitedCalls _limits;
    private readonly Body _body;

    public LockCode(Body body)
    {
        _body = body;
        _types = body.Knowledge.Types;
        _limits = LimitedCalls.Of(body.Knowledge);
        foreach (IOperation operation in body.Operations)
        {
            switch (operation)
            {
                case IInvocationOperation invocation when IsWork(invocation, _types) && !_limits.IsInMemory(invocation) &&
                    !body.CallsAt(invocation.Syntax).Any(IsOfLock):
                    _works.Add(invocation);
                    break;
                case ISimpleAssignmentOperation { Target: ILocalReferenceOperation { Local: { } flag },
                    Value.ConstantValue: { HasValue: true, Value: true } }:
                    _flags.Add((operation.Syntax.SpanStart, flag));
                    break;
                case IBranchOperation { BranchKind: BranchKind.Break }:
                    _breaks.Add(operation.Syntax.SpanStart);
                    break;
                case IParameterReferenceOperation { Parameter.Type.TypeKind: TypeKind.Delegate } reference:
                    _delegates.Add(reference);
                    break;
            }
        }

        // What is called on a call's answer begins where that call begins, and is written around it.
        _works = [.. _works.OrderBy(static work => work.Syntax.SpanStart).ThenByDescending(static work => work.Syntax.Span.End)];
        _flags.Sort(static (left, right) => left.Position.CompareTo(right.Position));
        _breaks.Sort();
        _delegates = [.. _delegates.OrderBy(static reference => reference.Syntax.SpanStart)];
        for (int i = 0; i < _works.Count; i++)
        {
            _places[_works[i]] = i;
        }
    }

    /// <summary>The first call of the protected work in a region, before an end.</summary>
    /// <param name="region">The region.</param>
    /// <param name="end">Where the lock is given back.</param>
    /// <param name="key">What the body does with the lock's key, which is no work.</param>
    public IInvocationOperation? FirstWork(LockRegion region, int end, LockKey key)
    {
        IInvocationOperation? first = null;
        foreach (TextSpan span in region.Spans(end))
        {
            int limit = Math.Min(span.End, first?.Syntax.SpanStart ?? int.MaxValue);
            int index = key.SkipOwn(Sorted.FirstFrom(_works, span.Start, static work => work.Syntax.SpanStart), this);
            while (index < _works.Count && _works[index].Syntax.SpanStart < limit && _works[index].Syntax.SpanStart < end)
            {
                if (_works[index].Syntax.Span.End <= end)
                {
                    first = _works[index];
                    break;
                }

                index = key.SkipOwn(index + 1, this);
            }
        }

        return first;
    }

    /// <summary>The first calls in a region and before an end, as many as are asked for.</summary>
    public IEnumerable<IInvocationOperation> WorksIn(LockRegion region, int end, int most) => region.Spans(end)
        .SelectMany(span => _works.Skip(Sorted.FirstFrom(_works, span.Start, static work => work.Syntax.SpanStart))
            .TakeWhile(work => work.Syntax.SpanStart < span.End))
        .Where(work => work.Syntax.Span.End <= end)
        .Take(most);

    /// <summary>Whether the code in a region calls more than what only waits, and what keeps a lock.</summary>
    public bool HasWork(LockRegion region) => region.Spans(int.MaxValue).Any(span => _works
        .Skip(Sorted.FirstFrom(_works, span.Start, static work => work.Syntax.SpanStart))
        .TakeWhile(work => work.Syntax.SpanStart < span.End)
        .Any(work => !IsWait(work)));

    /// <summary>
    /// Whether a call of the body may well throw where it stands: it asks a server, or is waited for. What is called
    /// otherwise mostly works in memory.
    /// </summary>
    public bool MayThrow(IInvocationOperation call)
    {
        bool isWait = IsWait(call) || _types.Is(call.TargetMethod, KnownMember.WhenAny);
        if (!_places.ContainsKey(call) || isWait || NameHints.Renewal.Fits(call.TargetMethod.Name))
        {
            return false;
        }

        bool isWaitedFor = call.IsWaitedFor();
        bool asksServer = _limits.Of(call.TargetMethod) is { IsInMemory: false } || _body.CallsAt(call.Syntax)
            .Any(known => !known.Method.Library.IsInProcess && GuardedUses.IsCommand(known, _body.Knowledge));
        bool isHandedIn = call.TargetMethod.MethodKind == MethodKind.DelegateInvoke;
        return asksServer ? isWaitedFor || !_types.IsTask(call.Type) : isWaitedFor && (isHandedIn || MayWork(call));
    }

    private bool IsWait(IInvocationOperation call) =>
        _types.Is(call.TargetMethod, KnownMember.Delay) || _types.Is(call.TargetMethod, KnownMember.Sleep);

    /// <summary>Whether a method does anything that takes time, as far as its code is in view.</summary>
    private bool MayWork(IInvocationOperation call) => _body.Knowledge.Summaries.MethodOf(call) is not { } method ||
        _body.Knowledge.Summaries.RootOf(method) is not { } root || DoesWork(root, _types);

    /// <summary>
    /// Of the calls of the body that are given, and that follow each other at once: from each, the first place behind them.
    /// </summary>
    public IReadOnlyDictionary<int, int> RunsOf(IEnumerable<CacheCall> calls)
    {
        Dictionary<int, int> runs = [];
        foreach (int index in calls.Where(call => _places.ContainsKey(call.Operation)).Select(call => _places[call.Operation]).Distinct()
            .OrderByDescending(static index => index))
        {
            runs[index] = runs.TryGetValue(index + 1, out int end) ? end : index + 1;
        }

        return runs;
    }

    /// <summary>The variables that a stretch of source sets to true, up to a number.</summary>
    public IEnumerable<ILocalSymbol> FlagsIn(TextSpan span, int most)
    {
        for (int i = Sorted.FirstFrom(_flags, span.Start, static flag => flag.Position); i < _flags.Count &&
            _flags[i].Position < span.End && most > 0; i++, most--)
        {
            yield return _flags[i].Flag;
        }
    }

    /// <summary>Whether a stretch of source leaves a loop.</summary>
    public bool HasBreak(TextSpan span)
    {
        int index = Sorted.FirstFrom(_breaks, span.Start);
        return index < _breaks.Count && _breaks[index] < span.End;
    }

    /// <summary>The parameters in a stretch of source that are delegates.</summary>
    public IEnumerable<IParameterReferenceOperation> DelegatesIn(TextSpan span)
    {
        for (int i = Sorted.FirstFrom(_delegates, span.Start, static reference => reference.Syntax.SpanStart); i < _delegates.Count &&
            _delegates[i].Syntax.SpanStart < span.End; i++)
        {
            yield return _delegates[i];
        }
    }

    /// <summary>Whether a call takes time. Members of the framework's basic types answer at once, but for those that wait.</summary>
    public static bool IsWork(IInvocationOperation invocation, WellKnownTypes types)
    {
        INamedTypeSymbol type = invocation.TargetMethod.ContainingType;
        return type.TypeKind == TypeKind.Delegate || types.Is(invocation.TargetMethod, KnownMember.TakesTime) ||
            !KnownNamespace.Quick.Any(space => space.Holds(type));
    }

    /// <summary>Whether code calls anything that takes time.</summary>
    public static bool DoesWork(IOperation code, WellKnownTypes types) =>
        code.Descendants().Any(part => part is IInvocationOperation call && IsWork(call, types));

    private static bool IsOfLock(CacheCall call) => call.Has(Effect.ReleaseLock | Effect.ExtendLock | Effect.TakeLock);
}
