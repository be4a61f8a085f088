using Microsoft.CodeAnalysis;

namespace ExpiryAnalyzers.Symbols;

/// <summary>Which types are tasks, or may hold some.</summary>
internal static class TaskTypes
{
    /// <summary>How deep tasks are looked for in type arguments.</summary>
    private const int MaxDepth = 4;

    public static bool IsTask(ITypeSymbol? type) =>
        type is { Name: "Task" or "ValueTask", ContainingNamespace: { Name: "Tasks", ContainingNamespace.Name: "Threading" } };

    /// <summary>Whether <c>GetResult</c> of a value of the type waits.</summary>
    public static bool IsAwaiter(ITypeSymbol? type) =>
        type is { ContainingNamespace: { Name: "CompilerServices", ContainingNamespace.Name: "Runtime" } } &&
        type.Name.EndsWith("Awaiter", StringComparison.Ordinal);

    /// <summary>Whether a value of the type is a task or may hold some: collections, delegates, awaiters, tuples.</summary>
    public static bool MayHold(ITypeSymbol? type) => MayHold(type, MaxDepth);

    private static bool MayHold(ITypeSymbol? type, int depth) => depth > 0 && (IsTask(type) || type switch
    {
        IArrayTypeSymbol array => MayHold(array.ElementType, depth - 1),
        INamedTypeSymbol { IsAnonymousType: true } anonymous =>
            anonymous.GetMembers().OfType<IPropertySymbol>().Any(property => MayHold(property.Type, depth - 1)),
        INamedTypeSymbol named =>
            named.TypeArguments.Any(argument => MayHold(argument, depth - 1)) ||
            named.ContainingType?.IsGenericType == true && MayHold(named.ContainingType, depth - 1) ||
            named is { ContainingNamespace: { Name: "CompilerServices", ContainingNamespace.Name: "Runtime" } } &&
            (named.Name.StartsWith("Configured", StringComparison.Ordinal) || IsAwaiter(named) ||
                named.ContainingType?.Name.StartsWith("Configured", StringComparison.Ordinal) == true),
        ITypeParameterSymbol => false,
        _ => false,
    });
}
