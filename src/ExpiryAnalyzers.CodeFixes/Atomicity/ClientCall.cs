using ExpiryAnalyzers.Operations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.CodeFixes.Atomicity;

/// <summary>One call of the client as it is written: <c>receiver.Command[Async](…)</c>.</summary>
internal sealed class ClientCall
{
    private ClientCall(InvocationExpressionSyntax syntax, MemberAccessExpressionSyntax access, IInvocationOperation operation)
    {
        Syntax = syntax;
        Access = access;
        Operation = operation;
        (Result, Configuration) = ResultOf(syntax);
    }

    public InvocationExpressionSyntax Syntax { get; }

    public MemberAccessExpressionSyntax Access { get; }

    public IInvocationOperation Operation { get; }

    /// <summary>The expression that is the command's result: the awaited call, else the call itself.</summary>
    public ExpressionSyntax Result { get; }

    /// <summary>The arguments of the <c>ConfigureAwait</c> between the call and its <c>await</c>.</summary>
    public ArgumentListSyntax? Configuration { get; }

    public ExpressionSyntax Receiver => Access.Expression;

    public string Name => Operation.TargetMethod.Name;

    public bool IsAsync => Name.EndsWith("Async", StringComparison.Ordinal);

    public bool IsAwaited => Result is AwaitExpressionSyntax;

    /// <summary>The name without <c>Async</c>.</summary>
    public string Command => IsAsync ? Name.Substring(0, Name.Length - "Async".Length) : Name;

    /// <summary>The call at a node; null where it is written in another way, such as <c>db?.KeyExpire(…)</c>, or spans directives.</summary>
    public static ClientCall? Of(SyntaxNode? node, FixContext context) =>
        node is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access, ContainsDirectives: false } syntax &&
        context.Model.GetOperation(syntax, context.CancellationToken) is IInvocationOperation operation
            ? new(syntax, access, operation)
            : null;

    /// <summary>The argument that the source gives for a parameter.</summary>
    public IArgumentOperation? Argument(string parameter) =>
        Operation.Arguments.FirstOrDefault(argument => argument.Parameter?.Name == parameter && argument.ArgumentKind == ArgumentKind.Explicit);

    /// <inheritdoc cref="Argument"/>
    public ArgumentSyntax? ArgumentSyntax(string parameter) => Argument(parameter)?.Syntax as ArgumentSyntax;

    /// <summary>Whether the call goes to a database, not to a batch or a transaction.</summary>
    public bool IsOnDatabase(SemanticModel model) =>
        model.GetTypeInfo(Receiver).Type is { } type && (IsDatabase(type) || type.AllInterfaces.Any(IsDatabase));

    /// <summary>Whether an argument certainly has the value of one of an enumeration's members.</summary>
    public bool IsConstant(string parameter, string member)
    {
        IOperation? value = Argument(parameter)?.Value.WithoutConversions();
        return value is IPropertyReferenceOperation { Property: { IsStatic: true, Name: { } name } }
            ? name == member
            : value is { ConstantValue: { HasValue: true, Value: { } constant }, Type: { } type } && type.GetMembers(member).OfType<IFieldSymbol>().Any(field => Equals(field.ConstantValue, constant));
    }

    /// <summary>Skips the parentheses around an expression.</summary>
    public static ExpressionSyntax Outermost(ExpressionSyntax expression)
    {
        while (expression.Parent is ParenthesizedExpressionSyntax parenthesized)
        {
            expression = parenthesized;
        }

        return expression;
    }

    private static bool IsDatabase(ITypeSymbol type) => type is { Name: "IDatabase", ContainingNamespace: { Name: "Redis", ContainingNamespace.Name: "StackExchange" } };

    private static (ExpressionSyntax Result, ArgumentListSyntax? Configuration) ResultOf(InvocationExpressionSyntax call)
    {
        ExpressionSyntax outer = Outermost(call);
        ArgumentListSyntax? configuration = null;
        if (outer.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait", Parent: InvocationExpressionSyntax configured })
        {
            configuration = configured.ArgumentList;
            outer = Outermost(configured);
        }

        return outer.Parent is AwaitExpressionSyntax awaited ? (awaited, configuration) : (call, null);
    }
}
