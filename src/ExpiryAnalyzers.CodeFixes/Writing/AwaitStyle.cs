using ExpiryAnalyzers.CodeFixes.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExpiryAnalyzers.CodeFixes.Writing;

/// <summary>How the code around awaits its tasks: as they are, or each with <c>ConfigureAwait(false)</c>.</summary>
/// <param name="IsConfigured">Whether it is with that.</param>
internal readonly record struct AwaitStyle(bool IsConfigured)
{
    /// <summary>The style of the code in a node.</summary>
    public static AwaitStyle Of(SyntaxNode code) => new(NamesInUse.Count(code, nameof(System.Threading.Tasks.Task.ConfigureAwait)) > 0);

    /// <summary>A task as what is awaited.</summary>
    public ExpressionSyntax Configured(ExpressionSyntax task) => IsConfigured
        ? Expressions.Call(
            Expressions.Dot(task, nameof(System.Threading.Tasks.Task.ConfigureAwait)),
            SyntaxFactory.LiteralExpression(SyntaxKind.FalseLiteralExpression))
        : task;
}
