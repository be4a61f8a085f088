using ExpiryAnalyzers.Keys;
using Microsoft.CodeAnalysis;

namespace ExpiryAnalyzers.Analysis;

/// <summary>Writes keys in terms of a method's parameters and of its object's fields.</summary>
internal static class OutlineKeys
{
    /// <summary>A key as C#; null where it cannot be written so, or has too many parts to be taken apart by recursion.</summary>
    public static string? TextOf(Key? key, OutlineScope scope) =>
        scope.AsHanded(key) is { Size: <= KeyCaps.OutlinedSize } handed && Write(handed, scope) is { } text
            ? IsText(handed.Canonical, scope) ? text : $"$\"{{{text}}}\""
            : null;

    /// <summary>Whether what is written of a key is a text: of what else is one, only the text is the key.</summary>
    private static bool IsText(Key key, OutlineScope scope) => key is not { Kind: KeyKind.Var or KeyKind.Member, Symbol: { } symbol } ||
        TypeOf(symbol) is not { } type || scope.Types.TextOf(type) == "string";

    private static string? Write(Key key, OutlineScope scope)
    {
        switch (key.Canonical)
        {
            case { Kind: KeyKind.Text, Text: { } text }:
                return OutlineScope.Literal(text);
            case { Kind: KeyKind.Var, Symbol: IParameterSymbol parameter }:
                return scope.IsOwn(parameter) ? scope.NameOf(parameter) : null;
            case { Kind: KeyKind.Member, Symbol: { } member, Parts: [{ Kind: KeyKind.This }] or [] } own:
                return scope.FieldFor(TypeOf(member) is { } type ? scope.Types.TextOf(type) : "object", member.Name, scope.IsSteady(own));
            case { Kind: KeyKind.Row, Parts: var parts }:
                string[] texts = [.. parts.Select(part => PartOf(part, scope)).OfType<string>()];
                return texts.Length == parts.Length ? "$\"" + string.Concat(texts) + "\"" : null;
            default:
                return null;
        }
    }

    private static ITypeSymbol? TypeOf(ISymbol member) => member switch
    {
        IFieldSymbol field => field.Type,
        IPropertySymbol property => property.Type,
        IParameterSymbol parameter => parameter.Type,
        _ => null,
    };

    /// <summary>One part of an interpolated text.</summary>
    private static string? PartOf(Key part, OutlineScope scope)
    {
        if (part.Canonical is { Kind: KeyKind.Text, Text: { } text })
        {
            string literal = OutlineScope.Literal(text);
            return literal.Substring(1, literal.Length - 2).Replace("{", "{{").Replace("}", "}}");
        }

        return Write(part, scope) is { } hole ? "{" + hole + "}" : null;
    }
}
