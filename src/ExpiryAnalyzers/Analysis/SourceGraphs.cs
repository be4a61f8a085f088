using System.Collections.Concurrent;
using ExpiryAnalyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Analysis;

/// <summary>The body of a method of the source.</summary>
/// <param name="Root">Its operation.</param>
/// <param name="Graph">Its control flow graph.</param>
internal sealed record SourceBody(IOperation Root, ControlFlowGraph Graph);

/// <summary>
/// The operations and graphs of the source's methods, each made once for the compilation and only for those that are asked about.
/// Thread-safe.
/// </summary>
internal sealed class SourceGraphs(Compilation compilation, CancellationToken cancellationToken)
{
    private readonly ConcurrentDictionary<SyntaxTree, SemanticModel> _models = new();
    private readonly ConcurrentDictionary<IMethodSymbol, IOperation?> _roots = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<IMethodSymbol, SourceBody?> _bodies = new(SymbolEqualityComparer.Default);

    /// <summary>The graphs of the local functions of one body, by the body's syntax.</summary>
    private readonly ConcurrentDictionary<SyntaxNode, Dictionary<IMethodSymbol, ControlFlowGraph>> _functions = new();

    /// <summary>
    /// The method's body with its graph; null where it has none in this compilation, or one of more than so many characters.
    /// </summary>
    public SourceBody? BodyOf(IMethodSymbol method, int maxLength) =>
        RootOf(method, maxLength) is { } root ? BodyWith(method, root) : null;

    /// <summary>The operation of a method's body; of a local function, its block.</summary>
    public IOperation? RootOf(IMethodSymbol method, int maxLength) =>
        method.IsOfSource(compilation) && method.DeclaringSyntaxReferences is [{ } reference] && reference.Span.Length <= maxLength
            ? _roots.GetOrAdd(method, (This: this, Reference: reference), static (_, own) => own.This.OperationOf(own.Reference))
            : null;

    /// <summary>The operation of a piece of the source; null of another project's.</summary>
    public IOperation? OperationOf(SyntaxNode syntax) => ModelOf(syntax.SyntaxTree)?.GetOperation(syntax, cancellationToken);

    /// <summary>The method that a call in the source names.</summary>
    public IMethodSymbol? TargetOf(SyntaxNode call) =>
        ModelOf(call.SyntaxTree)?.GetSymbolInfo(call, cancellationToken).Symbol as IMethodSymbol;

    /// <summary>What a declaration in the source declares.</summary>
    public ISymbol? DeclaredBy(SyntaxNode declaration) =>
        ModelOf(declaration.SyntaxTree)?.GetDeclaredSymbol(declaration, cancellationToken);

    private IOperation? OperationOf(SyntaxReference reference) => OperationOf(reference.GetSyntax(cancellationToken)) switch
    {
        ILocalFunctionOperation { Body: { } block } => block,
        IMethodBodyOperation method => method,
        IConstructorBodyOperation constructor => constructor,
        IBlockOperation { Parent: null } block => block,
        _ => null,
    };

    private SourceBody? BodyWith(IMethodSymbol method, IOperation root) =>
        _bodies.GetOrAdd(method, (This: this, Root: root), static (key, own) => own.This.BodyOf(key, own.Root));

    private SourceBody? BodyOf(IMethodSymbol method, IOperation root)
    {
        if (method.MethodKind != MethodKind.LocalFunction)
        {
            return Create(root) is { } graph ? new(root, graph) : null;
        }

        IOperation outer = root;
        while (outer.Parent is { } parent)
        {
            outer = parent;
        }

        Dictionary<IMethodSymbol, ControlFlowGraph> functions = _functions.GetOrAdd(outer.Syntax, _ => LocalFunctionsIn(outer));
        return functions.TryGetValue(method, out ControlFlowGraph? nested) ? new(root, nested) : null;
    }

    /// <summary>
    /// The graphs of all local functions of a body, those in lambdas and in other local functions included. Only the graphs are asked who
    /// holds which: in broken code the syntax around a function is not what declares it.
    /// </summary>
    private Dictionary<IMethodSymbol, ControlFlowGraph> LocalFunctionsIn(IOperation outer)
    {
        Dictionary<IMethodSymbol, ControlFlowGraph> found = new(SymbolEqualityComparer.Default);
        HashSet<SyntaxNode> lambdas = LambdasAroundFunctions(outer);
        Queue<ControlFlowGraph> open = new(Create(outer) is { } graph ? [graph] : []);
        while (open.Count > 0)
        {
            ControlFlowGraph around = open.Dequeue();
            foreach (IMethodSymbol function in around.LocalFunctions)
            {
                cancellationToken.ThrowIfCancellationRequested();
                ControlFlowGraph nested = around.GetLocalFunctionControlFlowGraph(function, cancellationToken);
                found[function.OriginalDefinition] = nested;
                open.Enqueue(nested);
            }

            if (lambdas.Count > 0)
            {
                foreach (IFlowAnonymousFunctionOperation lambda in LambdasOf(around).Where(lambda => lambdas.Contains(lambda.Syntax)))
                {
                    open.Enqueue(around.GetAnonymousFunctionControlFlowGraph(lambda, cancellationToken));
                }
            }
        }

        return found;
    }

    /// <summary>The lambdas that hold a local function, at whatever depth.</summary>
    private static HashSet<SyntaxNode> LambdasAroundFunctions(IOperation outer)
    {
        HashSet<SyntaxNode> lambdas = [];
        foreach (IOperation function in outer.Descendants().OfType<ILocalFunctionOperation>())
        {
            for (IOperation? around = function.Parent; around is not null; around = around.Parent)
            {
                if (around is IAnonymousFunctionOperation && !lambdas.Add(around.Syntax))
                {
                    break;
                }
            }
        }

        return lambdas;
    }

    private static IEnumerable<IFlowAnonymousFunctionOperation> LambdasOf(ControlFlowGraph graph) => graph.Blocks
        .SelectMany(static block => block.BranchValue is { } value ? block.Operations.Append(value) : block.Operations)
        .SelectMany(static operation => operation.DescendantsAndSelf())
        .OfType<IFlowAnonymousFunctionOperation>();

    private ControlFlowGraph? Create(IOperation root) => root switch
    {
        IMethodBodyOperation method => ControlFlowGraph.Create(method, cancellationToken),
        IConstructorBodyOperation constructor => ControlFlowGraph.Create(constructor, cancellationToken),
        IBlockOperation { Parent: null } block => ControlFlowGraph.Create(block, cancellationToken),
        _ => null,
    };

#pragma warning disable RS1030 // A summary reads members of other files; the driver's own models are not to be had there. Kept per file.
    private SemanticModel? ModelOf(SyntaxTree tree) =>
        compilation.ContainsSyntaxTree(tree)
            ? _models.GetOrAdd(tree, compilation, static (key, compilation) => compilation.GetSemanticModel(key))
            : null;
#pragma warning restore RS1030
}
