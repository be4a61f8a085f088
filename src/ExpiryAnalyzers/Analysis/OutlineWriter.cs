using System.Text;
using ExpiryAnalyzers.Symbols;
using Microsoft.CodeAnalysis;

namespace ExpiryAnalyzers.Analysis;

/// <summary>
/// Writes what the members of a compilation do with times, keys and locks, as rows of <see cref="OutlineText"/>: of those that other
/// projects can call, and of the interface and abstract members that they stand for.
/// </summary>
internal sealed class OutlineWriter
{
    private readonly Knowledge _knowledge;
    private readonly OutlineTypes _types;
    private readonly SortedDictionary<string, string?> _rows = new(StringComparer.Ordinal);
    private readonly Dictionary<ISymbol, OutlineFields> _fields = new(SymbolEqualityComparer.Default);

    private OutlineWriter(Knowledge knowledge)
    {
        _knowledge = knowledge;
        _types = new(knowledge.Catalog);
    }

    /// <summary>The rows of a compilation, a line each; empty where no member of it has anything to tell.</summary>
    public static string Write(Knowledge knowledge)
    {
        OutlineWriter writer = new(knowledge);
        foreach (INamedTypeSymbol type in knowledge.Summaries.SourceTypes)
        {
            knowledge.CancellationToken.ThrowIfCancellationRequested();
            writer.AddMembers(type);
            writer.AddContracts(type);
        }

        StringBuilder text = new();
        foreach (KeyValuePair<string, string?> row in writer._rows.Where(static row => row.Value is { Length: > 0 }))
        {
            text.Append(row.Key).Append(' ').Append(row.Value).Append('\n');
        }

        return text.Length == 0 ? "" : string.Concat(writer._types.Rows.Select(static row => row + "\n")) + text;
    }

    private void AddMembers(INamedTypeSymbol type)
    {
        if (!IsVisible(type))
        {
            return;
        }

        foreach (ISymbol member in type.GetMembers().Where(IsVisible))
        {
            if (!member.IsAbstract && TextOf(member) is { Length: > 0 } text && IdOf(member) is { } id)
            {
                _rows[id] = text;
            }
        }
    }

    /// <summary>
    /// The members of interfaces and abstract classes for which a type's members stand. Two that do otherwise tell nothing.
    /// </summary>
    private void AddContracts(INamedTypeSymbol type)
    {
        if (type.TypeKind is not (TypeKind.Class or TypeKind.Struct) || type.IsAbstract)
        {
            return;
        }

        foreach (INamedTypeSymbol contract in type.AllInterfaces)
        {
            if (IsContract(contract) && !Implementations.Decorates(type, contract.OriginalDefinition))
            {
                foreach (ISymbol member in contract.GetMembers())
                {
                    AddContract(member, type.FindImplementationForInterfaceMember(member));
                }
            }
        }

        foreach (ISymbol member in type.GetMembers())
        {
            if (Implementations.Overridden(member) is { IsAbstract: true } above && IsContract(above.ContainingType))
            {
                AddContract(above, member);
            }
        }
    }

    private bool IsContract(INamedTypeSymbol type) =>
        IsVisible(type) && !KnownNamespace.Framework.Holds(type) && !_knowledge.Catalog.IsClient(type);

    private void AddContract(ISymbol member, ISymbol? implementation)
    {
        if (IdOf(member.OriginalDefinition) is { } id)
        {
            string? text = implementation is null ? null : TextOf(implementation.OriginalDefinition) ?? "";
            _rows[id] = !_rows.TryGetValue(id, out string? known) || known == text ? text : null;
        }
    }

    private string? TextOf(ISymbol member)
    {
        if (member is not (IPropertySymbol or
            IMethodSymbol { MethodKind: MethodKind.Ordinary or MethodKind.ExplicitInterfaceImplementation }))
        {
            return null;
        }

        if (!_fields.TryGetValue(member.ContainingType, out OutlineFields? fields))
        {
            _fields[member.ContainingType] = fields = new();
        }

        (string Text, OutlineTypes Called)? row = member switch
        {
            IMethodSymbol method => OutlinePrinter.Print(() => Open(method, fields)),
            IPropertySymbol { GetMethod: { } getter } property => OutlinePrinter.Print(Open(getter, fields), property),
            _ => null,
        };
        if (row is var (text, called))
        {
            _types.Add(called);
            return text;
        }

        return null;
    }

    private OutlineScope Open(IMethodSymbol method, OutlineFields fields) => new(_knowledge, new(_knowledge.Catalog), fields, method);

    private static string? IdOf(ISymbol member) =>
        member.GetDocumentationCommentId() is { Length: > 0 } id && !id.Any(char.IsWhiteSpace) ? id : null;

    /// <summary>Whether other assemblies can name a symbol.</summary>
    private static bool IsVisible(ISymbol symbol)
    {
        for (ISymbol? current = symbol; current is not null and not INamespaceSymbol; current = current.ContainingSymbol)
        {
            if (current.DeclaredAccessibility is not
                (Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal))
            {
                return false;
            }
        }

        return true;
    }
}
