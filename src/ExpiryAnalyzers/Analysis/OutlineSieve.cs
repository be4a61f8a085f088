using ExpiryAnalyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExpiryAnalyzers.Analysis;

/// <summary>Which of the candidates of a compilation may have something to tell, by their text and the clients in view.</summary>
internal sealed class OutlineSieve
{
    private readonly ApiCatalog _catalog;
    private readonly IReadOnlyList<OutlineCandidates> _files;

    /// <summary>The names of the types of times, with all other names that the compilation gives types.</summary>
    private readonly WordSet _times;

    /// <summary>What is called a client's member in this compilation and not in all: members of other assemblies.</summary>
    private readonly WordSet _more;

    private readonly Lazy<WordSet> _leading;
    private SyntaxTree? _at;
    private string _text = "";

    public OutlineSieve(ApiCatalog catalog, IReadOnlyList<OutlineCandidates> files)
    {
        _catalog = catalog;
        _files = files;
        string[] aliases = [.. files.SelectMany(static file => file.Aliases)];
        _times = aliases.Length == 0 ? OutlineNames.TimeTypes : new(OutlineNames.TimeTypes.Words.Concat(aliases));
        _more = new(catalog.Names.Concat(catalog.InstantNames).Where(static name => !OutlineNames.All.Has(name)));
        _leading = new(() => new(_catalog.CommonNames.Concat(_files.SelectMany(static file => file.Methods).Where(MayLead)
            .Select(static method => ((MethodDeclarationSyntax)method.Declaration).Identifier.ValueText))));
    }

    /// <summary>The members that may answer with a time, name a client's member, or are handed a time that they may hand on.</summary>
    public IEnumerable<MemberDeclarationSyntax> Passing => _files.SelectMany(static file => file.Members).Where(Passes)
        .Select(static candidate => candidate.Declaration);

    private bool Passes(OutlineCandidate candidate) => candidate.AnswersTime(_times) ||
        (candidate.Declaration is MethodDeclarationSyntax method &&
            (NamesClient(candidate) || (candidate.IsHandedTime(_times) && CallsLeading(method))));

    private bool NamesClient(OutlineCandidate candidate) => candidate.NamesClient(IsClient) ||
        (!_more.IsEmpty && Has(candidate.Declaration, _more));

    private bool IsClient(string name) => _catalog.Names.Contains(name) || _catalog.InstantNames.Contains(name);

    /// <summary>Whether a method may hand a time on to a client, so that code which calls one of its name may do so too.</summary>
    private bool MayLead(OutlineCandidate method) => method.IsHandedTime(_times) || NamesClient(method);

    private bool CallsLeading(MethodDeclarationSyntax method) =>
        ((SyntaxNode?)method.Body ?? method.ExpressionBody) is { } body && Has(body, _leading.Value);

    private bool Has(SyntaxNode node, WordSet words) => words.In(TextOf(node.SyntaxTree), node.Span).Any();

    /// <summary>The text of a file. One that is large is put together each time, so that of the file at hand is kept.</summary>
    private string TextOf(SyntaxTree tree)
    {
        if (!ReferenceEquals(tree, _at))
        {
            _at = tree;
            _text = tree.GetText().ToString();
        }

        return _text;
    }
}
