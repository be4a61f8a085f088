using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Flow;

/// <summary>What a graph captures to look at it again.</summary>
internal sealed class FlowCaptures
{
    private SmallMap<CaptureId, IOperation> _values = new();

    /// <summary>Notes a capture. Of <c>x?.Kind</c> that is what there is, and else nothing.</summary>
    public void Add(IFlowCaptureOperation capture)
    {
        if (capture.Value is not IDefaultValueOperation || !_values.ContainsKey(capture.Id))
        {
            _values[capture.Id] = capture.Value;
        }
    }

    /// <summary>What a reference to a capture stands for; null where the flow has not come to it.</summary>
    public IOperation? Of(IFlowCaptureReferenceOperation reference) =>
        _values.TryGetValue(reference.Id, out IOperation? captured) ? captured : null;
}
