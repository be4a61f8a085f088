using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Calls;
using ExpiryAnalyzers.Operations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Rules.Lock;

/// <summary>Work that still runs when the lock over it is given back.</summary>
/// <param name="Call">The call that starts the work.</param>
/// <param name="Release">The call that gives the lock back; null where the end of a <c>using</c> does.</param>
internal sealed record RunningWork(IInvocationOperation Call, CacheCall? Release)
{
    /// <summary>How many tasks behind a taking are looked at.</summary>
    private const int MaxLook = 64;

    /// <summary>
    /// The first work that outlives the lock that a call takes; null where the call takes none, or all work is waited for.
    /// </summary>
    public static RunningWork? Under(CacheCall take, Body body)
    {
        if (take.Receiver is ReceiverKind.Transaction or ReceiverKind.Batch)
        {
            return null;
        }

        if (take.Held is { IsHandle: true } || (take.Behind is null && take.Method.Row.Missed != MissedLock.Unsaid))
        {
            return HandleScope.Of(take.Operation, body) is { } scope && First(take, scope, body) is { } found ? new(found, null) : null;
        }

        return LockEpisode.Of(take, body) is { Releases: [.., { } last] } episode &&
            First(episode.At, new ReleasedScope(episode, body), body) is { } work ? new(work, last) : null;
    }

    private static IInvocationOperation? First(CacheCall take, ILockScope scope, Body body)
    {
        IReadOnlyList<OpenTask> tasks = LockEpisodes.Of(body).OpenTasks.All;
        IOperation function = body.Places.Of(take.Operation).Function;
        int first = Sorted.FirstFrom(tasks, take.Syntax.SpanStart, static open => open.Call.Syntax.SpanStart);
        for (int i = first; i < tasks.Count && i < first + MaxLook && tasks[i].Call.Syntax.SpanStart < scope.End; i++)
        {
            OpenTask open = tasks[i];
            if (open.WaitedAt > scope.End && scope.Holds(open.Call) &&
                ReferenceEquals(body.Places.Of(open.Call).Function, function) && !IsOfLock(open.Call, take, body) && IsLeft(open))
            {
                return open.Call;
            }
        }

        return null;

        bool IsLeft(OpenTask open) => (open.Left is { } left && scope.IsEndedBy(left)) ||
            ((open.Left is null || open.Left.Syntax.SpanStart > scope.End) && new GuardedUses(take, body).Has(open.Call));
    }

    private static bool IsOfLock(IInvocationOperation call, CacheCall take, Body body) => body.CallsAt(call.Syntax)
        .Any(static known => known.Has(Effect.TakeLock | Effect.ReleaseLock | Effect.ExtendLock)) ||
        LockEpisodes.Of(body).Calls.Of(take).IsEndedBy(call);
}

/// <summary>The code that runs under a lock.</summary>
internal interface ILockScope
{
    /// <summary>Where the lock is given back.</summary>
    int End { get; }

    /// <summary>Whether an operation runs under the lock.</summary>
    bool Holds(IOperation operation);

    /// <summary>Whether to leave the function at a place gives the lock back.</summary>
    bool IsEndedBy(IReturnOperation left);
}

/// <summary>A scope that calls end.</summary>
internal sealed class ReleasedScope(LockEpisode episode, Body body) : ILockScope
{
    public int End { get; } = episode.Releases.Max(static release => release.Syntax.Span.End);

    public bool Holds(IOperation operation) => episode.IsProtected(operation);

    public bool IsEndedBy(IReturnOperation left) => Holds(left) && episode.Releases.Any(release =>
        body.Places.Of(release.Operation).IsInFinallyOfFunction &&
        LockEpisode.TryAround(release.Operation)?.Syntax.Span.Contains(left.Syntax.Span) == true);
}

/// <summary>A scope that the end of a <c>using</c> ends.</summary>
internal sealed class HandleScope : ILockScope
{
    private readonly int _start;

    private HandleScope(IOperation holder, int start, int end)
    {
        Holder = holder;
        _start = start;
        End = end;
    }

    /// <summary>The <c>using</c>.</summary>
    public IOperation Holder { get; }

    public int End { get; }

    /// <summary>The life of the handle that a call gives; null where no <c>using</c> holds it.</summary>
    public static HandleScope? Of(IOperation call, Body body)
    {
        HandleUses uses = LockEpisodes.Of(body).Answers.HandlesOf(call);
        return uses.Usings.FirstOrDefault() switch
        {
            IUsingOperation { Body.Syntax.Span: var span } held => new(held, span.Start, span.End),
            IUsingDeclarationOperation { Parent: IBlockOperation { Syntax.Span.End: var end } } declaration =>
                new(declaration, declaration.Syntax.Span.End, end),
            _ => null,
        };
    }

    public bool Holds(IOperation operation) => operation.Syntax.SpanStart >= _start && operation.Syntax.Span.End <= End;

    public bool IsEndedBy(IReturnOperation left) => Holds(left);
}
