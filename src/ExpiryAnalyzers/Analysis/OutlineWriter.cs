using System.Text;
using ExpiryAnalyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

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

    /// <summary>The members of contracts of which something is told by what stands for them.</summary>
    private readonly HashSet<ISymbol> _contracts = new(SymbolEqualityComparer.Default);

    private readonly Dictionary<ISymbol, string?> _texts = new(SymbolEqualityComparer.Default);
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
        writer.AddTelling();
        writer.AddRivals();
        StringBuilder text = new();
        foreach (KeyValuePair<string, string?> row in writer._rows.Where(static row => row.Value is { Length: > 0 }))
        {
            text.Append(row.Key).Append(' ').Append(row.Value).Append('\n');
        }

        return text.Length == 0 ? "" : string.Concat(writer._types.Rows.Select(static row => row + "\n")) + text;
    }

    /// <summary>The members that may have something to tell, and those for which they stand; the others are not even bound.</summary>
    private void AddTelling()
    {
        OutlineCandidates[] files =
        [
            .. _knowledge.Catalog.Compilation.SyntaxTrees.Select(tree =>
                OutlineCandidates.In(tree, _knowledge.Trees, _knowledge.CancellationToken)),
        ];
        foreach (MemberDeclarationSyntax candidate in new OutlineSieve(_knowledge.Catalog, files).Passing)
        {
            _knowledge.CancellationToken.ThrowIfCancellationRequested();
            if (_knowledge.Summaries.DeclaredBy(candidate) is { IsAbstract: false } member)
            {
                Add(member);
            }
        }
    }

    private void Add(ISymbol member)
    {
        bool isVisible = IsVisible(member);
        if (!MayTell(member) || (!isVisible && !ContractsOf(member).Any()) || TextOf(member) is not { Length: > 0 } text)
        {
            return;
        }

        if (isVisible && member is { IsStatic: false, ContainingType.TypeKind: TypeKind.Interface })
        {
            AddContract(member, member);
        }
        else if (isVisible && IdOf(member) is { } id)
        {
            _rows[id] = text;
        }

        foreach (ISymbol contract in ContractsOf(member))
        {
            AddContract(contract, member);
        }
    }

    /// <summary>
    /// The cheap look at a member, before its body is bound. What callers hand nothing to is the member's own matter, but for locks and
    /// times that it answers with.
    /// </summary>
    private bool MayTell(ISymbol member)
    {
        if (member is not IMethodSymbol method || _knowledge.MayBeTime(method.ReturnType))
        {
            return true;
        }

        Reach reach = _knowledge.Summaries.OwnReachOf(method);
        return (reach & Reach.Lock) != 0 ||
            (reach != Reach.None && (method.Parameters.Length > 0 || FieldsOf(method.ContainingType).MayTakeLocks));
    }

    /// <summary>
    /// What else stands for the same members: where that tells nothing, or may be anything, nothing is known of the contract's member.
    /// </summary>
    private void AddRivals()
    {
        foreach (ISymbol member in _contracts.ToArray())
        {
            _knowledge.CancellationToken.ThrowIfCancellationRequested();
            if (_knowledge.Summaries.StandingFor(member) is not { } all)
            {
                _rows[IdOf(member)!] = null;
                continue;
            }

            foreach (ISymbol body in all)
            {
                AddContract(member, body);
            }
        }
    }

    /// <summary>The members of interfaces and abstract classes for which a member stands.</summary>
    private IEnumerable<ISymbol> ContractsOf(ISymbol member)
    {
        INamedTypeSymbol type = member.ContainingType;
        for (ISymbol? above = Implementations.Overridden(member); above is not null; above = Implementations.Overridden(above))
        {
            if (above.IsAbstract && IsContract(above.ContainingType))
            {
                yield return above;
            }
        }

        string name = OutlinePrinter.OwnName(member);
        foreach (INamedTypeSymbol contract in type.AllInterfaces)
        {
            if (IsContract(contract) && !Implementations.Decorates(type, contract.OriginalDefinition))
            {
                foreach (ISymbol asked in contract.GetMembers(name)
                    .Where(asked => SymbolEqualityComparer.Default.Equals(type.FindImplementationForInterfaceMember(asked), member)))
                {
                    yield return asked;
                }
            }
        }
    }

    private bool IsContract(INamedTypeSymbol type) =>
        IsVisible(type) && !KnownNamespace.Framework.Holds(type) && !_knowledge.Catalog.IsClient(type);

    private void AddContract(ISymbol member, ISymbol implementation)
    {
        if (IdOf(member.OriginalDefinition) is { } id)
        {
            string text = TextOf(implementation.OriginalDefinition) ?? "";
            if (text.Length > 0)
            {
                _contracts.Add(member.OriginalDefinition);
            }

            _rows[id] = !_rows.TryGetValue(id, out string? known) || known == text ? text : TextOfAll(member.OriginalDefinition);
        }
    }

    /// <summary>What stands for all implementations of a member, where they agree on its times; null where nothing does.</summary>
    private string? TextOfAll(ISymbol member) =>
        member is IMethodSymbol method && _knowledge.Summaries.StandInOf(method) is { } standIn ? TextOf(standIn) : null;

    private string? TextOf(ISymbol member) =>
        _texts.TryGetValue(member, out string? text) ? text : _texts[member] = Print(member);

    private string? Print(ISymbol member)
    {
        if (member is not (IPropertySymbol or
            IMethodSymbol { MethodKind: MethodKind.Ordinary or MethodKind.ExplicitInterfaceImplementation }))
        {
            return null;
        }

        OutlineFields fields = FieldsOf(member.ContainingType);
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

    private OutlineFields FieldsOf(INamedTypeSymbol type)
    {
        if (!_fields.TryGetValue(type, out OutlineFields? fields))
        {
            _fields[type] = fields = new(_knowledge, type);
        }

        return fields;
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
