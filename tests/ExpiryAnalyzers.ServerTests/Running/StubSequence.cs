namespace ExpiryAnalyzers.Tests.Running;

/// <summary>A sequence that is given one by one.</summary>
internal sealed class StubSequence<T>(T[] items) : IAsyncEnumerable<T>
{
    public async IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        foreach (T item in items)
        {
            await Task.Yield();
            yield return item;
        }
    }
}
