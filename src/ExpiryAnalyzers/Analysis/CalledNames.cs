using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExpiryAnalyzers.Analysis;

/// <summary>The names that the text of a type calls, in all of its parts. Kept for the compilation. Thread-safe.</summary>
internal sealed class CalledNames(CancellationToken cancellationToken)
{
    private readonly ConcurrentDictionary<INamedTypeSymbol, HashSet<string>> _names = new(SymbolEqualityComparer.Default);

    /// <summary>Whether the type that holds a method calls one of its name.</summary>
    public bool AreOf(IMethodSymbol method) => _names.GetOrAdd(method.ContainingType.OriginalDefinition, Look).Contains(method.Name);

    private HashSet<string> Look(INamedTypeSymbol type)
    {
        HashSet<string> names = [];
        foreach (SyntaxReference reference in type.DeclaringSyntaxReferences)
        {
            foreach (SyntaxNode node in reference.GetSyntax(cancellationToken).DescendantNodes())
            {
                if (node is InvocationExpressionSyntax call && NameOf(call.Expression) is { } name)
                {
                    names.Add(name);
                }
            }
        }

        return names;
    }

    private static string? NameOf(ExpressionSyntax called) => called switch
    {
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        _ => null,
    };
}
