using ExpiryAnalyzers.CodeFixes.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace ExpiryAnalyzers.CodeFixes.Writing;

/// <summary>
/// The replacements of one repair. They are gathered first and tried on a copy of the program, so that a repair which would not
/// compile, or would never return, is never offered.
/// </summary>
internal sealed class CheckedEdits
{
    private static readonly SyntaxAnnotation Changed = new();

    private readonly FixContext _context;
    private readonly Dictionary<SyntaxNode, SyntaxNode> _replacements;
    private readonly List<LocalDeclarationStatementSyntax> _perhapsUnread;
    private readonly List<(SyntaxAnnotation Mark, SyntaxNode Scope, string Wanted)> _names;

    public CheckedEdits(FixContext context)
        : this(context, [], [], [])
    {
    }

    private CheckedEdits(
        FixContext context,
        Dictionary<SyntaxNode, SyntaxNode> replacements,
        List<LocalDeclarationStatementSyntax> perhapsUnread,
        List<(SyntaxAnnotation Mark, SyntaxNode Scope, string Wanted)> names)
    {
        _context = context;
        _replacements = replacements;
        _perhapsUnread = perhapsUnread;
        _names = names;
    }

    /// <summary>The same edits again, to be tried with more.</summary>
    public CheckedEdits Clone() => new(_context, new(_replacements), [.. _perhapsUnread], [.. _names]);

    /// <summary>
    /// Another name for a variable, for replacements to use. What it is at last is settled when the repair is applied: several repairs of
    /// one member must not give the same.
    /// </summary>
    public SyntaxToken NewName(SyntaxNode declaration, string wanted)
    {
        SyntaxAnnotation mark = new();
        _names.Add((mark, Statements.ScopeOf(declaration), wanted));
        return SyntaxFactory.Identifier(wanted).WithAdditionalAnnotations(mark);
    }

    /// <summary>Puts one node in another's place, with the layout around it and the comments inside it.</summary>
    public void Replace(SyntaxNode node, SyntaxNode replacement) =>
        _replacements[node] = Layout.Keep(node, replacement).WithAdditionalAnnotations(Changed);

    /// <summary>Removes a declaration if no read of its variable is left, be it that several repairs took one each.</summary>
    public void RemoveIfUnread(LocalDeclarationStatementSyntax declaration)
    {
        if (!_perhapsUnread.Contains(declaration) && declaration.Declaration.Variables.Count == 1 &&
            Layout.CommentsOf(declaration).Count == 0 && !declaration.ContainsDirectives)
        {
            _perhapsUnread.Add(declaration);
        }
    }

    /// <summary>The repair, if what it makes compiles without new warnings and satisfies the test.</summary>
    public Fix? ToFix(string key, string title, Func<SemanticModel, bool>? test = null, bool asks = false) =>
        _replacements.Count > 0 && Compiles(test) ? new(key, title, [.. _replacements.Keys], Apply) { Asks = asks } : null;

    private void Apply(FixEditor editor)
    {
        (SyntaxAnnotation Mark, string Name)[] names = [.. _names.Select(name => (name.Mark, editor.NewName(name.Scope, name.Wanted)))];
        foreach (KeyValuePair<SyntaxNode, SyntaxNode> entry in _replacements)
        {
            SyntaxNode replacement = names.Aggregate(entry.Value, static (node, name) => Named(node, name.Mark, name.Name));
            editor.Replace(entry.Key, _ => replacement);
        }

        // One that another reads goes after that one.
        foreach (LocalDeclarationStatementSyntax declaration in _perhapsUnread.AsEnumerable().Reverse())
        {
            SyntaxNode statement = Statements.SlotOf(declaration);
            string name = declaration.Declaration.Variables[0].Identifier.ValueText;
            editor.Track(statement);
            editor.Replace(statement.Parent!, scope => WithoutUnread(scope, statement, name));
        }
    }

    private static SyntaxNode Named(SyntaxNode node, SyntaxAnnotation mark, string name) => node.ReplaceTokens(
        node.GetAnnotatedTokens(mark),
        (_, token) => SyntaxFactory.Identifier(name).WithTriviaFrom(token).WithAdditionalAnnotations(mark));

    private static SyntaxNode WithoutUnread(SyntaxNode scope, SyntaxNode statement, string name) =>
        scope.GetCurrentNode(statement) is { } current && NamesInUse.Count(scope, name) == 1
            ? scope.RemoveNode(current, SyntaxRemoveOptions.KeepNoTrivia)!
            : scope;

    private bool Compiles(Func<SemanticModel, bool>? test)
    {
        SyntaxEditor editor = new(_context.Root, _context.Document.Project.Solution.Services);
        Apply(new FixEditor(editor));
        SyntaxTree before = _context.Model.SyntaxTree;
        SyntaxTree after = before.WithRootAndOptions(editor.GetChangedRoot(), before.Options);
        SemanticModel model = _context.Model.Compilation.ReplaceSyntaxTree(before, after).GetSemanticModel(after);
        Dictionary<string, int> old = Problems(_context.Model, _replacements.Keys);
        SyntaxNode[] changed = [.. after.GetRoot(_context.CancellationToken).GetAnnotatedNodes(Changed)];
        Dictionary<string, int> now = Problems(model, changed);
        return now.All(problem => old.TryGetValue(problem.Key, out int count) && count >= problem.Value) && test?.Invoke(model) != false &&
            !Circles.AreMadeBy(changed, model, _replacements.Keys, _context.Model, _context.CancellationToken);
    }

    /// <summary>How often the compiler complains of what, in the members around some nodes.</summary>
    private Dictionary<string, int> Problems(SemanticModel model, IEnumerable<SyntaxNode> nodes) =>
        nodes.Select(Statements.MemberAround).Distinct()
            .SelectMany(member => model.GetDiagnostics(member.Span, _context.CancellationToken))
            .Where(problem => problem.Severity >= DiagnosticSeverity.Warning && !problem.IsSuppressed)
            .GroupBy(problem => problem.Id)
            .ToDictionary(group => group.Key, group => group.Count());
}
