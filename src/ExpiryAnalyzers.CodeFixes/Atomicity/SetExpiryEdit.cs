using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.CodeFixes.Atomicity;

/// <summary>Gives a <c>StringSet</c> the expiry, in a form that the referenced client takes, and takes the expire out.</summary>
internal sealed class SetExpiryEdit
{
    private readonly CommandPair _pair;
    private readonly InvocationExpressionSyntax _set;

    private SetExpiryEdit(CommandPair pair, InvocationExpressionSyntax set)
    {
        _pair = pair;
        _set = set;
    }

    /// <summary>Whether the value is stored whatever is there, so that the store and the expire both answer true.</summary>
    private bool IsUnconditional => _pair.First.Argument("when") is null || _pair.First.IsConstant("when", "Always");

    public static Fix? Of(CommandPair pair)
    {
        if (pair.First.Command != "StringSet" || pair.First.ArgumentSyntax("key") is null || !CanCarry(pair) ||
            Guarded(pair) is not { } expiry || Write(pair, expiry) is not { } set)
        {
            return null;
        }

        SetExpiryEdit edit = new(pair, set);
        return SecondCall.StatementOf(pair.Second, pair.Model) is { } statement ? edit.WithoutExpire(statement)
            : pair.IsReversed ? null
            : edit.WithoutElement() ?? edit.WithoutOperand() ?? edit.InPlaceOfExpire();
    }

    /// <summary>Whether SET can be told the expiry, with the meaning that it has for EXPIRE on a key without a TTL.</summary>
    private static bool CanCarry(CommandPair pair) =>
        (pair.Second.Argument("when") is null || pair.Second.IsConstant("when", "Always") || pair.Second.IsConstant("when", "HasNoExpiry")) &&
        pair.Second.Argument("expiry") is { Value: { } expiry } && !pair.HasOddExpiry(expiry) &&
        (pair.First.Argument("keepTtl") is null || pair.First.Argument("keepTtl")!.Value.ConstantValue is { HasValue: true, Value: false });

    /// <summary>The expiry under the guards of the expire: an expression that is null where the expire is not reached.</summary>
    private static ExpressionSyntax? Guarded(CommandPair pair)
    {
        ExpressionSyntax given = pair.Second.ArgumentSyntax("expiry")!.Expression;
        ExpressionSyntax expiry = given;
        List<Guard> left = [];
        bool isStored = false;
        foreach (Guard guard in pair.Guards)
        {
            if (IsAnswer(pair, guard))
            {
                isStored = true;
            }
            else if (Nullable(pair, guard, expiry) is { } nullable)
            {
                expiry = nullable;
            }
            else if (guard.Condition.DescendantNodesAndSelf().Any(static node => node is SingleVariableDesignationSyntax) || pair.Model.GetOperation(guard.Condition) is not { } test || !pair.IsKnownAtFirst(test))
            {
                return null;
            }
            else
            {
                left.Add(guard);
            }
        }

        // SET NX with an expiry leaves a key alone that was there; an expire that asks nobody does not.
        bool isIfMissing = pair.First.Argument("when") is not null && !pair.First.IsConstant("when", "Always") && !pair.First.IsConstant("when", "Exists");
        if ((isIfMissing && !isStored) || (expiry == given && !pair.IsKnownAtFirst(pair.Second.Argument("expiry")!.Value) && !CanMove(pair)) || TypeOf(pair, expiry) is not { } type)
        {
            return null;
        }

        expiry = expiry.WithoutTrivia();
        if (left.Count == 0)
        {
            return expiry;
        }

        ExpressionSyntax condition = left.Select(static guard => guard.Holds ? guard.Condition.WithoutTrivia() : PairEdits.Not(guard.Condition))
            .Aggregate(static (all, next) => SyntaxFactory.ParseExpression($"{InConjunction(all)} && {InConjunction(next)}"));
        string none = IsDateTime(type) ? "Expiration.Default" : "(TimeSpan?)null";
        return SyntaxFactory.ParseExpression($"{InCondition(condition)} ? {expiry} : {none}");
    }

    /// <summary>Whether a guard is the answer of the store itself: stored.</summary>
    private static bool IsAnswer(CommandPair pair, Guard guard)
    {
        (ExpressionSyntax condition, bool holds) = Plain(guard);
        return holds && (condition == pair.First.Result || (pair.Model.GetOperation(condition) is ILocalReferenceOperation { Local: { } local } &&
            ClientCall.Outermost(pair.First.Result).Parent is EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax declarator } &&
            SymbolEqualityComparer.Default.Equals(pair.Model.GetDeclaredSymbol(declarator), local) &&
            pair.Variables.WritesBetween(local, 0, int.MaxValue).Count == 1));
    }

    /// <summary>A guard without the parentheses and negations around it.</summary>
    private static (ExpressionSyntax Condition, bool Holds) Plain(Guard guard)
    {
        (ExpressionSyntax condition, bool holds) = (guard.Condition, guard.Holds);
        while (condition is ParenthesizedExpressionSyntax or PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression })
        {
            holds = condition is ParenthesizedExpressionSyntax ? holds : !holds;
            condition = condition is ParenthesizedExpressionSyntax parenthesized ? parenthesized.Expression : ((PrefixUnaryExpressionSyntax)condition).Operand;
        }

        return (condition, holds);
    }

    /// <summary>What a guard finds not to be null, where the expiry is what it then holds: <c>ttl</c> of <c>ttl.HasValue</c> and <c>ttl.Value</c>.</summary>
    private static ExpressionSyntax? Nullable(CommandPair pair, Guard guard, ExpressionSyntax expiry)
    {
        (ExpressionSyntax condition, bool holds) = Plain(guard);
        (ExpressionSyntax? tested, bool isPresent, string? name) = condition switch
        {
            MemberAccessExpressionSyntax { Name.Identifier.ValueText: "HasValue" } has => (has.Expression, true, null),
            BinaryExpressionSyntax { Right: LiteralExpressionSyntax { RawKind: (int)SyntaxKind.NullLiteralExpression } } binary => (binary.Left, binary.IsKind(SyntaxKind.NotEqualsExpression), null),
            IsPatternExpressionSyntax { Pattern: ConstantPatternSyntax { Expression.RawKind: (int)SyntaxKind.NullLiteralExpression } } test => (test.Expression, false, null),
            IsPatternExpressionSyntax { Pattern: UnaryPatternSyntax { Pattern: ConstantPatternSyntax { Expression.RawKind: (int)SyntaxKind.NullLiteralExpression } } } test => (test.Expression, true, null),
            IsPatternExpressionSyntax { Pattern: RecursivePatternSyntax { PropertyPatternClause.Subpatterns.Count: 0, PositionalPatternClause: null, Designation: SingleVariableDesignationSyntax found } } test => (test.Expression, true, found.Identifier.ValueText),
            IsPatternExpressionSyntax { Pattern: DeclarationPatternSyntax { Designation: SingleVariableDesignationSyntax found } } test => (test.Expression, true, found.Identifier.ValueText),
            _ => ((ExpressionSyntax?)null, false, (string?)null),
        };
        if (tested is null || isPresent != holds || pair.Model.GetOperation(tested) is not { Type.OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } operation || !pair.IsKnownAtFirst(operation))
        {
            return null;
        }

        bool isHeld = name is not null
            ? expiry is IdentifierNameSyntax identifier && identifier.Identifier.ValueText == name
            : SyntaxFactory.AreEquivalent(expiry, tested) || (expiry is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Value" } value && SyntaxFactory.AreEquivalent(value.Expression, tested));
        return isHeld ? tested : null;
    }

    private static ITypeSymbol? TypeOf(CommandPair pair, ExpressionSyntax expression) => pair.Model.GetSpeculativeTypeInfo(pair.Second.Syntax.SpanStart, expression, SpeculativeBindingOption.BindAsExpression).Type;

    private static string InConjunction(ExpressionSyntax condition) =>
        condition is ConditionalExpressionSyntax or AssignmentExpressionSyntax || condition.Kind() is SyntaxKind.LogicalOrExpression or SyntaxKind.CoalesceExpression ? $"({condition})" : condition.ToString();

    private static string InCondition(ExpressionSyntax condition) => condition is ConditionalExpressionSyntax or AssignmentExpressionSyntax ? $"({condition})" : condition.ToString();

    private static bool IsDateTime(ITypeSymbol type) => type.SpecialType == SpecialType.System_DateTime || (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: [{ SpecialType: SpecialType.System_DateTime }] });

    /// <summary>The store with the expiry, in the first form that the client has an overload for.</summary>
    private static InvocationExpressionSyntax? Write(CommandPair pair, ExpressionSyntax expiry)
    {
        ArgumentListSyntax given = pair.First.Syntax.ArgumentList;
        if (TypeOf(pair, expiry) is not { } type || (IsDateTime(type) && ServerVersion.IsBelow(ServerVersion.Redis62, pair.Context)))
        {
            return null;
        }

        bool isNullable = type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T;
        List<ArgumentListSyntax> forms = [];
        if (pair.First.ArgumentSyntax("expiry") is { } nothing)
        {
            forms.Add(given.ReplaceNode(nothing.Expression, expiry.WithTriviaFrom(nothing.Expression)));
        }
        else
        {
            bool isPositional = given.Arguments.Count >= 2 && given.Arguments.Take(2).All(static argument => argument.NameColon is null);
            ArgumentSyntax plain = SyntaxFactory.Argument(expiry);
            ArgumentListSyntax named = PairEdits.Insert(given, Math.Min(2, given.Arguments.Count), PairEdits.Named("expiry", expiry));
            if (isPositional && !isNullable)
            {
                forms.Add(PairEdits.Insert(given, 2, plain));
            }

            // Named with When, it is the only form for a TimeSpan? that all versions of the client take.
            if (pair.First.Argument("when") is null)
            {
                forms.Add(PairEdits.Insert(named, Math.Min(3, named.Arguments.Count), PairEdits.Named("when", SyntaxFactory.ParseExpression("When.Always"))));
            }

            forms.Add(named);
        }

        foreach (ArgumentListSyntax form in forms)
        {
            InvocationExpressionSyntax set = pair.First.Syntax.WithArgumentList(form);
            if (pair.BindAtFirst(set, pair.First.Name) is not null)
            {
                return set;
            }
        }

        return null;
    }

    private static Fix Fix(IReadOnlyList<SyntaxNode> touched, Action<DocumentEditor> apply) => new("SetExpiry", "Store the value and set the TTL in one command (SET with EX)", touched, apply);

    /// <summary>Whether the store may as well be made where the expire stands: only variables are declared in between.</summary>
    private static bool CanMove(CommandPair pair)
    {
        if (pair.IsReversed || pair.Guards.Count > 0 || SecondCall.StatementOf(pair.First, pair.Model) != pair.Anchor || Guards.AnchorOf(pair.Second.Syntax) is not StatementSyntax second ||
            Guards.ListOf(pair.Anchor) is not { } list || Guards.ListOf(second) != list || pair.First.IsAsync != pair.First.IsAwaited)
        {
            return false;
        }

        return list.ChildNodes().Where(node => node.SpanStart > pair.Anchor.SpanStart && node.Span.End < second.SpanStart).All(static node => (node is GlobalStatementSyntax global ? global.Statement : node) is LocalDeclarationStatementSyntax) &&
            pair.First.Operation.Arguments.All(argument => pair.IsKnownAtFirst(argument.Value));
    }

    /// <summary>The expire is a statement: it goes, and what was said about it goes to the store.</summary>
    private Fix? WithoutExpire(ExpressionStatementSyntax statement)
    {
        if (_pair.Guards.Count == 0 && !_pair.IsKnownAtFirst(_pair.Second.Argument("expiry")!.Value))
        {
            return InPlaceOfExpire();
        }

        if (StatementRemoval.Of(statement) is not { } removal)
        {
            return null;
        }

        SyntaxTrivia newLine = PairEdits.NewLineOf(_pair.Context.Root);
        if (removal.Target.Span.Contains(_pair.First.Syntax.Span))
        {
            // An if that does nothing else leaves the store behind.
            return !removal.IsWhole ? null : Fix([removal.Target], editor => editor.ReplaceNode(removal.Target, (_, _) => OnlyStore(removal)));
        }

        return Fix([_pair.First.Syntax, removal.Target], editor =>
        {
            WriteStore(editor);
            editor.ReplaceNode(Guards.SlotOf(_pair.Anchor), (current, _) => PairEdits.WithCommentsAbove(current, removal.Comments, newLine));
            removal.Apply(editor);
        });
    }

    private SyntaxNode OnlyStore(StatementRemoval removal)
    {
        ExpressionSyntax store = _pair.First.Result == _pair.First.Syntax ? _set : _pair.First.Result.ReplaceNode(_pair.First.Syntax, _set);
        SyntaxNode written = SyntaxFactory.ExpressionStatement(store.WithoutTrivia());
        IReadOnlyList<SyntaxTrivia> inner = [.. removal.Comments.Where(comment => removal.Target.Span.Contains(comment.Span))];
        written = removal.Target is GlobalStatementSyntax ? SyntaxFactory.GlobalStatement((StatementSyntax)written) : written;
        return PairEdits.WithCommentsAbove(written.WithTriviaFrom(removal.Target), inner, PairEdits.NewLineOf(_pair.Context.Root));
    }

    /// <summary>Both are waited for together: <c>Task.WhenAll(store, expire)</c>.</summary>
    private Fix? WithoutElement()
    {
        if (_pair.Second.Syntax.Parent is ArgumentSyntax { Parent: ArgumentListSyntax { Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "Task" }, Name.Identifier.ValueText: "WhenAll" or "WaitAll" } member } whole } list } element &&
            list.Arguments.Any(argument => argument.Expression == _pair.First.Syntax))
        {
            bool isAlone = list.Arguments.Count == 2 && member.Name.Identifier.ValueText == "WhenAll";
            if (!IsPlainTask(whole))
            {
                return null;
            }

            return Fix([whole], editor =>
            {
                WriteStore(editor);
                if (isAlone)
                {
                    editor.ReplaceNode(whole, (current, _) => ((InvocationExpressionSyntax)current).ArgumentList.Arguments.First(argument => argument.Expression.IsEquivalentTo(_set)).Expression.WithTriviaFrom(current));
                }
                else
                {
                    editor.ReplaceNode(list, (current, _) => PairEdits.Without((ArgumentListSyntax)current, list.Arguments.IndexOf(element)));
                }
            });
        }

        if (_pair.Second.Syntax.Parent is InitializerExpressionSyntax initializer && initializer.IsKind(SyntaxKind.ArrayInitializerExpression) && initializer.Expressions.Contains(_pair.First.Syntax))
        {
            return Fix([initializer], editor =>
            {
                WriteStore(editor);
                editor.ReplaceNode(initializer, (current, _) => PairEdits.Without((InitializerExpressionSyntax)current, initializer.Expressions.IndexOf(_pair.Second.Syntax)));
            });
        }

        return null;
    }

    /// <summary>Whether nobody looks at the answers that a <c>WhenAll</c> collects.</summary>
    private bool IsPlainTask(InvocationExpressionSyntax whenAll)
    {
        ExpressionSyntax whole = ClientCall.Outermost(whenAll);
        while (whole.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait" or "Wait" or "GetAwaiter" or "GetResult", Parent: InvocationExpressionSyntax waited })
        {
            whole = ClientCall.Outermost(waited);
        }

        return whole.Parent is ExpressionStatementSyntax or AwaitExpressionSyntax { Parent: ExpressionStatementSyntax } ||
            _pair.Model.GetTypeInfo(whole).ConvertedType is INamedTypeSymbol { Name: "Task", IsGenericType: false };
    }

    /// <summary><c>store &amp;&amp; expire</c>, and <c>store &amp;&amp; (noTtl || expire)</c>: the store's answer is all there is to know.</summary>
    private Fix? WithoutOperand()
    {
        ExpressionSyntax operand = ClientCall.Outermost(_pair.Second.Result);
        while (operand.Parent is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalOrExpression } either && either.Right == operand)
        {
            operand = ClientCall.Outermost(either);
        }

        if (!IsUnconditional || operand.Parent is not BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression } both || both.Right != operand || both.Left != ClientCall.Outermost(_pair.First.Result))
        {
            return null;
        }

        return Fix([both], editor =>
        {
            WriteStore(editor);
            editor.ReplaceNode(both, static (current, _) => ((BinaryExpressionSyntax)current).Left.WithTriviaFrom(current));
        });
    }

    /// <summary>The expire's answer is used, or its TTL is only known there: the store is made in its place, and answers the same.</summary>
    private Fix? InPlaceOfExpire()
    {
        if (!IsUnconditional || !CanMove(_pair) || _pair.Second.IsAsync != _pair.First.IsAsync || _pair.Second.IsAsync != _pair.Second.IsAwaited || StatementRemoval.Of((StatementSyntax)_pair.Anchor) is not { IsWhole: true } removal)
        {
            return null;
        }

        SyntaxTrivia newLine = PairEdits.NewLineOf(_pair.Context.Root);
        SyntaxNode second = Guards.SlotOf(Guards.AnchorOf(_pair.Second.Syntax)!);
        return Fix([removal.Target, _pair.Second.Syntax], editor =>
        {
            editor.ReplaceNode(_pair.Second.Syntax, (current, _) => _set.WithTriviaFrom(current));
            removal.Apply(editor);
            editor.ReplaceNode(second, (current, _) => PairEdits.WithCommentsAbove(current, removal.Comments, newLine));
        });
    }

    private void WriteStore(DocumentEditor editor) => editor.ReplaceNode(_pair.First.Syntax, (current, _) => _set.WithTriviaFrom(current));
}
