using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Calls;
using ExpiryAnalyzers.Operations;
using ExpiryAnalyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Rules.Lock;

/// <summary>Whether work that nobody waits for uses what a lock guards: a client, or what the code is handed to run.</summary>
internal sealed class GuardedUses(CacheCall take, Body body)
{
    private readonly WellKnownTypes _types = body.Knowledge.Types;

    /// <summary>
    /// Whether a call does so itself, in the code that it is handed, or in a helper. What prolongs the lock is meant to run beside the
    /// work, and what takes the lock itself waits for it: all behind that is work of its own lock.
    /// </summary>
    public bool Has(IInvocationOperation call)
    {
        if (call.TargetMethod is { IsAsync: true, ReturnsVoid: true })
        {
            return HasBehindAwait(call);
        }

        IReadOnlyList<IInvocationOperation> started = new StartedTasks(body).By(call);
        IOperation[] code = [.. started.SelectMany(CodeOf)];
        int own = code.Where(TakesItself).Select(static taking => taking.Syntax.SpanStart).DefaultIfEmpty(int.MaxValue).Min();
        return !code.Any(IsRenewal) &&
            (code.Any(part => part.Syntax.SpanStart < own && IsUse(part)) || started.Any(IsHandedKey));
    }

    /// <summary>
    /// Whether a method that gives no task does so once it has come to an <c>await</c>: what stands before that, its caller waits for.
    /// </summary>
    private bool HasBehindAwait(IInvocationOperation call)
    {
        IOperation? local = LocalOf(call);
        IOperation[] code = [.. CodeOf(call)];
        if (code.Any(IsRenewal) || code.Any(TakesItself) || (local ?? RootOf(call)) is not { } run || FirstAwait(run) is not { } start)
        {
            return false;
        }

        return call.Arguments.Any(argument => IsUse(argument.Value.WithoutConversions())) ||
            (local is not null
                ? local.Descendants().Any(part => part.Syntax.SpanStart > start && IsUse(part))
                : body.CallsAt(call.Syntax).Any(known =>
                    IsCommand(known, body.Knowledge) && known.Behind?.Syntax.SpanStart > start));
    }

    private IOperation? RootOf(IInvocationOperation call) =>
        body.Knowledge.Summaries.MethodOf(call) is { } method ? body.Knowledge.Summaries.RootOf(method) : null;

    /// <summary>Where a function first waits; null where it never does.</summary>
    private static int? FirstAwait(IOperation function)
    {
        int? first = null;
        foreach (IOperation part in function.DescendantsOutside(IsFunction))
        {
            if (part is IAwaitOperation && !(part.Syntax.SpanStart >= first))
            {
                first = part.Syntax.SpanStart;
            }
        }

        return first;
    }

    private static bool IsFunction(IOperation part) => part is IAnonymousFunctionOperation or ILocalFunctionOperation;

    /// <summary>Whether the code that a call runs takes the same lock itself.</summary>
    public bool WaitsForLock(IInvocationOperation call) => CodeOf(call).Any(TakesItself);

    /// <summary>Whether what an operation does with clients begins with taking the same lock.</summary>
    private bool TakesItself(IOperation operation) => operation is IInvocationOperation call &&
        body.CallsAt(call.Syntax) is [{ } first, ..] && (first.Held is not null || LockCalls.MayTake(first)) &&
        first.Key?.Equals(take.Key) == true;

    /// <summary>The call, and the code in view that it runs.</summary>
    private IEnumerable<IOperation> CodeOf(IInvocationOperation call)
    {
        IEnumerable<IOperation?> run = call.Arguments.Select(argument => LambdaOf(argument.Value))
            .Concat([call.Instance is null ? null : LambdaOf(call.Instance), LocalOf(call)]);
        return run.OfType<IOperation>().SelectMany(static function => function.Descendants()).Concat([call])
            .Concat(call.Arguments.Select(static argument => argument.Value.WithoutConversions()));
    }

    private IOperation? LambdaOf(IOperation value)
    {
        IOperation resolved = body.Resolved(value).WithoutConversions();
        resolved = resolved is IObjectCreationOperation { Arguments: [{ } work, ..] } made && _types.Is(made.Type, KnownType.Thread)
            ? body.Resolved(work.Value).WithoutConversions() : resolved;
        return resolved.AsLambda();
    }

    private IOperation? LocalOf(IInvocationOperation call) => call.TargetMethod.MethodKind == MethodKind.LocalFunction
        ? body.Functions.Of(call.TargetMethod)?.Root : null;

    private bool IsRenewal(IOperation operation) => operation is IInvocationOperation call &&
        (NameHints.Renewal.Fits(call.TargetMethod.Name) ||
            body.CallsAt(call.Syntax).Any(known =>
                known.Has(Effect.ExtendLock) || (known.Has(Effect.SetExpiry) && known.SharesKeyWith(take)) || IsScript(known)));

    /// <summary>Whether a script prolongs the lock, or a key that is not known and may be the lock's.</summary>
    private bool IsScript(CacheCall known) => known.Prolongs && (known.OnlyKey is not { } key || key.Equals(take.Key));

    private bool IsUse(IOperation operation) => operation switch
    {
        IInvocationOperation { TargetMethod.MethodKind: MethodKind.DelegateInvoke, Instance: { } work } => LambdaOf(work) is null,
        IInvocationOperation call => body.CallsAt(call.Syntax).Any(known => IsCommand(known, body.Knowledge)),
        IParameterReferenceOperation { Parameter.Type.TypeKind: TypeKind.Delegate } => true,
        IFieldReferenceOperation { Field.Type.TypeKind: TypeKind.Delegate } => true,
        _ => false,
    };

    /// <summary>Whether a call sends a command at once, and its task waits for the answer.</summary>
    public static bool IsCommand(CacheCall known, Knowledge knowledge) =>
        known.Receiver is not (ReceiverKind.Transaction or ReceiverKind.Batch) &&
        (known.Data != DataType.None || known.Has(Effect.Change)) &&
        knowledge.Catalog.Queues.HasAnswer(known.Innermost.Operation, static flags => flags);

    /// <summary>Whether a member of the same type is handed what the lock's key is made of, and does more than to log it.</summary>
    private bool IsHandedKey(IInvocationOperation call) => IsOfOwnWork(call) && call.Arguments.Any(IsOfKey) && !TakesItself(call);

    private bool IsOfKey(IArgumentOperation argument) => take.Key is { Symbols: [_, ..] symbols } &&
        DefUse.SymbolOf(argument.Value.WithoutConversions()) is { } given &&
        symbols.Contains(given, SymbolEqualityComparer.Default);

    private bool IsOfOwnWork(IInvocationOperation call) =>
        SymbolEqualityComparer.Default.Equals(call.TargetMethod.ContainingType, body.Member?.ContainingType) &&
        body.Knowledge.Summaries.MethodOf(call) is { } method && MayWork(method);

    private bool MayWork(IMethodSymbol method) =>
        body.Knowledge.Summaries.RootOf(method) is not { } root || LockCode.DoesWork(root, _types);
}
