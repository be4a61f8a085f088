using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Rules;
using ExpiryAnalyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.CodeFixes.Reading;

/// <summary>
/// What the rules know of one document, members that the user's files teach included. It is made where a fix first asks, and lives as
/// long as the request, whose diagnostics and actions share it. The one place where the fixes build what the analyzer builds.
/// </summary>
internal sealed class FixAnalysis
{
    /// <summary>How deep a member may be nested for repairs to look at it: they go down with it, on an editor's stack.</summary>
    private const int MaxDepth = 500;

    private readonly Lazy<Knowledge?> _knowledge;
    private readonly Lazy<bool> _hasErrors;
    private readonly Dictionary<IOperation, Body> _bodies = [];
    private readonly Dictionary<SyntaxNode, bool> _deep = [];

    private FixAnalysis(Document document, SyntaxNode root, SemanticModel model, CancellationToken cancellationToken)
    {
        Document = document;
        Root = root;
        Model = model;
        CancellationToken = cancellationToken;
        _knowledge = new(Know, LazyThreadSafetyMode.None);
        _hasErrors = new(() => HasError(Model.GetDiagnostics(null, CancellationToken)), LazyThreadSafetyMode.None);
    }

    public Document Document { get; }

    public SyntaxNode Root { get; }

    public SemanticModel Model { get; }

    public CancellationToken CancellationToken { get; }

    /// <summary>How often the clients were bound, and how many bodies were analysed.</summary>
    public (int Knowledge, int Bodies) Built => (_knowledge.IsValueCreated ? 1 : 0, _bodies.Count);

    /// <summary>Whether the compiler refuses something in the document; asking binds it whole.</summary>
    public bool HasErrors => _hasErrors.Value;

    private ApiCatalog? Catalog => _knowledge.Value?.Catalog;

    /// <summary>Reads a document; null where it is none of C#, or one for which no repair is sound.</summary>
    public static async Task<FixAnalysis?> OfAsync(Document document, CancellationToken cancellationToken)
    {
        SyntaxNode? root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        SemanticModel? model = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        return root is null || model is null || IsRefused(root) ? null : new(document, root, model, cancellationToken);
    }

    /// <summary>Whether the parser refuses a file: what it made of the rest is a guess, and may be another after any edit.</summary>
    private static bool IsRefused(SyntaxNode root) =>
        root.ContainsDiagnostics && HasError(root.GetDiagnostics());

    private static bool HasError(IEnumerable<Diagnostic> problems) =>
        problems.Any(static problem => problem.Severity == DiagnosticSeverity.Error);

    /// <summary>The body around an operation, as the rules see it; null where no client is known.</summary>
    public Body? BodyAround(IOperation operation)
    {
        IOperation root = RootOf(operation);
        if (!_bodies.TryGetValue(root, out Body? body) && _knowledge.Value is { } knowledge)
        {
            _bodies[root] = body = new(knowledge, root, Summaries.MaxDepth, CancellationToken);
        }

        return body;
    }

    /// <summary>Whether the member around a node is nested too deep for any repair.</summary>
    public bool IsTooDeep(SyntaxNode node)
    {
        SyntaxNode member = Statements.MemberAround(node);
        if (!_deep.TryGetValue(member, out bool isDeep))
        {
            _deep[member] = isDeep = IsDeeperThan(member, MaxDepth);
        }

        return isDeep;
    }

    /// <summary>What the tables say of a member of a client; null for any other member.</summary>
    public BoundMethod? Find(IMethodSymbol method) => Catalog?.Find(method);

    /// <summary>What a member of a client does to its key; null for any other member.</summary>
    public Effect? EffectOf(IMethodSymbol method) => Find(method)?.Row.Effect;

    /// <summary>Whether values of a type take commands and send them only when they are executed.</summary>
    public bool IsQueue(ITypeSymbol? type) => Catalog?.Queues.IsQueue(type) == true;

    /// <summary>Whether the answers of a type's commands come together, each at the place of its command.</summary>
    public bool AnswersByPlace(ITypeSymbol? type) =>
        Catalog?.ReceiverOf(type) is ReceiverKind.Transaction or ReceiverKind.Batch && !IsQueue(type);

    /// <summary>Whether a member runs what is queued on its transaction or batch.</summary>
    public bool IsExecute(IMethodSymbol method) => Catalog?.Queues.IsExecute(method) == true;

    /// <summary>Whether a member of a transaction neither runs it nor queues on it, but says when it may run.</summary>
    public bool IsCondition(IMethodSymbol method) =>
        Catalog?.Queues is { } queues && queues.IsQueue(method.ContainingType) && !queues.IsExecute(method) && !queues.IsCommand(method);

    private static bool IsDeeperThan(SyntaxNode root, int limit)
    {
        Stack<(SyntaxNode Node, int Depth)> open = new([(root, 0)]);
        while (open.Count > 0)
        {
            (SyntaxNode node, int depth) = open.Pop();
            if (depth > limit)
            {
                return true;
            }

            foreach (SyntaxNode child in node.ChildNodes())
            {
                open.Push((child, depth + 1));
            }
        }

        return false;
    }

    /// <summary>The outermost operation around one, below that of the member itself, which the analyzer takes apart.</summary>
    private static IOperation RootOf(IOperation operation)
    {
        while (operation.Parent is { } parent and not IMethodBodyBaseOperation)
        {
            operation = parent;
        }

        return operation;
    }

    private Knowledge? Know() => ExpiryRules.KnowledgeOf(
        Model.Compilation,
        Document.Project.AnalyzerOptions.AdditionalFiles,
        Libraries.All,
        Summaries.MaxDepth,
        new(),
        new(),
        CancellationToken);
}
