using System.Collections.Immutable;
using ExpiryAnalyzers.Apis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace ExpiryAnalyzers.Symbols;

/// <summary>What one good line teaches: what a member does, or what one of its parameters is.</summary>
/// <param name="Member">The method or property.</param>
/// <param name="Effect">What the method does to its key, where the line says that.</param>
/// <param name="Parameter">The parameter that the line is about; null for a property and for an effect.</param>
/// <param name="Role">The role of the parameter.</param>
/// <param name="Kinds">What becomes of a <c>DateTime</c> that is not UTC.</param>
internal sealed record TaughtFact(ISymbol Member, Effect Effect, IParameterSymbol? Parameter, Role Role, KindPolicy Kinds);

/// <summary>One line of a file: a fact, or what is wrong with it and where.</summary>
internal readonly record struct SinksLine(TaughtFact? Fact, string? Complaint, TextSpan Span);

/// <summary>
/// <c>ExpiryAnalyzers.Sinks.txt</c>, an additional file by which users tell of wrappers that live in other assemblies. Each line is a
/// documentation id, then a parameter with its role (and the unit of a number, or what becomes of a time that is not UTC), or an effect:
/// <code>
/// M:Acme.ICache.Set(System.String,System.Object,System.Int32) seconds expiry seconds
/// M:Acme.ICache.Get(System.String) reads
/// P:Acme.Entry.ExpiresAt expiry
/// </code>
/// </summary>
internal static class SinksFile
{
    public const string Name = "ExpiryAnalyzers.Sinks.txt";

    /// <summary>The line before those that <c>expiry learn</c> works out.</summary>
    public const string StartOfLearned = "# Learned from the solution's own code by 'expiry learn', which writes this part anew.";

    /// <summary>The line behind them.</summary>
    public const string EndOfLearned = "# End of what was learned.";

    private static readonly ImmutableDictionary<string, Effect> Effects = new Dictionary<string, Effect>
    {
        ["reads"] = Effect.Read,
        ["writes"] = Effect.Write,
        ["overwrites"] = Effect.Overwrite,
        ["expires"] = Effect.SetExpiry,
        ["increments"] = Effect.Increment,
        ["deletes"] = Effect.Delete,
    }.ToImmutableDictionary();

    private static readonly ImmutableDictionary<string, KindPolicy> Policies = new Dictionary<string, KindPolicy>
    {
        ["throws"] = KindPolicy.UnspecifiedThrows,
        ["local"] = KindPolicy.UnspecifiedReadAsLocal,
    }.ToImmutableDictionary();

    public static bool Is(AdditionalText file) => file.IsNamed(Name);

    /// <summary>
    /// Reads the lines that say something, and leaves the rows of <see cref="OutlineText"/> to that; empty ones and those that begin with
    /// <c>#</c> say nothing.
    /// </summary>
    public static IEnumerable<SinksLine> Read(SourceText text, Compilation compilation)
    {
        foreach (TextLine line in text.Lines)
        {
            if (!OutlineText.IsRow(line.ToString()) && Words(text, line) is { Count: > 0 } words)
            {
                yield return Read(words, compilation);
            }
        }
    }

    /// <summary>What is wrong with which lines. A shared file may be about types that a project does not see.</summary>
    public static IEnumerable<(string Complaint, TextSpan Span)> ComplaintsAbout(SourceText text, Compilation compilation)
    {
        foreach (SinksLine line in Read(text, compilation))
        {
            if (line.Complaint is { } complaint)
            {
                yield return (complaint, line.Span);
            }
        }

        TypesInView inView = new(compilation);
        foreach (TextLine line in text.Lines)
        {
            string row = line.ToString();
            if (OutlineText.IsRow(row) && OutlineText.IsInView(row, inView) && OutlineText.ComplaintOf(row) is { } complaint)
            {
                yield return (complaint, line.Span);
            }
        }
    }

    private static SinksLine Read(List<(string Text, TextSpan Span)> words, Compilation compilation)
    {
        string id = words[0].Text;
        if (!id.StartsWith("M:", StringComparison.Ordinal) && !id.StartsWith("P:", StringComparison.Ordinal))
        {
            return Bad(words[0], "a line begins with the documentation id of a method (M:) or of a property (P:)");
        }

        ISymbol? member = DocumentationCommentId.GetFirstSymbolForDeclarationId(id, compilation);
        return member switch
        {
            IMethodSymbol method when words.Count == 2 && Effects.TryGetValue(words[1].Text, out Effect effect) =>
                Good(new(method, effect, null, Role.Key, KindPolicy.Unknown)),
            IMethodSymbol method when words.Count >= 3 => OfParameter(method, words),
            IPropertySymbol property when words.Count >= 2 => OfRole(property, null, property.Type, words, 1),
            IMethodSymbol when words.Count == 2 =>
                Bad(
                    words[1],
                    $"behind a method stands a parameter with its role, or one of {string.Join(
                        ", ", Effects.Keys.OrderBy(static name => name, StringComparer.Ordinal))}"),
            // A file may be shared by projects that do not all see what its rows are about.
            null when !IsInView(OutlineRow.OwnerOf(id), compilation) => default,
            null => Bad(words[0], $"'{id}' is not in this project or its references"),
            _ => Bad(words[0], "the role is missing"),
        };
    }

    private static bool IsInView(string type, Compilation compilation) =>
        DocumentationCommentId.GetFirstSymbolForDeclarationId("T:" + type, compilation) is not null;

    private static SinksLine OfParameter(IMethodSymbol method, List<(string Text, TextSpan Span)> words) =>
        method.Parameters.FirstOrDefault(parameter => parameter.Name == words[1].Text) is { } found
            ? OfRole(method, found, found.Type, words, 2)
            : Bad(words[1], $"'{method.Name}' has no parameter '{words[1].Text}'");

    private static SinksLine OfRole(
        ISymbol member,
        IParameterSymbol? parameter,
        ITypeSymbol type,
        List<(string Text, TextSpan Span)> words,
        int at)
    {
        string? detail = words.Count == at + 2 ? words[at + 1].Text : null;
        if (words.Count > at + 2)
        {
            return Bad(words[at + 2], $"nothing is expected behind '{words[at + 1].Text}'");
        }

        if (words[at].Text == "key" && parameter is not null)
        {
            return detail is null
                ? Good(new(member, Effect.None, parameter, Role.Key, KindPolicy.Unknown))
                : Bad(words[at + 1], "nothing is expected behind 'key'");
        }

        if (words[at].Text != "expiry")
        {
            return Bad(
                words[at],
                parameter is null
                    ? $"'{words[at].Text}' is no role of a property: expiry"
                    : $"'{words[at].Text}' is no role of a parameter: key, expiry");
        }

        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: [{ } bare] })
        {
            type = bare;
        }

        switch (type)
        {
            case { SpecialType: SpecialType.System_Int32 or SpecialType.System_Int64 } when parameter is not null:
                return detail switch
                {
                    "seconds" => Good(new(member, Effect.None, parameter, Role.ExpirySeconds, KindPolicy.Unknown)),
                    "milliseconds" => Good(new(member, Effect.None, parameter, Role.ExpiryMilliseconds, KindPolicy.Unknown)),
                    _ => Bad(words[words.Count - 1], "a number needs its unit: seconds or milliseconds"),
                };
            case { Name: "TimeSpan", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } }:
                return detail is null
                    ? Good(new(member, Effect.None, parameter, Role.Expiry, KindPolicy.Unknown))
                    : Bad(words[at + 1], "a TimeSpan has a unit of its own");
            case { Name: "DateTimeOffset", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } }:
                return detail is null
                    ? Good(new(member, Effect.None, parameter, Role.Expiry, KindPolicy.TakesOffset))
                    : Bad(words[at + 1], "nothing is expected behind a DateTimeOffset");
            case { SpecialType: SpecialType.System_DateTime }:
                return detail is null ? Good(new(member, Effect.None, parameter, Role.Expiry, KindPolicy.Unknown))
                    : Policies.TryGetValue(detail, out KindPolicy kinds) ? Good(new(member, Effect.None, parameter, Role.Expiry, kinds))
                    : Bad(words[at + 1], "behind a DateTime may stand what an unspecified kind does there: throws or local");
            default:
                return Bad(
                    words[at],
                    $"an expiry is a DateTime, a DateTimeOffset, a TimeSpan{(parameter is null
                        ? ""
                        : ", an int or a long")}, and not a '{type.ToDisplayString()}'");
        }
    }

    private static SinksLine Good(TaughtFact fact) => new(fact, null, default);

    private static SinksLine Bad((string Text, TextSpan Span) word, string complaint) => new(null, complaint, word.Span);

    /// <summary>The words of a line, which white space parts; none of a comment.</summary>
    private static List<(string Text, TextSpan Span)> Words(SourceText text, TextLine line)
    {
        List<(string, TextSpan)> words = [];
        for (int i = line.Start; i < line.End;)
        {
            int start = i;
            while (i < line.End && !char.IsWhiteSpace(text[i]))
            {
                i++;
            }

            if (i > start)
            {
                if (text[start] == '#')
                {
                    break;
                }

                TextSpan span = TextSpan.FromBounds(start, i);
                words.Add((text.ToString(span), span));
            }

            i++;
        }

        return words;
    }
}
