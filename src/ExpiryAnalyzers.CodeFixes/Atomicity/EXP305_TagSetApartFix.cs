using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace ExpiryAnalyzers.CodeFixes.Atomicity;

/// <summary>Repairs EXP305: one transaction writes the key and adds it to the set, where both are statements of their own, one behind the other.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(TagSetApartFix))]
public sealed class TagSetApartFix() : ExpiryCodeFix("EXP305")
{
    private protected override IEnumerable<Fix> Fixes(FixContext context)
    {
        if (ClientCall.Of(context.AdditionalNode(0), context) is not { Command: not "Execute" } first ||
            ClientCall.Of(context.Node, context) is not { Command: not "Execute" } second ||
            SecondCall.StatementOf(first, context.Model) is not { Parent: BlockSyntax block } firstStatement ||
            SecondCall.StatementOf(second, context.Model) is not { } secondStatement ||
            block.Statements.IndexOf(firstStatement) + 1 != block.Statements.IndexOf(secondStatement) ||
            !CanBeQueued(first, context) || !CanBeQueued(second, context) || first.IsAsync != second.IsAsync ||
            !SyntaxFactory.AreEquivalent(first.Receiver, second.Receiver) || !IsConstantName(first.Receiver) || !PairEdits.StartsLine(firstStatement) || !PairEdits.StartsLine(secondStatement))
        {
            return [];
        }

        return [new("Transaction", "Change the key and the set in one transaction (MULTI)", [firstStatement, secondStatement], editor => Apply(editor, context, first, firstStatement, second, secondStatement))];
    }

    /// <summary>Whether a transaction takes the call, whose task is awaited or which is synchronous.</summary>
    private static bool CanBeQueued(ClientCall call, FixContext context) =>
        call.IsOnDatabase(context.Model) && call.IsAsync == call.IsAwaited && call.Operation.Arguments.All(argument => argument.Parameter?.RefKind == RefKind.None) &&
        context.Model.GetSpeculativeSymbolInfo(call.Syntax.SpanStart, SyntaxFactory.ParseExpression($"{call.Receiver}.CreateTransaction().{call.Command}Async{call.Syntax.ArgumentList}"), SpeculativeBindingOption.BindAsExpression).Symbol is IMethodSymbol;

    private static bool IsConstantName(ExpressionSyntax receiver) => receiver.DescendantNodesAndSelf().All(node => node is IdentifierNameSyntax or ThisExpressionSyntax or MemberAccessExpressionSyntax);

    private static void Apply(DocumentEditor editor, FixContext context, ClientCall first, StatementSyntax firstStatement, ClientCall second, StatementSyntax secondStatement)
    {
        SyntaxNode scope = firstStatement.Ancestors().First(ancestor => ancestor is MemberDeclarationSyntax and not GlobalStatementSyntax or CompilationUnitSyntax);
        string name = PairEdits.NewName(editor, scope, "transaction");
        SyntaxTrivia newLine = PairEdits.NewLineOf(context.Root);
        SyntaxTriviaList indent = PairEdits.IndentOf(firstStatement.GetLeadingTrivia());
        StatementSyntax create = SyntaxFactory.ParseStatement($"var {name} = {first.Receiver.WithoutTrivia()}.CreateTransaction();").WithLeadingTrivia(firstStatement.GetLeadingTrivia()).WithTrailingTrivia(newLine);
        StatementSyntax run = SyntaxFactory.ParseStatement(first.IsAsync ? $"await {name}.ExecuteAsync(){(second.Configuration is null ? "" : ".ConfigureAwait" + second.Configuration)};" : $"{name}.Execute();").WithLeadingTrivia(indent).WithTrailingTrivia(newLine);
        editor.InsertBefore(firstStatement, create);
        editor.InsertAfter(secondStatement, run);
        editor.ReplaceNode(firstStatement, Queue(context, name, first).WithLeadingTrivia(indent).WithTrailingTrivia(firstStatement.GetTrailingTrivia()));
        editor.ReplaceNode(secondStatement, Queue(context, name, second).WithTriviaFrom(secondStatement));
    }

    private static StatementSyntax Queue(FixContext context, string transaction, ClientCall call) => SyntaxFactory.ParseStatement($"{PairEdits.Discard(context, call.Syntax)}{transaction}.{call.Command}Async{call.Syntax.ArgumentList};");
}
