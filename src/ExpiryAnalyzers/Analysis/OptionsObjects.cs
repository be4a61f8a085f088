using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Calls;
using ExpiryAnalyzers.Keys;
using ExpiryAnalyzers.Operations;
using ExpiryAnalyzers.Symbols;
using ExpiryAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Analysis;

/// <summary>
/// Which sinks of a body set the times of one and the same options object: in an initialiser, by setters, or in a chain of extension
/// calls. Objects are told apart by where they are made, else by the variable or member that names them.
/// </summary>
internal sealed class OptionsObjects(Body body, Knowledge knowledge)
{
    /// <summary>How many variables and calls are followed from a sink to the object.</summary>
    private const int MaxSteps = 16;

    /// <summary>Tells each absolute expiry that loses its offset beside a sliding one whether it stands beside one.</summary>
    public void Pair()
    {
        List<(Sink Sink, Owner Owner)>? times = null;
        foreach (Sink sink in body.Sinks)
        {
            if (sink.Library.LosesOffsetBesideSliding && sink.Values?.All(static value => value.Shape == TimeShape.Null) == false && OwnerOf(sink) is { } owner)
            {
                (times ??= []).Add((sink, owner));
            }
        }

        foreach ((Sink absolute, Owner owner) in times ?? [])
        {
            if (absolute.IsAbsolute && absolute.Behind?.Sliding is null)
            {
                Sink[] others = [.. times!.Where(other => !ReferenceEquals(other.Sink, absolute) && other.Owner == owner && MayBothRun(absolute.Value, other.Sink.Value)).Select(other => other.Sink)];

                // A relative expiry wins over the absolute one, and a later absolute one takes its place.
                if (!others.Any(other => IsRelative(other) || (other.IsAbsolute && Replaces(other, absolute))))
                {
                    absolute.Sliding = others.FirstOrDefault(IsSliding) ?? SlidingOfHelper(owner);
                }
            }
        }
    }

    /// <summary>The sliding expiration of the object that an expression yields.</summary>
    public Sink? SlidingOf(IOperation options) => OwnerOf(options, MaxSteps) is { } owner
        ? body.Sinks.FirstOrDefault(sink => sink.Library.LosesOffsetBesideSliding && IsSliding(sink) && sink.Values?.All(static value => value.Shape == TimeShape.Null) == false && OwnerOf(sink) == owner)
        : null;

    /// <summary>Whether the object whose time a sink sets serves several keys: it is handed to stores of different keys, or to one that a loop or lambda repeats.</summary>
    public bool IsShared(Sink sink)
    {
        if (OwnerOf(sink) is not { } owner)
        {
            return false;
        }

        CacheCall[] stores = [.. body.Calls.Where(call => call.Has(Effect.Overwrite) && call.Operation.Arguments.Any(argument => argument.ArgumentKind != ArgumentKind.DefaultValue && OwnerOf(argument.Value, MaxSteps) == owner))];
        return stores.Any(store => IsRepeated(store.Operation, owner) || stores.Any(other => !ReferenceEquals(other.Operation, store.Operation) && !other.SharesKeyWith(store) && MayBothRun(store.Operation, other.Operation)));
    }

    /// <summary>Whether a loop or a lambda runs an operation again for the same object.</summary>
    private static bool IsRepeated(IOperation operation, Owner owner)
    {
        for (IOperation? outer = operation.Parent; outer is not null; outer = outer.Parent)
        {
            if (outer is ILoopOperation or IAnonymousFunctionOperation && owner.Made is { } made && !Contains(outer, made))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsSliding(Sink sink) => !sink.IsAbsolute && sink.Innermost.Member switch
    {
        IPropertySymbol property => knowledge.Catalog.Find(property)?.Row.IsSliding,
        IMethodSymbol method => knowledge.Catalog.Find(method)?.Row.IsSliding,
        _ => null,
    } == true;

    private bool IsRelative(Sink sink) => !sink.IsAbsolute && !IsSliding(sink);

    private Sink? SlidingOfHelper(Owner owner) => owner.Made is IInvocationOperation helper ? knowledge.Summaries.SlidingOf(helper.TargetMethod)
        : owner.Made is IPropertyReferenceOperation { Property.GetMethod: { } getter } ? knowledge.Summaries.SlidingOf(getter)
        : null;

    /// <summary>The object whose time a sink sets; null where it is not known.</summary>
    private Owner? OwnerOf(Sink sink)
    {
        // A wrapper sets the time of the object that it is handed, or of one of its own.
        if (sink.Behind is { } behind)
        {
            return ReceiverOf(behind)?.WithoutConversions() is IParameterReferenceOperation { Parameter: { } parameter } &&
                sink.Value.Parent is IArgumentOperation { Parent: IInvocationOperation wrapper } &&
                wrapper.Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == parameter.Ordinal) is { } handed
                ? OwnerOf(handed.Value, MaxSteps)
                : null;
        }

        return ReceiverOf(sink) is { } receiver ? OwnerOf(receiver, MaxSteps) : null;
    }

    /// <summary>The expression before the dot of a setter or of an extension call.</summary>
    private static IOperation? ReceiverOf(Sink sink) => sink.Value.Parent switch
    {
        ISimpleAssignmentOperation { Target: IPropertyReferenceOperation target } => target.Instance,
        IArgumentOperation { Parent: IInvocationOperation call } => ReceiverOf(call),
        _ => null,
    };

    private static IOperation? ReceiverOf(IInvocationOperation call) => call.Instance ?? call.Arguments.FirstOrDefault(static argument => argument.Parameter?.Ordinal == 0)?.Value;

    private Owner? OwnerOf(IOperation options, int steps)
    {
        if (steps == 0)
        {
            return null;
        }

        switch (options)
        {
            case IConversionOperation conversion:
                return OwnerOf(conversion.Operand, steps - 1);
            case IParenthesizedOperation parenthesized:
                return OwnerOf(parenthesized.Operand, steps - 1);
            case ISimpleAssignmentOperation assignment:
                return OwnerOf(assignment.Value, steps - 1);
            case IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ImplicitReceiver }:
                return InitializedBy(options) is { } made ? new(made) : null;
            case IInvocationOperation call:
                return IsChain(call) && ReceiverOf(call) is { } receiver ? OwnerOf(receiver, steps - 1) : new(call);
            case ILocalReferenceOperation { Local: { } local } when body.Assignments.OnlyValue(local) is { } value:
                return OwnerOf(value, steps - 1);
            case IFieldReferenceOperation or IPropertyReferenceOperation when DefUse.SymbolOf(options) is { } member && body.Assignments.OnlyValue(member) is { } value:
                return OwnerOf(value, steps - 1);
            case IPropertyReferenceOperation { Property: { SetMethod: null } own } when own.IsOfSource(knowledge.Catalog.Compilation):
                return new(options);
            case ILocalReferenceOperation or IParameterReferenceOperation or IFieldReferenceOperation or IPropertyReferenceOperation:
                return body.Keys.Of(options) is { } name ? new(null, name) : null;
            default:
                return new(options);
        }
    }

    /// <summary>Whether a call hands back the object that it is called on: of an extension, which yields what it takes, that is taken as read.</summary>
    private static bool IsChain(IInvocationOperation call) => call.TargetMethod is { Parameters: [{ } first, ..] } method &&
        (method.IsExtensionMethod || method.ReducedFrom is not null) && SymbolEqualityComparer.Default.Equals(first.Type, method.ReturnType);

    /// <summary>The creation whose initialiser an expression stands in.</summary>
    private static IOperation? InitializedBy(IOperation receiver)
    {
        IOperation? current = receiver.Parent;
        while (current is not null and not IObjectOrCollectionInitializerOperation)
        {
            current = current.Parent;
        }

        return current?.Parent;
    }

    /// <summary>Whether both operations may run for the same object: neither stands in another branch of a choice, and the first does not leave before the second.</summary>
    private bool MayBothRun(IOperation one, IOperation other)
    {
        (IOperation first, IOperation second) = one.Syntax.SpanStart < other.Syntax.SpanStart ? (one, other) : (other, one);
        if (!ReferenceEquals(body.FunctionOf(first), body.FunctionOf(second)))
        {
            return false;
        }

        for (IOperation inner = first; inner.Parent is { } outer; inner = outer)
        {
            if (outer.Syntax.Span.Contains(second.Syntax.Span) && Contains(outer, second))
            {
                return outer switch
                {
                    IConditionalOperation conditional => ReferenceEquals(inner, conditional.Condition),
                    ISwitchOperation or ISwitchExpressionOperation => false,
                    ICoalesceOperation => false,
                    _ => true,
                };
            }

            if (outer is IBlockOperation { Operations: [.., IReturnOperation or IThrowOperation or IBranchOperation] } or IReturnOperation or IThrowOperation)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether the later of two absolute sinks certainly runs behind the earlier.</summary>
    private static bool Replaces(Sink later, Sink earlier)
    {
        if (later.Value.Syntax.SpanStart < earlier.Value.Syntax.SpanStart)
        {
            return false;
        }

        for (IOperation? outer = later.Value.Parent; outer is not null; outer = outer.Parent)
        {
            if (Contains(outer, earlier.Value))
            {
                return true;
            }

            if (outer is IConditionalOperation or ISwitchCaseOperation or ISwitchExpressionArmOperation or ILoopOperation or ICoalesceOperation or ICatchClauseOperation)
            {
                return false;
            }
        }

        return false;
    }

    private static bool Contains(IOperation outer, IOperation inner)
    {
        for (IOperation? current = inner; current is not null; current = current.Parent)
        {
            if (ReferenceEquals(current, outer))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>An options object: the operation that makes it, or else the text of what names it.</summary>
    private sealed record Owner(IOperation? Made, Key? Name = null);
}
