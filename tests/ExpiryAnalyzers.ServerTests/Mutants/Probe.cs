using ExpiryAnalyzers.Tests.Programs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExpiryAnalyzers.Tests.Mutants;

/// <summary>
/// A repair that throws where a mutant was made. Where not even that is told from the repair, no run comes there, and the mutant says nothing
/// of what the runs can tell.
/// </summary>
internal static class Probe
{
    private const string Throw = "throw new System.NotImplementedException(\"probe\")";

    /// <summary>The probes for a node, the nearest first: the innermost value that holds it, and the statement.</summary>
    public static IEnumerable<SourceProgram> Of(SourceProgram program, SyntaxNode root, SyntaxNode node, SemanticModel model)
    {
        if (node.AncestorsAndSelf().TakeWhile(static around => around is not StatementSyntax).OfType<ExpressionSyntax>()
            .FirstOrDefault(IsValue) is { } value && model.GetTypeInfo(value).Type is { SpecialType: not SpecialType.System_Void } type)
        {
            string name = type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
            yield return program.With(root.ReplaceNode(value, SyntaxFactory.ParseExpression($"((System.Func<{name}>)(() => {Throw}))()")
                .WithTriviaFrom(value)));
        }

        if (node.FirstAncestorOrSelf<StatementSyntax>() is { } statement)
        {
            StatementSyntax thrown = SyntaxFactory.ParseStatement($"if (System.Environment.ProcessId > 0) {Throw};\n");
            yield return program.With(statement is BlockSyntax block ? root.ReplaceNode(block, block.WithStatements(block.Statements.Insert(0, thrown)))
                : statement.Parent is BlockSyntax ? root.InsertNodesBefore(statement, [thrown])
                : root.ReplaceNode(statement, SyntaxFactory.Block(thrown, statement)));
        }
    }

    /// <summary>Whether something that throws may stand there instead.</summary>
    private static bool IsValue(ExpressionSyntax expression) => expression.Parent switch
    {
        MemberAccessExpressionSyntax access => access.Expression == expression,
        InvocationExpressionSyntax or QualifiedNameSyntax or NameColonSyntax or ObjectCreationExpressionSyntax => false,
        ArgumentSyntax argument => argument.RefKindKeyword.IsKind(SyntaxKind.None),
        AssignmentExpressionSyntax assignment => assignment.Right == expression,
        VariableDeclarationSyntax or TypeArgumentListSyntax => false,
        _ => true,
    };
}
