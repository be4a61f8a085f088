using System.Collections.Immutable;
using ExpiryAnalyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Operations;

/// <summary>How often code runs at most by the loop around it, or by the query that it is handed to.</summary>
/// <param name="types">The framework's types.</param>
/// <param name="assignments">What the variables of the code are given.</param>
/// <param name="resolved">Finds the expression behind a variable or member that has one value.</param>
internal sealed class RoundCounts(WellKnownTypes types, DefUse assignments, Func<IOperation, IOperation> resolved)
{
    /// <summary>How many queries, each of the next, are followed.</summary>
    private const int MaxChain = 8;

    /// <summary>The number of rounds; null where it is not known.</summary>
    /// <param name="round">The loop, or the lambda.</param>
    /// <param name="isFixed">Whether a list that is made somewhere else counts too, although it may have grown since.</param>
    public int? Of(IOperation round, bool isFixed) => round switch
    {
        IForEachLoopOperation loop => OfCollection(loop.Collection, isFixed),
        IForLoopOperation loop => OfCounter(loop),
        IAnonymousFunctionOperation when round.CallHandedTo() is { } call && (call.Instance ?? FirstOf(call)) is { } source =>
            OfCollection(source, isFixed),
        _ => null,
    };

    private static IOperation? FirstOf(IInvocationOperation call) => call.Arguments.FirstOrDefault()?.Value;

    /// <summary>The rounds of a loop that counts up to a constant, and whose counter nothing else changes.</summary>
    private int? OfCounter(IForLoopOperation loop)
    {
        if (loop.Condition is not IBinaryOperation { RightOperand.ConstantValue: { HasValue: true, Value: int bound } } condition ||
            loop.Before is not [IVariableDeclarationGroupOperation { Declarations: [{ Declarators: [{ } counter] }] }] ||
            !IsStepOnly(loop, counter.Symbol))
        {
            return null;
        }

        int first = counter.GetVariableInitializer()?.Value.ConstantValue is { HasValue: true, Value: int start } ? start : 0;
        long? rounds = condition.OperatorKind switch
        {
            BinaryOperatorKind.LessThan => (long)bound - first,
            BinaryOperatorKind.LessThanOrEqual => (long)bound - first + 1,
            _ => null,
        };
        return rounds is >= 0 and <= int.MaxValue ? (int)rounds : null;
    }

    private bool IsStepOnly(IForLoopOperation loop, ILocalSymbol counter) =>
        loop.AtLoopBottom is [IExpressionStatementOperation { Operation: IIncrementOrDecrementOperation step }] &&
        step.Kind == OperationKind.Increment &&
        SymbolEqualityComparer.Default.Equals(DefUse.SymbolOf(step.Target), counter) && assignments.Writes(counter) == 2;

    private int? OfCollection(IOperation collection, bool isFixed)
    {
        IOperation source = collection;
        for (int i = 0; i < MaxChain; i++)
        {
            IOperation made = resolved(source);
            if (made is IInvocationOperation { Arguments: [.., { Value.ConstantValue: { HasValue: true, Value: int most } }] } call &&
                (types.Is(call.TargetMethod, KnownMember.Range) || types.Is(call.TargetMethod, KnownMember.TakeFirst)))
            {
                return most;
            }

            if (types.ReceiverOf(made, KnownMember.NoMoreElements) is not { } inner)
            {
                return CountIn(made, isFixed || ReferenceEquals(made, source.WithoutConversions()));
            }

            source = inner;
        }

        return null;
    }

    private int? CountIn(IOperation made, bool isFixed) => made switch
    {
        IArrayCreationOperation { Initializer.ElementValues.Length: var count } => count,
        IObjectCreationOperation { Initializer.Initializers.Length: var count } when isFixed => count,
        { Syntax: CollectionExpressionSyntax { Elements: var elements } } when (isFixed || made.Type is IArrayTypeSymbol) &&
            elements.All(static element => element is ExpressionElementSyntax) => elements.Count,
        _ => null,
    };
}
