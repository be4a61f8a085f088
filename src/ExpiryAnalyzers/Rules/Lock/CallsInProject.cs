using ExpiryAnalyzers.Analysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExpiryAnalyzers.Rules.Lock;

/// <summary>What the source files call, by name. Thread-safe.</summary>
internal sealed class CallsInProject(Knowledge knowledge)
{
    /// <summary>
    /// The one file that calls something of a name; null where several do, one of which is another than the declaration's.
    /// </summary>
    private readonly Lazy<Dictionary<string, SyntaxTree?>> _callers = new(() => CallersIn(knowledge));

    /// <summary>
    /// Whether the project that declares a method also calls one of its name, outside of the declaration; which file the call is in
    /// means nothing.
    /// </summary>
    public bool IsCalledBeside(IMethodSymbol method) => _callers.Value.TryGetValue(method.Name, out SyntaxTree? only) &&
        method.DeclaringSyntaxReferences.Any(
            declaration => declaration.SyntaxTree != only || IsCalledAround(declaration, PlacesIn(only, knowledge)[method.Name]));

    private static bool IsCalledAround(SyntaxReference declaration, (int First, int Last) calls) =>
        calls.First < declaration.Span.Start || calls.Last >= declaration.Span.End;

    private static Dictionary<string, SyntaxTree?> CallersIn(Knowledge knowledge)
    {
        Dictionary<string, SyntaxTree?> callers = new(StringComparer.Ordinal);
        foreach (SyntaxTree tree in knowledge.Catalog.Compilation.SyntaxTrees)
        {
            knowledge.CancellationToken.ThrowIfCancellationRequested();
            foreach (string name in PlacesIn(tree, knowledge).Keys)
            {
                callers[name] = callers.ContainsKey(name) ? null : tree;
            }
        }

        return callers;
    }

    /// <summary>Where a file first and last calls something, by its name.</summary>
    private static Dictionary<string, (int First, int Last)> PlacesIn(SyntaxTree tree, Knowledge knowledge) =>
        knowledge.Trees.Of(tree, tree => new CalledInFile(tree, knowledge.CancellationToken)).Places;

    /// <summary>What a file calls.</summary>
    private sealed class CalledInFile
    {
        public CalledInFile(SyntaxTree tree, CancellationToken cancellationToken)
        {
            foreach (InvocationExpressionSyntax call in tree.GetRoot(cancellationToken).DescendantNodes()
                .OfType<InvocationExpressionSyntax>())
            {
                SimpleNameSyntax? name = call.Expression switch
                {
                    SimpleNameSyntax simple => simple,
                    MemberAccessExpressionSyntax access => access.Name,
                    MemberBindingExpressionSyntax binding => binding.Name,
                    _ => null,
                };
                if (name is not null)
                {
                    int start = call.SpanStart;
                    Places[name.Identifier.ValueText] = Places.TryGetValue(name.Identifier.ValueText, out (int First, int Last) known)
                        ? (Math.Min(known.First, start), Math.Max(known.Last, start))
                        : (start, start);
                }
            }
        }

        /// <summary>Where the file first and last calls something, by its name.</summary>
        public Dictionary<string, (int First, int Last)> Places { get; } = new(StringComparer.Ordinal);
    }
}
