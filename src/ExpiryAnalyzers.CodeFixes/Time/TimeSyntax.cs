using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Simplification;

namespace ExpiryAnalyzers.CodeFixes.Time;

/// <summary>Small questions and building blocks for expressions of time.</summary>
internal static class TimeSyntax
{
    /// <summary>The name by which an expression names a member or a variable.</summary>
    public static SimpleNameSyntax? Name(ExpressionSyntax expression) => expression switch
    {
        MemberAccessExpressionSyntax access => access.Name,
        MemberBindingExpressionSyntax binding => binding.Name,
        SimpleNameSyntax name => name,
        _ => null,
    };

    /// <summary>What stands before the dot of a call.</summary>
    public static ExpressionSyntax? Receiver(InvocationExpressionSyntax invocation) => (invocation.Expression as MemberAccessExpressionSyntax)?.Expression;

    /// <summary>The expression with the parentheses around it.</summary>
    public static ExpressionSyntax Outermost(ExpressionSyntax expression)
    {
        while (expression.Parent is ParenthesizedExpressionSyntax or PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression })
        {
            expression = (ExpressionSyntax)expression.Parent;
        }

        return expression;
    }

    /// <summary>The member around a node; for top-level statements, all of the file.</summary>
    public static SyntaxNode Member(SyntaxNode node) =>
        node.FirstAncestorOrSelf<MemberDeclarationSyntax>() is { } member and not GlobalStatementSyntax ? member : node.SyntaxTree.GetRoot();

    /// <summary>An expression to which a dot may be added.</summary>
    public static ExpressionSyntax Primary(ExpressionSyntax expression) => IsPrimary(expression) ? expression.WithoutTrivia() : InParentheses(expression);

    /// <summary>An operand of a sum.</summary>
    public static ExpressionSyntax Operand(ExpressionSyntax expression, bool isFirst) => expression switch
    {
        CastExpressionSyntax or PrefixUnaryExpressionSyntax => expression.WithoutTrivia(),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.MultiplyExpression or (int)SyntaxKind.DivideExpression } => expression.WithoutTrivia(),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression or (int)SyntaxKind.SubtractExpression } when isFirst => expression.WithoutTrivia(),
        _ => Primary(expression),
    };

    public static bool IsInstant(ITypeSymbol? type) => Bare(type) is { SpecialType: SpecialType.System_DateTime } or { Name: nameof(DateTimeOffset), ContainingNamespace: { Name: nameof(System), ContainingNamespace.IsGlobalNamespace: true } };

    public static bool IsDuration(ITypeSymbol? type) => Bare(type) is { Name: nameof(TimeSpan), ContainingNamespace: { Name: nameof(System), ContainingNamespace.IsGlobalNamespace: true } };

    public static bool IsNullable(ITypeSymbol? type) => type is { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T };

    /// <summary>The name of a type. One that is not in scope is spelled out, for the host to import and shorten.</summary>
    public static TypeSyntax Type(FixContext context, string metadataName, bool isNullable = false)
    {
        TypeSyntax type = Named(context, metadataName, SyntaxFactory.ParseTypeName);
        return isNullable ? SyntaxFactory.NullableType(type) : type;
    }

    /// <summary>A member of a type.</summary>
    public static ExpressionSyntax Static(FixContext context, string metadataName, string member) =>
        Dot(Named(context, metadataName, SyntaxFactory.ParseExpression), member);

    public static ExpressionSyntax Dot(ExpressionSyntax receiver, string member) =>
        SyntaxFactory.MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, receiver, SyntaxFactory.IdentifierName(member));

    public static InvocationExpressionSyntax Call(ExpressionSyntax method, params ExpressionSyntax[] arguments) =>
        SyntaxFactory.InvocationExpression(method, SyntaxFactory.ArgumentList(List(arguments.Select(SyntaxFactory.Argument))));

    /// <summary>A list with a space behind each comma.</summary>
    public static SeparatedSyntaxList<ArgumentSyntax> List(IEnumerable<ArgumentSyntax> arguments)
    {
        ArgumentSyntax[] list = [.. arguments];
        return SyntaxFactory.SeparatedList(list, Enumerable.Repeat(SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space), Math.Max(0, list.Length - 1)));
    }

    public static ExpressionSyntax Binary(SyntaxKind kind, ExpressionSyntax left, ExpressionSyntax right)
    {
        SyntaxToken operation = SyntaxFactory.Token(kind switch { SyntaxKind.AddExpression => SyntaxKind.PlusToken, SyntaxKind.SubtractExpression => SyntaxKind.MinusToken, SyntaxKind.MultiplyExpression => SyntaxKind.AsteriskToken, _ => SyntaxKind.BarToken });
        return SyntaxFactory.BinaryExpression(kind, left, operation.WithLeadingTrivia(SyntaxFactory.Space).WithTrailingTrivia(SyntaxFactory.Space), right);
    }

    private static T Named<T>(FixContext context, string metadataName, Func<string, int, ParseOptions?, bool, T> parse)
        where T : SyntaxNode
    {
        INamedTypeSymbol symbol = context.Model.Compilation.GetTypesByMetadataName(metadataName).First();
        if (symbol.ToMinimalDisplayString(context.Model, context.Diagnostic.Location.SourceSpan.Start) == symbol.Name)
        {
            return parse(symbol.Name, 0, null, true);
        }

        // The host knows by the generator's annotation which symbol the name is meant to have.
        SyntaxNode type = SyntaxGenerator.GetGenerator(context.Document).TypeExpression(symbol);
        return parse(type.ToString(), 0, null, true).WithAdditionalAnnotations(type.GetAnnotations("SymbolId")).WithAdditionalAnnotations(Simplifier.Annotation, Simplifier.AddImportsAnnotation);
    }

    private static ITypeSymbol? Bare(ITypeSymbol? type) => IsNullable(type) ? ((INamedTypeSymbol)type!).TypeArguments[0] : type;

    private static bool IsPrimary(ExpressionSyntax expression) => expression
        is NameSyntax or MemberAccessExpressionSyntax or InvocationExpressionSyntax or ElementAccessExpressionSyntax or LiteralExpressionSyntax
        or BaseObjectCreationExpressionSyntax { Initializer: null } or ParenthesizedExpressionSyntax or InstanceExpressionSyntax or DefaultExpressionSyntax or PostfixUnaryExpressionSyntax;

    private static ExpressionSyntax InParentheses(ExpressionSyntax expression) =>
        SyntaxFactory.ParenthesizedExpression(expression.WithoutTrivia()).WithAdditionalAnnotations(Simplifier.Annotation);
}
