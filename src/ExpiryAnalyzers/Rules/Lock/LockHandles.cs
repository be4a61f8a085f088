using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Operations;
using ExpiryAnalyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Rules.Lock;

/// <summary>What becomes of the handles that say whether a lock was got.</summary>
internal static class LockHandles
{
    /// <summary>Whether the handle that a call answers with is at most disposed of, and never looked at.</summary>
    public static bool IsUnused(IOperation call, Body body) => call.Answer().Parent switch
    {
        IExpressionStatementOperation or IUsingOperation => true,
        ISimpleAssignmentOperation { Target: IDiscardOperation } => true,
        IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: { } handle } } =>
            body.Assignments.Writes(handle) == 1 && body.Assignments.Reads(handle).All(read => IsDisposal(read, body.Knowledge.Types)),
        _ => false,
    };

    /// <summary>Whether a handle is read only to give it back.</summary>
    private static bool IsDisposal(IOperation read, WellKnownTypes types)
    {
        IOperation answer = read.Answer();
        return answer.Parent switch
        {
            IUsingOperation => true,
            IInvocationOperation call => ReferenceEquals(call.Instance, answer) && EndsHandle(call),
            IConditionalAccessOperation { WhenNotNull: IInvocationOperation call } => EndsHandle(call),
            _ => false,
        };

        bool EndsHandle(IInvocationOperation call) =>
            types.IsDisposal(call.TargetMethod) || NameHints.ReleaseStart.Fits(call.TargetMethod.Name);
    }
}
