using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace ExpiryAnalyzers.Symbols;

/// <summary>
/// What members of other assemblies do with times, keys and locks, as rows of text: of a member its documentation id and a C# member that
/// does the same to the same clients, with the fields that it needs; of a client's type what the members call.
/// <code>
/// T:StackExchange.Redis.IDatabase interface { bool StringSet(string key, object value, System.TimeSpan expiry); }
/// M:Acme.Cache.Set(System.String,System.Int32) StackExchange.Redis.IDatabase f0; void Set(string key, int s) { f0.StringSet(…); }
/// </code>
/// </summary>
/// <param name="inView">The types about whose members rows are read; null for all.</param>
internal sealed class OutlineText(TypesInView? inView = null)
{
    /// <summary>The key of the <c>AssemblyMetadata</c> attribute whose value is the text; the number tells how it is written.</summary>
    public const string Key = "ExpiryAnalyzers.Outline.1";

    /// <summary>The attribute.</summary>
    public const string Attribute = "System.Reflection.AssemblyMetadataAttribute";

    /// <summary>A longer text, in characters, is not read.</summary>
    private const int MaxLength = 1_000_000;

    private const string TypeMark = "T:";
    private static readonly IReadOnlyList<string> MemberMarks = ["M:", "P:"];

    private const string Head = $$"""
        using System;
        public static class {{OutlineSyntax.Unknowns}} { public static extern T Of<T>(); }
        public sealed class {{OutlineSyntax.Handle}}(System.Action release) : System.IDisposable { public void Dispose() => release(); }

        """;

    private readonly Dictionary<string, OutlineRow?> _rows = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ClientShape> _clients = new(StringComparer.Ordinal);

    public bool IsEmpty => _rows.Count == 0;

    /// <summary>The ids of those members of which an assembly tells.</summary>
    public HashSet<string> Carried { get; } = new(StringComparer.Ordinal);

    /// <summary>The ids of those members whose rows were worked out from their bodies, and not written by hand.</summary>
    public HashSet<string> WorkedOut { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether a line of a file is such a row, be it right or wrong: it has a body, or tells of a type.</summary>
    public static bool IsRow(string line)
    {
        string text = line.TrimStart();
        return text.StartsWith(TypeMark, StringComparison.Ordinal) ||
            (MemberMarks.Any(mark => text.StartsWith(mark, StringComparison.Ordinal)) && BodyOf(text).IndexOfAny(['{', ';', '>']) >= 0);
    }

    /// <summary>Whether a row is about a client's type, or about a member of a type in view.</summary>
    public static bool IsInView(string line, TypesInView types)
    {
        string id = IdOf(line.TrimStart());
        return id.StartsWith(TypeMark, StringComparison.Ordinal) || types.Has(OutlineRow.OwnerOf(id));
    }

    /// <summary>What is wrong with a row; null where nothing is.</summary>
    public static string? ComplaintOf(string line)
    {
        string id = IdOf(line.Trim());
        string body = BodyOf(line);
        return id.StartsWith(TypeMark, StringComparison.Ordinal)
            ? ClientShape.Of(id, body) is null ? "behind a type stand what sort it is and its members, as in C#" : null
            : OutlineRow.Of(id, body) is null ? "behind a member stands one member in C#, and its fields" : null;
    }

    /// <summary>Adds the rows of a text. Two texts that tell otherwise of one member make it unknown.</summary>
    /// <param name="text">The text.</param>
    /// <param name="isCarried">Whether an assembly carries it.</param>
    public void Add(SourceText text, bool isCarried)
    {
        if (text.Length > MaxLength)
        {
            return;
        }

        bool isWorkedOut = isCarried;
        foreach (TextLine line in text.Lines)
        {
            string row = line.ToString().Trim();
            isWorkedOut = isCarried || (isWorkedOut ? row != SinksFile.EndOfLearned : row == SinksFile.StartOfLearned);
            if (IsRow(row) && (inView is null || IsInView(row, inView)))
            {
                Add(IdOf(row), BodyOf(row), isCarried, isWorkedOut);
            }
        }
    }

    private void Add(string id, string body, bool isCarried, bool isWorkedOut)
    {
        if (id.StartsWith(TypeMark, StringComparison.Ordinal))
        {
            if (ClientShape.Of(id, body) is { } shape)
            {
                _clients[id] = _clients.TryGetValue(id, out ClientShape? known) ? known.With(shape) : shape;
            }
        }
        else if (OutlineRow.Of(id, body) is { } row)
        {
            if (isCarried)
            {
                Carried.Add(id);
            }

            if (!isWorkedOut)
            {
                WorkedOut.Remove(id);
            }
            else if (!_rows.ContainsKey(id))
            {
                WorkedOut.Add(id);
            }

            // What a user writes counts for more than what an assembly carries.
            bool isKnown = _rows.TryGetValue(id, out OutlineRow? known) && isCarried;
            _rows[id] = !isKnown || (known is not null && known.Text == row.Text) ? row : null;
        }
    }

    /// <summary>The rows, each once, in the order of their ids: first what they call, then what they are about.</summary>
    public IEnumerable<string> Rows => _clients.OrderBy(static client => client.Key, StringComparer.Ordinal)
        .Select(static client => client.Value.Row)
        .Concat(_rows.OrderBy(static row => row.Key, StringComparer.Ordinal).Select(static row => row.Value).OfType<OutlineRow>()
            .Select(static row => row.Id + " " + row.Text));

    /// <summary>The rows as one file of C#, with the class of each type's members.</summary>
    public (string Source, IReadOnlyList<OutlinedType> Types) Write()
    {
        StringBuilder source = new(Head);
        foreach (ClientShape client in _clients.Values)
        {
            client.Write(source);
        }

        List<OutlinedType> types = [];
        foreach (IGrouping<string, OutlineRow> type in _rows.Values.OfType<OutlineRow>().GroupBy(static row => row.Type))
        {
            OutlinedType outlined = new(type.Key, OutlineSyntax.Outline + types.Count, [.. type]);
            outlined.Write(source);
            types.Add(outlined);
        }

        return (source.ToString(), types);
    }

    private static string IdOf(string row) => row.Substring(0, EndOfId(row));

    private static string BodyOf(string row) => row.TrimStart() is var text ? text.Substring(EndOfId(text)).Trim() : "";

    private static int EndOfId(string row)
    {
        int end = 0;
        while (end < row.Length && !char.IsWhiteSpace(row[end]))
        {
            end++;
        }

        return end;
    }
}

/// <summary>The names that the C# of outlines is written with, beside those of clients and of the framework.</summary>
internal static class OutlineSyntax
{
    /// <summary>Holds the function whose answer may be anything.</summary>
    public const string Unknowns = "__Any";

    /// <summary>The object whose disposal gives a lock back.</summary>
    public const string Handle = "__Held";

    /// <summary>How the classes are called that hold the members of one type.</summary>
    public const string Outline = "__Outline";

    /// <summary>How the types begin that tasks are of.</summary>
    public const string Tasks = "System.Threading.Tasks.";

    /// <summary>Stands for every type that rows cannot name.</summary>
    public const string Anything = "object";

    public const string TimeSpan = "System.TimeSpan";

    public const string DateTime = "System.DateTime";

    /// <summary>What the source of all outlines is called.</summary>
    private static readonly string File = "ExpiryAnalyzers.Outline";

    private static CSharpParseOptions Latest => new(LanguageVersion.Latest);

    /// <summary>Any value of a type.</summary>
    public static string Any(string type) => $"{Unknowns}.Of<{type}>()";

    public static string ArrayOf(string type, string elements) => $"new {type}[] {{ {elements} }}";

    public static SyntaxTree Parse(string source, CancellationToken cancellationToken) =>
        CSharpSyntaxTree.ParseText(source, Latest, File, cancellationToken: cancellationToken);

    /// <summary>Whether a piece of source is an outline's, that stands in no file.</summary>
    public static bool IsOutline(SyntaxNode node) => ReferenceEquals(node.SyntaxTree.FilePath, File);

    /// <summary>The members of a type whose body is a text; null where it is no such body.</summary>
    public static SyntaxList<MemberDeclarationSyntax>? MembersOf(string header, string body) =>
        SyntaxFactory.ParseCompilationUnit(header + body, options: Latest) is { Members: [TypeDeclarationSyntax type] } unit &&
        !unit.ContainsDiagnostics
            ? type.Members
            : null;
}

/// <summary>One row of a member.</summary>
/// <param name="Id">Its documentation id.</param>
/// <param name="Text">The row's C#.</param>
/// <param name="Fields">The fields.</param>
/// <param name="Member">The method or property.</param>
internal sealed record OutlineRow(string Id, string Text, IReadOnlyList<FieldDeclarationSyntax> Fields, MemberDeclarationSyntax Member)
{
    /// <summary>The name of the type, as its documentation id has it.</summary>
    public string Type => OwnerOf(Id);

    /// <summary>The member's own name.</summary>
    public string Name => Member switch
    {
        MethodDeclarationSyntax method => method.Identifier.ValueText,
        PropertyDeclarationSyntax property => property.Identifier.ValueText,
        _ => "",
    };

    public static OutlineRow? Of(string id, string text)
    {
        if (OutlineSyntax.MembersOf("class _ {", text + "}") is not { } members || OwnerOf(id).Length == 0)
        {
            return null;
        }

        MemberDeclarationSyntax[] own = [.. members.Where(static member => member is not FieldDeclarationSyntax)];
        return own is [MethodDeclarationSyntax or PropertyDeclarationSyntax]
            ? new(id, text, [.. members.OfType<FieldDeclarationSyntax>()], own[0])
            : null;
    }

    /// <summary>The name of the type that declares a member, by the member's id.</summary>
    public static string OwnerOf(string id)
    {
        int end = id.IndexOf('(');
        int dot = id.LastIndexOf('.', end < 0 ? id.Length - 1 : end);
        return dot > 2 ? id.Substring(2, dot - 2) : "";
    }
}

/// <summary>The rows of one type's members, and the class that holds them in C#.</summary>
internal sealed record OutlinedType(string Type, string ClassName, IReadOnlyList<OutlineRow> Rows)
{
    public void Write(StringBuilder source)
    {
        source.Append("public sealed class ").Append(ClassName).Append(" {\n");
        HashSet<string> written = new(StringComparer.Ordinal);
        foreach (FieldDeclarationSyntax field in Rows.SelectMany(static row => row.Fields))
        {
            if (written.Add(field.ToString()))
            {
                source.Append(field.ToFullString()).Append('\n');
            }
        }

        for (int i = 0; i < Rows.Count; i++)
        {
            source.Append(Named(i).ToFullString()).Append('\n');
        }

        source.Append("}\n");
    }

    /// <summary>What a row's member is called in the class: overloads may have become alike.</summary>
    private static string NameOf(string name, int index) => name + "_" + index;

    private MemberDeclarationSyntax Named(int index) => Rows[index].Member switch
    {
        MethodDeclarationSyntax method => method.WithIdentifier(SyntaxFactory.Identifier(NameOf(Rows[index].Name, index))),
        PropertyDeclarationSyntax property => property.WithIdentifier(
            SyntaxFactory.Identifier(NameOf(Rows[index].Name, index)).WithTrailingTrivia(SyntaxFactory.Space)),
        { } member => member,
    };

    /// <summary>The row's member in the class.</summary>
    public ISymbol? MemberOf(INamedTypeSymbol type, int index) => type.GetMembers(NameOf(Rows[index].Name, index)).FirstOrDefault();
}

/// <summary>What the rows call of a client's type.</summary>
/// <param name="Name">The type's name with its namespace.</param>
/// <param name="Sort">The words before the name: <c>interface</c>, <c>static class</c>.</param>
/// <param name="Bases">The types above that the rows rely on.</param>
/// <param name="Members">The members, by their signature.</param>
internal sealed record ClientShape(string Name, string Sort, ISet<string> Bases, IReadOnlyDictionary<string, string> Members)
{
    public static ClientShape? Of(string id, string body)
    {
        string name = id.Substring(2);
        int dot = name.LastIndexOf('.');
        int open = body.IndexOf('{');
        int colon = body.IndexOf(':');
        if (dot <= 0 || open <= 0)
        {
            return null;
        }

        string sort = body.Substring(0, colon > 0 && colon < open ? colon : open).Trim();
        if (OutlineSyntax.MembersOf("public " + sort + " _ ", body.Substring(open)) is not { } members)
        {
            return null;
        }

        HashSet<string> bases = new(StringComparer.Ordinal);
        if (colon > 0 && colon < open)
        {
            bases.UnionWith(body.Substring(colon + 1, open - colon - 1).Split([','], StringSplitOptions.RemoveEmptyEntries)
                .Select(static type => type.Trim()));
        }

        Dictionary<string, string> bySignature = new(StringComparer.Ordinal);
        foreach (MemberDeclarationSyntax member in members)
        {
            bySignature[SignatureOf(member)] = member.ToString();
        }

        return new(name, sort, bases, bySignature);
    }

    public ClientShape With(ClientShape other)
    {
        Dictionary<string, string> members = new(StringComparer.Ordinal);
        foreach (KeyValuePair<string, string> member in Members.Concat(other.Members))
        {
            members[member.Key] = member.Value;
        }

        return this with { Bases = new HashSet<string>(Bases.Concat(other.Bases), StringComparer.Ordinal), Members = members };
    }

    /// <summary>The shape as a row.</summary>
    public string Row => $"T:{Name} {Sort}{Above} {Body}";

    private string Above => Bases.Count > 0 ? " : " + string.Join(", ", Bases.OrderBy(static type => type, StringComparer.Ordinal)) : "";

    private string Body
    {
        get
        {
            IEnumerable<KeyValuePair<string, string>> members = Members.OrderBy(static member => member.Key, StringComparer.Ordinal);
            return "{ " + string.Join(" ", members.Select(static member => member.Value)) + " }";
        }
    }

    public void Write(StringBuilder source)
    {
        int dot = Name.LastIndexOf('.');
        string space = Name.Substring(0, dot);
        source.Append($"namespace {space} {{ public {Sort} {Name.Substring(dot + 1)}{Above} {Body} }}\n");
    }

    /// <summary>A member's name and the types of its parameters: what may be there only once.</summary>
    private static string SignatureOf(MemberDeclarationSyntax member) => member switch
    {
        MethodDeclarationSyntax method => method.Identifier.ValueText + "(" +
            string.Join(",", method.ParameterList.Parameters.Select(static parameter => parameter.Type?.ToString())) + ")",
        PropertyDeclarationSyntax property => property.Identifier.ValueText,
        _ => member.ToString(),
    };
}
