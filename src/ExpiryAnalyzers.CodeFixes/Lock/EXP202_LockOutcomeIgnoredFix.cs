using ExpiryAnalyzers.Rules.Lock;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace ExpiryAnalyzers.CodeFixes.Lock;

/// <summary>Repairs EXP202: leaves where the lock is not held, releases in a <c>finally</c>, or gives the token that the lock was taken with.</summary>
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
        if (context.Node.FirstAncestorOrSelf<StatementSyntax>() is not ExpressionStatementSyntax { Parent: BlockSyntax block, ContainsDirectives: false } statement ||
            Answer(statement.Expression) is not { } answer || !LeavesWithNothing(statement, context))
        {
            return null;
        }

        SyntaxTrivia newLine = Layout.NewLineOf(statement);
        return new("Check", "Leave if the lock is not held", [statement], editor => editor.ReplaceNode(statement, (current, _) =>
        {
            ExpressionStatementSyntax now = (ExpressionStatementSyntax)current;

            // What is said of the call stays on its line.
            SyntaxTriviaList behind = now.GetTrailingTrivia();
            bool isSaid = behind.Any(static trivia => trivia.Kind() is SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia) && behind.Any(SyntaxKind.EndOfLineTrivia);
            IfStatementSyntax check = IfStatement(
                PrefixUnaryExpression(SyntaxKind.LogicalNotExpression, Answer(now.Expression)!.WithoutTrivia()),
                Block(ReturnStatement()));
            if (isSaid)
            {
                check = check.WithCloseParenToken(check.CloseParenToken.WithTrailingTrivia(behind));
                behind = TriviaList(newLine);
            }

            return check
                .WithTrailingTrivia(IsFollowedByALine(block.Statements, block.Statements.IndexOf(statement)) && behind.Any(SyntaxKind.EndOfLineTrivia) ? behind.Add(newLine) : behind)
                .WithLeadingTrivia(now.GetLeadingTrivia())
                .WithAdditionalAnnotations(Formatter.Annotation);
        }));
    }

    /// <summary>The expression whose value is the answer; null where the statement does not have it at hand, such as a task that nobody awaits.</summary>
    private static ExpressionSyntax? Answer(ExpressionSyntax expression) => expression switch
    {
        AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: "_" }, Right: { } right } => Answer(right),
        AwaitExpressionSyntax awaited => awaited,
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "GetResult" } } result => result,
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: { } name } } call when !name.EndsWith("Async", StringComparison.Ordinal) && name is not ("Wait" or "ConfigureAwait") => call,
        _ => null,
    };

    private static bool LeavesWithNothing(SyntaxNode node, FixContext context)
    {
        foreach (SyntaxNode around in node.Ancestors())
        {
            switch (around)
            {
                case FinallyClauseSyntax:
                    return false;
                case LocalFunctionStatementSyntax or MethodDeclarationSyntax:
                    return context.Model.GetDeclaredSymbol(around, context.CancellationToken) is IMethodSymbol method && HasNothing(method) && !IsIterator(around);
                case AnonymousFunctionExpressionSyntax:
                    return context.Model.GetSymbolInfo(around, context.CancellationToken).Symbol is IMethodSymbol lambda && HasNothing(lambda);
                case MemberDeclarationSyntax:
                    return false;
            }
        }

        return false;
    }

    private static bool HasNothing(IMethodSymbol method) => method.ReturnsVoid || (method.IsAsync && method.ReturnType is INamedTypeSymbol { Arity: 0, Name: "Task" or "ValueTask" });

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
        if (work.Any(statement => statement is LocalFunctionStatementSyntax or LabeledStatementSyntax) ||
            context.Model.AnalyzeDataFlow(work[0], work[work.Length - 1]) is not { Succeeded: true } flow || flow.VariablesDeclared.Any(variable => IsUsedBehind(variable, block, release, context)))
        {
            return null;
        }

        SyntaxTrivia newLine = Layout.NewLineOf(block);
        return new("Finally", "Release the lock in a finally", [block], editor => editor.ReplaceNode(block, (current, _) =>
        {
            SyntaxList<StatementSyntax> statements = ((BlockSyntax)current).Statements;
            StatementSyntax attempt = TryStatement(
                    Block(statements.Skip(start).Take(end - start)),
                    List<CatchClauseSyntax>(),
                    FinallyClause(Block(statements[end])))
                .WithLeadingTrivia(LineBreakOf(statements[start]))
                .WithTrailingTrivia(IsFollowedByALine(statements, end) ? TriviaList(newLine, newLine) : TriviaList(newLine))
                .WithAdditionalAnnotations(Formatter.Annotation);
            return ((BlockSyntax)current).WithStatements(List(statements.Take(start).Append(attempt).Concat(statements.Skip(end + 1))));
        }));
    }

    /// <summary>An empty line that parts the work from what stands above it.</summary>
    private static SyntaxTriviaList LineBreakOf(StatementSyntax first) =>
        first.GetLeadingTrivia().FirstOrDefault().IsKind(SyntaxKind.EndOfLineTrivia) ? TriviaList(first.GetLeadingTrivia()[0]) : TriviaList();

    private static bool IsFollowedByALine(SyntaxList<StatementSyntax> statements, int end) =>
        end + 1 < statements.Count && !statements[end + 1].GetLeadingTrivia().FirstOrDefault().IsKind(SyntaxKind.EndOfLineTrivia);

    /// <summary>Whether a block runs because the lock was got.</summary>
    private static bool IsBranchOf(BlockSyntax block, SyntaxNode take) => block.Parent is IfStatementSyntax branch && branch.Statement == block && branch.Condition.Span.Contains(take.Span) && branch.Condition is not PrefixUnaryExpressionSyntax ||
        block.Parent is IfStatementSyntax { Condition: IdentifierNameSyntax } flag && flag.Statement == block && flag.SpanStart > take.SpanStart;

    private static bool IsUsedBehind(ISymbol variable, BlockSyntax block, StatementSyntax release, FixContext context) => block.Statements
        .Skip(block.Statements.IndexOf(release))
        .SelectMany(statement => statement.DescendantNodes().OfType<IdentifierNameSyntax>())
        .Any(name => name.Identifier.ValueText == variable.Name && SymbolEqualityComparer.Default.Equals(context.Model.GetSymbolInfo(name, context.CancellationToken).Symbol, variable));

    private static Fix? SameToken(FixContext context)
    {
        if (context.Node is not ExpressionSyntax given || context.AdditionalNode(0) is not (IdentifierNameSyntax or LiteralExpressionSyntax or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax or IdentifierNameSyntax }) ||
            context.AdditionalNode(0) is not ExpressionSyntax taken ||
            !SymbolEqualityComparer.Default.Equals(context.Model.GetSpeculativeTypeInfo(given.SpanStart, taken.WithoutTrivia(), SpeculativeBindingOption.BindAsExpression).Type, context.Model.GetTypeInfo(taken, context.CancellationToken).Type))
        {
            return null;
        }

        return new("SameToken", $"Release with '{taken}', which the lock was taken with", [given], editor => editor.ReplaceNode(given, (current, _) => taken.WithTriviaFrom(current)));
    }
}
