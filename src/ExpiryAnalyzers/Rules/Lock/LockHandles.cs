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
    /// Whether a call gives its caller something beside its answer, <c>TryTake(key, out handle)</c>, and the code asks that instead.
    /// </summary>
    public static bool IsAskedBeside(IInvocationOperation call, Body body) => call.Arguments
        .Where(static argument => argument.Parameter is { RefKind: RefKind.Out or RefKind.Ref })
        .Select(static argument => DefUse.SymbolOf(argument.Value))
        .OfType<ISymbol>()
        .Any(given => given is not ILocalSymbol || body.Assignments.Reads(given).Any(static read =>
            IsLook(read) || read.Parent is IIsPatternOperation or ICoalesceOperation));

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

    /// <summary>Whether code only asks a variable whether it holds a handle, or the handle for its state.</summary>
    public static bool IsLook(IOperation read)
    {
        IOperation value = read.Parent is IConversionOperation conversion ? conversion : read;
        return value.Parent switch
        {
            IIsPatternOperation { Pattern: not IDeclarationPatternOperation } => true,
            IBinaryOperation { LeftOperand: var left, RightOperand: var right } =>
                (ReferenceEquals(left, value) ? right : left).WithoutConversions().ConstantValue is { HasValue: true, Value: null },
            IPropertyReferenceOperation { Instance: { } instance } => ReferenceEquals(instance, value),
            IConditionalAccessOperation { WhenNotNull: var part } access => ReferenceEquals(access.Operation, value) &&
                part.DescendantsAndSelf().Any(static inner =>
                    inner is IPropertyReferenceOperation { Instance: IConditionalAccessInstanceOperation }),
            _ => false,
        };
    }
}
