using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.CodeFixes.Atomicity;

/// <summary>Writes <c>LockExtend</c> in place of a comparison with the caller's token and the expire that hangs on it.</summary>
internal sealed class LockExtendEdit
{
    private readonly CommandPair _pair;
    private readonly ReadValue _value;
    private readonly Guard _guard;
    private readonly ExpressionSyntax _answer;

    private LockExtendEdit(CommandPair pair, ReadValue value, Guard guard, InvocationExpressionSyntax extend)
    {
        _pair = pair;
        _value = value;
        _guard = guard;
        _answer = pair.Second.Result == pair.Second.Syntax ? extend : pair.Second.Result.ReplaceNode(pair.Second.Syntax, extend.WithTriviaFrom(pair.Second.Syntax));
        _answer = _answer.WithoutTrivia();
    }

    public static Fix? Of(CommandPair pair, ReadValue value) =>
        pair.Guards is [{ } guard] && TokenOf(guard, pair, value) is { } token && CanCarry(pair) && Write(pair, token) is { } extend
            ? new LockExtendEdit(pair, value, guard, extend).Fix()
            : null;

    /// <summary>The token that the value read must equal for the expire to run.</summary>
    private static ExpressionSyntax? TokenOf(Guard guard, CommandPair pair, ReadValue value)
    {
        IOperation? condition = pair.Model.GetOperation(guard.Condition, pair.Context.CancellationToken);
        bool holds = guard.Holds;
        while (condition is IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } not)
        {
            (condition, holds) = (not.Operand, !holds);
        }

        // Where no value is found, it is not the token.
        if (condition is IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr } both &&
            both.OperatorKind == (holds ? BinaryOperatorKind.ConditionalAnd : BinaryOperatorKind.ConditionalOr) &&
            both is { LeftOperand.Syntax: ExpressionSyntax presence, RightOperand: { } comparison } && value.IsPresent(presence) == holds)
        {
            condition = comparison;
        }

        (IOperation Left, IOperation Right)? sides = condition switch
        {
            IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals } equal when holds => (equal.LeftOperand, equal.RightOperand),
            IBinaryOperation { OperatorKind: BinaryOperatorKind.NotEquals } unequal when !holds => (unequal.LeftOperand, unequal.RightOperand),
            IInvocationOperation { TargetMethod.Name: "Equals", Instance: { } instance, Arguments: [{ } other] } when holds => (instance, other.Value),
            IInvocationOperation { TargetMethod: { Name: "Equals", ContainingType.SpecialType: SpecialType.System_String, IsStatic: true }, Arguments: [{ } first, { } second] } when holds => (first.Value, second.Value),
            IInvocationOperation { TargetMethod: { Name: "Equals", ContainingType.SpecialType: SpecialType.System_String, IsStatic: true }, Arguments: [{ } first, { } second, { } how] } when holds && IsOrdinal(how.Value) => (first.Value, second.Value),
            _ => null,
        };
        if (sides is not var (left, right) || value.Is(left) == value.Is(right))
        {
            return null;
        }

        IOperation token = value.Is(left) ? right : left;
        while (token is IConversionOperation { IsImplicit: true } conversion)
        {
            token = conversion.Operand;
        }

        return token.Syntax as ExpressionSyntax;
    }

    private static bool IsOrdinal(IOperation how) => how is IFieldReferenceOperation { Field.Name: nameof(StringComparison.Ordinal) };

    private static bool CanCarry(CommandPair pair) =>
        pair.Second.IsOnDatabase(pair.Model) && pair.Second.IsAsync == pair.Second.IsAwaited &&
        (pair.Second.Argument("when") is null || pair.Second.IsConstant("when", "Always")) &&
        pair.Second.Argument("expiry") is { Value: { } expiry } && pair.IsKnownAtFirst(expiry) && !pair.HasOddExpiry(expiry) &&
        (pair.Second.Argument("flags") is not { Value: { } flags } || pair.IsKnownAtFirst(flags));

    /// <summary>The expire as <c>LockExtend</c>, whose answer is true where the token was still there.</summary>
    private static InvocationExpressionSyntax? Write(CommandPair pair, ExpressionSyntax token)
    {
        ClientCall expire = pair.Second;
        ArgumentListSyntax arguments = expire.Syntax.ArgumentList;
        if (expire.ArgumentSyntax("key") is not { } key || arguments.Arguments[0] != key || arguments.Arguments[1] != expire.ArgumentSyntax("expiry") || pair.First.ArgumentSyntax("key") is not { } firstKey)
        {
            return null;
        }

        int when = expire.ArgumentSyntax("when") is { } condition ? arguments.Arguments.IndexOf(condition) : -1;
        arguments = arguments.ReplaceNode(key.Expression, firstKey.Expression.WithTriviaFrom(key.Expression));
        arguments = when < 0 ? arguments : arguments.WithArguments(arguments.Arguments.RemoveAt(when));
        ArgumentSyntax value = SyntaxFactory.Argument(token.WithoutTrivia());
        if (key.NameColon is not null)
        {
            value = value.WithNameColon(SyntaxFactory.NameColon(SyntaxFactory.IdentifierName("value")).WithTrailingTrivia(SyntaxFactory.Space));
        }

        string method = expire.IsAsync ? "LockExtendAsync" : "LockExtend";
        InvocationExpressionSyntax extend = expire.Syntax
            .WithExpression(expire.Access.WithName(SyntaxFactory.IdentifierName(method).WithTriviaFrom(expire.Access.Name)))
            .WithArgumentList(PairEdits.InsertSecond(arguments, value));
        return pair.BindAtFirst(extend, method) is null ? null : extend;
    }

    /// <summary>The repair, where the code has one of the simple shapes.</summary>
    private Fix? Fix()
    {
        if (!CanDropRead(out StatementRemoval? read))
        {
            return null;
        }

        if (SecondCall.ConjunctionOf(_pair.Second) is { } both && both.Left == _guard.Condition)
        {
            return Make(read, both, (current, _) => _answer.WithTriviaFrom(current));
        }

        if (_guard.Condition.Parent is not IfStatementSyntax test)
        {
            return null;
        }

        return SecondCall.StatementOf(_pair.Second, _pair.Model) is { } statement ? OfStatement(read, test, statement) : OfReturn(read, test);
    }

    /// <summary>The expire is a statement: the test becomes the extension.</summary>
    private Fix? OfStatement(StatementRemoval? read, IfStatementSyntax test, ExpressionStatementSyntax expire)
    {
        SyntaxNode slot = Guards.SlotOf(test);
        StatementRemoval? removal = StatementRemoval.Of(expire);
        bool isAlone = _guard.Holds && test is { Else: null, ContainsDirectives: false } && (test.Statement == expire || (test.Statement is BlockSyntax { Statements: [{ } only] } && only == expire));
        if (isAlone || (removal is { IsWhole: true } && removal.Target == slot))
        {
            // The answer is to be looked at; where more follows, only the author knows what a lost lock means for it.
            if (!IsEndOfWork(slot))
            {
                return null;
            }

            string newLine = NewLine.ToFullString();
            string indent = PairEdits.IndentOf(slot.GetLeadingTrivia()).ToFullString();
            StatementSyntax check = SyntaxFactory.ParseStatement($"if ({PairEdits.Not(_answer)}){newLine}{indent}{{{newLine}{indent}{(indent.Contains('\t') ? "\t" : "    ")}return;{newLine}{indent}}}");
            return Make(read, slot, (current, comments) => PairEdits.WithCommentsAbove(Slot(check, slot).WithTriviaFrom(current), [.. comments, .. PairEdits.InnerCommentsOf(slot)], NewLine));
        }

        if (removal is null)
        {
            return null;
        }

        ExpressionSyntax condition = _guard.Holds ? _answer : PairEdits.Not(_answer);
        Fix fix = Make(read, test.Condition, (current, _) => condition.WithTriviaFrom(current));
        return fix with
        {
            Touched = [.. fix.Touched, removal.Target],
            Apply = editor =>
            {
                fix.Apply(editor);
                editor.ReplaceNode(slot, (current, _) => PairEdits.WithCommentsAbove(current, [.. read?.Comments ?? [], .. removal.Comments], NewLine));
                removal.Apply(editor);
            },
        };
    }

    /// <summary>Whether a statement is the last one of a function that gives nothing back.</summary>
    private bool IsEndOfWork(SyntaxNode slot) =>
        slot.Parent is BlockSyntax { Parent: { } function } block && block.Statements.Last() == slot &&
        (function is AnonymousFunctionExpressionSyntax ? _pair.Model.GetSymbolInfo(function).Symbol : function is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax ? _pair.Model.GetDeclaredSymbol(function) : null) is IMethodSymbol method &&
        (method.ReturnsVoid || (method.IsAsync && method.ReturnType is INamedTypeSymbol { Arity: 0, Name: "Task" or "ValueTask" }));

    /// <summary>The expire's answer is returned, and false for another token: the extension's answer says both.</summary>
    private Fix? OfReturn(StatementRemoval? read, IfStatementSyntax test)
    {
        if (Guards.ListOf(test) is null || ClientCall.Outermost(_pair.Second.Result).Parent is not ReturnStatementSyntax answer)
        {
            return null;
        }

        SyntaxNode[] siblings = [.. Guards.ListOf(test)!.ChildNodes()];
        SyntaxNode slot = Guards.SlotOf(test);
        SyntaxNode? next = siblings.ElementAtOrDefault(Array.IndexOf(siblings, slot) + 1);
        StatementSyntax? isOther = _guard.Holds ? test.Else?.Statement ?? next as StatementSyntax : test.Statement;
        StatementSyntax isOwn = _guard.Holds ? test.Statement : answer;
        if (next is null && isOther is null || !IsReturn(isOwn, value => ClientCall.Outermost(_pair.Second.Result) == value) || !IsReturn(isOther, static value => value.IsKind(SyntaxKind.FalseLiteralExpression)) ||
            (_guard.Holds ? false : test.Else is not null || next != answer))
        {
            return null;
        }

        ReturnStatementSyntax written = answer.WithExpression(_answer).WithoutTrivia();
        SyntaxNode? gone = _guard.Holds ? (test.Else is null ? next : null) : answer;
        IReadOnlyList<SyntaxTrivia> inner = gone is null ? PairEdits.InnerCommentsOf(slot) : [.. PairEdits.InnerCommentsOf(slot), .. PairEdits.CommentsOf(gone)];
        Fix fix = Make(read, slot, (current, comments) => PairEdits.WithCommentsAbove(Slot(written, slot).WithLeadingTrivia(current.GetLeadingTrivia()).WithTrailingTrivia(NewLine), [.. comments, .. inner], NewLine));
        return gone is null ? fix : fix with
        {
            Touched = [.. fix.Touched, gone],
            Apply = editor =>
            {
                fix.Apply(editor);
                editor.RemoveNode(gone, SyntaxRemoveOptions.KeepNoTrivia);
            },
        };
    }

    private SyntaxTrivia NewLine => PairEdits.NewLineOf(_pair.Context.Root);

    private static SyntaxNode Slot(StatementSyntax statement, SyntaxNode instead) => instead is GlobalStatementSyntax ? SyntaxFactory.GlobalStatement(statement) : statement;

    /// <summary>Whether a statement only returns a certain value.</summary>
    private static bool IsReturn(StatementSyntax? statement, Func<ExpressionSyntax, bool> isValue) => statement switch
    {
        BlockSyntax { Statements: [{ } only] } => IsReturn(only, isValue),
        ReturnStatementSyntax { Expression: { } value } => isValue(value),
        _ => false,
    };

    /// <summary>Whether the read goes with the comparison: it stands in there, or in a local that is used for nothing else.</summary>
    private bool CanDropRead(out StatementRemoval? removal)
    {
        removal = null;
        if (_guard.Condition.Span.Contains(_pair.First.Syntax.Span))
        {
            return true;
        }

        if (_pair.Anchor is not LocalDeclarationStatementSyntax { Declaration.Variables: [{ Initializer.Value: { } value } variable] } declaration ||
            _pair.Model.GetDeclaredSymbol(variable, _pair.Context.CancellationToken) is not ILocalSymbol local ||
            !_value.Is(_pair.Model.GetOperation(value, _pair.Context.CancellationToken)) ||
            !_pair.Variables.ReferencesTo(local).All(reference => _guard.Condition.Span.Contains(reference.Span)))
        {
            return false;
        }

        removal = StatementRemoval.Of(declaration);
        return removal is not null;
    }

    /// <summary>Replaces a node, given its current state and the comments of what goes, and takes the read out.</summary>
    private Fix Make(StatementRemoval? read, SyntaxNode node, Func<SyntaxNode, IReadOnlyList<SyntaxTrivia>, SyntaxNode> replace) => new(
        "LockExtend",
        "Extend the lock in one step if the token is still there (LockExtend)",
        read is null ? [node, _pair.Second.Syntax] : [read.Target, node, _pair.Second.Syntax],
        editor =>
        {
            read?.Apply(editor);
            editor.ReplaceNode(node, (current, _) => replace(current, read?.Comments ?? []));
        });
}
