using Microsoft.CodeAnalysis;

namespace ExpiryAnalyzers.CodeFixes.Reading;

/// <summary>What is known of the framework's members by where they are.</summary>
internal static class FrameworkNamespaces
{
    private const string Root = "System";

    /// <summary>The namespaces whose members compute, gather or log: they take no time, and do not fail by design.</summary>
    private static readonly IReadOnlyCollection<string> Quiet =
    [
        "Microsoft.Extensions.Logging",
        "System.Collections",
        "System.Collections.Concurrent",
        "System.Collections.Generic",
        "System.Collections.Immutable",
        "System.Diagnostics",
        "System.Globalization",
        "System.Linq",
        "System.Text",
    ];

    /// <summary>Whether a member neither waits, nor fails by design, nor calls anybody.</summary>
    public static bool IsQuiet(IMethodSymbol method)
    {
        ITypeSymbol type = method.ContainingType;
        string name = type.ContainingNamespace?.ToDisplayString() ?? "";
        return Quiet.Contains(name) || Types.ComputesTimes(type) || (name == Root && IsQuietOfRoot(method, type)) ||
            (Types.IsClassOfTasks(type) && !method.ReturnsVoid && !method.ReturnType.IsValueType);
    }

    /// <summary>Of the framework's first namespace: texts, the console, and of values what asks instead of reading them.</summary>
    private static bool IsQuietOfRoot(IMethodSymbol method, ITypeSymbol type) =>
        type.SpecialType is SpecialType.System_Object or SpecialType.System_String or SpecialType.System_Array ||
        Types.Is(type, Types.Console) ||
        (type.IsValueType && (!method.IsStatic || method.ReturnType.SpecialType == SpecialType.System_Boolean));
}
