using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Calls;
using ExpiryAnalyzers.Operations;
using ExpiryAnalyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Rules.Lifetime;

/// <summary>
/// One call in code that runs once for each of many items: the body of a loop, or a lambda handed to a call that runs it for each element.
/// Tells what changes from round to round, what certainly does not, and whether the rounds follow each other at once.
/// </summary>
internal sealed class Iteration
{
    /// <summary>Fewer rounds than this are no crowd.</summary>
    private const int Crowd = 20;

    /// <summary>How many variables and members, each made of the next, are followed.</summary>
    private const int MaxChain = 8;

    private readonly Body _body;
    private readonly Knowledge _knowledge;
    private readonly Iterations _iterations;
    private readonly Round _round;
    private readonly CacheCall _call;

    private Iteration(Round round, CacheCall call, Body body, Knowledge knowledge)
    {
        _round = round;
        _call = call;
        _body = body;
        _knowledge = knowledge;
        _iterations = IterationsOf(body);
    }

    /// <summary>The innermost iteration in which each round's call is about another key; null where there is none.</summary>
    public static Iteration? OfKey(CacheCall call, Body body, Knowledge knowledge)
    {
        Iterations iterations = IterationsOf(body);
        Round? round = iterations.Around(call.Operation);
        if (round is null || call.KeyExpression?.DescendantsAndSelf().Any(iterations.IsFickle) == true)
        {
            return round is null ? null : new(round, call, body, knowledge);
        }

        IReadOnlyCollection<ISymbol> origins = iterations.OriginsOf(call);
        while (round is not null && !origins.Any(origin => iterations.IsAnother(origin, round)))
        {
            round = origins.Count == 0 ? null : iterations.Around(round.Operation);
        }

        return round is null ? null : new(round, call, body, knowledge);
    }

    /// <summary>Whether it is a statement, and not a lambda.</summary>
    public bool IsLoop => _round.Operation is ILoopOperation;

    public bool Contains(IOperation operation) => _round.Contains(operation);

    /// <summary>Whether the rounds lie apart in time: the code waits in each, or takes what a queue brings.</summary>
    public bool IsSpreadInTime => IsEndless || _iterations.WaitsIn(_round.Span);

    /// <summary>Whether the rounds are known to be few.</summary>
    public bool IsSmall => (_round.Count ??= CountOf()) < Crowd;

    /// <summary>Whether a round makes a call on the key of this one that has one of the effects.</summary>
    public bool HoldsOnKey(Effect effects)
    {
        if (_body.ByKey.On(_call.Key) is not { } group)
        {
            return false;
        }

        IReadOnlyList<CacheCall> calls = group.With(effects);
        for (int i = group.IndexFrom(effects, _round.Span.Start); i < calls.Count && calls[i].Syntax.SpanStart < _round.Span.End; i++)
        {
            if (Contains(calls[i].Operation))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The calls of a round that store something at the key of this one.</summary>
    public IEnumerable<CacheCall> StoresOnKey() => _body.ByKey.On(_call.Key) is { } group
        ? group.With(Effect.Store).Where(call => Contains(call.Operation))
        : [_call];

    /// <summary>What the rounds go through: a collection, or what is asked before each.</summary>
    public IEnumerable<IOperation> Sources => _round.Operation switch
    {
        IForEachLoopOperation loop => [loop.Collection],
        IForLoopOperation { Condition: { } condition } => [condition],
        IWhileLoopOperation { Condition: { } condition } => [condition],
        IAnonymousFunctionOperation function when function.CallHandedTo() is { } call =>
            call.Arguments.Select(static argument => argument.Value).Concat(call.Instance is { } owner ? [owner] : []),
        _ => [],
    };

    /// <summary>Whether the rounds end with the one that has made the call.</summary>
    public bool EndsWithCall()
    {
        bool ends = false;
        IOperation inner = _call.Operation;
        for (IOperation? outer = inner.Parent;
            IsLoop && outer is not null && !ReferenceEquals(inner, _round.Operation);
            inner = outer, outer = outer.Parent)
        {
            ends = outer switch
            {
                IAnonymousFunctionOperation => false,
                IBlockOperation block => ends || _round.EndsBehind(block, inner),
                IConditionalOperation conditional when ReferenceEquals(conditional.Condition, inner) => ends || _round.EndsIn(conditional),
                _ => ends,
            };
        }

        return ends;
    }

    /// <summary>Whether an expression certainly has one value in all rounds.</summary>
    public bool IsInvariant(IOperation expression)
    {
        // All parts have to be: they are asked one after the other, each as often as it is reached with fewer steps left than before.
        Dictionary<IOperation, int> seen = [];
        Stack<(IOperation Part, int Depth)> open = new([(expression, MaxChain)]);
        List<(IOperation?, int)> parts = [];
        while (open.Count > 0)
        {
            (IOperation part, int depth) = open.Pop();
            if (part.ConstantValue.HasValue || (seen.TryGetValue(part, out int before) && before <= depth))
            {
                continue;
            }

            seen[part] = depth;
            parts.Clear();
            if (depth == 0 || !IsInvariant(part, depth, parts))
            {
                return false;
            }

            foreach ((IOperation? next, int left) in parts)
            {
                if (next is not null)
                {
                    open.Push((next, left));
                }
            }
        }

        return true;
    }

    private static Iterations IterationsOf(Body body) => body.Remember(static body => new Iterations(body, body.Knowledge.Types));

    private bool IsEndless => _round.Operation switch
    {
        IForLoopOperation { Condition: null } => true,
        IWhileLoopOperation { Condition: { } condition } => condition.ConstantValue is { HasValue: true, Value: true } ||
            condition.DescendantsAndSelf().Any(part => _knowledge.Types.IsUseOf(part, KnownMember.IsCancellationRequested)),
        _ => false,
    };

    private int CountOf() => IsOfEnum ? 0
        : new RoundCounts(_knowledge.Types, _body.Assignments, _body.Resolved).Of(_round.Operation, isFixed: true) ?? int.MaxValue;

    /// <summary>Whether the rounds go through the values of an enumeration, which are few.</summary>
    private bool IsOfEnum => _round.Operation is IForEachLoopOperation { Collection: { } collection } &&
        _body.Resolved(collection) is IInvocationOperation { TargetMethod.ContainingType.SpecialType: SpecialType.System_Enum };

    /// <summary>Whether an expression has one value in all rounds if the parts that are handed back have.</summary>
    private bool IsInvariant(IOperation expression, int depth, List<(IOperation?, int)> parts)
    {
        switch (expression)
        {
            case ILocalReferenceOperation local:
                return IsInvariant(local, depth - 1, parts);
            case IParameterReferenceOperation parameter:
                return IsInvariant(parameter.Parameter, depth - 1, parts);
            case IFieldReferenceOperation field:
                parts.Add((field.Instance, depth));
                return !_iterations.Varies(field.Field, _round);
            case IPropertyReferenceOperation property:
                return IsInvariant(property, depth - 1, parts);
            case IInvocationOperation call:
                return IsInvariant(call, depth - 1, parts);
            case IInstanceReferenceOperation or IDefaultValueOperation or IConditionalAccessInstanceOperation:
                return true;
            case IConversionOperation or IParenthesizedOperation or IBinaryOperation or IUnaryOperation:
            case IConditionalOperation or ICoalesceOperation or IConditionalAccessOperation or IArgumentOperation:
            case IObjectCreationOperation { Initializer: null }:
                AddAll(expression.ChildOperations, depth, parts);
                return true;
            default:
                return false;
        }
    }

    /// <summary>A local of outside that no round writes, or one of a round that is made of what does not change.</summary>
    private bool IsInvariant(ILocalReferenceOperation local, int depth, List<(IOperation?, int)> parts)
    {
        if (_iterations.Varies(local.Local, _round))
        {
            return false;
        }

        DefUse assignments = IsOfBody(local) ? _body.Assignments : _iterations.AssignmentsAround(local);
        if (IsOfBody(local) && !_round.Declares(local.Local) &&
            !assignments.ValuesOf(local.Local).Any(value => value is not null && _round.Span.Contains(value.Syntax.Span)))
        {
            return true;
        }

        IOperation? only = assignments.OnlyValue(local.Local);
        parts.Add((only, depth));
        return only is not null;
    }

    private bool IsInvariant(IParameterSymbol parameter, int depth, List<(IOperation?, int)> parts)
    {
        // A helper's own parameter is what the call in the round hands over.
        bool isOfHelper = SymbolEqualityComparer.Default.Equals(
            parameter.ContainingSymbol, _call.Wrapper ?? _call.Operation.TargetMethod.OriginalDefinition);
        IOperation? argument = isOfHelper ? _call.Operation.Arguments.For(parameter)?.Value : null;
        bool isNone = argument?.WithoutConversions() is { ConstantValue: { HasValue: true, Value: null } } or IDefaultValueOperation;
        parts.Add((argument, depth));
        return !_iterations.Varies(parameter, _round) && !_round.Declares(parameter) && _body.Assignments.Writes(parameter) == 0 && !isNone;
    }

    private bool IsInvariant(IPropertyReferenceOperation reference, int depth, List<(IOperation?, int)> parts)
    {
        IPropertySymbol property = reference.Property;
        if (_knowledge.IsClock(property) || _iterations.Varies(property, _round))
        {
            return false;
        }

        parts.Add((reference.Instance, depth));
        AddAll(reference.Arguments, depth, parts);

        // What a getter computes has to be in view; a stored value, or one of another assembly, is what it was.
        if (!property.IsOfSource(_knowledge.Catalog.Compilation) || property.IsAbstract || IsStored(property))
        {
            return true;
        }

        IOperation? value = _knowledge.Summaries.GetterOf(property);
        parts.Add((value, depth));
        return value is not null;
    }

    private static bool IsStored(IPropertySymbol property) =>
        property.ContainingType.GetMembers()
            .Any(member => member is IFieldSymbol field && SymbolEqualityComparer.Default.Equals(field.AssociatedSymbol, property));

    private bool IsInvariant(IInvocationOperation call, int depth, List<(IOperation?, int)> parts)
    {
        if (IsOfBody(call) && _body.ValuesOf(call).Length is not null)
        {
            return true;
        }

        parts.Add((call.Instance, depth));
        AddAll(call.Arguments, depth, parts);
        if (IsPure(call.TargetMethod))
        {
            return true;
        }

        IOperation? value = _knowledge.Summaries.ReturnOf(call.TargetMethod);
        parts.Add((value, depth));
        return value is not null;
    }

    /// <summary>Whether a method answers the same whenever it is asked the same: the framework's, and settings.</summary>
    private bool IsPure(IMethodSymbol method) =>
        _knowledge.Types.Is(method.ContainingType, KnownTypes.Pure) || KnownNamespace.Configuration.Holds(method);

    private static void AddAll(IEnumerable<IOperation> operations, int depth, List<(IOperation?, int)> parts)
    {
        foreach (IOperation operation in operations)
        {
            parts.Add((operation, depth));
        }
    }

    /// <summary>Whether a reference stands in the body at hand, and not in a member that it uses.</summary>
    private bool IsOfBody(IOperation reference) =>
        reference.Syntax.SyntaxTree == _body.Root.Syntax.SyntaxTree && _body.Root.Syntax.Span.Contains(reference.Syntax.Span);
}
