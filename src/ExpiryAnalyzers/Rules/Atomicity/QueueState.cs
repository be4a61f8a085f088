using System.Collections.Immutable;
using ExpiryAnalyzers.Flow;
using ExpiryAnalyzers.Keys;
using ExpiryAnalyzers.Operations;
using ExpiryAnalyzers.Values;
using Microsoft.CodeAnalysis;

namespace ExpiryAnalyzers.Rules.Atomicity;

/// <summary>A task that ends only once its queue is executed.</summary>
/// <param name="Queue">The queue; null stands for any other task, which keeps a collection from being one of queued tasks alone.</param>
/// <param name="IsLazy">Whether the command is only queued when a query or a delegate runs, so that an earlier <c>Execute</c> does not send
/// it.</param>
/// <param name="IsBehindWait">Whether the same function has waited for the queue before: whoever executed it then would have to do so
/// again.</param>
/// <param name="IsInParts">Whether the task is that of a function which stops at an await and queues more behind it.</param>
/// <param name="Call">The call that queues the command, in the body at hand; null for a task that a helper is handed.</param>
internal readonly record struct QueuedTask(Key? Queue, bool IsLazy, bool IsBehindWait, bool IsInParts, SyntaxNode? Call)
{
    /// <summary>A task that waits for no queue.</summary>
    public static readonly QueuedTask Other;
}

/// <summary>The numbers under which a body's queues, their calls and the variables that hold tasks stand in its states.</summary>
internal sealed class QueueNumbers
{
    private readonly Dictionary<Variable, int> _variables = [];
    private readonly Dictionary<SyntaxNode, int> _calls = [];
    private readonly Dictionary<Key, int> _numbers = [];
    private readonly List<Key> _queues = [];
    private readonly List<int> _shared = [];
    private readonly Dictionary<ISymbol, List<int>> _bySymbol = new(SymbolEqualityComparer.Default);

    /// <summary>The queues that hang on an object, so that code out of view may know them.</summary>
    public IReadOnlyList<int> Shared => _shared;

    public int Of(Variable variable) => Number(_variables, variable);

    public int Of(SyntaxNode call) => Number(_calls, call);

    public int Of(Key queue)
    {
        if (!_numbers.TryGetValue(queue, out int number))
        {
            _numbers[queue] = number = _queues.Count;
            _queues.Add(queue);
            foreach (ISymbol symbol in queue.Symbols)
            {
                _bySymbol.AddTo(symbol, number);
            }

            if (queue.Symbols.Any(static symbol => symbol is IFieldSymbol or IPropertySymbol))
            {
                _shared.Add(number);
            }
        }

        return number;
    }

    public Key Queue(int number) => _queues[number];

    /// <summary>The queues that are named by a symbol.</summary>
    public IReadOnlyList<int> NamedBy(ISymbol symbol) => _bySymbol.TryGetValue(symbol, out List<int>? queues) ? queues : [];

    private static int Number<T>(Dictionary<T, int> numbers, T key)
        where T : notnull
    {
        if (!numbers.TryGetValue(key, out int number))
        {
            numbers[key] = number = numbers.Count;
        }

        return number;
    }
}

/// <summary>What is known of queued tasks at one point of a body: which variables hold which, and which queues may be executed.</summary>
/// <param name="numbers">The numbers of the body's queues, calls and variables.</param>
internal sealed class QueueState(QueueNumbers numbers) : IFlowState<QueueState>
{
    private static readonly object Yes = new();

    private PersistentMap<ImmutableHashSet<QueuedTask>> _tasks;

    /// <summary>For each queue the variables that may hold a task of it.</summary>
    private PersistentMap<ImmutableHashSet<int>> _holders;
    private PersistentMap<object> _executed;
    private PersistentMap<object> _lost;
    private PersistentMap<object> _waitedFor;
    private PersistentMap<object> _awaited;

    public int Version { get; private set; }

    /// <summary>Whether an await may have been passed, at which the caller goes on.</summary>
    public bool HasStopped { get; private set; }

    /// <inheritdoc/>
    public bool IsReached => true;

    /// <summary>The queued tasks that a variable holds, by itself or in a collection.</summary>
    public ImmutableHashSet<QueuedTask> this[Variable variable]
    {
        get => _tasks[numbers.Of(variable)] ?? ImmutableHashSet<QueuedTask>.Empty;
        set
        {
            int number = numbers.Of(variable);
            Set(number, value);
            foreach (QueuedTask task in value)
            {
                if (task.Queue is { } queue && numbers.Of(queue) is var held &&
                    (_holders[held] ?? ImmutableHashSet<int>.Empty) is var holders && !holders.Contains(number))
                {
                    _holders = _holders.With(held, holders.Add(number));
                }
            }
        }
    }

    public QueueState Clone() => (QueueState)MemberwiseClone();

    /// <summary>Whether a queue is in other hands, too, so that nothing is known of when it is executed.</summary>
    public bool IsLost(Key queue) => _lost[numbers.Of(queue)] is not null;

    /// <summary>Whether a queue was executed on some path.</summary>
    public bool IsExecuted(Key queue) => _executed[numbers.Of(queue)] is not null;

    /// <summary>Whether the task of a call was certainly waited for since it was queued.</summary>
    public bool IsAwaited(SyntaxNode call) => _awaited[numbers.Of(call)] is not null;

    /// <summary>Whether a wait for the queue has passed, so that somebody else has executed it.</summary>
    public bool IsWaitedFor(Key queue) => _waitedFor[numbers.Of(queue)] is not null;

    /// <summary>An await is passed.</summary>
    public void Stop()
    {
        Version += HasStopped ? 0 : 1;
        HasStopped = true;
    }

    public void WaitFor(Key queue) => Change(ref _waitedFor, numbers.Of(queue), Yes);

    public void Await(SyntaxNode call) => Change(ref _awaited, numbers.Of(call), Yes);

    public void Queue(SyntaxNode call) => Change(ref _awaited, numbers.Of(call), null);

    /// <summary>The queue is executed: what it holds is sent.</summary>
    public void Execute(Key queue)
    {
        int number = numbers.Of(queue);
        Forget(number, static task => !task.IsLazy);
        Change(ref _executed, number, Yes);
        Change(ref _waitedFor, number, null);
    }

    /// <summary>The queue gets into other hands, which may execute it now or later.</summary>
    public void Lose(Key queue)
    {
        int number = numbers.Of(queue);
        Forget(number, static _ => true);
        _holders = _holders.With(number, null);
        Change(ref _executed, number, Yes);
        Change(ref _lost, number, Yes);
    }

    /// <summary>All queues that have something queued may be executed, now or later.</summary>
    public void LoseAll()
    {
        foreach (KeyValuePair<int, ImmutableHashSet<int>> entry in _holders.Entries())
        {
            Lose(numbers.Queue(entry.Key));
        }
    }

    /// <summary>Code out of view runs: the queues that hang on objects, and have something queued, may be executed.</summary>
    public void LoseShared()
    {
        foreach (int queue in numbers.Shared)
        {
            if (_holders[queue] is not null)
            {
                Lose(numbers.Queue(queue));
            }
        }
    }

    /// <summary>Another value is written to what a queue is named by.</summary>
    public void Reset(ISymbol symbol)
    {
        foreach (int queue in numbers.NamedBy(symbol))
        {
            Forget(queue, static _ => true);
            Change(ref _executed, queue, null);
            Change(ref _lost, queue, null);
            Change(ref _waitedFor, queue, null);
        }
    }

    /// <summary>
    /// Joins another state into this one; answers whether anything changed. What one path has sent and the other has not is not certain,
    /// for the two may hang on the same condition as the queueing.
    /// </summary>
    public bool Join(QueueState other)
    {
        QueueState before = Clone();
        _tasks = _tasks.Join(other._tasks, (_, left, right) => Joined(before, left, other, right));
        _holders = _holders.Join(
            other._holders, static (_, left, right) => left is null ? right : right is null ? left : left.Union(right));
        _executed = _executed.Join(other._executed, static (_, left, right) => left ?? right);
        _lost = _lost.Join(other._lost, static (_, left, right) => left ?? right);
        _awaited = _awaited.Join(other._awaited, static (_, left, right) => left is null ? null : right);
        _waitedFor = _waitedFor.Join(other._waitedFor, static (_, left, right) => left ?? right);
        HasStopped |= other.HasStopped;
        bool isChanged = HasStopped != before.HasStopped ||
            !(_tasks.IsSame(before._tasks) && _executed.IsSame(before._executed) && _lost.IsSame(before._lost) &&
            _awaited.IsSame(before._awaited) && _waitedFor.IsSame(before._waitedFor));
        Version += isChanged ? 1 : 0;
        return isChanged;
    }

    private static ImmutableHashSet<QueuedTask>? Joined(
        QueueState one,
        ImmutableHashSet<QueuedTask>? left,
        QueueState other,
        ImmutableHashSet<QueuedTask>? right)
    {
        left ??= ImmutableHashSet<QueuedTask>.Empty;
        right ??= ImmutableHashSet<QueuedTask>.Empty;
        ImmutableHashSet<QueuedTask> joined = left
            .Where(task => right.Contains(task) || !other.MayHaveSent(task))
            .Concat(right.Where(task => left.Contains(task) || !one.MayHaveSent(task)))
            .ToImmutableHashSet();
        return joined.SetEquals(left) ? left.IsEmpty ? null : left : joined.IsEmpty ? null : joined;
    }

    private bool MayHaveSent(QueuedTask task) =>
        task.Queue is { } queue && (task.IsLazy ? _lost : _executed)[numbers.Of(queue)] is not null;

    private void Forget(int queue, Func<QueuedTask, bool> match)
    {
        Key name = numbers.Queue(queue);
        foreach (int variable in _holders[queue] ?? ImmutableHashSet<int>.Empty)
        {
            if (_tasks[variable] is { } tasks && tasks.Any(task => name.Equals(task.Queue) && match(task)))
            {
                Set(variable, tasks.Where(task => !(name.Equals(task.Queue) && match(task))).ToImmutableHashSet());
            }
        }
    }

    private void Set(int variable, ImmutableHashSet<QueuedTask> tasks) => Change(ref _tasks, variable, tasks.IsEmpty ? null : tasks);

    private void Change<T>(ref PersistentMap<T> map, int index, T? value)
        where T : class
    {
        PersistentMap<T> changed = map.With(index, value);
        Version += changed.IsSame(map) ? 0 : 1;
        map = changed;
    }
}
