using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.CodeFixes.Reading;
using ExpiryAnalyzers.CodeFixes.Writing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.CodeFixes.Atomicity;

/// <summary>The expiry of a pair under the guards of the expire: an expression that is null where the expire is not reached.</summary>
internal sealed class GuardedExpiry(CommandPair pair)
{
    private readonly List<Guard> _left = [];
    private ExpressionSyntax _expiry = (ExpressionSyntax)pair.Expiry!.Syntax;

    /// <summary>The expression, as it can be written at the store; null where there is none.</summary>
    /// <param name="canMove">Whether the store may as well be made where the expire stands.</param>
    public ExpressionSyntax? Of(bool canMove)
    {
        ExpressionSyntax given = _expiry;
        bool isStored = false;
        foreach (Guard guard in pair.Guards)
        {
            bool isAnswer = IsAnswer(guard);
            isStored |= isAnswer;
            if (!isAnswer && !Take(guard))
            {
                return null;
            }
        }

        bool isKnown = _expiry != given || canMove || pair.IsKnownAtFirst(pair.Expiry!);
        if (!isKnown || (IsIfMissing && !isStored) || TypeOf(pair, _expiry) is not { } type)
        {
            return null;
        }

        return GuardConditions.All(_left) is { } condition ? Chosen(condition, type) : _expiry.WithoutTrivia();
    }

    public static ITypeSymbol? TypeOf(CommandPair pair, ExpressionSyntax expression) =>
        pair.Model.GetSpeculativeTypeInfo(pair.Second.Syntax.SpanStart, expression, SpeculativeBindingOption.BindAsExpression).Type;

    public static bool IsDateTime(ITypeSymbol type) => Types.Bare(type)?.SpecialType == SpecialType.System_DateTime;

    /// <summary>SET NX with an expiry leaves a key alone that was there; an expire that asks nobody does not.</summary>
    private bool IsIfMissing => !pair.First.IsUnconditional && !pair.First.IsConstant(ClientNames.When, ClientNames.Exists);

    private bool Take(Guard guard)
    {
        if (Nullable(guard) is { } nullable)
        {
            _expiry = nullable;
            return true;
        }

        _left.Add(guard);
        return !guard.Condition.DescendantNodesAndSelf().Any(static node => node is SingleVariableDesignationSyntax) &&
            pair.Context.OperationOf(guard.Condition) is { } test && pair.IsKnownAtFirst(test);
    }

    /// <summary>Whether a guard is the answer of the store itself: stored.</summary>
    private bool IsAnswer(Guard guard)
    {
        (ExpressionSyntax condition, bool holds) = Plain(guard);
        return holds && (condition == pair.First.Result ||
            (pair.Context.OperationOf(condition) is ILocalReferenceOperation { Local: { } local } && HoldsAnswer(local)));
    }

    /// <summary>Whether a local has the store's answer, and nothing else in all its life.</summary>
    private bool HoldsAnswer(ILocalSymbol local) => pair.Variables.WritesOf(local).Count == 1 &&
        TaskWaits.Outermost(pair.First.Result).Parent is EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax declarator } &&
        SymbolEqualityComparer.Default.Equals(pair.Model.GetDeclaredSymbol(declarator, pair.Context.CancellationToken), local);

    /// <summary>A guard without the parentheses and negations around it.</summary>
    private static Guard Plain(Guard guard)
    {
        while (true)
        {
            switch (guard.Condition)
            {
                case ParenthesizedExpressionSyntax parenthesized:
                    guard = guard with { Condition = parenthesized.Expression };
                    break;
                case PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression } not:
                    guard = new(not.Operand, !guard.Holds);
                    break;
                default:
                    return guard;
            }
        }
    }

    /// <summary>
    /// What a guard finds not to be null, where the expiry is what it then holds: <c>ttl</c> of <c>ttl.HasValue</c> and <c>ttl.Value</c>.
    /// </summary>
    private ExpressionSyntax? Nullable(Guard guard)
    {
        (ExpressionSyntax condition, bool holds) = Plain(guard);
        (ExpressionSyntax? tested, bool isPresent, string? name) = Tested(condition);
        if (tested is null || isPresent != holds || pair.Context.OperationOf(tested) is not { } operation ||
            !Types.IsNullable(operation.Type) || !pair.IsKnownAtFirst(operation))
        {
            return null;
        }

        bool isHeld = name is not null
            ? _expiry is IdentifierNameSyntax identifier && identifier.Identifier.ValueText == name
            : SyntaxFactory.AreEquivalent(_expiry, tested) || IsValueOf(tested);
        return isHeld ? tested : null;
    }

    private bool IsValueOf(ExpressionSyntax tested) =>
        _expiry is MemberAccessExpressionSyntax { Name.Identifier.ValueText: nameof(Nullable<int>.Value) } value &&
        SyntaxFactory.AreEquivalent(value.Expression, tested);

    /// <summary>What a condition tests for null, whether it asks for a value, and what the value is called then.</summary>
    private static (ExpressionSyntax? Tested, bool IsPresent, string? Name) Tested(ExpressionSyntax condition) => condition switch
    {
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: nameof(Nullable<int>.HasValue) } has => (has.Expression, true, null),
        BinaryExpressionSyntax binary when IsNull(binary.Right) => (binary.Left, binary.IsKind(SyntaxKind.NotEqualsExpression), null),
        IsPatternExpressionSyntax test => Matched(test.Pattern) is var (isPresent, name) ? (test.Expression, isPresent, name) : default,
        _ => default,
    };

    private static (bool IsPresent, string? Name)? Matched(PatternSyntax pattern) => pattern switch
    {
        ConstantPatternSyntax constant when IsNull(constant.Expression) => (false, null),
        UnaryPatternSyntax { Pattern: ConstantPatternSyntax constant } when IsNull(constant.Expression) => (true, null),
        RecursivePatternSyntax
        {
            PropertyPatternClause.Subpatterns.Count: 0,
            PositionalPatternClause: null,
            Designation: SingleVariableDesignationSyntax found,
        } => (true, found.Identifier.ValueText),
        DeclarationPatternSyntax { Designation: SingleVariableDesignationSyntax found } => (true, found.Identifier.ValueText),
        _ => null,
    };

    private static bool IsNull(ExpressionSyntax expression) => expression.IsKind(SyntaxKind.NullLiteralExpression);

    /// <summary>The expiry under a condition, and none where it does not hold.</summary>
    private ExpressionSyntax Chosen(ExpressionSyntax condition, ITypeSymbol type)
    {
        ExpressionSyntax none = IsDateTime(type)
            ? Imports.Static(pair.Context, StackExchangeRedis.Expiration, ClientNames.Default)
            : SyntaxFactory.CastExpression(Imports.Type(pair.Context, Types.TimeSpan, isNullable: true), Expressions.Null());
        return Expressions.Conditional(condition, _expiry.WithoutTrivia(), none);
    }
}
