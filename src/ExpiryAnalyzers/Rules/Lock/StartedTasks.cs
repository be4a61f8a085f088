using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Operations;
using ExpiryAnalyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Rules.Lock;

/// <summary>
/// The calls that start the tasks which one call combines: <c>Task.WhenAll(a(), b())</c>, <c>items.Select(...).ToArray()</c>.
/// </summary>
internal sealed class StartedTasks(Body body)
{
    /// <summary>How many calls are looked at.</summary>
    private const int MaxLook = 64;

    private readonly WellKnownTypes _types = body.Knowledge.Types;

    /// <summary>A call, and those whose tasks it combines.</summary>
    public IReadOnlyList<IInvocationOperation> By(IInvocationOperation call)
    {
        List<IInvocationOperation> started = [];
        HashSet<IOperation> seen = [];
        Stack<IOperation> open = new([call]);
        while (open.Count > 0 && started.Count < MaxLook)
        {
            IOperation part = open.Pop();
            if (!seen.Add(part))
            {
                continue;
            }

            if (part is IInvocationOperation starting)
            {
                started.Add(starting);
            }

            foreach (IOperation inner in PartsOf(part))
            {
                open.Push(inner.WithoutConversions());
            }
        }

        return started;
    }

    private IEnumerable<IOperation> PartsOf(IOperation part) => part switch
    {
        IInvocationOperation { Arguments: [{ } tasks, ..] } all when _types.Is(all.TargetMethod, KnownMember.WhenAll) => GivenBy(tasks),
        IInvocationOperation made when _types.ReceiverOf(made, KnownMember.SameElements) is { } elements => [elements],
        IArrayCreationOperation { Initializer: { } elements } => elements.ElementValues,
        ILocalReferenceOperation { Local: { } list } when _types.Is(list.Type, KnownType.ListOf) && body.Assignments.Writes(list) == 1 =>
            PutInto(list),
        _ when part.ListsElements() => part.ChildOperations,
        _ => [],
    };

    /// <summary>What an argument hands over: several tasks that are written one by one, or a collection.</summary>
    private static IEnumerable<IOperation> GivenBy(IArgumentOperation argument) =>
        argument.ArgumentKind == ArgumentKind.Explicit || argument.Value is IArrayCreationOperation ? [argument.Value]
        : argument.Value.ChildOperations;

    /// <summary>The tasks in a list that is only filled, and then handed on once.</summary>
    private IEnumerable<IOperation> PutInto(ILocalSymbol list)
    {
        IReadOnlyList<IOperation> reads = body.Assignments.Reads(list);
        if (reads.Count > MaxLook)
        {
            return [];
        }

        IInvocationOperation[] added = [.. reads.Select(AddedTo).OfType<IInvocationOperation>()];
        return reads.Count <= added.Length + 1 ? added.Select(static add => add.Arguments[0].Value) : [];
    }

    /// <summary>The call that puts an element into a list where it is named; null where it is named for anything else.</summary>
    private IInvocationOperation? AddedTo(IOperation read) => read.Parent is IInvocationOperation { Arguments.Length: 1 } add &&
        ReferenceEquals(add.Instance, read) && _types.Is(add.TargetMethod, KnownMember.AddElement) ? add : null;
}
