using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.CodeFixes.Reading;
using ExpiryAnalyzers.CodeFixes.Writing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExpiryAnalyzers.CodeFixes.Atomicity;

/// <summary>Gives a <c>StringSet</c> the expiry, in a form that the referenced client takes, and takes the expire out.</summary>
internal sealed class SetExpiryEdit
{
    private readonly CommandPair _pair;
    private readonly OneCommand _set;

    private SetExpiryEdit(CommandPair pair, OneCommand set)
    {
        _pair = pair;
        _set = set;
    }

    /// <summary>Whether the value is stored whatever is there, so that the store and the expire both answer true.</summary>
    private bool IsUnconditional => _pair.First.IsUnconditional;

    public static Fix? Of(CommandPair pair)
    {
        bool isQuiet = pair.IsQuietBetween;
        if (!IsStore(pair.First) || !CanCarry(pair) || (pair.IsReversed && !isQuiet) ||
            new GuardedExpiry(pair).Of(CanMove(pair)) is not { } expiry || Written(pair, expiry) is not { } set)
        {
            return null;
        }

        OneCommand command = new(pair, set, "SetExpiry", "Store the value and set the TTL in one command (SET with EX)")
        {
            // What takes its time before the expire took it before the TTL began.
            Asks = !isQuiet || MayStoreForEver(pair),
        };
        SetExpiryEdit edit = new(pair, command);
        return CallUse.StatementOf(pair.Second, pair.Context) is { } statement ? edit.WithoutExpire(statement)
            : pair.IsReversed ? null
            : edit.WithoutElement() ?? edit.WithoutOperand() ?? edit.WithoutRung() ?? edit.InPlaceOfExpire();
    }

    /// <summary>Whether a call stores one string under one key, and nothing else.</summary>
    private static bool IsStore(ClientCall call) => call is { Effect: Effect.Overwrite, Member.Row.Data: DataType.String } &&
        call.Argument(Role.Key) is not null && call.Argument(Role.Value) is not null;

    /// <summary>
    /// Whether the client's SET takes an expiry for none that its EXPIRE takes for an order to delete, or counts in another unit, and the
    /// expiry may be such a one.
    /// </summary>
    private static bool MayStoreForEver(CommandPair pair) =>
        pair.First.Member?.Row.Ttl is { AtZero: TtlOutcome.LivesForEver } && !Evaluation.IsWholeSeconds(pair.Expiry!, pair.Context);

    /// <summary>Whether SET can be told the expiry, with the meaning that it has for EXPIRE on a key without a TTL.</summary>
    private static bool CanCarry(CommandPair pair)
    {
        bool isSet = pair.Second.IsUnconditional || pair.Second.IsConstant(ClientNames.When, ClientNames.HasNoExpiry);
        return isSet && pair.Expiry is { } expiry && !pair.HasOddExpiry(expiry) && HasSameMeaning(pair, expiry) &&
            (pair.First.Argument(ClientNames.KeepTtl) is not { } keep || keep.Value.ConstantValue is { HasValue: true, Value: false });
    }

    /// <summary>
    /// Whether SET reads the expiry as EXPIRE does: as the same kind of number or time, and not as none. Another client's form is known by
    /// its types alone, so that what it takes for an instant or for none is left alone.
    /// </summary>
    private static bool HasSameMeaning(CommandPair pair, IOperation expiry) => pair.First.IsOfKnownForms ||
        (!Types.IsInstant(expiry.Type) && expiry.ConstantValue is not { HasValue: true, Value: int and <= 0 });

    /// <summary>The store with the expiry, in the first form that the client has an overload for.</summary>
    private static InvocationExpressionSyntax? Written(CommandPair pair, ExpressionSyntax expiry)
    {
        if (GuardedExpiry.TypeOf(pair, expiry) is not { } type ||
            (GuardedExpiry.IsDateTime(type) && ServerVersion.IsBelow(ServerVersion.Redis62, pair.Context)))
        {
            return null;
        }

        IEnumerable<ArgumentListSyntax> forms = pair.First.IsOfKnownForms
            ? Forms(pair, expiry, Types.IsNullable(type))
            : PlainForms(pair, expiry);
        return forms
            .Select(pair.First.Syntax.WithArgumentList)
            .FirstOrDefault(set => pair.BindsAtFirst(set, pair.First.Name));
    }

    /// <summary>For a client whose SET takes the expiry that its EXPIRE takes, behind the value, and has no word for "none".</summary>
    private static IEnumerable<ArgumentListSyntax> PlainForms(CommandPair pair, ExpressionSyntax expiry)
    {
        ArgumentListSyntax given = pair.First.Syntax.ArgumentList;
        bool isGiven = pair.Second.Syntax.ArgumentList.Arguments.Any(argument => argument.Expression.IsEquivalentTo(expiry));
        if (isGiven && given.Arguments.Count == 2 && Arguments.IsPositional(given, 2))
        {
            yield return Arguments.Insert(given, 2, Arguments.Of(expiry));
        }
    }

    private static IEnumerable<ArgumentListSyntax> Forms(CommandPair pair, ExpressionSyntax expiry, bool isNullable)
    {
        ArgumentListSyntax given = pair.First.Syntax.ArgumentList;
        if (pair.First.ArgumentSyntax(ClientNames.Expiry) is { } nothing)
        {
            yield return given.ReplaceNode(nothing.Expression, expiry.WithTriviaFrom(nothing.Expression));
            yield break;
        }

        if (Arguments.IsPositional(given, 2) && !isNullable)
        {
            yield return Arguments.Insert(given, 2, Arguments.Of(expiry));
        }

        // Named with When, it is the only form for a TimeSpan? that all versions of the client take.
        int behind = Math.Min(2, given.Arguments.Count);
        ArgumentSyntax named = Arguments.Of(expiry, ClientNames.Expiry);
        if (pair.First.Argument(ClientNames.When) is null)
        {
            ExpressionSyntax always = Imports.Static(pair.Context, ClientNames.StoreCondition, ClientNames.Always);
            yield return Arguments.Insert(given, behind, named, Arguments.Of(always, ClientNames.When));
        }

        yield return Arguments.Insert(given, behind, named);
    }

    /// <summary>Whether the store may as well be made where the expire stands: only variables are declared in between.</summary>
    private static bool CanMove(CommandPair pair)
    {
        bool isPlain = !pair.IsReversed && pair.Guards.Count == 0 && pair.IsQuietBetween && pair.First.IsAsync == pair.First.IsAwaited &&
            CallUse.StatementOf(pair.First, pair.Context) == pair.Anchor;
        if (!isPlain || Statements.AnchorOf(pair.Second.Syntax) is not StatementSyntax second ||
            Statements.ListOf(pair.Anchor) is not { } list || Statements.ListOf(second) != list)
        {
            return false;
        }

        return list.ChildNodes().Where(IsBetween).All(static node => Statements.In(node) is LocalDeclarationStatementSyntax) &&
            pair.First.Operation.Arguments.All(argument => pair.IsKnownAtFirst(argument.Value));

        bool IsBetween(SyntaxNode node) => node.SpanStart > pair.Anchor.SpanStart && node.Span.End < second.SpanStart;
    }

    /// <summary>The expire is a statement: it goes, and what was said about it goes to the store.</summary>
    private Fix? WithoutExpire(ExpressionStatementSyntax statement)
    {
        if (_pair.Guards.Count == 0 && !_pair.IsKnownAtFirst(_pair.Expiry!))
        {
            return InPlaceOfExpire();
        }

        // A store whose answer chooses between two branches stays as it is.
        bool isChoice = StatementRemoval.Of(statement) is { IsWhole: false } removal &&
            removal.Target.Span.Contains(_pair.First.Syntax.Span);
        return isChoice ? null : _set.WithoutSecond(statement);
    }

    /// <summary>Both are waited for together: <c>Task.WhenAll(store, expire)</c>.</summary>
    private Fix? WithoutElement()
    {
        InvocationExpressionSyntax second = _pair.Second.Syntax;
        if (TaskWaits.GatheringOf(second) is { } whole && TaskWaits.MemberOf(whole) is nameof(Task.WhenAll) or nameof(Task.WaitAll))
        {
            return WithoutArgument(whole);
        }

        if (second.Parent is InitializerExpressionSyntax { RawKind: (int)SyntaxKind.ArrayInitializerExpression } initializer &&
            initializer.Expressions.Contains(_pair.First.Syntax))
        {
            int index = initializer.Expressions.IndexOf(second);
            return _set.WithoutPart(initializer, [initializer], current => Arguments.Without((InitializerExpressionSyntax)current, index));
        }

        return null;
    }

    /// <summary>The expire is an argument of what waits for the store as well.</summary>
    private Fix? WithoutArgument(InvocationExpressionSyntax whole)
    {
        ArgumentListSyntax list = whole.ArgumentList;
        if (!list.Arguments.Any(argument => argument.Expression == _pair.First.Syntax) || !IsPlainTask(whole))
        {
            return null;
        }

        int index = list.Arguments.IndexOf(argument => argument.Expression == _pair.Second.Syntax);
        return list.Arguments.Count == 2 && TaskWaits.MemberOf(whole) == nameof(Task.WhenAll)
            ? _set.WithoutPart(whole, [whole], Stored)
            : _set.WithoutPart(list, [whole], current => Arguments.Without((ArgumentListSyntax)current, index));
    }

    /// <summary>The store alone in place of a call that waits for it and the expire.</summary>
    private SyntaxNode Stored(SyntaxNode whole) => ((InvocationExpressionSyntax)whole).ArgumentList.Arguments
        .First(argument => argument.Expression.IsEquivalentTo(_set.Call)).Expression
        .WithTriviaFrom(whole);

    /// <summary>Whether nobody looks at the answers that a <c>WhenAll</c> collects.</summary>
    private bool IsPlainTask(InvocationExpressionSyntax whenAll)
    {
        ExpressionSyntax whole = TaskWaits.Around(whenAll);
        return whole.Parent is ExpressionStatementSyntax or AwaitExpressionSyntax { Parent: ExpressionStatementSyntax } ||
            _pair.Context.ConvertedTypeOf(whole) is INamedTypeSymbol { IsGenericType: false } type && Types.IsClassOfTasks(type);
    }

    /// <summary>
    /// <c>store &amp;&amp; expire</c>, and <c>store &amp;&amp; (noTtl || expire)</c>: the store's answer is all there is to know.
    /// </summary>
    private Fix? WithoutOperand()
    {
        ExpressionSyntax operand = TaskWaits.Outermost(_pair.Second.Result);
        while (operand.Parent is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalOrExpression } either && either.Right == operand)
        {
            operand = TaskWaits.Outermost(either);
        }

        return IsUnconditional && operand.Parent is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression } both &&
            both.Right == operand && both.Left == TaskWaits.Outermost(_pair.First.Result)
                ? _set.WithoutRight(both, both)
                : null;
    }

    /// <summary>
    /// <c>if (!store) { … } else if (!expire) { … }</c>: the store's answer is all there is to know, and the rung goes.
    /// </summary>
    private Fix? WithoutRung()
    {
        ExpressionSyntax operand = TaskWaits.Outermost(_pair.Second.Result);
        if (operand.Parent is not PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression } not ||
            TaskWaits.Outermost(not).Parent is not IfStatementSyntax { Parent: ElseClauseSyntax rung } lower ||
            rung.Parent is not IfStatementSyntax { ContainsDirectives: false } ladder || !IsFailureOfStore(ladder.Condition))
        {
            return null;
        }

        ElseClauseSyntax? rest = lower.Else;
        return _set.WithoutPart(ladder, [ladder], current => current is IfStatementSyntax { Else: not null } changed
            ? (rest is null
                ? changed.WithElse(null).WithStatement(changed.Statement.WithTrailingTrivia(rung.GetTrailingTrivia()))
                : changed.WithElse(rest.WithTriviaFrom(rung)))
            : current);
    }

    /// <summary>Whether a condition holds just where the store did not take place.</summary>
    private bool IsFailureOfStore(ExpressionSyntax condition) =>
        condition is PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression } not &&
        Shapes.Innermost(not.Operand) == _pair.First.Result;

    /// <summary>
    /// The expire's answer is used, or its TTL is only known there: the store is made in its place, and answers the same.
    /// </summary>
    private Fix? InPlaceOfExpire()
    {
        ClientCall second = _pair.Second;
        if (!IsUnconditional || !CanMove(_pair) || second.IsAsync != _pair.First.IsAsync || second.IsAsync != second.IsAwaited ||
            StatementRemoval.Of((StatementSyntax)_pair.Anchor) is not { IsWhole: true } removal)
        {
            return null;
        }

        SyntaxTrivia newLine = Layout.NewLineOf(_pair.Context.Root);
        SyntaxNode slot = Statements.SlotOf(Statements.AnchorOf(second.Syntax)!);
        return _set.Fix([removal.Target, second.Syntax], editor =>
        {
            editor.Replace(second.Syntax, current => _set.Call.WithTriviaFrom(current));
            removal.Apply(editor);
            editor.Replace(slot, current => Layout.WithCommentsAbove(current, removal.Comments, newLine));
        });
    }
}
