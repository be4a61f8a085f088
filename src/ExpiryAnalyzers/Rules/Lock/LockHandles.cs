using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Calls;
using ExpiryAnalyzers.Operations;
using ExpiryAnalyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Rules.Lock;

/// <summary>What becomes of the handles that say whether a lock was got.</summary>
internal static class LockHandles
{
    /// <summary>How the handle that a call answers with says that the lock was not got.</summary>
    public static MissedLock MissedBy(CacheCall call) => call.Behind is null ? call.Method.Row.Missed
        : call.Held is { IsHandle: true, MayBeMissing: true } ? MissedLock.IsNull
        : MissedLock.Unsaid;

    /// <summary>Whether the handle that a call answers with is at most disposed of, and never looked at.</summary>
    public static bool IsUnused(CacheCall call, Body body) => IsUnused(call.Operation, MissedBy(call), body);

    /// <summary>Whether a handle is at most disposed of, and never looked at.</summary>
    /// <param name="call">The call that answers with it, or what makes it.</param>
    /// <param name="missed">How it says that the lock was not got.</param>
    /// <param name="body">The body.</param>
    public static bool IsUnused(IOperation call, MissedLock missed, Body body) => call.Answer().Parent switch
    {
        IExpressionStatementOperation or IUsingOperation => true,
        ISimpleAssignmentOperation { Target: IDiscardOperation } => true,
        IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: { } handle } } =>
            body.Assignments.Writes(handle) == 1 && body.Assignments.Reads(handle).All(IsIdle(handle, missed, body.Knowledge.Types)),
        _ => false,
    };

    /// <summary>
    /// Which reads of a handle do not look at it: what gives it back, and what asks for null where there always is something. A task is
    /// never null, and neither is a handle that has a property for its answer.
    /// </summary>
    private static Func<IOperation, bool> IsIdle(ILocalSymbol handle, MissedLock missed, WellKnownTypes types)
    {
        bool isAlwaysThere = missed == MissedLock.IsAsked || types.IsTask(handle.Type);
        return read => IsDisposal(read, types) || (isAlwaysThere && IsNullTest(read));
    }

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
        IOperation value = WithConversion(read);
        return value.Parent switch
        {
            IIsPatternOperation { Pattern: not IDeclarationPatternOperation } => true,
            IBinaryOperation comparison => IsWithNull(comparison, value),
            IPropertyReferenceOperation { Instance: { } instance } => ReferenceEquals(instance, value),
            IConditionalAccessOperation { WhenNotNull: var part } access => ReferenceEquals(access.Operation, value) &&
                part.DescendantsAndSelf().Any(static inner =>
                    inner is IPropertyReferenceOperation { Instance: IConditionalAccessInstanceOperation }),
            _ => false,
        };
    }

    /// <summary>Whether code asks a variable whether it holds anything, and nothing more.</summary>
    private static bool IsNullTest(IOperation read)
    {
        IOperation value = WithConversion(read);
        return value.Parent switch
        {
            IIsPatternOperation { Pattern: INegatedPatternOperation { Pattern: var negated } } => IsOfNull(negated),
            IIsPatternOperation { Pattern: var pattern } => IsOfNull(pattern),
            IBinaryOperation comparison => IsWithNull(comparison, value),
            _ => false,
        };
    }

    private static IOperation WithConversion(IOperation read) => read.Parent is IConversionOperation conversion ? conversion : read;

    private static bool IsWithNull(IBinaryOperation comparison, IOperation value) =>
        (ReferenceEquals(comparison.LeftOperand, value) ? comparison.RightOperand : comparison.LeftOperand).WithoutConversions()
            .ConstantValue is { HasValue: true, Value: null };

    /// <summary>Whether a pattern is <c>null</c> or <c>{ }</c>.</summary>
    private static bool IsOfNull(IPatternOperation pattern) => pattern switch
    {
        IConstantPatternOperation { Value: var constant } =>
            constant.WithoutConversions().ConstantValue is { HasValue: true, Value: null },
        IRecursivePatternOperation { DeclaredSymbol: null } any =>
            any.PropertySubpatterns.IsEmpty && any.DeconstructionSubpatterns.IsEmpty,
        _ => false,
    };
}
