using Microsoft.CodeAnalysis;

namespace ExpiryAnalyzers.Symbols;

/// <summary>
/// Which types a compilation declares or references. Rows about others are not read: a solution's may be many more than those that one
/// project sees.
/// </summary>
internal sealed class TypesInView(Compilation compilation)
{
    private readonly Dictionary<string, bool> _known = new(StringComparer.Ordinal);

    /// <summary>Whether there is a type of a name, as documentation ids write it.</summary>
    public bool Has(string type)
    {
        if (!_known.TryGetValue(type, out bool isInView))
        {
            isInView = type.Length > 0 && DocumentationCommentId.GetFirstSymbolForDeclarationId("T:" + type, compilation) is not null;
            _known[type] = isInView;
        }

        return isInView;
    }
}
