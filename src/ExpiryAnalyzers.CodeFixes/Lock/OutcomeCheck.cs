using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.CodeFixes.Reading;
using ExpiryAnalyzers.CodeFixes.Writing;
using ExpiryAnalyzers.Rules.Lock;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Operations;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace ExpiryAnalyzers.CodeFixes.Lock;

/// <summary>
/// Leaves the work where the lock was not got, or is lost: goes on to the next round of a loop that comes to an end, or returns from a
/// function that has nothing to give back. From another only its author knows how to leave before the work; out of the midst of it, it
/// throws. Where no work follows there is nothing to leave.
/// </summary>
internal static class OutcomeCheck
{
    private const string Lost = "The lock has expired.";

    public static Fix? Fix(FixContext context)
    {
        if (context.Node is not ExpressionSyntax call || TakenLock.BodyAt(call, context) is not { } body ||
            StatementOf(TaskWaits.Outermost(TaskWaits.Answer(call)), context) is not { Parent: BlockSyntax block } statement ||
            IsNeverAnswered(call, body, context))
        {
            return null;
        }

        bool isExtension = body.CallsAt(call).Any(static known => known.Has(Effect.ExtendLock));
        if (Leaving(statement, isExtension, context) is not { } leave || !IsFollowedByWork(statement, body, context) ||
            (!isExtension && IsDeletedInFinally(statement, body)))
        {
            return null;
        }

        bool isFollowed = block.Statements.Last() != statement && !Layout.StartsWithGap(NextOf(statement, block));
        return new(
            "Check",
            $"{VerbOf(leave)} if the lock is {(isExtension ? "lost" : "not held")}",
            [statement],
            editor => editor.Replace(statement, current => Checked((ExpressionStatementSyntax)current, leave, isFollowed)))
        {
            Asks = leave is ThrowStatementSyntax,
        };
    }

    private static string VerbOf(StatementSyntax leave) => leave switch
    {
        ThrowStatementSyntax => "Throw",
        ContinueStatementSyntax => "Go on with the next",
        _ => "Leave",
    };

    /// <summary>Whether the command is sent without waiting for its answer, so that what it gives says nothing of the lock.</summary>
    private static bool IsNeverAnswered(ExpressionSyntax call, Body body, FixContext context) => body.CallsAt(call)
        .Any(known => ClientCall.Of(known.Innermost.Operation.Syntax, context)?.IsForgotten == true);

    private static StatementSyntax NextOf(StatementSyntax statement, BlockSyntax block) =>
        block.Statements[block.Statements.IndexOf(statement) + 1];

    /// <summary>
    /// The statement that throws an answer away; null where the answer is not at hand, such as that of a task that nobody awaits.
    /// </summary>
    private static ExpressionStatementSyntax? StatementOf(ExpressionSyntax answer, FixContext context) =>
        answer.FirstAncestorOrSelf<StatementSyntax>() is ExpressionStatementSyntax { ContainsDirectives: false } statement &&
        AnswerOf(statement) == answer && context.TypeOf(answer)?.SpecialType == SpecialType.System_Boolean
            ? statement
            : null;

    private static ExpressionSyntax AnswerOf(ExpressionStatementSyntax statement) => statement.Expression switch
    {
        AssignmentExpressionSyntax { Right: { } right } assignment when Statements.IsDiscard(assignment.Left) => right,
        var expression => expression,
    };

    /// <summary>The statement that leaves the work; null where none may.</summary>
    private static StatementSyntax? Leaving(StatementSyntax place, bool isExtension, FixContext context)
    {
        if (Statements.FunctionAround(place) is not { } function || FunctionOf(function, context) is not { } method ||
            place.Ancestors().TakeWhile(around => around != function).Any(static around => around is FinallyClauseSyntax) ||
            function.DescendantNodes().Any(static node => node is YieldStatementSyntax))
        {
            return null;
        }

        if (!isExtension && place.Ancestors().TakeWhile(around => around != function).FirstOrDefault(Statements.IsLoop) is { } loop)
        {
            return Statements.EndsByItself(loop) ? ContinueStatement() : null;
        }

        return Types.GivesNothingBack(method) ? ReturnStatement()
            : isExtension ? ThrowStatement((ExpressionSyntax)context.Generator.ObjectCreationExpression(
                Imports.Type(context, Types.TimeoutException),
                Expressions.Text(Lost)))
            : null;
    }

    private static IMethodSymbol? FunctionOf(SyntaxNode function, FixContext context) => function switch
    {
        AnonymousFunctionExpressionSyntax => context.SymbolOf(function) as IMethodSymbol,
        MethodDeclarationSyntax or LocalFunctionStatementSyntax =>
            context.Model.GetDeclaredSymbol(function, context.CancellationToken) as IMethodSymbol,
        _ => null,
    };

    /// <summary>Whether the function, or a loop in it, goes on to do more than to wait.</summary>
    private static bool IsFollowedByWork(StatementSyntax statement, Body body, FixContext context)
    {
        LockEpisodes episodes = LockEpisodes.Of(body);
        LockRegion rest = new();
        for (IOperation? current = context.OperationOf(statement); current is not null; current = current.Parent)
        {
            if (current is ILoopOperation { Body: { } round })
            {
                rest.Add(round);
            }

            if (current is ILoopOperation || current.Syntax == statement)
            {
                rest.Add(episodes.Tails.After(current));
            }

            if (current is IAnonymousFunctionOperation or ILocalFunctionOperation)
            {
                break;
            }
        }

        return episodes.Code.HasWork(rest);
    }

    /// <summary>
    /// Whether leaving would come past a <c>finally</c> that deletes the key, whoever holds the lock: the test belongs before that
    /// <c>try</c>.
    /// </summary>
    private static bool IsDeletedInFinally(StatementSyntax statement, Body body) => statement.Ancestors()
        .TakeWhile(static around => !Statements.IsNestedFunction(around))
        .OfType<TryStatementSyntax>()
        .Any(attempt => attempt.Finally is { } last && body.CallsWithin(last).Any(static call => call.Has(Effect.Delete)));

    /// <summary>The test in place of the statement. What is said of the call stays on its line.</summary>
    private static StatementSyntax Checked(ExpressionStatementSyntax now, StatementSyntax leave, bool isFollowed)
    {
        SyntaxTrivia newLine = Layout.NewLineOf(now);
        SyntaxTriviaList behind = now.GetTrailingTrivia();
        IfStatementSyntax check = IfStatement(
            PrefixUnaryExpression(SyntaxKind.LogicalNotExpression, AnswerOf(now).WithoutTrivia()),
            Block(leave));
        if (behind.Any(Layout.IsComment) && behind.Any(SyntaxKind.EndOfLineTrivia))
        {
            check = check.WithCloseParenToken(check.CloseParenToken.WithTrailingTrivia(behind));
            behind = TriviaList(newLine);
        }

        return check
            .WithTrailingTrivia(isFollowed && behind.Any(SyntaxKind.EndOfLineTrivia) ? behind.Add(newLine) : behind)
            .WithLeadingTrivia(now.GetLeadingTrivia())
            .WithAdditionalAnnotations(Formatter.Annotation);
    }
}
