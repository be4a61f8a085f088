using ExpiryAnalyzers.Tests.Observing;

namespace ExpiryAnalyzers.Tests.Running;

/// <summary>What a program asked of its surroundings, in order, and what they do about it.</summary>
internal sealed class Journal
{
    private readonly Lock _gate = new();
    private readonly List<string> _calls = [];
    private readonly List<TimeSpan?> _limits = [];
    private int _unfinished;
    private volatile bool _isClosed;

    /// <summary>The number of the call that fails, counted from one; none where it is zero.</summary>
    public int FailingCall { get; init; }

    /// <summary>For each call that was handed a token, how long that lets it work.</summary>
    public IReadOnlyList<TimeSpan?> Limits => _limits;

    /// <summary>Whether what is called takes its time.</summary>
    public bool IsSlow { get; init; }

    /// <summary>What each call waits for before it ends.</summary>
    public Func<Task>? AtWork { get; init; }

    /// <summary>How many calls have not come to their end.</summary>
    public int Unfinished => Volatile.Read(ref _unfinished);

    public IReadOnlyList<string> Calls
    {
        get
        {
            lock (_gate)
            {
                return [.. _calls];
            }
        }
    }

    /// <summary>Takes a while before a call's end, where all is slow.</summary>
    public async Task TakeTimeAsync()
    {
        Interlocked.Increment(ref _unfinished);
        await Task.Delay(150);
        Interlocked.Decrement(ref _unfinished);
    }

    /// <summary>The run is over: a program that works on is refused whatever it asks for, and slowed down.</summary>
    public void Close() => _isClosed = true;

    public void Record(string name, IEnumerable<object?> arguments)
    {
        if (_isClosed)
        {
            Thread.Sleep(20);
            throw new OperationCanceledException();
        }

        object?[] given = [.. arguments];
        int number;
        lock (_gate)
        {
            _calls.Add($"{name}({string.Join(", ", given.Where(argument => argument is not CancellationToken).Select(Description.Of))})");
            if (given.OfType<CancellationToken>().Any())
            {
                _limits.Add(TokenLimit.Of(given.OfType<CancellationToken>()));
            }

            number = _calls.Count;
        }

        if (number == FailingCall)
        {
            throw new WorkFailedException();
        }

        AtWork?.Invoke().GetAwaiter().GetResult();
    }
}
