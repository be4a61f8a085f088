using ExpiryAnalyzers.CodeFixes.Reading;
using ExpiryAnalyzers.CodeFixes.Writing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.CodeFixes.Lock;

/// <summary>
/// The token source that ends the work: one that the code has for that work alone, else a new one, linked to the tokens that the work
/// is given.
/// </summary>
internal sealed class WorkSource
{
    private const string NewName = "lockCancellation";

    private readonly INamedTypeSymbol _type;
    private readonly IReadOnlyList<ExpressionSyntax> _linked;

    private WorkSource(INamedTypeSymbol type, IReadOnlyList<ExpressionSyntax> linked, string? own)
    {
        _type = type;
        _linked = linked;
        IsNew = own is null;
        Name = own ?? NewName;
    }

    /// <summary>Whether the code has none yet.</summary>
    public bool IsNew { get; }

    /// <summary>The source's name; of a new one, once it is declared.</summary>
    public string Name { get; private set; }

    /// <param name="finding">The lock.</param>
    /// <param name="calls">The calls whose tokens must go on to count.</param>
    /// <param name="first">The statement before which the source is needed.</param>
    public static WorkSource? Of(LockFinding finding, TokenCalls calls, StatementSyntax first) =>
        Types.Find(Types.CancellationTokenSource, finding.Context) is { } type
            ? new(
                type,
                calls.Linked,
                calls.Linked.Select(token => OwnOf(token, finding, calls, first)).FirstOrDefault(static own => own is not null))
            : null;

    /// <summary>What declares a new source at a place; nothing where there is one.</summary>
    /// <param name="scope">The code around the place, as it now is.</param>
    /// <param name="isUsing">Whether the end of the scope disposes of the source.</param>
    /// <param name="generator">Makes the nodes.</param>
    public IReadOnlyList<StatementSyntax> Declared(SyntaxNode scope, bool isUsing, SyntaxGenerator generator)
    {
        if (!IsNew)
        {
            return [];
        }

        SyntaxNode type = Imports.Of(_type, generator);
        return
        [
            Declaration(scope, isUsing, _linked.Count == 0
                ? generator.ObjectCreationExpression(type)
                : generator.InvocationExpression(
                    generator.MemberAccessExpression(type, nameof(CancellationTokenSource.CreateLinkedTokenSource)),
                    _linked.Select(static token => token.WithoutTrivia()))),
        ];
    }

    /// <summary>What declares a source that cancels after a time, or tells the one that there is to do so.</summary>
    public IReadOnlyList<StatementSyntax> Limited(SyntaxNode scope, ExpressionSyntax time, SyntaxGenerator generator)
    {
        if (IsNew && _linked.Count == 0)
        {
            return [Declaration(scope, isUsing: true, generator.ObjectCreationExpression(Imports.Of(_type, generator), time))];
        }

        IReadOnlyList<StatementSyntax> declared = Declared(scope, isUsing: true, generator);
        return [.. declared, Code.Statement(Expressions.Call(Member(nameof(CancellationTokenSource.CancelAfter)), time))];
    }

    /// <summary>Gives the source's token to calls that have none, or another.</summary>
    public void Pass(FixEditor editor, TokenCalls calls)
    {
        foreach (TokenSite site in calls.Sites)
        {
            site.Pass(editor, () => Member(nameof(CancellationTokenSource.Token)));
        }
    }

    public ExpressionSyntax Member(string member) => Expressions.Dot(SyntaxFactory.IdentifierName(Name), member);

    /// <summary>The name of the source that a token is of, where it ends the work alone, and by all tokens that the work has.</summary>
    private static string? OwnOf(ExpressionSyntax token, LockFinding finding, TokenCalls calls, StatementSyntax first)
    {
        FixContext context = finding.Context;
        if (context.OperationOf(token) is not IPropertyReferenceOperation { Instance: ILocalReferenceOperation { Local: { } source } })
        {
            return null;
        }

        SyntaxNode? declaration = source.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(context.CancellationToken);
        if (declaration is not VariableDeclaratorSyntax { Initializer.Value: { } made } ||
            declaration.FirstAncestorOrSelf<StatementSyntax>()?.Parent != first.Parent || !finding.IsOfWork(source))
        {
            return null;
        }

        IReadOnlyList<ExpressionSyntax>? tokens = TokensOf(made, finding)?.ToArray();
        return tokens is not null && calls.Linked.All(IsLinked) ? source.Name : null;

        bool IsLinked(ExpressionSyntax other) => other == token || tokens.Any(linked => SyntaxFactory.AreEquivalent(linked, other));
    }

    /// <summary>The tokens that a source is linked to when it is made; null where it is made otherwise.</summary>
    private static IEnumerable<ExpressionSyntax>? TokensOf(ExpressionSyntax made, LockFinding finding) => made switch
    {
        BaseObjectCreationExpressionSyntax { ArgumentList.Arguments.Count: 0 } => [],
        InvocationExpressionSyntax call when finding.Context.SymbolOf(call) is IMethodSymbol method &&
            Types.IsTokenSource(method.ContainingType) => call.ArgumentList.Arguments.Select(static argument => argument.Expression),
        _ => null,
    };

    private LocalDeclarationStatementSyntax Declaration(SyntaxNode scope, bool isUsing, SyntaxNode value)
    {
        HashSet<string> taken = NamesInUse.InAndAround(scope);
        Name = NamesInUse.Free(NewName, taken.Contains);
        LocalDeclarationStatementSyntax declaration = Code.Var(Name, (ExpressionSyntax)value);
        return isUsing ? declaration.WithUsingKeyword(Code.Keyword(SyntaxKind.UsingKeyword)) : declaration;
    }
}
