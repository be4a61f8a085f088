using System.Collections.Immutable;
using ExpiryAnalyzers.Keys;
using ExpiryAnalyzers.Values;
using Microsoft.CodeAnalysis;

namespace ExpiryAnalyzers.Rules.Atomicity;

/// <summary>A task that ends only once its queue is executed.</summary>
/// <param name="Queue">The queue; null stands for any other task, which keeps a collection from being one of queued tasks alone.</param>
/// <param name="IsLazy">Whether the command is only queued when a query or a delegate runs, so that an earlier <c>Execute</c> does not send it.</param>
/// <param name="IsBehindWait">Whether the same function has waited for the queue before: whoever executed it then would have to do so again.</param>
/// <param name="Call">The call that queues the command, in the body at hand; null for a task that a helper is handed.</param>
internal readonly record struct QueuedTask(Identity? Queue, bool IsLazy, bool IsBehindWait, SyntaxNode? Call)
{
    /// <summary>A task that waits for no queue.</summary>
    public static readonly QueuedTask Other;
}

/// <summary>What is known of queued tasks at one point of a body: which variables hold which, and which queues may be executed.</summary>
internal sealed class QueueState
{
    private readonly Dictionary<Variable, ImmutableHashSet<QueuedTask>> _tasks;
    private readonly HashSet<Identity> _executed;
    private readonly HashSet<Identity> _lost;
    private readonly HashSet<Identity> _waitedFor;
    private readonly HashSet<SyntaxNode> _awaited;

    public QueueState()
        : this([], [], [], [], [])
    {
    }

    private QueueState(Dictionary<Variable, ImmutableHashSet<QueuedTask>> tasks, HashSet<Identity> executed, HashSet<Identity> lost, HashSet<Identity> waitedFor, HashSet<SyntaxNode> awaited)
    {
        _waitedFor = waitedFor;
        _awaited = awaited;
        _tasks = tasks;
        _executed = executed;
        _lost = lost;
    }

    /// <summary>The queued tasks that a variable holds, by itself or in a collection.</summary>
    public ImmutableHashSet<QueuedTask> this[Variable variable]
    {
        get => _tasks.TryGetValue(variable, out ImmutableHashSet<QueuedTask>? tasks) ? tasks : ImmutableHashSet<QueuedTask>.Empty;
        set
        {
            if (value.IsEmpty)
            {
                _tasks.Remove(variable);
            }
            else
            {
                _tasks[variable] = value;
            }
        }
    }

    public QueueState Clone() => new(new(_tasks), [.. _executed], [.. _lost], [.. _waitedFor], [.. _awaited]);

    /// <summary>Whether a queue is in other hands, too, so that nothing is known of when it is executed.</summary>
    public bool IsLost(Identity queue) => _lost.Contains(queue);

    /// <summary>Whether the task of a call was certainly waited for since it was queued.</summary>
    public bool IsAwaited(SyntaxNode call) => _awaited.Contains(call);

    /// <summary>Whether a wait for the queue has passed, so that somebody else has executed it.</summary>
    public bool IsWaitedFor(Identity queue) => _waitedFor.Contains(queue);

    public void WaitFor(Identity queue) => _waitedFor.Add(queue);

    public void Await(SyntaxNode call) => _awaited.Add(call);

    public void Queue(SyntaxNode call) => _awaited.Remove(call);

    /// <summary>The queue is executed: what it holds is sent.</summary>
    public void Execute(Identity queue)
    {
        Forget(task => !task.IsLazy && queue.Equals(task.Queue));
        _executed.Add(queue);
        _waitedFor.Remove(queue);
    }

    /// <summary>The queue gets into other hands, which may execute it now or later.</summary>
    public void Lose(Identity queue)
    {
        Forget(task => queue.Equals(task.Queue));
        _executed.Add(queue);
        _lost.Add(queue);
    }

    /// <summary>All queues of a kind may be executed, now or later.</summary>
    public void LoseAll(Func<Identity, bool> match)
    {
        foreach (Identity queue in _tasks.Values.SelectMany(tasks => tasks).Select(task => task.Queue).OfType<Identity>().Where(match).ToArray())
        {
            Lose(queue);
        }
    }

    /// <summary>Another value is written to what a queue is named by.</summary>
    public void Reset(ISymbol symbol)
    {
        Forget(task => task.Queue?.Symbols.Contains(symbol) == true);
        _executed.RemoveWhere(queue => queue.Symbols.Contains(symbol));
        _lost.RemoveWhere(queue => queue.Symbols.Contains(symbol));
        _waitedFor.RemoveWhere(queue => queue.Symbols.Contains(symbol));
    }

    private void Forget(Func<QueuedTask, bool> match)
    {
        foreach (KeyValuePair<Variable, ImmutableHashSet<QueuedTask>> entry in _tasks.ToArray())
        {
            if (entry.Value.Any(match))
            {
                this[entry.Key] = entry.Value.Where(task => !match(task)).ToImmutableHashSet();
            }
        }
    }

    /// <summary>
    /// Joins another state into this one; answers whether anything changed. What one path has sent and the other has not is not certain,
    /// for the two may hang on the same condition as the queueing.
    /// </summary>
    public bool Join(QueueState other)
    {
        bool changed = false;
        foreach (Variable variable in _tasks.Keys.Union(other._tasks.Keys).ToArray())
        {
            ImmutableHashSet<QueuedTask> left = this[variable];
            ImmutableHashSet<QueuedTask> right = other[variable];
            ImmutableHashSet<QueuedTask> joined = left.Where(task => right.Contains(task) || !other.MayHaveSent(task)).Concat(right.Where(task => left.Contains(task) || !MayHaveSent(task))).ToImmutableHashSet();
            if (!joined.SetEquals(left))
            {
                this[variable] = joined;
                changed = true;
            }
        }

        int known = Size;
        _executed.UnionWith(other._executed);
        _lost.UnionWith(other._lost);
        _awaited.IntersectWith(other._awaited);
        _waitedFor.UnionWith(other._waitedFor);
        return changed || known != Size;
    }

    /// <summary>Grows with each join that changes one of the sets.</summary>
    private int Size => _executed.Count + _lost.Count + _waitedFor.Count - _awaited.Count;

    private bool MayHaveSent(QueuedTask task) => task.Queue is { } queue && (task.IsLazy ? _lost : _executed).Contains(queue);
}
