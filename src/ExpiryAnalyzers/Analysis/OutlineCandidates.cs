using ExpiryAnalyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace ExpiryAnalyzers.Analysis;

/// <summary>
/// What a file's text says of who may have something to tell other projects: nothing is bound for that, and of bodies no node is made.
/// Looked at once for a file, as long as that is as it was.
/// </summary>
internal sealed class OutlineCandidates
{
    private readonly List<OutlineCandidate> _members = [];
    private readonly List<OutlineCandidate> _methods = [];
    private readonly List<string> _aliases = [];

    private OutlineCandidates(SyntaxTree tree, CancellationToken cancellationToken)
    {
        string text = tree.GetText(cancellationToken).ToString();
        Checksum sum = new();
        foreach (SyntaxNode node in TypeNodes.Of(tree, cancellationToken))
        {
            if (node is UsingDirectiveSyntax { Alias.Name.Identifier.ValueText: var alias })
            {
                _aliases.Add(alias);
            }

            if (HeadOf(node) is { } head)
            {
                sum.Add(text, head);
            }
            else if (node is BaseMethodDeclarationSyntax or BasePropertyDeclarationSyntax)
            {
                Add((MemberDeclarationSyntax)node, text, sum);
            }
        }

        Sum = sum.Value;
        MayTell |= _aliases.Count > 0;
    }

    /// <summary>Whether a member may tell something, whatever clients are in view, as long as no other assembly tells of its own.</summary>
    public bool MayTell { get; private set; }

    /// <summary>The methods and properties that other projects may call.</summary>
    public IReadOnlyList<OutlineCandidate> Members => _members;

    /// <summary>All methods, whoever may call them.</summary>
    public IReadOnlyList<OutlineCandidate> Methods => _methods;

    /// <summary>The other names that the file gives types.</summary>
    public IReadOnlyList<string> Aliases => _aliases;

    /// <summary>
    /// A sum of the text of all members, whoever may call them, that name a client's member or are handed a time or answer with one, of the
    /// fields of which they make their keys, and of the heads of types: an edit elsewhere leaves it as it was.
    /// </summary>
    public long Sum { get; }

    /// <summary>Looks at a file, once for as long as that is as it was.</summary>
    public static OutlineCandidates In(SyntaxTree tree, TreeMemory trees, CancellationToken cancellationToken) =>
        trees.Of(tree, tree => In(tree, cancellationToken));

    /// <summary>Looks at a file.</summary>
    public static OutlineCandidates In(SyntaxTree tree, CancellationToken cancellationToken) => new(tree, cancellationToken);

    private void Add(MemberDeclarationSyntax member, string text, Checksum sum)
    {
        string[] names = [.. OutlineNames.All.In(text, member.Span).Distinct()];
        OutlineCandidate candidate = new(member, names);
        if (member is MethodDeclarationSyntax)
        {
            _methods.Add(candidate);
        }

        if (!HasBody(member))
        {
            return;
        }

        bool mayTell = candidate.NamesClient(OutlineNames.OfClients.Has) || candidate.IsAboutTime(OutlineNames.TimeTypes);
        if (mayTell)
        {
            sum.Add(text, member.Span);
        }

        if (MayBeCalled(member))
        {
            _members.Add(candidate);
            MayTell |= mayTell;
        }
    }

    /// <summary>What names a type and says what it derives from, or gives a value to a name; null of members.</summary>
    private static TextSpan? HeadOf(SyntaxNode node) => node switch
    {
        UsingDirectiveSyntax or FieldDeclarationSyntax or PropertyDeclarationSyntax { Initializer: not null } => node.Span,
        BaseNamespaceDeclarationSyntax space => space.Name.Span,
        TypeDeclarationSyntax { OpenBraceToken: { RawKind: not 0, IsMissing: false } brace } =>
            TextSpan.FromBounds(node.SpanStart, brace.SpanStart),
        TypeDeclarationSyntax => node.Span,
        _ => null,
    };

    /// <summary>Whether a member does something: what is only declared, or only kept, has nothing to tell.</summary>
    private static bool HasBody(SyntaxNode member) => member switch
    {
        BaseMethodDeclarationSyntax method => method.Body is not null || method.ExpressionBody is not null,
        PropertyDeclarationSyntax { ExpressionBody: not null } => true,
        BasePropertyDeclarationSyntax { AccessorList: { } accessors } =>
            accessors.Accessors.Any(static accessor => accessor.Body is not null || accessor.ExpressionBody is not null),
        _ => false,
    };

    /// <summary>Whether other projects may call a method or property, or what it stands for, as far as modifiers say.</summary>
    private static bool MayBeCalled(MemberDeclarationSyntax member) => member switch
    {
        MethodDeclarationSyntax { ExplicitInterfaceSpecifier: not null } => true,
        PropertyDeclarationSyntax { ExplicitInterfaceSpecifier: not null } => true,
        MethodDeclarationSyntax or PropertyDeclarationSyntax =>
            (member.Parent is InterfaceDeclarationSyntax || IsOpen(member)) && IsInView(member.Parent),
        _ => false,
    };

    /// <summary>
    /// Whether a type, or what its members stand for, may be known elsewhere. The other parts of a partial one are not looked at.
    /// </summary>
    private static bool IsInView(SyntaxNode? type)
    {
        if (type is TypeDeclarationSyntax { BaseList: not null })
        {
            return true;
        }

        for (; type is TypeDeclarationSyntax declaration; type = type.Parent)
        {
            if (declaration.Modifiers.Any(SyntaxKind.PartialKeyword))
            {
                return true;
            }

            // An extension block has no modifiers, and no name.
            if (!IsOpen(declaration) && declaration.Parent is not InterfaceDeclarationSyntax && !declaration.Identifier.IsMissing &&
                declaration.Identifier.ValueText.Length > 0)
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsOpen(MemberDeclarationSyntax member) =>
        member.Modifiers.Any(SyntaxKind.PublicKeyword) || member.Modifiers.Any(SyntaxKind.ProtectedKeyword);
}
