using System.Collections;
using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.CompilerServices;
using ExpiryAnalyzers.CodeFixes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace ExpiryAnalyzers.Tests.Meta;

/// <summary>
/// The conventions of the product's own code. What breaks one and stays for now is listed in <c>Frozen</c>, sorted; a list may only shrink:
/// an entry that is no longer needed fails as well.
/// </summary>
public sealed class ConventionTests
{
    private static readonly string Source = Path.Combine(Repository.Root, "src");

    private static readonly IReadOnlyList<(string Path, string Text, SyntaxNode Root)> Files =
    [
        .. Directory.EnumerateFiles(Source, "*.cs", SearchOption.AllDirectories)
            .Select(static file => (Path: Path.GetRelativePath(Source, file).Replace('\\', '/'), Text: File.ReadAllText(file)))
            .Where(static file => !file.Path.Contains("/obj/") && !file.Path.Contains("/bin/"))
            .OrderBy(static file => file.Path, StringComparer.Ordinal)
            .Select(static file => (file.Path, file.Text, CSharpSyntaxTree.ParseText(file.Text, new(LanguageVersion.Preview)).GetRoot())),
    ];

    [Fact]
    public void AllOfTheSourceIsRead() =>
        Assert.True(Files.Count > 200 && Files.Select(static file => file.Path.Split('/')[0]).Distinct().Count() == 3);

    [Fact]
    public void LinesAreShort() => Assert.Empty(
        from file in Files from line in Conventions.LongLines(file.Text) select $"{file.Path}({line.Number}): {line.Text}");

    [Fact]
    public void MethodsAreShort() => Assert.Empty(
        from file in Files
        from body in Conventions.Bodies(file.Root)
        where body.Lines > Conventions.LongestMethod
        select $"{file.Path} {body.Name}: {body.Lines} lines");

    /// <summary>
    /// What has many parts gives them names. Tables are counted row by row, since each is one expression for its text alone.
    /// </summary>
    [Fact]
    public void ExpressionsAreShort() => IsFrozen(
        "LongExpressions.txt",
        from file in Files
        from expression in Conventions.Expressions(file.Root)
        where expression.Tokens > Conventions.LongestExpression
        select $"{file.Path} {expression.Name}");

    /// <summary>
    /// A name is a symbol, a client's fact or a hint, each of which has its place (docs/decisions/0012-symbols-tables-hints.md).
    /// </summary>
    [Fact]
    public void TextsAreComparedInTheirPlaces()
    {
        HashSet<string> constants = [.. Files.SelectMany(static file => Conventions.TextConstants(file.Root))];
        IsFrozen(
            "ComparedTexts.txt",
            from file in Files
            where !IsOfTheTool(file.Path) && !MayCompareTexts(file.Path)
            from member in Conventions.LiteralComparisons(file.Root, constants)
            select $"{file.Path} {member}");
    }

    /// <summary>Analyzers run beside each other and stay loaded: what a static field holds is made once, and never changes.</summary>
    [Fact]
    public void NothingStaticChanges()
    {
        FieldInfo[] fields =
        [
            .. new[] { typeof(ExpiryAnalyzer), typeof(ExpiryCodeFix) }
                .SelectMany(static type => type.Assembly.GetTypes())
                .Where(static type => !IsGenerated(type))
                .Select(static type => type.ContainsGenericParameters ? Constructed(type) : type)
                .SelectMany(
                    static type =>
                        type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
                .Where(static field => !field.IsLiteral),
        ];
        Assert.True(fields.Length > 100);
        Assert.All(fields, static field => Assert.True(field.IsInitOnly, NameOf(field)));
        Assert.All(fields, static field => Assert.Equal("", FaultOf(field.GetValue(null), IsHidden(field), [])));
    }

    /// <summary>A parameter that a class keeps is a field of it, and as good as read-only as long as nothing writes it.</summary>
    [Fact]
    public void KeptParametersAreNotWritten() => Assert.Empty(
        from file in Files from parameter in Conventions.WrittenCaptures(file.Root) select $"{file.Path} {parameter}");

    /// <summary>An array or a dictionary in a static field is a table, which its own type fills where it declares it.</summary>
    [Fact]
    public void TablesAreOnlyRead() => Assert.Empty(
        from file in Files from table in Conventions.WrittenTables(file.Root) select $"{file.Path} {table}");

    /// <summary>The measures themselves: what each is about, and what not.</summary>
    [Theory]
    [InlineData("bool M(string s) => s == \"x\";", true)]
    [InlineData("bool M(string s) => s == (\"x\" + 1);", true)]
    [InlineData("bool M(string s) => s is \"x\" or \"y\";", true)]
    [InlineData("bool M(char c) => c is >= 'a';", true)]
    [InlineData("bool M(ISymbol s) => s is { Name: nameof(M) };", true)]
    [InlineData("bool M(string s) => s switch { \"x\" => true, _ => false };", true)]
    [InlineData("bool M(string s) { switch (s) { case \"x\": return true; } }", true)]
    [InlineData("bool M(string s) => s.StartsWith(\"x\");", true)]
    [InlineData("bool M(string s) => new[] { \"x\" }.Contains(s);", true)]
    [InlineData("const string X = \"x\"; bool M(string s) => s == X;", true)]
    [InlineData("const string X = \"x\"; bool M(string s) => s == C.X;", true)]
    [InlineData("static readonly string[] Words = [\"x\"];", true)]
    [InlineData("static readonly Dictionary<string, int> Words = new() { [\"x\"] = 1 };", true)]
    [InlineData("static readonly Dictionary<string, int> Words = new() { { \"x\", 1 } };", true)]
    [InlineData("static readonly (string, int)[] Words = [(\"x\", 1)];", true)]
    [InlineData("bool M(string s) => s == \"\";", false)]
    [InlineData("string M(string s) => s + \"x\";", false)]
    [InlineData("const int X = 1; bool M(int s) => s == X;", false)]
    [InlineData("bool M(Kind s) => s == Kind.X;", false)]
    [InlineData("static readonly int[] Numbers = [1];", false)]
    public void ComparedTextsAreFound(string member, bool isFound)
    {
        SyntaxNode root = Parsed(member);
        HashSet<string> constants = [.. Conventions.TextConstants(root)];
        Assert.Equal(isFound, Conventions.LiteralComparisons(root, constants).Any());
    }

    [Theory]
    [InlineData("int M() => 1 + 2;", "3")]
    [InlineData("int M() { return F(1, 2); }", "6")]
    [InlineData("int M(int i) => i switch { 1 => 2, _ => 3 };", "3 3 5")]
    [InlineData("int[] M() => [1, 2 + 3];", "1 3 3")]
    [InlineData("C M() => new() { A = 1, B = { 2 } };", "1 3 4 6")]
    [InlineData("int M() => F(x => x + 1);", "3 5")]
    [InlineData("int M() => F(x => { return x; });", "1 5")]
    public void ExpressionsAreCounted(string member, string tokens) => Assert.Equal(
        tokens, string.Join(' ', Conventions.Expressions(Parsed(member)).Select(static expression => expression.Tokens).Order()));

    [Theory]
    [InlineData("int M()\n{\n    return 1;\n}", 3)]
    [InlineData("int M() =>\n    1;", 2)]
    [InlineData("int P { get\n{ return 1; } }", 1)]
    [InlineData("C()\n{\n}", 2)]
    public void BodiesAreCounted(string member, int lines) => Assert.Equal(lines, Assert.Single(Conventions.Bodies(Parsed(member))).Lines);

    [Theory]
    [InlineData("int M() => p++;", true)]
    [InlineData("int M() { p = 1; return p; }", true)]
    [InlineData("void M() => F(ref p);", true)]
    [InlineData("C M() => new(1) { p = 2 };", false)]
    [InlineData("int M() => p;", false)]
    public void WritesOfKeptParametersAreFound(string member, bool isFound) =>
        Assert.Equal(isFound, Conventions.WrittenCaptures(Parsed(member)).Any());

    [Theory]
    [InlineData("static readonly int[] T = [1]; void M() => T[0] = 2;", true)]
    [InlineData("static readonly HashSet<int> T = [1]; void M() => T.Add(2);", true)]
    [InlineData("static readonly int[] T = [1]; void M() => F(T);", true)]
    [InlineData("static readonly int[] T = [1]; int M() => T[0];", false)]
    [InlineData("static readonly int[] T = [1]; void M() { foreach (int i in T) { } }", false)]
    [InlineData("static readonly HashSet<int> T = [1]; bool M() => T.Contains(2);", false)]
    public void WritesOfTablesAreFound(string members, bool isFound) =>
        Assert.Equal(isFound, Conventions.WrittenTables(Parsed(members)).Any());

    private static readonly List<int> Changing = [];

    [Fact]
    public void WhatChangesIsFound()
    {
        Assert.NotEqual("", FaultOf(Changing, isHidden: false, []));
        Assert.NotEqual("", FaultOf(new ConditionalWeakTable<object, object>(), isHidden: true, []));
        Assert.NotEqual("", FaultOf(new StrongBox<int>(1), isHidden: true, []));
        Assert.NotEqual("", FaultOf(new[] { 1 }, isHidden: false, []));
        Assert.NotEqual("", FaultOf(new[] { new StrongBox<int>(1) }, isHidden: true, []));
        int captured = 0;
        Assert.NotEqual("", FaultOf((Func<int>)(() => captured++), isHidden: true, []));
        Assert.Equal("", FaultOf((Func<int>)(static () => 1), isHidden: true, []));
        Assert.Equal("", FaultOf(ImmutableArray.Create("x"), isHidden: false, []));
    }

    /// <summary>The tool judges no code: the texts that it compares are files, options and a server's answers.</summary>
    private static bool IsOfTheTool(string path) => path.StartsWith("ExpiryAnalyzers.Tool/", StringComparison.Ordinal);

    /// <summary>
    /// Where a text may be compared: the tables of clients, the two places that name the framework's members, the one of hints, what
    /// reads Lua, whose words are a language's, and what reads names of files, outlines and baselines, which are text.
    /// </summary>
    private static bool MayCompareTexts(string path)
    {
        string file = Path.GetFileName(path);
        return path.Split('/') switch
        {
            [_, "Apis", ..] => true,
            [_, "Symbols", _] => new[] { "WellKnown", "Known", "Outline", "FileNames" }.Any(start => file.StartsWith(start, StringComparison.Ordinal)),
            [_, "Operations", _] => file == "NameHints.cs",
            [_, "Calls", _] => file.StartsWith("Lua", StringComparison.Ordinal),
            [_, "Baselines", _] => true,
            [_, "Analysis", _] or [_, _] => file.StartsWith("Outline", StringComparison.Ordinal),
            _ => false,
        };
    }

    /// <summary>Compares what is found with the list; a line of it is an entry and, behind two blanks and a sign, why it stays.</summary>
    private static void IsFrozen(string list, IEnumerable<string> found)
    {
        string path = Path.Combine(Repository.Root, "tests", "ExpiryAnalyzers.Tests", "Meta", "Frozen", list);
        string[] lines = File.Exists(path) ? File.ReadAllLines(path) : [];
        Assert.Equal(lines.Order(StringComparer.Ordinal), lines);
        Assert.All(lines, static line => Assert.True(line.Split("  # ") is [_, { Length: > 10 }], "No reason: " + line));
        string[] frozen = [.. lines.Select(static line => line.Split("  # ")[0])];
        string[] now = [.. found.Distinct()];
        Assert.True(!now.Except(frozen).Any(), $"Break the convention:\n{string.Join('\n', now.Except(frozen))}");
        Assert.True(!frozen.Except(now).Any(), $"No longer needed in {list}:\n{string.Join('\n', frozen.Except(now))}");
    }

    /// <summary>What in a value can change, or nothing: fields that are written again, and collections that others can reach.</summary>
    private static string FaultOf(object? value, bool isHidden, HashSet<object> seen)
    {
        if (value is null || IsImmutable(value.GetType()) || !seen.Add(value))
        {
            return "";
        }

        Type type = value.GetType();
        switch (value)
        {
            case Delegate function:
                return FaultOf(function.Target, isHidden, seen);
            case Array or IDictionary or ISet<string> when isHidden:
                // Its own type only reads it: see TablesAreOnlyRead. Its elements count all the same.
                return ((IEnumerable)value)
                    .Cast<object?>()
                    .Select(element => FaultOf(element, isHidden, seen))
                    .FirstOrDefault(static fault => fault.Length > 0) ?? "";
            case IEnumerable when IsReadOnly(type):
                return ((IEnumerable)value)
                    .Cast<object?>()
                    .Select(element => FaultOf(element, isHidden, seen))
                    .FirstOrDefault(static fault => fault.Length > 0) ?? "";
        }

        if (type.Assembly != typeof(ExpiryAnalyzer).Assembly && type.Assembly != typeof(ExpiryCodeFix).Assembly && !IsTuple(type))
        {
            return $"{type} may change.";
        }

        foreach (FieldInfo field in FieldsOf(type))
        {
            // What a primary constructor captures has no modifier: see KeptParametersAreNotWritten. Fields of tuples are reached by a copy
            // alone.
            if (!field.IsInitOnly && !field.Name.EndsWith(">P", StringComparison.Ordinal) && !type.IsValueType)
            {
                return $"{NameOf(field)} is written again.";
            }

            if (FaultOf(field.GetValue(value), IsHidden(field) || (isHidden && IsTuple(type)), seen) is { Length: > 0 } fault)
            {
                return fault;
            }
        }

        return "";
    }

    /// <summary>Whether nothing but the type that declares it, or nothing at all, can write into what the field holds.</summary>
    private static bool IsHidden(FieldInfo field) =>
        field.IsPrivate || field.FieldType.Name.StartsWith("IReadOnly", StringComparison.Ordinal);

    private static IEnumerable<FieldInfo> FieldsOf(Type type)
    {
        for (Type? current = type; current is not null && current != typeof(object); current = current.BaseType)
        {
            foreach (FieldInfo field in current.GetFields(
                BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                yield return field;
            }
        }
    }

    private static bool IsImmutable(Type type) =>
        type.IsPrimitive || type.IsEnum || type == typeof(string) || type == typeof(object) || type == typeof(decimal) ||
        type == typeof(DateTime) || type == typeof(TimeSpan) || type == typeof(Version) ||
        typeof(System.Text.RegularExpressions.Regex).IsAssignableFrom(type) || typeof(IEqualityComparer<string>).IsAssignableFrom(type) ||
        type.Namespace == typeof(DiagnosticDescriptor).Namespace ||
        (IsGenerated(type) && FieldsOf(type).All(static field => field.IsStatic));

    private static bool IsReadOnly(Type type) =>
        type.Namespace is "System.Collections.Immutable" or "System.Collections.Frozen" || IsGenerated(type);

    private static bool IsTuple(Type type) =>
        typeof(ITuple).IsAssignableFrom(type) || type.Name.StartsWith("KeyValuePair", StringComparison.Ordinal);

    private static bool IsGenerated(Type type) => type.IsDefined(typeof(CompilerGeneratedAttribute)) || type.Name.StartsWith('<');

    /// <summary>A generic type has static fields for each of its arguments; any will do.</summary>
    private static Type Constructed(Type type)
    {
        try
        {
            return type.MakeGenericType([.. type.GetGenericArguments().Select(static argument =>
                argument.GetGenericParameterConstraints() is [{ ContainsGenericParameters: false } constraint, ..]
                    ? constraint
                    : typeof(object))]);
        }
        catch (ArgumentException)
        {
            return typeof(object);
        }
    }

    private static string NameOf(FieldInfo field) => $"{field.DeclaringType}.{field.Name}";

    private static SyntaxNode Parsed(string member) =>
        CSharpSyntaxTree.ParseText($"class C(int p) {{ {member} }}", new(LanguageVersion.Preview)).GetRoot();
}
