using ExpiryAnalyzers.CodeFixes.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Editing;

namespace ExpiryAnalyzers.CodeFixes.Writing;

/// <summary>The editor that the repairs of one document share, and the names that they have given out so far.</summary>
internal sealed class FixEditor(SyntaxEditor editor)
{
    private readonly HashSet<(SyntaxNode Scope, string Name)> _given = [];

    public SyntaxGenerator Generator => editor.Generator;

    /// <summary>Puts what a function makes of a node's current state in the node's place.</summary>
    public void Replace(SyntaxNode node, Func<SyntaxNode, SyntaxNode> change) => editor.ReplaceNode(node, (current, _) => change(current));

    public void Remove(SyntaxNode node) => editor.RemoveNode(node, SyntaxRemoveOptions.KeepNoTrivia);

    public void InsertBefore(SyntaxNode node, params SyntaxNode[] added) => editor.InsertBefore(node, added);

    public void InsertAfter(SyntaxNode node, params SyntaxNode[] added) => editor.InsertAfter(node, added);

    /// <summary>Lets a node be found again in the current state of one around it.</summary>
    public void Track(SyntaxNode node) => editor.TrackNode(node);

    /// <summary>A name for a new local that nothing else in its scope has.</summary>
    public string NewName(SyntaxNode scope, string name)
    {
        HashSet<string> taken = NamesInUse.In(scope);
        return NamesInUse.Free(name, candidate => taken.Contains(candidate) || !_given.Add((scope, candidate)));
    }
}
