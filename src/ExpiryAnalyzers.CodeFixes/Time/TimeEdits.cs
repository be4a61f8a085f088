using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace ExpiryAnalyzers.CodeFixes.Time;

/// <summary>
/// The replacements of one repair. They are gathered first and tried on a copy of the program, so that a repair which would not
/// compile is never offered.
/// </summary>
internal sealed class TimeEdits
{
    private static readonly SyntaxAnnotation Changed = new();

    private readonly FixContext _context;
    private readonly Dictionary<SyntaxNode, SyntaxNode> _replacements;
    private readonly List<LocalDeclarationStatementSyntax> _perhapsUnread;

    public TimeEdits(FixContext context)
        : this(context, [], [])
    {
    }

    private TimeEdits(FixContext context, Dictionary<SyntaxNode, SyntaxNode> replacements, List<LocalDeclarationStatementSyntax> perhapsUnread)
    {
        _context = context;
        _replacements = replacements;
        _perhapsUnread = perhapsUnread;
    }

    /// <summary>The same edits again, to be tried with more.</summary>
    public TimeEdits Clone() => new(_context, new(_replacements), [.. _perhapsUnread]);

    /// <summary>Puts one node in another's place, with the layout around it and the comments inside it.</summary>
    public void Replace(SyntaxNode node, SyntaxNode replacement) => _replacements[node] = Comments.Keep(node, replacement).WithAdditionalAnnotations(Changed);

    /// <summary>Removes a declaration if no read of its variable is left, be it that several repairs took one each.</summary>
    public void RemoveIfUnread(LocalDeclarationStatementSyntax declaration)
    {
        if (declaration.Declaration.Variables.Count == 1 && !Comments.In(declaration).Any() && !declaration.ContainsDirectives)
        {
            _perhapsUnread.Add(declaration);
        }
    }

    /// <summary>The repair, if what it makes compiles without new warnings and satisfies the test.</summary>
    public Fix? ToFix(string key, string title, Func<SemanticModel, bool>? test = null) =>
        _replacements.Count > 0 && Compiles(test) ? new(key, title, [.. _replacements.Keys], Apply) : null;

    private void Apply(SyntaxEditor editor)
    {
        foreach (KeyValuePair<SyntaxNode, SyntaxNode> entry in _replacements)
        {
            editor.ReplaceNode(entry.Key, (_, _) => entry.Value);
        }

        foreach (LocalDeclarationStatementSyntax declaration in _perhapsUnread)
        {
            SyntaxNode statement = declaration.Parent is GlobalStatementSyntax global ? global : declaration;
            editor.TrackNode(statement);
            editor.ReplaceNode(statement.Parent!, (scope, _) => WithoutUnread(scope, statement, declaration.Declaration.Variables[0].Identifier.ValueText));
        }
    }

    private static SyntaxNode WithoutUnread(SyntaxNode scope, SyntaxNode statement, string name) =>
        scope.GetCurrentNode(statement) is { } current && scope.DescendantTokens().Count(token => token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText == name) == 1
            ? scope.RemoveNode(current, SyntaxRemoveOptions.KeepNoTrivia)!
            : scope;

    private bool Compiles(Func<SemanticModel, bool>? test)
    {
        SyntaxEditor editor = new(_context.Root, _context.Document.Project.Solution.Services);
        Apply(editor);
        SyntaxTree before = _context.Model.SyntaxTree;
        SyntaxTree after = before.WithRootAndOptions(editor.GetChangedRoot(), before.Options);
        SemanticModel model = _context.Model.Compilation.ReplaceSyntaxTree(before, after).GetSemanticModel(after);
        Dictionary<string, int> old = Problems(_context.Model, _replacements.Keys);
        return Problems(model, after.GetRoot(_context.CancellationToken).GetAnnotatedNodes(Changed)).All(problem => old.TryGetValue(problem.Key, out int count) && count >= problem.Value) &&
            test?.Invoke(model) != false;
    }

    /// <summary>How often the compiler complains of what, in the members around some nodes.</summary>
    private Dictionary<string, int> Problems(SemanticModel model, IEnumerable<SyntaxNode> nodes) =>
        nodes.Select(TimeSyntax.Member).Distinct()
            .SelectMany(member => model.GetDiagnostics(member.Span, _context.CancellationToken))
            .Where(problem => problem.Severity >= DiagnosticSeverity.Warning && !problem.IsSuppressed)
            .GroupBy(problem => problem.Id)
            .ToDictionary(group => group.Key, group => group.Count());
}

/// <summary>Comments inside rewritten expressions.</summary>
internal static class Comments
{
    public static IEnumerable<SyntaxTrivia> In(SyntaxNode node) =>
        node.DescendantTrivia().Where(trivia => trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia));

    /// <summary>The replacement between the trivia of the node; comments that stood inside and would be lost go in front.</summary>
    public static SyntaxNode Keep(SyntaxNode node, SyntaxNode replacement)
    {
        replacement = WithFixedLayout(replacement).WithTriviaFrom(node);
        List<string> kept = [.. In(replacement).Select(comment => comment.ToString())];
        SyntaxTriviaList leading = replacement.GetLeadingTrivia();
        foreach (SyntaxTrivia comment in In(node))
        {
            if (!kept.Remove(comment.ToString()))
            {
                leading = leading.Add(comment).AddRange(comment.IsKind(SyntaxKind.SingleLineCommentTrivia) ? LineBreak(node) : [SyntaxFactory.Space]);
            }
        }

        return replacement.WithLeadingTrivia(leading);
    }

    /// <summary>Without the marks by which the host would lay out the surroundings anew.</summary>
    private static SyntaxNode WithFixedLayout(SyntaxNode node) =>
        node.ReplaceTrivia(node.DescendantTrivia().Where(trivia => trivia.HasAnnotation(SyntaxAnnotation.ElasticAnnotation)), (_, _) => default);

    private static IEnumerable<SyntaxTrivia> LineBreak(SyntaxNode node)
    {
        yield return node.DescendantTrivia().First(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia));
        string line = node.SyntaxTree.GetText().Lines.GetLineFromPosition(node.SpanStart).ToString();
        yield return SyntaxFactory.Whitespace(line.Substring(0, line.Length - line.TrimStart().Length));
    }
}
