using ExpiryAnalyzers.CodeFixes.Writing;
using Microsoft.CodeAnalysis;

namespace ExpiryAnalyzers.CodeFixes;

/// <summary>One way to repair a diagnostic. It is made only where it can be applied.</summary>
/// <param name="Key">What the repair does, in one word; with the rule's id it is the equivalence key.</param>
/// <param name="Title">What the code will do afterwards, as the lightbulb shows it.</param>
/// <param name="Touched">The nodes that are rewritten; fix-all leaves a repair out that would rewrite what another has rewritten.</param>
/// <param name="Apply">Makes the edits. Nodes are replaced by functions of their current state, so that several repairs compose.</param>
internal sealed record Fix(string Key, string Title, IReadOnlyList<SyntaxNode> Touched, Action<FixEditor> Apply)
{
    /// <summary>
    /// Whether a person must decide: the repair takes one reading of several, invents a figure, or changes more than the inputs that
    /// make the bug. It is never part of fix-all.
    /// </summary>
    public bool Asks { get; init; }
}
