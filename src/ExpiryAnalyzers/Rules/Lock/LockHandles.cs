using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Calls;
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

    /// <summary>
    /// The first work that runs also where there is no handle, or it is not acquired, although the code looks at it; null where none does.
    /// </summary>
    public static IOperation? WorkWithout(CacheCall take, Body body)
    {
        LockEpisodes episodes = LockEpisodes.Of(body);
        OutcomeUses uses = new(body, call => EndsHandle(call, body.Knowledge.Types) &&
            call.Instance is ILocalReferenceOperation or IConditionalAccessInstanceOperation);
        return HandleScope.Of(take.Operation, body) is { } scope && uses.IdleTests(take.Operation) is { } tests
            ? episodes.RestBehind(scope.Holder, tests, scope.End, episodes.Calls.Of(take))?.Work
            : null;
    }

    /// <summary>Whether a handle is read only to give it back.</summary>
    private static bool IsDisposal(IOperation read, WellKnownTypes types)
    {
        IOperation answer = read.Answer();
        return answer.Parent switch
        {
            IUsingOperation => true,
            IInvocationOperation call => ReferenceEquals(call.Instance, answer) && EndsHandle(call, types),
            IConditionalAccessOperation { WhenNotNull: IInvocationOperation call } => EndsHandle(call, types),
            _ => false,
        };
    }

    /// <summary>Whether a call on a handle gives the lock back.</summary>
    public static bool EndsHandle(IInvocationOperation call, WellKnownTypes types) =>
        types.IsDisposal(call.TargetMethod) || NameHints.ReleaseStart.Fits(call.TargetMethod.Name);
}
