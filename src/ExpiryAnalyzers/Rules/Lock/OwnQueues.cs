using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Calls;
using ExpiryAnalyzers.Keys;
using ExpiryAnalyzers.Operations;
using ExpiryAnalyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Rules.Lock;

/// <summary>A transaction or batch that a variable of the body holds, and on which calls are made and nothing else is done.</summary>
/// <param name="HasCondition">Whether it is told a condition on more than that a key is there, on which all of its commands hang.</param>
/// <param name="Present">The keys that have to be there.</param>
/// <param name="Executions">The calls that execute it.</param>
internal sealed record OwnQueue(bool HasCondition, IReadOnlyList<Key?> Present, IReadOnlyList<IInvocationOperation> Executions)
{
    /// <summary>Whether a command on a key hangs on more than that the key is there.</summary>
    public bool MayHold(Key? key) => HasCondition || Present.Any(present => present?.Equals(key) != true);
}

/// <summary>The queues of one body. Each is looked through once, however many commands are put on it.</summary>
internal sealed class OwnQueues(Body body)
{
    private readonly Dictionary<ILocalSymbol, OwnQueue?> _queues = new(SymbolEqualityComparer.Default);

    /// <summary>The queue that a command is put on; null where others may do anything with it.</summary>
    public static OwnQueue? Of(CacheCall queued, Body body) =>
        queued.Operation.Instance?.WithoutConversions() is ILocalReferenceOperation { Local: { } queue }
            ? body.Remember(static body => new OwnQueues(body)).Of(queue)
            : null;

    private OwnQueue? Of(ILocalSymbol queue)
    {
        if (!_queues.TryGetValue(queue, out OwnQueue? own))
        {
            _queues[queue] = own = Find(queue);
        }

        return own;
    }

    private OwnQueue? Find(ILocalSymbol queue)
    {
        Queues queues = body.Knowledge.Catalog.Queues;
        IReadOnlyList<IOperation> reads = body.Assignments.Reads(queue);
        IInvocationOperation[] calls = [.. reads.Select(static read => read.Parent).OfType<IInvocationOperation>()];
        if (body.Assignments.Writes(queue) != 1 || calls.Length != reads.Count)
        {
            return null;
        }

        IInvocationOperation[] conditions = Array.FindAll(calls, call => queues.IsCondition(call.TargetMethod));
        IOperation[] present = [.. conditions.Select(queues.KeyOfPresence).OfType<IOperation>()];
        return new(
            present.Length < conditions.Length,
            [.. present.Select(body.Keys.Of)],
            Array.FindAll(calls, call => queues.IsExecute(call.TargetMethod)));
    }
}
