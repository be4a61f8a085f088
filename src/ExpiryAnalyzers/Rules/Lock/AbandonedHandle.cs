using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Calls;
using ExpiryAnalyzers.Operations;
using ExpiryAnalyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Rules.Lock;

/// <summary>
/// The handle of a lock that one variable holds, and no <c>using</c>: nothing gives it back, or not when the work throws.
/// </summary>
/// <param name="Disposal">The first call that gives it back when all went well; null where none does.</param>
/// <param name="Work">The work that keeps the code from that call when it throws; null where nothing gives it back at all.</param>
internal sealed record AbandonedHandle(IInvocationOperation? Disposal, IOperation? Work)
{
    /// <summary>What becomes so of the handle that a client's call answers with; null where it is given back, or others have it.</summary>
    public static AbandonedHandle? Of(CacheCall take, Body body)
    {
        if (!LockEpisode.IsOfClientHandle(take))
        {
            return null;
        }

        IOperation answer = HandleOf(take.Operation);
        bool isCertain = take.Method.Row.Missed == MissedLock.Throws || !ReferenceEquals(answer, take.Operation.Answer());
        if (!isCertain && LockHandles.IsUnused(take, body))
        {
            // That nobody asks whether the lock was got is said already.
            return null;
        }

        if (answer.Parent is IExpressionStatementOperation or ISimpleAssignmentOperation { Target: IDiscardOperation })
        {
            return IsKeptUp(take) ? new(null, null) : null;
        }

        return VariableOf(answer) is { } handle && DisposalsOf(handle, take, body) is { } disposals
            ? Judge(take, disposals, isCertain, body)
            : null;
    }

    /// <summary>Whether the client keeps the lock up until its handle is disposed of: it does unless it is told not to.</summary>
    public static bool IsKeptUp(CacheCall take) =>
        take.Argument(Role.Renewal)?.Value.ConstantValue is not { HasValue: true, Value: false };

    /// <param name="take">The call that takes the lock.</param>
    /// <param name="disposals">The calls that give it back.</param>
    /// <param name="isCertain">Whether the code behind the call runs only where the lock was got.</param>
    /// <param name="body">The body.</param>
    private static AbandonedHandle? Judge(
        CacheCall take, IReadOnlyList<IInvocationOperation> disposals, bool isCertain, Body body)
    {
        if (disposals.Count == 0)
        {
            // A lock that ends with its TTL may be meant to keep others off for so long, and a program's own for as long as it runs.
            return IsKeptUp(take) && !IsEntryPoint(body) ? new(null, null) : null;
        }

        LockEpisodes episodes = LockEpisodes.Of(body);
        LockEpisode episode = episodes.OfHandle(take);
        IOperation? work = episode.IsAskedFor ? episode.Work : isCertain ? WorkBehind(take, disposals, episodes) : null;
        return work is not null && !episode.IsEndedAround(work) ? new(disposals[0], work) : null;
    }

    private static bool IsEntryPoint(Body body) =>
        body.Knowledge.Catalog.Compilation.GetEntryPoint(body.Knowledge.CancellationToken) is { } entry &&
        SymbolEqualityComparer.Default.Equals(entry, body.Member);

    /// <summary>The first work between the taking and the last disposal.</summary>
    private static IOperation? WorkBehind(CacheCall take, IReadOnlyList<IInvocationOperation> disposals, LockEpisodes episodes) =>
        LockEpisode.StatementOf(take.Operation) is { } statement
            ? episodes.RestBehind(statement, [], disposals.Max(static call => call.Syntax.SpanStart), episodes.Calls.Of(take))?.Work
            : null;

    /// <summary>The expression that is the handle: <c>Lock(...) ?? throw</c> is, too.</summary>
    private static IOperation HandleOf(IOperation call)
    {
        IOperation answer = call.Answer();
        while (answer.Parent is IConversionOperation ||
            (answer.Parent is ICoalesceOperation { WhenNull: var otherwise } choice &&
            ReferenceEquals(choice.Value, answer) && otherwise.WithoutConversions() is IThrowOperation))
        {
            answer = answer.Parent;
        }

        return answer;
    }

    private static ILocalSymbol? VariableOf(IOperation answer) => answer.Parent switch
    {
        IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator } =>
            declarator.Parent?.Parent?.Parent is IUsingOperation or IUsingDeclarationOperation ? null : declarator.Symbol,
        ISimpleAssignmentOperation { Target: ILocalReferenceOperation handle, Parent: IExpressionStatementOperation } => handle.Local,
        _ => null,
    };

    /// <summary>
    /// The calls that give back what a variable holds; null where it goes anywhere else, or is given back in a handler or another function.
    /// </summary>
    private static IReadOnlyList<IInvocationOperation>? DisposalsOf(ILocalSymbol handle, CacheCall take, Body body)
    {
        if (body.Assignments.IsAliased(handle) || body.Assignments.IsShared(handle) ||
            !body.Assignments.ValuesOf(handle).All(value => value is not null && IsOwnOrNone(value, take)))
        {
            return null;
        }

        IOperation function = body.Places.Of(take.Operation).Function;
        List<IInvocationOperation> disposals = [];
        foreach (IOperation read in body.Assignments.Reads(handle))
        {
            Place place = body.Places.Of(read);
            IInvocationOperation? call = CalledOn(read);
            bool isDisposal = call is not null && LockHandles.EndsHandle(call, body.Knowledge.Types);
            if (!ReferenceEquals(place.Function, function) || (isDisposal && (place.IsInCatch || place.IsInFinally)) ||
                (call is null && !LockHandles.IsLook(read)))
            {
                return null;
            }

            if (isDisposal)
            {
                disposals.Add(call!);
            }
        }

        return disposals;
    }

    private static bool IsOwnOrNone(IOperation value, CacheCall take) => value.Syntax.Span.Contains(take.Syntax.Span) ||
        value.WithoutConversions() is { ConstantValue: { HasValue: true, Value: null } } or IDefaultValueOperation;

    /// <summary>The call of a member of what a variable holds: <c>handle.Dispose()</c>, <c>handle?.Dispose()</c>.</summary>
    private static IInvocationOperation? CalledOn(IOperation read)
    {
        IOperation value = read.Parent is IConversionOperation { IsImplicit: true } conversion ? conversion : read;
        return value.Parent switch
        {
            IInvocationOperation call when ReferenceEquals(call.Instance, value) => call,
            IConditionalAccessOperation { WhenNotNull: IInvocationOperation call } access
                when ReferenceEquals(access.Operation, value) => call,
            _ => null,
        };
    }
}
