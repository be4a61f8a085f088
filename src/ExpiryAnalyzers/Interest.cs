using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Rules.Lifetime;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers;

/// <summary>Whether a body is worth an analysis, told by its operations as the driver passes them by. For one thread.</summary>
/// <param name="knowledge">What holds for the compilation.</param>
/// <param name="owner">The member whose body it is.</param>
/// <param name="judgesCallers">Whether a rule is on that judges one call of a helper.</param>
internal sealed class Interest(Knowledge knowledge, ISymbol owner, bool judgesCallers)
{
    private readonly bool _takesLifetime = TakesLifetime(owner as IMethodSymbol, knowledge);
    private int _helpers;
    private Reach _reach = Reach.None;

    public bool IsFound { get; private set; }

    /// <summary>Whether the owner is handed a time, and calls its own synchronous or asynchronous sister.</summary>
    public bool MayLeaveLifetime { get; private set; }

    private static bool TakesLifetime(IMethodSymbol? owner, Knowledge knowledge)
    {
        if (owner is not null)
        {
            foreach (IParameterSymbol given in owner.Parameters)
            {
                if (knowledge.IsLifetime(given))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>Looks at one operation.</summary>
    public void Look(IOperation operation)
    {
        IsFound = IsFound || IsOfInterest(operation);
        if (IsFound || operation is not IInvocationOperation call)
        {
            return;
        }

        MayLeaveLifetime = MayLeaveLifetime || IsTwin(call.TargetMethod);
        if (knowledge.Summaries.MayReach(call) is var next and not Reach.None)
        {
            // Two calls on one key may both sit in helpers; a helper may store a key in each round of a loop, or take a lock for its
            // caller. One that is handed no lifetime may leave that of its caller unused.
            _reach |= next;
            bool isPair = ++_helpers > 1 && (_reach & Reach.Expire) != 0;
            IsFound = judgesCallers || isPair || (next & Reach.Lock) != 0 || IsRepeated(call.Syntax) || _takesLifetime;
        }
    }

    /// <summary>Whether a method is the owner's sister that names a client, be it replaceable or not.</summary>
    private bool IsTwin(IMethodSymbol method) => owner is IMethodSymbol own && UnusedLifetimes.AreTwins(own, method) &&
        own.Parameters.Any(knowledge.IsForTime) && knowledge.Summaries.NamesClient(method);

    private bool IsOfInterest(IOperation operation) => operation switch
    {
        IInvocationOperation invocation => knowledge.Catalog.Find(invocation) is not null ||
            knowledge.Summaries.MayHandOn(invocation) || knowledge.AsksForInstant(invocation) ||
            knowledge.Catalog.Queues.IsQueue(invocation.Type) || knowledge.Catalog.Queues.IsQueue(invocation.Instance?.Type),
        ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property: { } property } } =>
            knowledge.Catalog.Find(property) is not null,
        IConversionOperation { OperatorMethod: { } conversion } =>
            knowledge.Catalog.FindExpiryType(conversion.ContainingType) is not null,
        IObjectCreationOperation { Constructor: { } constructor } => knowledge.Catalog.Find(constructor) is not null ||
            knowledge.Catalog.FindExpiryType(constructor.ContainingType) is not null || knowledge.Summaries.MayHandOn(constructor),
        IBinaryOperation { LeftOperand: { } left, RightOperand: { } right } => IsAboutInstant(left, right),
        _ => false,
    };

    /// <summary>A property that asks; a call that does is seen by itself.</summary>
    private bool IsAboutInstant(IOperation left, IOperation right) =>
        (knowledge.IsInstant(left.Type) || knowledge.IsInstant(right.Type)) &&
        (Asks(left) || Asks(right));

    private bool Asks(IOperation side)
    {
        foreach (IOperation part in side.DescendantsAndSelf())
        {
            if (knowledge.AsksForInstant(part))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether code stands in a loop or a lambda.</summary>
    private static bool IsRepeated(SyntaxNode syntax)
    {
        for (SyntaxNode? node = syntax.Parent; node is not null and not MemberDeclarationSyntax; node = node.Parent)
        {
            if (node is CommonForEachStatementSyntax or ForStatementSyntax or WhileStatementSyntax or DoStatementSyntax or
                LambdaExpressionSyntax)
            {
                return true;
            }
        }

        return false;
    }
}
