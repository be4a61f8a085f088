using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Analysis;

/// <summary>The loops and lambdas of one body, which may run what stands in them more than once.</summary>
internal sealed class Repeats
{
    private readonly Dictionary<IOperation, IOperation?> _around = [];

    /// <summary>The innermost loop or lambda around an operation.</summary>
    public IOperation? Around(IOperation operation)
    {
        List<IOperation> path = [];
        IOperation? found = null;
        for (IOperation? inner = operation; inner is not null && !_around.TryGetValue(inner, out found); inner = inner.Parent)
        {
            path.Add(inner);
            if (inner.Parent is ILoopOperation or IAnonymousFunctionOperation)
            {
                found = inner.Parent;
                break;
            }
        }

        foreach (IOperation inner in path)
        {
            _around[inner] = found;
        }

        return found;
    }
}
