using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.CodeFixes.Lock;

/// <summary>A call that is to get a token: in place of the one that it is given, or as one argument more.</summary>
/// <param name="Call">The call.</param>
/// <param name="Given">The argument that gives a token; null where the call gives none.</param>
/// <param name="Parameter">The name that a further argument needs; null where its place says enough.</param>
internal sealed record TokenSite(InvocationExpressionSyntax Call, ArgumentSyntax? Given, string? Parameter)
{
    public SyntaxNode Touched => Given is null ? Call.ArgumentList : Given;

    /// <summary>Passes a token, whose expression is asked for when the edit is made.</summary>
    public void Pass(DocumentEditor editor, Func<ExpressionSyntax> token)
    {
        if (Given is not null)
        {
            editor.ReplaceNode(Given.Expression, (current, _) => token().NormalizeWhitespace(elasticTrivia: false).WithTriviaFrom(current));
            return;
        }

        editor.ReplaceNode(Call.ArgumentList, (current, _) => WithArgument((ArgumentListSyntax)current, token()));
    }

    private ArgumentListSyntax WithArgument(ArgumentListSyntax list, ExpressionSyntax token)
    {
        ArgumentSyntax argument = SyntaxFactory.Argument(token);
        if (Parameter is not null)
        {
            argument = argument.WithNameColon(SyntaxFactory.NameColon(Parameter));
        }

        argument = argument.NormalizeWhitespace(elasticTrivia: false);

        if (list.Arguments.Count == 0)
        {
            return list.AddArguments(argument);
        }

        // One argument to a line stays so.
        ArgumentSyntax last = list.Arguments.Last();
        bool isOnLines = list.Arguments.All(Layout.StartsLine);
        SyntaxTriviaList trailing = last.GetTrailingTrivia();
        SyntaxToken comma = SyntaxFactory.Token(SyntaxTriviaList.Empty, SyntaxKind.CommaToken, SyntaxFactory.TriviaList(isOnLines ? Layout.NewLineOf(list) : SyntaxFactory.Space));
        return list.WithArguments(SyntaxFactory.SeparatedList<ArgumentSyntax>(list.Arguments.Replace(last, last.WithTrailingTrivia()).GetWithSeparators()
            .Add(comma)
            .Add(argument.WithLeadingTrivia(isOnLines ? Layout.IndentOf(last) : SyntaxTriviaList.Empty).WithTrailingTrivia(trailing))));
    }
}

/// <summary>The calls of the protected work that take a cancellation token.</summary>
/// <param name="Sites">The calls.</param>
/// <param name="Linked">The tokens that they are given so far, which must go on to count.</param>
internal sealed record TokenCalls(IReadOnlyList<TokenSite> Sites, IReadOnlyList<ExpressionSyntax> Linked)
{
    /// <summary>The calls from a point on; null where one of them is given a token that cannot be linked there.</summary>
    public static TokenCalls? Of(LockFinding finding, InsertionPoint point)
    {
        List<TokenSite> sites = [];
        List<ExpressionSyntax> linked = [];
        foreach (InvocationExpressionSyntax call in point.Statements.SelectMany(CallsIn))
        {
            if (finding.Model.GetOperation(call, finding.Context.CancellationToken) is not IInvocationOperation operation || !finding.Episode.IsProtected(operation) || IsStart(operation.TargetMethod))
            {
                continue;
            }

            if (GivenTo(operation) is not { } given)
            {
                if (IsAwaited(call) && TokenParameter.Of(call, finding) is { } parameter)
                {
                    sites.Add(new(call, null, parameter.Name));
                }

                continue;
            }

            if (given.Syntax is not ArgumentSyntax argument || (!IsAwaited(call) && IsTask(operation.Type)))
            {
                continue;
            }

            if (!IsNoToken(given.Value))
            {
                if (IsLinkedLater(given.Value, sites))
                {
                    continue;
                }

                if (!finding.IsRepeatable(given.Value, point.Position))
                {
                    return null;
                }

                if (!linked.Any(other => SyntaxFactory.AreEquivalent(other, argument.Expression)))
                {
                    linked.Add(argument.Expression);
                }
            }

            sites.Add(new(call, argument, null));
        }

        return new(sites, linked);
    }

    /// <summary>The calls that a statement makes itself: not those of its nested functions, nor what it does when the work is over.</summary>
    private static IEnumerable<InvocationExpressionSyntax> CallsIn(StatementSyntax statement) => statement
        .DescendantNodesAndSelf(node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or CatchClauseSyntax or FinallyClauseSyntax))
        .OfType<InvocationExpressionSyntax>();

    /// <summary>Whether a call starts work that its token does not end once it runs.</summary>
    private static bool IsStart(IMethodSymbol method) => method is { Name: "Run", ContainingType.Name: "Task" } or { Name: "StartNew", ContainingType.Name: "TaskFactory" };

    private static IArgumentOperation? GivenTo(IInvocationOperation call) =>
        call.Arguments.FirstOrDefault(argument => argument.ArgumentKind == ArgumentKind.Explicit && TokenParameter.IsToken(argument.Parameter?.Type));

    private static bool IsTask(ITypeSymbol? type) => type is { Name: "Task" or "ValueTask", ContainingNamespace: { Name: "Tasks", ContainingNamespace.Name: "Threading" } };

    private static bool IsNoToken(IOperation token) => token switch
    {
        IConversionOperation conversion => IsNoToken(conversion.Operand),
        IDefaultValueOperation => true,
        IObjectCreationOperation { Arguments.Length: 0 } => true,
        IPropertyReferenceOperation { Property: { Name: "None", ContainingType.Name: "CancellationToken" } } => true,
        _ => false,
    };

    /// <summary>Whether a token is that of a source which the work itself links to a token that is already replaced.</summary>
    private static bool IsLinkedLater(IOperation token, List<TokenSite> sites) =>
        token is IPropertyReferenceOperation { Instance: ILocalReferenceOperation { Local: { } source } } &&
        source.DeclaringSyntaxReferences.FirstOrDefault() is { } declaration &&
        sites.Any(site => site.Call.SyntaxTree == declaration.SyntaxTree && declaration.Span.Contains(site.Call.Span));

    /// <summary>Whether the code waits for a call where it stands.</summary>
    private static bool IsAwaited(ExpressionSyntax call)
    {
        ExpressionSyntax current = call;
        while (true)
        {
            switch (current.Parent)
            {
                case AwaitExpressionSyntax:
                case ForEachStatementSyntax { AwaitKeyword.RawKind: (int)SyntaxKind.AwaitKeyword } loop when loop.Expression == current:
                case MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Result" }:
                    return true;
                case ParenthesizedExpressionSyntax or ConditionalAccessExpressionSyntax or PostfixUnaryExpressionSyntax:
                    current = (ExpressionSyntax)current.Parent;
                    break;
                case MemberAccessExpressionSyntax { Name.Identifier.ValueText: "GetResult" or "Wait" }:
                    return true;
                case MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait" or "GetAwaiter" or "AsTask" or "WaitAsync" or "WithCancellation", Parent: InvocationExpressionSyntax next }:
                    current = next;
                    break;
                case ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "WhenAll" } } all }:
                    current = all;
                    break;
                default:
                    return false;
            }
        }
    }
}
