using ExpiryAnalyzers.Operations;
using Microsoft.CodeAnalysis;

namespace ExpiryAnalyzers.Analysis;

/// <summary>The operations of one body by where they begin.</summary>
internal sealed class OperationPlaces
{
    private readonly IOperation[] _operations;
    private readonly int[] _starts;

    public OperationPlaces(Body body)
    {
        _operations = [.. body.Operations.OrderBy(static operation => operation.Syntax.SpanStart)];
        _starts = [.. _operations.Select(static operation => operation.Syntax.SpanStart)];
    }

    /// <summary>Those that begin at a position or behind it, and before another.</summary>
    public IEnumerable<IOperation> Between(int start, int end)
    {
        for (int i = Sorted.FirstFrom(_starts, start); i < _starts.Length && _starts[i] < end; i++)
        {
            yield return _operations[i];
        }
    }
}
