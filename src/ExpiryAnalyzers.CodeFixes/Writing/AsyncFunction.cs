using ExpiryAnalyzers.CodeFixes.Reading;
using ExpiryAnalyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.CodeFixes.Writing;

/// <summary>A function that hands tasks on, made one that awaits them.</summary>
internal sealed class AsyncFunction
{
    private readonly SyntaxAnnotation _pair = new();
    private readonly bool _isOfValue;

    /// <summary>The values of which the function makes its tasks, by the order of its returns; null for tasks that are awaited.</summary>
    private readonly IReadOnlyList<Func<ExpressionSyntax, ExpressionSyntax?>?> _values;
    private readonly StatementSyntax? _dropped;
    private readonly AwaitStyle _awaits;

    private AsyncFunction(
        bool isOfValue,
        bool throws,
        IReadOnlyList<Func<ExpressionSyntax, ExpressionSyntax?>?> values,
        StatementSyntax? dropped,
        AwaitStyle awaits)
    {
        _isOfValue = isOfValue;
        _values = values;
        _dropped = dropped;
        _awaits = awaits;
        Throws = throws;
    }

    /// <summary>Whether the function throws by itself, which it then does in its task.</summary>
    public bool Throws { get; }

    /// <param name="function">A method, a local function or a lambda.</param>
    /// <param name="dropped">The statement whose task is to be awaited too; null where the function gives the task back.</param>
    /// <param name="context">The context.</param>
    public static AsyncFunction? Of(SyntaxNode function, StatementSyntax? dropped, FixContext context)
    {
        if (SymbolOf(function, context) is not { ReturnType: INamedTypeSymbol returned } symbol || !Types.IsTask(returned) ||
            !MayBeAsync(symbol) || TypesAround(function, context) is not { } types ||
            Inside(function).Any(static node => node is YieldStatementSyntax))
        {
            return null;
        }

        bool throws = Inside(function).Any(node => node is ThrowStatementSyntax or ThrowExpressionSyntax || IsGuard(node, types, context));
        return new(
            returned.TypeArguments.Length == 1,
            throws,
            [.. Returns(function).Select(left => ValueOf(left, types, context))],
            dropped,
            StyleAround(function));
    }

    /// <summary>How the type around a node awaits its tasks.</summary>
    public static AwaitStyle StyleAround(SyntaxNode node) => AwaitStyle.Of(node.FirstAncestorOrSelf<TypeDeclarationSyntax>() ?? node);

    /// <summary>Whether a call throws by what it is for: <c>ArgumentNullException.ThrowIfNull(key)</c>.</summary>
    private static bool IsGuard(SyntaxNode node, WellKnownTypes types, FixContext context) =>
        node is InvocationExpressionSyntax &&
        context.OperationOf(node) is IInvocationOperation { TargetMethod: { IsStatic: true } guard } &&
        types.IsOrInherits(guard.ContainingType, KnownType.Exception);

    /// <summary>The function as it now is, with <c>async</c>, and <c>await</c> in place of each task that it gives back.</summary>
    public SyntaxNode Rewritten(SyntaxNode current)
    {
        Dictionary<SyntaxNode, int> numbers = [];
        foreach (ReturnStatementSyntax left in Returns(current))
        {
            numbers[left] = numbers.Count;
        }

        SyntaxNode? dropped = _dropped is null ? null : Inside(current).FirstOrDefault(node => SyntaxFactory.AreEquivalent(node, _dropped));
        SyntaxNode awaited = current.ReplaceNodes(
            numbers.Keys.Concat(dropped is null ? [] : [dropped]),
            (original, now) => now is ReturnStatementSyntax left
                ? Left(left, _values[numbers[original]], IsLast(original, current))
                : Awaited((ExpressionStatementSyntax)now, _awaits));
        return WithAsync(Flattened(awaited));
    }

    /// <summary>The statement with <c>await</c>, where it throws a task away, be it by a discard.</summary>
    public static StatementSyntax Awaited(ExpressionStatementSyntax statement, AwaitStyle awaits)
    {
        ExpressionSyntax task = statement.Expression is AssignmentExpressionSyntax { Right: { } right } ? right : statement.Expression;
        return statement.WithExpression(Code.Await(awaits.Configured(task.WithoutTrivia())).WithTriviaFrom(statement.Expression));
    }

    private static IMethodSymbol? SymbolOf(SyntaxNode function, FixContext context) => function switch
    {
        MethodDeclarationSyntax { Body: not null } or LocalFunctionStatementSyntax { Body: not null } =>
            context.Model.GetDeclaredSymbol(function, context.CancellationToken) as IMethodSymbol,
        LambdaExpressionSyntax { Body: BlockSyntax } => context.SymbolOf(function) as IMethodSymbol,
        _ => null,
    };

    private static bool MayBeAsync(IMethodSymbol function) => function.ContainingType?.TypeKind != TypeKind.Interface &&
        function is { IsPartialDefinition: false, PartialDefinitionPart: null } &&
        function.Parameters.All(static parameter => parameter.RefKind == RefKind.None);

    private static WellKnownTypes? TypesAround(SyntaxNode function, FixContext context) =>
        Inside(function).OfType<InvocationExpressionSyntax>().Select(context.OperationOf).FirstOrDefault(static call => call is not null)
            is { } operation ? context.Analysis.BodyAround(operation)?.Knowledge.Types : null;

    /// <summary>How a return's value is had from its task, where the task has ended and is made of the value, or of none.</summary>
    private static Func<ExpressionSyntax, ExpressionSyntax?>? ValueOf(ReturnStatementSyntax left, WellKnownTypes types, FixContext context)
    {
        IOperation? task = context.OperationOf(left.Expression!);
        return task is IInvocationOperation { Arguments.Length: 1 } && types.IsUseOf(task, KnownMember.FromResult)
                ? static now => ((InvocationExpressionSyntax)now).ArgumentList.Arguments[0].Expression
            : types.IsUseOf(task, KnownMember.CompletedTask) ? static _ => null
            : null;
    }

    /// <summary>What is written in place of a return.</summary>
    private StatementSyntax Left(ReturnStatementSyntax left, Func<ExpressionSyntax, ExpressionSyntax?>? value, bool isLast)
    {
        ExpressionSyntax task = left.Expression!;
        if (value is not null && value(task) is var made && (made is null) != _isOfValue)
        {
            return made is not null ? left.WithExpression(made.WithTriviaFrom(task))
                : left.WithExpression(null).WithReturnKeyword(left.ReturnKeyword.WithTrailingTrivia());
        }

        ExpressionSyntax awaited = Code.Await(_awaits.Configured(Parenthesized(task.WithoutTrivia())));
        if (_isOfValue)
        {
            return left.WithExpression(awaited.WithTriviaFrom(task));
        }

        StatementSyntax statement = SyntaxFactory.ExpressionStatement(awaited, left.SemicolonToken)
            .WithLeadingTrivia(left.GetLeadingTrivia());
        return isLast ? statement : SyntaxFactory.Block(statement, Bare(left)).WithAdditionalAnnotations(_pair);
    }

    /// <summary><c>return;</c> on the line behind a statement.</summary>
    private static StatementSyntax Bare(StatementSyntax behind)
    {
        SyntaxTriviaList leading = behind.GetLeadingTrivia();
        bool isIndented = leading.Count > 0 && leading.Last().IsKind(SyntaxKind.WhitespaceTrivia);
        return Layout.Fixed(SyntaxFactory.ReturnStatement()
            .WithLeadingTrivia(isIndented ? SyntaxFactory.TriviaList(leading.Last()) : SyntaxTriviaList.Empty)
            .WithTrailingTrivia(Layout.NewLineOf(behind)));
    }

    private static ExpressionSyntax Parenthesized(ExpressionSyntax task) => task is InvocationExpressionSyntax or IdentifierNameSyntax or
        MemberAccessExpressionSyntax or ObjectCreationExpressionSyntax or ParenthesizedExpressionSyntax
        ? task
        : SyntaxFactory.ParenthesizedExpression(task);

    /// <summary>Puts two statements into the list that held the one; where a single one is asked for, they are a block.</summary>
    private SyntaxNode Flattened(SyntaxNode function)
    {
        while (function.GetAnnotatedNodes(_pair).OfType<BlockSyntax>().FirstOrDefault() is { } pair)
        {
            function = pair.Parent is BlockSyntax or SwitchSectionSyntax
                ? function.ReplaceNode(pair, pair.Statements)
                : function.ReplaceNode(pair, SyntaxFactory.Block(pair.Statements.Select(static statement => statement.WithoutTrivia()))
                    .WithTriviaFrom(pair).WithAdditionalAnnotations(Formatter.Annotation));
        }

        return function;
    }

    /// <summary>Whether nothing of the function is left to run behind a statement, but what ends a <c>try</c>.</summary>
    private static bool IsLast(SyntaxNode statement, SyntaxNode function)
    {
        SyntaxNode inner = statement;
        while (inner.Parent is { } outer && outer != function && IsEndOf(outer, inner))
        {
            inner = outer;
        }

        return inner.Parent == function;
    }

    private static bool IsEndOf(SyntaxNode outer, SyntaxNode inner) => outer switch
    {
        BlockSyntax block => block.Statements.Last() == inner,
        TryStatementSyntax or CatchClauseSyntax or UsingStatementSyntax or IfStatementSyntax or ElseClauseSyntax => true,
        _ => false,
    };

    private static SyntaxNode WithAsync(SyntaxNode function)
    {
        SyntaxToken keyword = Code.Keyword(SyntaxKind.AsyncKeyword);
        if (function is MethodDeclarationSyntax { Modifiers.Count: > 0 } or LocalFunctionStatementSyntax { Modifiers.Count: > 0 } or
            LambdaExpressionSyntax { Modifiers.Count: > 0 })
        {
            return With(function, keyword);
        }

        SyntaxToken first = function.GetFirstToken();
        return With(function.ReplaceToken(first, first.WithLeadingTrivia()), keyword.WithLeadingTrivia(first.LeadingTrivia));
    }

    private static SyntaxNode With(SyntaxNode function, SyntaxToken keyword) => function switch
    {
        MethodDeclarationSyntax method => method.AddModifiers(keyword),
        LocalFunctionStatementSyntax local => local.AddModifiers(keyword),
        LambdaExpressionSyntax lambda => lambda.AddModifiers(keyword),
        _ => function,
    };

    private static IEnumerable<ReturnStatementSyntax> Returns(SyntaxNode function) =>
        Inside(function).OfType<ReturnStatementSyntax>().Where(static left => left.Expression is not null);

    /// <summary>The nodes of a function that are of no function inside it.</summary>
    private static IEnumerable<SyntaxNode> Inside(SyntaxNode function) =>
        function.DescendantNodes(node => node == function || !Statements.IsNestedFunction(node));
}
