using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Operations;

/// <summary>Small questions about operations that several parts ask.</summary>
internal static class OperationExtensions
{
    /// <summary>The expression behind conversions, implicit and explicit.</summary>
    public static IOperation WithoutConversions(this IOperation operation)
    {
        while (operation is IConversionOperation conversion)
        {
            operation = conversion.Operand;
        }

        return operation;
    }

    /// <summary>The lambda that a delegate is made of; null where it is made of anything else.</summary>
    public static IAnonymousFunctionOperation? AsLambda(this IOperation operation)
    {
        IOperation value = operation.WithoutConversions();
        return (value is IDelegateCreationOperation creation ? creation.Target : value) as IAnonymousFunctionOperation;
    }

    /// <summary>The lambdas among the arguments of a call.</summary>
    public static IEnumerable<IAnonymousFunctionOperation> Lambdas(this ImmutableArray<IArgumentOperation> arguments) =>
        arguments.Select(static argument => argument.Value.AsLambda()).OfType<IAnonymousFunctionOperation>();

    /// <summary>The argument that a parameter gets; null where the source is not complete.</summary>
    public static IArgumentOperation? For(this ImmutableArray<IArgumentOperation> arguments, IParameterSymbol parameter)
    {
        foreach (IArgumentOperation argument in arguments)
        {
            if (argument.Parameter?.Ordinal == parameter.Ordinal)
            {
                return argument;
            }
        }

        return null;
    }

    /// <summary>The pattern that looks at a member of its input, where an operation is that input.</summary>
    public static IOperation? PatternAround(this IOperation input)
    {
        IOperation? member = input.Parent;
        while (member is IMemberReferenceOperation)
        {
            member = member.Parent;
        }

        return (member as IPropertySubpatternOperation)?.Parent;
    }

    /// <summary>What a pattern looks at; null where that is no expression of its own.</summary>
    public static IOperation? MatchedBy(this IOperation pattern)
    {
        while (pattern.Parent is INegatedPatternOperation or IBinaryPatternOperation)
        {
            pattern = pattern.Parent;
        }

        return pattern.Parent switch
        {
            IIsPatternOperation test => test.Value,
            IPropertySubpatternOperation part => part.Member,
            _ => null,
        };
    }

    /// <summary>The expression that is the answer of a call: what is awaited or waited for is the call's own answer.</summary>
    public static IOperation Answer(this IOperation call)
    {
        IOperation answer = call;
        while (answer.Parent is IConversionOperation or IAwaitOperation or IParenthesizedOperation or
            IInvocationOperation { TargetMethod.Name: "ConfigureAwait" or "GetAwaiter" or "GetResult" or "AsTask" or "Wait" or "WaitAsync",
                Instance: not null } or
            IPropertyReferenceOperation { Property.Name: "Result", Instance: not null })
        {
            answer = answer.Parent;
        }

        return answer;
    }

    /// <summary>
    /// Whether an operation lists the elements of an array or a collection. The oldest host has no name for a collection expression's.
    /// </summary>
    public static bool ListsElements(this IOperation operation) =>
        operation is IArrayInitializerOperation || operation.Syntax is CollectionExpressionSyntax && operation is not IConversionOperation;

    /// <summary>Whether a lambda becomes an expression tree, which describes code and does not run it.</summary>
    public static bool IsExpressionTree(this IOperation function) =>
        function.Parent is IConversionOperation { Type: { Name: "Expression", ContainingNamespace.Name: "Expressions" } };

    /// <summary>The call that a lambda is an argument of; null where it is kept, or becomes an expression tree.</summary>
    public static IInvocationOperation? CallHandedTo(this IOperation function)
    {
        if (function.IsExpressionTree())
        {
            return null;
        }

        return function.HolderOfDelegate() is IArgumentOperation { Parent: IInvocationOperation call } ? call : null;
    }

    /// <summary>What holds a lambda, or a method that is named, once it is a delegate.</summary>
    public static IOperation? HolderOfDelegate(this IOperation function)
    {
        IOperation? parent = function.Parent;
        while (parent is IDelegateCreationOperation or IConversionOperation)
        {
            parent = parent.Parent;
        }

        return parent;
    }

    /// <summary>Whether the caller waits for the task of a call where the call is made.</summary>
    public static bool IsWaitedFor(this IInvocationOperation call)
    {
        IOperation? parent = call.Parent;
        while (parent is IConversionOperation or IParenthesizedOperation or
            IInvocationOperation { TargetMethod.Name: "ConfigureAwait" or "AsTask" or "WaitAsync", Instance: not null })
        {
            parent = parent.Parent;
        }

        return parent is IAwaitOperation or IInvocationOperation { TargetMethod.Name: "GetAwaiter" or "Wait", Instance: not null } or
            IPropertyReferenceOperation { Property.Name: "Result" };
    }

    /// <summary>The operations inside of one, but for some and what is inside of those; in no certain order.</summary>
    public static IEnumerable<IOperation> DescendantsOutside(this IOperation operation, Func<IOperation, bool> isLeftOut)
    {
        Stack<IOperation> open = new(operation.ChildOperations);
        while (open.Count > 0)
        {
            IOperation part = open.Pop();
            if (isLeftOut(part))
            {
                continue;
            }

            yield return part;
            foreach (IOperation child in part.ChildOperations)
            {
                open.Push(child);
            }
        }
    }
}
