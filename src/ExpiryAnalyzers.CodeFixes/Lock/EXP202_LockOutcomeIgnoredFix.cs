using System.Runtime.CompilerServices;
using ExpiryAnalyzers.CodeFixes.Reading;
using ExpiryAnalyzers.CodeFixes.Writing;
using ExpiryAnalyzers.Rules.Lock;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace ExpiryAnalyzers.CodeFixes.Lock;

/// <summary>
/// Repairs EXP202: leaves where the lock is not held, releases in a <c>finally</c>, or gives the token that the lock was taken with.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(LockOutcomeIgnoredFix))]
public sealed class LockOutcomeIgnoredFix() : ExpiryCodeFix("EXP202")
{
    private protected override IEnumerable<Fix> Fixes(FixContext context)
    {
        Fix? fix = context.Property(LockOutcomeIgnored.Fault) switch
        {
            LockOutcomeIgnored.Unchecked => Check(context),
            LockOutcomeIgnored.NotReleased => ReleaseInFinally(context),
            LockOutcomeIgnored.OtherToken => SameToken(context),
            _ => null,
        };
        if (fix is not null)
        {
            yield return fix;
        }
    }

    /// <summary>Leaves the function where it has nothing to give back; elsewhere only its author knows what it should answer.</summary>
    private static Fix? Check(FixContext context)
    {
        if (context.Node.FirstAncestorOrSelf<StatementSyntax>() is not ExpressionStatementSyntax { ContainsDirectives: false } statement ||
            statement.Parent is not BlockSyntax block || Answer(statement.Expression) is not { } answer ||
            !LeavesWithNothing(statement, context))
        {
            return null;
        }

        bool isFollowed = IsFollowedByALine(block.Statements, block.Statements.IndexOf(statement));
        return new(
            "Check",
            "Leave if the lock is not held",
            [statement],
            editor => editor.Replace(statement, current => Checked((ExpressionStatementSyntax)current, answer, isFollowed)));
    }

    /// <summary>The statement that leaves where an answer is no. What is said of the call stays on its line.</summary>
    private static StatementSyntax Checked(ExpressionStatementSyntax now, ExpressionSyntax answer, bool isFollowed)
    {
        SyntaxTrivia newLine = Layout.NewLineOf(answer);
        SyntaxTriviaList behind = now.GetTrailingTrivia();
        IfStatementSyntax check = IfStatement(
            PrefixUnaryExpression(SyntaxKind.LogicalNotExpression, (Answer(now.Expression) ?? answer).WithoutTrivia()),
            Block(ReturnStatement()));
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

    /// <summary>
    /// The expression whose value is the answer; null where the statement does not have it at hand, such as a task that nobody awaits.
    /// </summary>
    private static ExpressionSyntax? Answer(ExpressionSyntax expression) => expression switch
    {
        AssignmentExpressionSyntax { Right: { } right } assignment when Statements.IsDiscard(assignment.Left) => Answer(right),
        AwaitExpressionSyntax awaited => awaited,
        InvocationExpressionSyntax call when TaskWaits.MemberOf(call) is { } method && IsAnswer(method) => call,
        _ => null,
    };

    /// <summary>Whether a method answers at once.</summary>
    private static bool IsAnswer(string method) =>
        method == nameof(TaskAwaiter.GetResult) ||
        !(ClientNames.IsAsync(method) || method is nameof(Task.Wait) or nameof(Task.ConfigureAwait));

    private static bool LeavesWithNothing(SyntaxNode node, FixContext context)
    {
        foreach (SyntaxNode around in node.Ancestors())
        {
            switch (around)
            {
                case FinallyClauseSyntax:
                    return false;
                case LocalFunctionStatementSyntax or MethodDeclarationSyntax:
                    return context.Model.GetDeclaredSymbol(around, context.CancellationToken) is IMethodSymbol method &&
                        Types.GivesNothingBack(method) && !IsIterator(around);
                case AnonymousFunctionExpressionSyntax:
                    return context.SymbolOf(around) is IMethodSymbol lambda && Types.GivesNothingBack(lambda);
                case MemberDeclarationSyntax:
                    return false;
            }
        }

        return false;
    }

    private static bool IsIterator(SyntaxNode function) => function.DescendantNodes().Any(node => node is YieldStatementSyntax);

    /// <summary>Puts what stands between the taking and the release into a <c>try</c>, and the release into its <c>finally</c>.</summary>
    private static Fix? ReleaseInFinally(FixContext context)
    {
        if (context.Node.FirstAncestorOrSelf<StatementSyntax>() is not ExpressionStatementSyntax { Parent: BlockSyntax block } release ||
            context.AdditionalNode(0) is not { } take || block.ContainsDirectives)
        {
            return null;
        }

        int end = block.Statements.IndexOf(release);
        int start = block.Statements.IndexOf(statement => statement.Span.Contains(take.Span)) + 1;
        if (start >= end || (start == 0 && !IsBranchOf(block, take)))
        {
            return null;
        }

        StatementSyntax[] work = [.. block.Statements.Skip(start).Take(end - start)];
        if (work.Any(static statement => statement is LocalFunctionStatementSyntax or LabeledStatementSyntax) ||
            context.Model.AnalyzeDataFlow(work[0], work[work.Length - 1]) is not { Succeeded: true } flow ||
            flow.VariablesDeclared.Any(variable => IsUsedBehind(variable, block, release, context)))
        {
            return null;
        }

        SyntaxTrivia newLine = Layout.NewLineOf(block);
        return new(
            "Finally",
            "Release the lock in a finally",
            [block],
            editor => editor.Replace(block, current => Protected((BlockSyntax)current, start, end, newLine)));
    }

    /// <summary>The block with the statements between two places in a <c>try</c>, and the one behind them in its <c>finally</c>.</summary>
    private static BlockSyntax Protected(BlockSyntax block, int start, int end, SyntaxTrivia newLine)
    {
        SyntaxList<StatementSyntax> statements = block.Statements;
        BlockSyntax work = Block(statements.Skip(start).Take(end - start));
        SyntaxTriviaList behind = IsFollowedByALine(statements, end) ? TriviaList(newLine, newLine) : TriviaList(newLine);
        StatementSyntax attempt = TryStatement(work, List<CatchClauseSyntax>(), FinallyClause(Block(statements[end])))
            .WithLeadingTrivia(LineBreakOf(statements[start]))
            .WithTrailingTrivia(behind)
            .WithAdditionalAnnotations(Formatter.Annotation);
        return block.WithStatements(List(statements.Take(start).Append(attempt).Concat(statements.Skip(end + 1))));
    }

    /// <summary>An empty line that parts the work from what stands above it.</summary>
    private static SyntaxTriviaList LineBreakOf(StatementSyntax first) =>
        first.GetLeadingTrivia().FirstOrDefault().IsKind(SyntaxKind.EndOfLineTrivia)
            ? TriviaList(first.GetLeadingTrivia()[0])
            : TriviaList();

    private static bool IsFollowedByALine(SyntaxList<StatementSyntax> statements, int end) =>
        end + 1 < statements.Count && !statements[end + 1].GetLeadingTrivia().FirstOrDefault().IsKind(SyntaxKind.EndOfLineTrivia);

    /// <summary>Whether a block runs because the lock was got: by its answer, or by a flag that holds it.</summary>
    private static bool IsBranchOf(BlockSyntax block, SyntaxNode take)
    {
        if (block.Parent is not IfStatementSyntax branch || branch.Statement != block)
        {
            return false;
        }

        bool isAsked = branch.Condition.Span.Contains(take.Span) && branch.Condition is not PrefixUnaryExpressionSyntax;
        return isAsked || (branch.Condition is IdentifierNameSyntax && branch.SpanStart > take.SpanStart);
    }

    private static bool IsUsedBehind(ISymbol variable, BlockSyntax block, StatementSyntax release, FixContext context) => block.Statements
        .Skip(block.Statements.IndexOf(release))
        .Any(statement => Statements.Names(statement, variable, context));

    private static Fix? SameToken(FixContext context)
    {
        if (context.Node is not ExpressionSyntax given || context.AdditionalNode(0) is not ExpressionSyntax taken ||
            !CanBeRepeated(taken) || !SymbolEqualityComparer.Default.Equals(TypeAt(given, taken, context), context.TypeOf(taken)))
        {
            return null;
        }

        return new(
            "SameToken",
            $"Release with '{taken}', which the lock was taken with",
            [given],
            editor => editor.Replace(given, current => taken.WithTriviaFrom(current)));
    }

    private static ITypeSymbol? TypeAt(SyntaxNode place, ExpressionSyntax expression, FixContext context) =>
        context.Model.GetSpeculativeTypeInfo(place.SpanStart, expression.WithoutTrivia(), SpeculativeBindingOption.BindAsExpression).Type;

    /// <summary>Whether a token is a variable, a member or a text, which says the same again.</summary>
    private static bool CanBeRepeated(ExpressionSyntax token) =>
        token is IdentifierNameSyntax or LiteralExpressionSyntax ||
        token is MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax or IdentifierNameSyntax };
}
