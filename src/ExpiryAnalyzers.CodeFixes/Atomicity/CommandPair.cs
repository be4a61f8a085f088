using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Operations;
using ExpiryAnalyzers.Symbols;
using ExpiryAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.CodeFixes.Atomicity;

/// <summary>
/// Two calls on one key, as a diagnostic of a pair rule tells them: the second, which gives the key its TTL, stands at the diagnostic,
/// the first at its additional location.
/// </summary>
internal sealed class CommandPair
{
    private CommandPair(FixContext context, ClientCall first, ClientCall second, SyntaxNode anchor, IReadOnlyList<Guard> guards, bool isReversed = false)
    {
        IsReversed = isReversed;
        Context = context;
        First = first;
        Second = second;
        Anchor = anchor;
        Guards = guards;
        Variables = new(first.Operation);
        Catalog = ApiCatalog.Create(context.Model.Compilation);
    }

    public FixContext Context { get; }

    public ClientCall First { get; }

    public ClientCall Second { get; }

    /// <summary>The statement or expression body that the first call stands in.</summary>
    public SyntaxNode Anchor { get; }

    /// <summary>What decides, behind the first call, whether the second runs.</summary>
    public IReadOnlyList<Guard> Guards { get; }

    public Variables Variables { get; }

    public SemanticModel Model => Context.Model;

    /// <summary>The member or the top-level code around the pair, in which the names of locals must differ.</summary>
    public SyntaxNode Scope => Anchor.Ancestors().First(ancestor => ancestor is MemberDeclarationSyntax and not GlobalStatementSyntax or CompilationUnitSyntax);

    /// <summary>Whether the first call does nothing but read, so that it is worth nothing where its value is not used.</summary>
    public bool FirstOnlyReads => Catalog?.Find(First.Operation.TargetMethod) is { } method && (method.Row.Effect & (Apis.Effect.Read | Apis.Effect.Change)) == Apis.Effect.Read;

    private ApiCatalog? Catalog { get; }

    /// <summary>
    /// The pair of a diagnostic; null where one half is in a helper or is no plain call of the client, where it is not certain under
    /// which conditions the second follows the first, or where the second is queued, so that taking it away may leave an empty queue.
    /// </summary>
    public static CommandPair? Of(FixContext context)
    {
        // A further location points into a helper, or to another call of which the expire is the second.
        if (context.Diagnostic.AdditionalLocations.Count != 1 ||
            ClientCall.Of(context.AdditionalNode(0), context) is not { Command: not "Execute" } first ||
            ClientCall.Of(context.Node, context) is not { Command: "KeyExpire" } second ||
            (first.IsOnDatabase(context.Model) && !second.IsOnDatabase(context.Model)) ||
            Atomicity.Guards.AnchorOf(first.Syntax) is not { } anchor)
        {
            return null;
        }

        return Atomicity.Guards.Between(first.Syntax, anchor, second.Syntax, context.Model) is { } guards && new CommandPair(context, first, second, anchor, guards) is { } pair && !pair.AsksForExpiryBetween
            ? pair
            : null;
    }

    /// <summary>Whether the second call, which gives the key its TTL, runs before the first, in the wrong order.</summary>
    public bool IsReversed { get; }

    /// <summary>The pair of a diagnostic that says that the order is wrong; null where the one call does not always follow the other.</summary>
    public static CommandPair? Reversed(FixContext context)
    {
        if (context.Diagnostic.AdditionalLocations.Count != 1 ||
            ClientCall.Of(context.AdditionalNode(0), context) is not { Command: not "Execute" } store ||
            ClientCall.Of(context.Node, context) is not { Command: "KeyExpire" } expire ||
            Atomicity.Guards.AnchorOf(store.Syntax) is not { } anchor ||
            Atomicity.Guards.AnchorOf(expire.Syntax) is not { } start)
        {
            return null;
        }

        return Atomicity.Guards.Between(expire.Syntax, start, store.Syntax, context.Model) is { Count: 0 } && new CommandPair(context, store, expire, anchor, [], isReversed: true) is { } pair && !pair.AsksForExpiryBetween
            ? pair
            : null;
    }

    /// <summary>Whether an expression of the second call has the same value where the first call stands, and does nothing beside.</summary>
    public bool IsKnownAtFirst(IOperation expression)
    {
        if (DefUse.SymbolOf(expression) is { } symbol && !(IsSettled(symbol) && IsVisible(symbol)))
        {
            return false;
        }

        bool isPure = expression.ConstantValue.HasValue || expression switch
        {
            ILocalReferenceOperation { IsDeclaration: false } or IParameterReferenceOperation or IFieldReferenceOperation or IInstanceReferenceOperation or IDefaultValueOperation => true,
            IPropertyReferenceOperation { Arguments.Length: 0 } or IConversionOperation or IBinaryOperation or IUnaryOperation or IConditionalOperation or ICoalesceOperation or IArgumentOperation => true,
            IConditionalAccessOperation or IConditionalAccessInstanceOperation => true,
            IIsPatternOperation or INegatedPatternOperation or IConstantPatternOperation or IRelationalPatternOperation or IRecursivePatternOperation { DeclaredSymbol: null } => true,
            IInvocationOperation invocation => IsOfTime(invocation.TargetMethod.ContainingType),
            IObjectCreationOperation { Initializer: null } creation => IsOfTime(creation.Type),
            _ => false,
        };
        return isPure && expression.ChildOperations.All(IsKnownAtFirst);
    }

    /// <summary>Whether the TTL may be one that another command than <c>EXPIRE</c> refuses or reads otherwise: none, zero, negative, without end.</summary>
    public bool HasOddExpiry(IOperation expiry)
    {
        if (Catalog is not { } catalog)
        {
            return true;
        }

        IOperation root = Second.Operation;
        while (root.Parent is { } parent)
        {
            root = parent;
        }

        Body body = new(new(catalog, Context.CancellationToken), root, Summaries.MaxDepth, Context.CancellationToken);
        return body.ValuesOf(expiry).Alternatives.Any(value => value switch
        {
            { Shape: TimeShape.Instant } => value.Origin is Origin.Never or Origin.Minimum,
            { Length: { } length } => length <= TimeSpan.Zero || length == TimeSpan.MaxValue,
            _ => false,
        });
    }

    /// <summary>Whether an expiry may be null, which takes the TTL away.</summary>
    public static bool IsNullable(IOperation expiry) => expiry.WithoutConversions().Type is null or { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T };

    /// <summary>The client's method of that name that an expression calls, if it is written at the place of the first call; null where it calls none.</summary>
    public IMethodSymbol? BindAtFirst(ExpressionSyntax expression, string method) =>
        Model.GetSpeculativeSymbolInfo(First.Syntax.SpanStart, expression, SpeculativeBindingOption.BindAsExpression).Symbol is IMethodSymbol { ContainingNamespace: { Name: "Redis", ContainingNamespace.Name: "StackExchange" } } bound && bound.Name == method
            ? bound
            : null;

    /// <summary>Whether a TTL is asked for between the calls: it would be told another one.</summary>
    private bool AsksForExpiryBetween
    {
        get
        {
            int start = IsReversed ? Second.Syntax.SpanStart : Anchor.SpanStart;
            int end = IsReversed ? Anchor.SpanStart : Second.Syntax.SpanStart;
            return Anchor.Parent!.AncestorsAndSelf().First(node => node.Span.Contains(Second.Syntax.Span)).DescendantNodes()
                .OfType<InvocationExpressionSyntax>()
                .Any(call => call.SpanStart >= start && call.SpanStart < end && call != First.Syntax &&
                    Model.GetSymbolInfo(call, Context.CancellationToken).Symbol is IMethodSymbol method && Catalog?.Find(method) is { } bound && (bound.Row.Effect & Apis.Effect.AskExpiry) != 0);
        }
    }

    private static bool IsOfTime(ITypeSymbol? type) => type is { ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true }, Name: nameof(TimeSpan) or nameof(DateTime) or nameof(DateTimeOffset) or nameof(Math) or nameof(Random) or "TimeProvider" };

    /// <summary>Whether nothing is written to a variable or member from the first call's statement to the second call.</summary>
    private bool IsSettled(ISymbol symbol) => Variables.WritesBetween(symbol, Math.Min(Anchor.SpanStart, Second.Syntax.SpanStart), Math.Max(Anchor.SpanStart, Second.Syntax.SpanStart)).Count == 0;

    private bool IsVisible(ISymbol symbol)
    {
        if (symbol is not ILocalSymbol local)
        {
            return true;
        }

        int position = Anchor.SpanStart;
        SyntaxNode? declaration = local.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(Context.CancellationToken);
        return declaration is not null && declaration.Span.End <= position &&
            Model.LookupSymbols(position, name: local.Name).Contains(local, SymbolEqualityComparer.Default) &&
            (declaration is VariableDeclaratorSyntax { Initializer: not null } or ForEachStatementSyntax || IsAssigned(local));
    }

    private bool IsAssigned(ILocalSymbol local) => Anchor is StatementSyntax statement && Model.AnalyzeDataFlow(statement) is { Succeeded: true } flow && flow.DefinitelyAssignedOnEntry.Contains(local, SymbolEqualityComparer.Default);
}
