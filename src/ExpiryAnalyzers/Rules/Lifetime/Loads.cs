using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Operations;
using ExpiryAnalyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Rules.Lifetime;

/// <summary>Tells what comes from elsewhere, and is loaded again once a key is gone: no constant, and nothing that memory holds.</summary>
internal static class Loads
{
    /// <summary>The call of a delegate or of an object that the code is handed, or one whose answer is waited for; else null.</summary>
    public static IInvocationOperation? AskedBy(IOperation operation) => operation switch
    {
        IAwaitOperation { Operation: { } awaited } => AwaitedCall(awaited),
        IInvocationOperation { TargetMethod: { MethodKind: MethodKind.DelegateInvoke, ReturnsVoid: false } } called => called,
        IInvocationOperation { TargetMethod: { ReturnsVoid: false, IsStatic: false } method, Instance: { } owner } called
            when IsDependency(owner) && !IsQuick(method) => called,
        _ => null,
    };

    /// <summary>Whether a body asks anything but clients.</summary>
    public static bool AnyIn(Body body) =>
        body.Operations.Any(operation => AskedBy(operation) is { } asked && body.CallsAt(asked.Syntax).IsEmpty);

    /// <summary>Whether a value, or the collection that it is an element of, was loaded: by the body, or by a caller in its type.</summary>
    public static bool Brought(IOperation value, Body body) => Brought(value, body.Assignments, body, isOfBody: true);

    private static bool Brought(IOperation value, DefUse assignments, Body body, bool isOfBody)
    {
        HashSet<ISymbol> seen = new(SymbolEqualityComparer.Default);
        Stack<IOperation> open = new([value]);
        while (open.Count > 0)
        {
            IOperation operation = open.Pop();
            if (AskedBy(operation) is not null)
            {
                return true;
            }

            if (operation is ILocalReferenceOperation or IParameterReferenceOperation &&
                DefUse.SymbolOf(operation) is { } variable && seen.Add(variable))
            {
                if (isOfBody && variable is IParameterSymbol parameter && IsBroughtByCaller(parameter, body))
                {
                    return true;
                }

                foreach (IOperation source in SourcesOf(variable, assignments))
                {
                    open.Push(source);
                }
            }

            // What a lambda asks is asked of each element, and says nothing of where the elements come from.
            if (operation is IAnonymousFunctionOperation)
            {
                continue;
            }

            foreach (IOperation child in operation.ChildOperations)
            {
                open.Push(child);
            }
        }

        return false;
    }

    private static IEnumerable<IOperation> SourcesOf(ISymbol variable, DefUse assignments) =>
        assignments.ElementOf(variable) is var (collection, _) ? [collection] : assignments.ValuesOf(variable).OfType<IOperation>();

    /// <summary>Whether a caller in the same type hands a parameter something loaded.</summary>
    private static bool IsBroughtByCaller(IParameterSymbol parameter, Body body)
    {
        if (parameter.ContainingSymbol is not IMethodSymbol { MethodKind: MethodKind.Ordinary or MethodKind.LocalFunction } method)
        {
            return false;
        }

        return CallersOf(method, body).Any(root =>
        {
            IOperation[] operations = [.. root.DescendantsAndSelf()];
            DefUse? assignments = null;
            return operations.OfType<IInvocationOperation>().Any(call =>
                SymbolEqualityComparer.Default.Equals(call.TargetMethod.OriginalDefinition, method) &&
                call.Arguments.For(parameter) is { } handed &&
                Brought(handed.Value, assignments ??= new(operations), body, isOfBody: false));
        });
    }

    private static IEnumerable<IOperation> CallersOf(IMethodSymbol method, Body body) => method.MethodKind == MethodKind.LocalFunction
        ? [body.Root]
        : method.ContainingType.GetMembers().OfType<IMethodSymbol>()
            .Where(caller => !SymbolEqualityComparer.Default.Equals(caller, method))
            .Select(body.Knowledge.Summaries.RootOf)
            .OfType<IOperation>();

    private static IInvocationOperation? AwaitedCall(IOperation awaited)
    {
        IOperation asked = awaited;
        while (asked is IInvocationOperation { Instance: { } task, TargetMethod: { } method } && IsQuick(method))
        {
            asked = task;
        }

        return asked is IInvocationOperation called && !IsQuick(called.TargetMethod) ? called : null;
    }

    /// <summary>Whether a member answers at once, from memory.</summary>
    private static bool IsQuick(IMethodSymbol method) => KnownNamespace.Quick.Any(space => space.Holds(method));

    /// <summary>Whether an object is one that the type or the member is handed.</summary>
    private static bool IsDependency(IOperation owner) => owner.WithoutConversions() switch
    {
        IFieldReferenceOperation { Instance: null or IInstanceReferenceOperation } => true,
        IPropertyReferenceOperation { Instance: null or IInstanceReferenceOperation } => true,
        IParameterReferenceOperation => true,
        _ => false,
    };
}
