using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Operations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.CodeFixes.Reading;

/// <summary>
/// Two calls on one key, as a diagnostic of a pair rule tells them: the second, which gives the key its TTL, stands at the diagnostic,
/// the first at its additional location.
/// </summary>
internal sealed class CommandPair
{
    private CommandPair(
        FixContext context,
        ClientCall first,
        ClientCall second,
        SyntaxNode anchor,
        IReadOnlyList<Guard> guards,
        bool isReversed = false)
    {
        IsReversed = isReversed;
        Context = context;
        First = first;
        Second = second;
        Anchor = anchor;
        Guards = guards;
        Variables = new(first.Operation);
    }

    public FixContext Context { get; }

    public ClientCall First { get; }

    public ClientCall Second { get; }

    /// <summary>The statement or expression body that the first call stands in.</summary>
    public SyntaxNode Anchor { get; }

    /// <summary>What decides, behind the first call, whether the second runs.</summary>
    public IReadOnlyList<Guard> Guards { get; }

    public Variables Variables { get; }

    /// <summary>Whether the second call, which gives the key its TTL, runs before the first, in the wrong order.</summary>
    public bool IsReversed { get; }

    public SemanticModel Model => Context.Model;

    /// <summary>The member or the top-level code around the pair, in which the names of locals must differ.</summary>
    public SyntaxNode Scope => Statements.ScopeOf(Anchor);

    /// <summary>The first call's statement as its list holds it.</summary>
    public SyntaxNode Slot => Statements.SlotOf(Anchor);

    /// <summary>Whether the first call does nothing but read, so that it is worth nothing where its value is not used.</summary>
    public bool FirstOnlyReads =>
        Context.Analysis.EffectOf(First.Operation.TargetMethod) is { } effect && (effect & (Effect.Read | Effect.Change)) == Effect.Read;

    /// <summary>The expiry that the second call is told.</summary>
    public IOperation? Expiry => (Second.Argument(Role.Expiry) ?? Second.Argument(Role.ExpirySeconds))?.Value;

    /// <summary>Whether nothing between the calls throws, waits or asks a server, so that one may be made where the other is.</summary>
    public bool IsQuietBetween => IsReversed
        ? QuietCode.IsBetween(TaskWaits.Waited(Second.Result), First.Syntax, Context)
        : QuietCode.IsBetween(TaskWaits.Waited(First.Result), Second.Syntax, Context);

    /// <summary>Whether a TTL is asked for between the calls: it would be told another one.</summary>
    private bool AsksForExpiryBetween
    {
        get
        {
            int start = IsReversed ? Second.Syntax.SpanStart : Anchor.SpanStart;
            int end = IsReversed ? Anchor.SpanStart : Second.Syntax.SpanStart;
            SyntaxNode both = Anchor.Parent!.AncestorsAndSelf().First(node => node.Span.Contains(Second.Syntax.Span));
            return both.DescendantNodes().OfType<InvocationExpressionSyntax>()
                .Any(call => call.SpanStart >= start && call.SpanStart < end && call != First.Syntax && AsksForExpiry(call));
        }
    }

    /// <summary>
    /// The pair of a diagnostic; null where one half is in a helper or is no plain call of the client, where it is not certain under
    /// which conditions the second follows the first, or where the second is queued, so that taking it away may leave an empty queue.
    /// </summary>
    public static CommandPair? Of(FixContext context) =>
        CallsOf(context) is var (first, second) && (!first.IsOnDatabase(context) || second.IsOnDatabase(context))
            ? Of(first, second, context)
            : null;

    /// <summary>The pair of a diagnostic whose expire is made by a member of the code's own.</summary>
    public static CommandPair? OfOwnExpire(FixContext context) =>
        context.Diagnostic.AdditionalLocations.Count == 2 &&
        ClientCall.Of(context.AdditionalNode(0), context) is { } first && first.IsOnDatabase(context) &&
        ClientCall.OfOwn(context.Node, context) is { } second
            ? Of(first, second, context)
            : null;

    private static CommandPair? Of(ClientCall first, ClientCall second, FixContext context)
    {
        if (Statements.AnchorOf(first.Syntax) is not { } anchor ||
            Reading.Guards.Between(first.Syntax, anchor, second.Syntax, context.Model) is not { } guards)
        {
            return null;
        }

        CommandPair pair = new(context, first, second, anchor, guards);
        return pair.AsksForExpiryBetween ? null : pair;
    }

    /// <summary>A read of a key and the command behind that hangs on what was read; null where that is not certain.</summary>
    public static CommandPair? OfRead(ClientCall read, ClientCall second, FixContext context) =>
        Statements.AnchorOf(read.Syntax) is { } anchor &&
        Reading.Guards.Between(read.Syntax, anchor, second.Syntax, context.Model) is { } guards
            ? new(context, read, second, anchor, guards)
            : null;

    /// <summary>
    /// The pair of a diagnostic that says that the order is wrong; null where the one call does not always follow the other.
    /// </summary>
    public static CommandPair? Reversed(FixContext context)
    {
        if (CallsOf(context) is not var (store, expire))
        {
            return null;
        }

        if (Statements.AnchorOf(store.Syntax) is not { } anchor || Statements.AnchorOf(expire.Syntax) is not { } start ||
            Reading.Guards.Between(expire.Syntax, start, store.Syntax, context.Model) is not { Count: 0 })
        {
            return null;
        }

        CommandPair pair = new(context, store, expire, anchor, [], isReversed: true);
        return pair.AsksForExpiryBetween ? null : pair;
    }

    /// <summary>Whether an expression of the second call has the same value where the first call stands, and does nothing beside.</summary>
    public bool IsKnownAtFirst(IOperation expression)
    {
        if (DefUse.SymbolOf(expression) is { } symbol && !(IsSettled(symbol) && IsVisible(symbol)))
        {
            return false;
        }

        bool isPure = expression.ConstantValue.HasValue || IsValue(expression) || IsComputed(expression) || IsTest(expression) ||
            IsOfTime(expression);
        return isPure && expression.ChildOperations.All(IsKnownAtFirst);
    }

    /// <summary>Whether the TTL may be one that another command than <c>EXPIRE</c> refuses or reads otherwise.</summary>
    public bool HasOddExpiry(IOperation expiry) => Evaluation.MayBeOddExpiry(expiry, Context);

    /// <summary>Whether an expiry may be null, which takes the TTL away.</summary>
    public static bool IsNullable(IOperation expiry) => expiry.WithoutConversions().Type is not { } type || Types.IsNullable(type);

    /// <summary>Whether an expression calls that method of the client, if it is written at the place of the first call.</summary>
    public bool BindsAtFirst(ExpressionSyntax expression, string method)
    {
        SymbolInfo info = Model.GetSpeculativeSymbolInfo(First.Syntax.SpanStart, expression, SpeculativeBindingOption.BindAsExpression);
        return info.Symbol is IMethodSymbol bound && bound.Name == method && Context.Analysis.Find(bound) is not null;
    }

    /// <summary>
    /// The calls at the diagnostic's two places. A further place points into a helper, or to another call of which the expire is the
    /// second. None in a pipe that answers by place: what its code reads behind them would be another command's answer.
    /// </summary>
    private static (ClientCall Other, ClientCall Expire)? CallsOf(FixContext context) =>
        context.Diagnostic.AdditionalLocations.Count == 1 &&
        ClientCall.Of(context.AdditionalNode(0), context) is { Command: not ClientNames.Execute } other &&
        ClientCall.Of(context.Node, context) is { Effect: Effect.SetExpiry } expire &&
        !context.Analysis.AnswersByPlace(context.TypeOf(expire.Receiver))
            ? (other, expire)
            : null;

    private static bool IsValue(IOperation expression) => expression
        is ILocalReferenceOperation { IsDeclaration: false } or IParameterReferenceOperation or IFieldReferenceOperation
        or IInstanceReferenceOperation or IDefaultValueOperation or IPropertyReferenceOperation { Arguments.Length: 0 }
        or IArgumentOperation;

    private static bool IsComputed(IOperation expression) => expression
        is IConversionOperation or IBinaryOperation or IUnaryOperation or IConditionalOperation or ICoalesceOperation
        or IConditionalAccessOperation or IConditionalAccessInstanceOperation;

    private static bool IsOfTime(IOperation expression) => expression switch
    {
        IInvocationOperation invocation => Types.ComputesTimes(invocation.TargetMethod.ContainingType),
        IObjectCreationOperation { Initializer: null } creation => Types.ComputesTimes(creation.Type),
        _ => false,
    };

    private static bool IsTest(IOperation expression) => expression
        is IIsPatternOperation or INegatedPatternOperation or IConstantPatternOperation or IRelationalPatternOperation
        or IRecursivePatternOperation { DeclaredSymbol: null };

    private bool AsksForExpiry(InvocationExpressionSyntax call) =>
        Context.SymbolOf(call) is IMethodSymbol method && Context.Analysis.EffectOf(method) is { } effect &&
            (effect & Effect.AskExpiry) != 0;

    /// <summary>Whether nothing is written to a variable or member from the first call's statement to the second call.</summary>
    private bool IsSettled(ISymbol symbol)
    {
        (int anchor, int second) = (Anchor.SpanStart, Second.Syntax.SpanStart);
        return Variables.WritesBetween(symbol, Math.Min(anchor, second), Math.Max(anchor, second)).Count == 0;
    }

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

    private bool IsAssigned(ILocalSymbol local) =>
        Anchor is StatementSyntax statement && Model.AnalyzeDataFlow(statement) is { Succeeded: true } flow &&
        flow.DefinitelyAssignedOnEntry.Contains(local, SymbolEqualityComparer.Default);
}
