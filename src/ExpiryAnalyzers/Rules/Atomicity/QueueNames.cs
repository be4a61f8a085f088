using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Keys;
using ExpiryAnalyzers.Operations;
using ExpiryAnalyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Rules.Atomicity;

/// <summary>Tells which expressions of a body denote which transaction or batch.</summary>
internal sealed class QueueNames(Queues api, Body body)
{
    private readonly Dictionary<SyntaxNode, IOperation> _originals = OriginalsOf(body);

    /// <summary>What each local leads to.</summary>
    private readonly Dictionary<ILocalSymbol, IOperation> _ends = new(SymbolEqualityComparer.Default);

    /// <summary>The expression as written, in the place of the flow graph's copy of it or of a capture of its value.</summary>
    public IOperation Original(IOperation operation) =>
        _originals.TryGetValue(operation.Syntax, out IOperation? original) ? original : operation;

    /// <summary>The queue that an expression denotes; null where it denotes none, or may denote several.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="isCandidate">Whether a parameter that may be a queue is to be taken for one.</param>
    public Key? Of(IOperation? expression, Func<IParameterSymbol, bool> isCandidate)
    {
        if (expression is null)
        {
            return null;
        }

        IOperation original = Original(expression.WithoutConversions()).WithoutConversions();
        if (!IsQueue(original, isCandidate))
        {
            return null;
        }

        return body.Keys.Of(original) ?? (api.IsCreation(original) ? body.Keys.Table.Made(original.Syntax) : null);
    }

    /// <summary>Whether a variable stands for the value that it is written with, wherever it is read.</summary>
    public bool IsAlias(IOperation target) => target is ILocalReferenceOperation local && body.Assignments.Writes(local.Local) == 1;

    /// <summary>Whether a queue is made in the function, and known nowhere else.</summary>
    public bool IsOwn(Key queue, IMethodSymbol? function)
    {
        if (queue.Symbols.IsEmpty)
        {
            return queue.Kind == KeyKind.Made;
        }

        if (queue.Symbols.Length != 1 || queue.Symbols.Single() is not ILocalSymbol local)
        {
            return false;
        }

        bool isNested = local.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.AnonymousFunction or MethodKind.LocalFunction };
        return (function is null ? !isNested : SymbolEqualityComparer.Default.Equals(local.ContainingSymbol, function)) &&
            body.Assignments.ValuesOf(local) is { Count: > 0 } values &&
            values.All(
                value => value is { ConstantValue: { HasValue: true, Value: null } } || (value is not null && api.IsCreation(value)));
    }

    private static Dictionary<SyntaxNode, IOperation> OriginalsOf(Body body)
    {
        Dictionary<SyntaxNode, IOperation> originals = [];
        foreach (IOperation operation in body.Operations)
        {
            if (!operation.IsImplicit && operation is not IArgumentOperation)
            {
                originals[operation.Syntax] = operation;
            }
        }

        return originals;
    }

    private bool IsQueue(IOperation expression, Func<IParameterSymbol, bool> isCandidate)
    {
        IOperation end = EndOf(expression);
        return api.IsQueue(end.Type) || (end is IParameterReferenceOperation parameter && isCandidate(parameter.Parameter));
    }

    /// <summary>
    /// What stands behind locals that are written once, whose type leaves open what they are. They may lead to each other in a circle.
    /// </summary>
    private IOperation EndOf(IOperation expression)
    {
        List<ILocalSymbol> passed = [];
        IOperation end = expression;
        while (!api.IsQueue(end.Type) && end is ILocalReferenceOperation { Local: { } local } && api.MayBeQueue(local.Type))
        {
            if (_ends.TryGetValue(local, out IOperation? known))
            {
                end = known;
                break;
            }

            // Until the end is found, a local that is met again stands for itself.
            _ends[local] = end;
            passed.Add(local);
            if (body.Assignments.OnlyValue(local) is not { } value)
            {
                break;
            }

            end = value.WithoutConversions();
        }

        foreach (ILocalSymbol local in passed)
        {
            _ends[local] = end;
        }

        return end;
    }
}
