using ExpiryAnalyzers.Keys;
using ExpiryAnalyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Analysis;

/// <summary>
/// What the rows of one type share: the fields that they call clients' members on and make their keys of, and its locks.
/// </summary>
internal sealed class OutlineFields(Knowledge knowledge, INamedTypeSymbol type)
{
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    private HashSet<string>? _locks;
    private bool? _mayTakeLocks;
    private string? _prefix;

    /// <summary>
    /// The keys, as they are written, of the locks that members of the type take for their callers, where no caller has a part in the key.
    /// </summary>
    public ISet<string> Locks => _locks ??=
        [.. Takers.SelectMany(method => KeysOfLocks(new(knowledge, new(knowledge.Catalog), this, method)))];

    /// <summary>Whether a member of the type may take a lock, as far as its text says.</summary>
    public bool MayTakeLocks => _mayTakeLocks ??= Takers.Any();

    private IEnumerable<IMethodSymbol> Takers => type.GetMembers().OfType<IMethodSymbol>()
        .Where(method => (knowledge.Summaries.MayReach(method) & Reach.Lock) != 0);

    private static IEnumerable<string> KeysOfLocks(OutlineScope scope) => (scope.Summary?.Locks ?? [])
        .Select(held => OutlineKeys.TextOf(held.Take.Key, scope)).OfType<string>().Where(_ => !scope.UsesParameters);

    /// <summary>The field that stands for something, by what it is in the source.</summary>
    public string NameOf(string type, string original)
    {
        string key = type + " " + original;
        if (!_names.TryGetValue(key, out string? name))
        {
            _names[key] = name = Prefix + _names.Count;
        }

        return name;
    }

    /// <summary>How the fields' names begin: no parameter may hide one.</summary>
    private string Prefix => _prefix ??= type.GetMembers().OfType<IMethodSymbol>()
        .SelectMany(static method => method.Parameters).Any(static parameter => IsLikeAField(parameter.Name)) ? "__f" : "f";

    private static bool IsLikeAField(string name) => name.Length > 1 && name[0] == 'f' && name.Skip(1).All(char.IsDigit);
}

/// <summary>What the parts of one row share: the method that it is about, and what the row uses of it.</summary>
internal sealed class OutlineScope(Knowledge knowledge, OutlineTypes types, OutlineFields fields, IMethodSymbol method)
{
    private readonly KeyTable _keys = new();
    private readonly SortedSet<string> _declared = new(StringComparer.Ordinal);
    private IParameterSymbol[]? _flags;

    public Knowledge Knowledge => knowledge;

    public OutlineTypes Types => types;

    public IMethodSymbol Method => method;

    /// <summary>Whether the method looks at a time before it hands it on; of an instant that an object keeps, that is not known.</summary>
    public bool IsGuarded(HandedOn handed) => handed.IsTested && !(handed.IsStored && knowledge.IsInstant(handed.Given.Type));

    /// <summary>What the method does with what it is handed; null where it reaches no client.</summary>
    public MethodSummary? Summary { get; } = knowledge.Summaries.OwnWrapperOf(method, knowledge.Summaries.Depth);

    /// <summary>Whether the method does something to a lock that its type takes for callers.</summary>
    public bool TouchesLock => Summary is not null &&
        Summary.Calls.Select(static call => call.Key).Concat(Summary.Scripts.SelectMany(static script => script.Touched!))
            .Any(key => OutlineKeys.TextOf(key, this) is { } text && fields.Locks.Contains(text));

    /// <summary>Whether the row hangs on what a caller hands in.</summary>
    public bool UsesParameters { get; private set; }

    /// <summary>The fields of the row.</summary>
    public IEnumerable<string> Fields => _declared;

    /// <summary>Whether something is the same at every call: what is made of a parameter, a local or of what can change is not.</summary>
    public bool IsSteady(Key key) => key.Symbols.All(symbol => symbol switch
    {
        ILocalSymbol => false,
        IParameterSymbol parameter => KeyReader.IsOfPrimaryConstructor(parameter),
        IFieldSymbol or IPropertySymbol => knowledge.Summaries.IsSteady(symbol),
        _ => true,
    });

    /// <summary>The flags that the method looks at.</summary>
    public IReadOnlyList<IParameterSymbol> Flags => _flags ??=
        [.. KnownFlags.In(method).Where(flag => knowledge.Summaries.LooksAt(method, flag))];

    public bool IsOwn(ISymbol symbol) => SymbolEqualityComparer.Default.Equals(symbol.ContainingSymbol, method);

    public string NameOf(IParameterSymbol parameter)
    {
        UsesParameters = true;
        return Declared(parameter);
    }

    /// <summary>Whether a time that the method is handed is more than nothing, as C#.</summary>
    public string IsSome(IParameterSymbol parameter) => $"{NameOf(parameter)} > {NothingOf(parameter.Type)}";

    private string NothingOf(ITypeSymbol type) => knowledge.IsDuration(type) ? "TimeSpan.Zero"
        : knowledge.IsInstant(type) ? OutlineSyntax.DateTime + ".MinValue"
        : "0";

    /// <summary>The flags of the caller's on which a call or a time hangs, as a condition in C#; empty where there are none.</summary>
    public string FlagsOf(SyntaxNode part) => string.Join(" && ", Flags
        .Select(flag => (Name: Declared(flag), IfSet: Does(part, flag, true), IfNot: Does(part, flag, false)))
        .Where(static flag => flag.IfSet != flag.IfNot)
        .Select(static flag => flag.IfSet ? flag.Name : "!" + flag.Name));

    /// <summary>Whether the method does a part of what it does where a flag is known.</summary>
    private bool Does(SyntaxNode part, IParameterSymbol flag, bool value) =>
        knowledge.Summaries.OwnWrapperOf(method, default(KnownFlags).With(flag, value)) is { } done &&
        (done.Calls.Any(call => call.Syntax.Span == part.Span) || done.Sinks.Any(handed => handed.Sink.Value.Syntax.Span == part.Span));

    /// <summary>A key in terms of what the method is handed.</summary>
    public Key? AsHanded(Key? key) => Summary is null ? key : Summary.AsHanded(key, _keys);

    /// <summary>A field for something that the object has: one of this row alone for what may be another at the next call.</summary>
    public string FieldFor(string type, string original, bool isSteady)
    {
        string name = fields.NameOf(type, isSteady ? original : original + " in " + method.GetDocumentationCommentId());
        _declared.Add(type + " " + name);
        return name;
    }

    /// <summary>The parameters as the row declares them.</summary>
    public string Parameters => string.Join(
        ", ", method.Parameters.Select(parameter => types.TextOf(parameter.Type) + " " + Declared(parameter)));

    /// <summary>The parameter that an expression is, or is made of.</summary>
    public IParameterSymbol? ParameterIn(IOperation? value) => value?.DescendantsAndSelf().OfType<IParameterReferenceOperation>()
        .Select(static reference => reference.Parameter).FirstOrDefault(IsOwn);

    public static string Literal(string text) => SymbolDisplay.FormatLiteral(text, quote: true);

    private static string Declared(IParameterSymbol parameter) => "@" + parameter.Name;
}
