using ExpiryAnalyzers.CodeFixes.Reading;
using ExpiryAnalyzers.CodeFixes.Writing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

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
        ClientCall second = pair.Second;
        _pair = pair;
        _value = value;
        _guard = guard;
        _answer = second.Result == second.Syntax ? extend : second.Result.ReplaceNode(second.Syntax, extend.WithTriviaFrom(second.Syntax));
        _answer = _answer.WithoutTrivia();
    }

    private SyntaxTrivia NewLine => Layout.NewLineOf(_pair.Context.Root);

    public static Fix? Of(CommandPair pair, ReadValue value) =>
        pair.Guards is [{ } guard] && ComparedToken.Of(guard, pair, value) is { } token && CanCarry(pair) &&
            Written(pair, token) is { } extend
            ? new LockExtendEdit(pair, value, guard, extend).Fix()
            : null;

    private static bool CanCarry(CommandPair pair)
    {
        ClientCall second = pair.Second;
        bool isPlain = second.IsOnDatabase(pair.Context) && second.IsAsync == second.IsAwaited && second.IsUnconditional;
        return isPlain && pair.Expiry is { } expiry && pair.IsKnownAtFirst(expiry) && !pair.HasOddExpiry(expiry) &&
            (second.Argument(ClientNames.Flags) is not { Value: { } flags } || pair.IsKnownAtFirst(flags));
    }

    /// <summary>The expire as <c>LockExtend</c>, whose answer is true where the token was still there.</summary>
    private static InvocationExpressionSyntax? Written(CommandPair pair, ExpressionSyntax token)
    {
        ClientCall expire = pair.Second;
        ArgumentListSyntax arguments = expire.Syntax.ArgumentList;
        if (expire.ArgumentSyntax(ClientNames.Key) is not { } key || pair.First.ArgumentSyntax(ClientNames.Key) is not { } firstKey ||
            arguments.Arguments[0] != key || arguments.Arguments[1] != expire.ArgumentSyntax(ClientNames.Expiry))
        {
            return null;
        }

        int when = expire.ArgumentSyntax(ClientNames.When) is { } condition ? arguments.Arguments.IndexOf(condition) : -1;
        arguments = arguments.ReplaceNode(key.Expression, firstKey.Expression.WithTriviaFrom(key.Expression));
        arguments = when < 0 ? arguments : arguments.WithArguments(arguments.Arguments.RemoveAt(when));
        string method = ClientNames.LockExtend + (expire.IsAsync ? ClientNames.Async : "");
        ArgumentSyntax value = Arguments.Of(token, key.NameColon is null ? null : ClientNames.Value);
        InvocationExpressionSyntax extend = Expressions.WithMethod(expire, method).WithArgumentList(Arguments.Insert(arguments, 1, value));
        return pair.BindsAtFirst(extend, method) ? extend : null;
    }

    /// <summary>The repair, where the code has one of the simple shapes.</summary>
    private Fix? Fix()
    {
        if (!CanDropRead(out StatementRemoval? read))
        {
            return BesideLook();
        }

        if (CallUse.ConjunctionOf(_pair.Second) is { } both && both.Left == _guard.Condition)
        {
            return Make(read, both, (current, _) => _answer.WithTriviaFrom(current));
        }

        if (_guard.Condition.Parent is not IfStatementSyntax test)
        {
            return null;
        }

        return CallUse.StatementOf(_pair.Second, _pair.Context) is { } statement
            ? OfStatement(read, test, statement)
            : OfReturn(read, test) ?? BesideLook();
    }

    /// <summary>The expire is a statement: the test becomes the extension.</summary>
    private Fix? OfStatement(StatementRemoval? read, IfStatementSyntax test, ExpressionStatementSyntax expire)
    {
        SyntaxNode slot = Statements.SlotOf(test);
        StatementRemoval? removal = StatementRemoval.Of(expire);
        if ((_guard.Holds && IsAlone(test, expire)) || (removal is { IsWhole: true } && removal.Target == slot))
        {
            // The answer was not looked at before: what a lost lock means for what follows, only the author knows (EXP202 asks for it).
            return Make(read, slot, (current, comments) => Alone(current, slot, comments));
        }

        // The answer of what nobody waits for is no answer.
        if (removal is null || _pair.Second.IsForgotten)
        {
            return null;
        }

        ExpressionSyntax condition = _guard.Holds ? _answer : Expressions.Not(_answer);
        Fix fix = Make(read, test.Condition, (current, _) => condition.WithTriviaFrom(current));
        return fix with
        {
            Touched = fix.Touched.Append(removal.Target).ToArray(),
            Apply = editor =>
            {
                fix.Apply(editor);
                editor.Replace(slot, current => Layout.WithCommentsAbove(current, CommentsOf(read).Concat(removal.Comments), NewLine));
                removal.Apply(editor);
            },
        };
    }

    /// <summary>
    /// The look decides on more: it stays, and the extension, which looks once more, stands in place of the expire, or behind the test,
    /// whose other branch is that of a lock that is lost.
    /// </summary>
    private Fix? BesideLook()
    {
        ClientCall second = _pair.Second;
        if (CallUse.StatementOf(second, _pair.Context) is not { } statement)
        {
            return Make(null, second.Result, (current, _) => _answer.WithTriviaFrom(current));
        }

        if (second.IsForgotten || _guard.Condition.Parent is not IfStatementSyntax { ContainsDirectives: false } test)
        {
            return null;
        }

        if (IsAlone(test, statement) || StatementRemoval.Of(statement) is not { } removal ||
            removal.Target != Statements.SlotOf(statement))
        {
            return null;
        }

        ExpressionSyntax condition = _guard.Holds
            ? Expressions.Binary(SyntaxKind.LogicalAndExpression, test.Condition.WithoutTrivia(), _answer)
            : Expressions.Binary(SyntaxKind.LogicalOrExpression, test.Condition.WithoutTrivia(), Expressions.Not(_answer));
        SyntaxNode slot = Statements.SlotOf(test);
        Fix fix = Make(null, test.Condition, (current, _) => condition.WithTriviaFrom(current));
        return fix with
        {
            Touched = [.. fix.Touched, removal.Target],
            Apply = editor =>
            {
                fix.Apply(editor);
                editor.Replace(slot, current => Layout.WithCommentsAbove(current, removal.Comments, NewLine));
                removal.Apply(editor);
            },
        };
    }

    /// <summary>Whether a test decides on the expire and on nothing else.</summary>
    private static bool IsAlone(IfStatementSyntax test, ExpressionStatementSyntax expire) =>
        test is { Else: null, ContainsDirectives: false } &&
        (test.Statement == expire || (test.Statement is BlockSyntax { Statements: [{ } only] } && only == expire));

    /// <summary>The extension as a statement, in place of one that tests the token.</summary>
    private SyntaxNode Alone(SyntaxNode current, SyntaxNode slot, IReadOnlyList<SyntaxTrivia> comments)
    {
        SyntaxNode statement = Code.InPlaceOf(Code.Statement(_answer), slot).WithTriviaFrom(current);
        return Layout.WithCommentsAbove(statement, comments.Concat(Layout.InnerCommentsOf(slot)), NewLine);
    }

    /// <summary>The expire's answer is returned, and false for another token: the extension's answer says both.</summary>
    private Fix? OfReturn(StatementRemoval? read, IfStatementSyntax test)
    {
        ExpressionSyntax result = TaskWaits.Outermost(_pair.Second.Result);
        if (Statements.ListOf(test) is not { } list || result.Parent is not ReturnStatementSyntax answer)
        {
            return null;
        }

        SyntaxNode slot = Statements.SlotOf(test);
        SyntaxNode? next = list.ChildNodes().SkipWhile(node => node != slot).ElementAtOrDefault(1);
        StatementSyntax? isOther = _guard.Holds ? test.Else?.Statement ?? next as StatementSyntax : test.Statement;
        StatementSyntax isOwn = _guard.Holds ? test.Statement : answer;
        if (!IsReturn(isOwn, value => value == result) ||
            !IsReturn(isOther, static value => value.IsKind(SyntaxKind.FalseLiteralExpression)) ||
            (!_guard.Holds && (test.Else is not null || next != answer)))
        {
            return null;
        }

        SyntaxNode? gone = _guard.Holds ? (test.Else is null ? next : null) : answer;
        Fix fix = Make(read, slot, (current, comments) => Returned(current, answer, slot, comments.Concat(Inside(slot, gone))));
        return gone is null ? fix : fix with
        {
            Touched = fix.Touched.Append(gone).ToArray(),
            Apply = editor =>
            {
                fix.Apply(editor);
                editor.Remove(gone);
            },
        };
    }

    /// <summary>The comments of what is written anew, but for those above it, and of what goes.</summary>
    private static IEnumerable<SyntaxTrivia> Inside(SyntaxNode slot, SyntaxNode? gone) => Layout.InnerCommentsOf(slot)
        .Concat(slot.GetTrailingTrivia().Where(Layout.IsComment))
        .Concat(gone is null ? [] : Layout.CommentsOf(gone));

    private static IReadOnlyList<SyntaxTrivia> CommentsOf(StatementRemoval? removal) => removal?.Comments ?? [];

    /// <summary>The statement that returns the extension's answer, in place of the test.</summary>
    private SyntaxNode Returned(SyntaxNode current, ReturnStatementSyntax answer, SyntaxNode slot, IEnumerable<SyntaxTrivia> comments)
    {
        SyntaxNode written = Code.InPlaceOf(answer.WithExpression(_answer).WithoutTrivia(), slot)
            .WithLeadingTrivia(current.GetLeadingTrivia())
            .WithTrailingTrivia(NewLine);
        return Layout.WithCommentsAbove(written, comments, NewLine);
    }

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

        if (_pair.Anchor is LocalDeclarationStatementSyntax { Declaration.Variables: [{ } variable] } declaration &&
            variable.Initializer?.Value is { } value && _value.Is(_pair.Context.OperationOf(value)) && IsOnlyCompared(variable))
        {
            removal = StatementRemoval.Of(declaration);
        }

        return removal is not null;
    }

    /// <summary>Whether a variable is read by the comparison and nowhere else.</summary>
    private bool IsOnlyCompared(VariableDeclaratorSyntax variable) =>
        _pair.Model.GetDeclaredSymbol(variable, _pair.Context.CancellationToken) is ILocalSymbol local &&
        _pair.Variables.ReferencesTo(local).All(reference => _guard.Condition.Span.Contains(reference.Span));

    /// <summary>Replaces a node, given its current state and the comments of what goes, and takes the read out.</summary>
    private Fix Make(StatementRemoval? read, SyntaxNode node, Func<SyntaxNode, IReadOnlyList<SyntaxTrivia>, SyntaxNode> replace) => new(
        "LockExtend",
        "Extend the lock in one step if the token is still there (LockExtend)",
        read is null ? [node, _pair.Second.Syntax] : [read.Target, node, _pair.Second.Syntax],
        editor =>
        {
            read?.Apply(editor);
            editor.Replace(node, current => replace(current, read?.Comments ?? []));
        })
    {
        // Of a key of another type, or without a token, LockExtend answers or throws otherwise than the read.
        Asks = true,
    };
}
