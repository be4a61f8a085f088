using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Operations;
using ExpiryAnalyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.CodeFixes.Reading;

/// <summary>One call of the client as it is written: <c>receiver.Command[Async](…)</c>.</summary>
internal sealed class ClientCall
{
    private ClientCall(
        InvocationExpressionSyntax syntax,
        MemberAccessExpressionSyntax access,
        IInvocationOperation operation,
        BoundMethod? member)
    {
        Member = member;
        Syntax = syntax;
        Access = access;
        Operation = operation;
        (Result, Configuration) = ResultOf(syntax);
    }

    public InvocationExpressionSyntax Syntax { get; }

    public MemberAccessExpressionSyntax Access { get; }

    public IInvocationOperation Operation { get; }

    /// <summary>What the tables say of the method; null where it is no command.</summary>
    public BoundMethod? Member { get; }

    /// <summary>What the command does to its key.</summary>
    public Effect Effect => Member?.Row.Effect ?? Effect.None;

    /// <summary>The expression that is the command's result: the awaited call, else the call itself.</summary>
    public ExpressionSyntax Result { get; }

    /// <summary>The arguments of the <c>ConfigureAwait</c> between the call and its <c>await</c>.</summary>
    public ArgumentListSyntax? Configuration { get; }

    public ExpressionSyntax Receiver => Access.Expression;

    public string Name => Operation.TargetMethod.Name;

    public bool IsAsync => ClientNames.IsAsync(Name);

    public bool IsAwaited => Result is AwaitExpressionSyntax;

    /// <summary>Whether the code learns where it stands that the command has failed: it waits for the answer, and there is one.</summary>
    public bool TellsFailure => (IsAwaited || !IsAsync) && !IsForgotten;

    /// <summary>Whether nobody is told how the command went.</summary>
    public bool IsForgotten => IsConstant(ClientNames.Flags, ClientNames.FireAndForget);

    /// <summary>
    /// Whether the command may fail by what the key holds, so that the code goes no further. In a transaction all that is queued behind
    /// it runs all the same.
    /// </summary>
    public bool StopsTheRest => TellsFailure && Member?.Row.FitsAnyType != true;

    /// <summary>Whether the method is one of the client that the fixes know the forms of by name.</summary>
    public bool IsOfKnownForms => Types.IsOfClient(Operation.TargetMethod);

    /// <summary>The name without <c>Async</c>.</summary>
    public string Command => ClientNames.WithoutAsync(Name);

    /// <summary>
    /// The call at a node; null where it is written in another way, such as <c>db?.KeyExpire(…)</c>, or spans directives.
    /// </summary>
    public static ClientCall? Of(SyntaxNode? node, FixContext context) =>
        node is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access, ContainsDirectives: false } syntax &&
        context.OperationOf(syntax) is IInvocationOperation operation
            ? new(syntax, access, operation, context.Analysis.Find(operation.TargetMethod))
            : null;

    /// <summary>A call of a member of the code's own: of the same object, where no receiver is written.</summary>
    public static ClientCall? OfOwn(SyntaxNode? node, FixContext context) =>
        node is InvocationExpressionSyntax { Expression: { } called, ContainsDirectives: false } syntax &&
        context.OperationOf(syntax) is IInvocationOperation operation && context.Analysis.Find(operation.TargetMethod) is null
            ? called switch
            {
                MemberAccessExpressionSyntax access => new(syntax, access, operation, null),
                IdentifierNameSyntax name => new(syntax, SyntaxFactory.MemberAccessExpression(
                    SyntaxKind.SimpleMemberAccessExpression,
                    SyntaxFactory.ThisExpression(),
                    name), operation, null),
                _ => null,
            }
            : null;

    /// <summary>The argument that the source gives for a parameter.</summary>
    public IArgumentOperation? Argument(string parameter) => Operation.Arguments.FirstOrDefault(argument =>
        argument.Parameter?.Name == parameter && argument.ArgumentKind == ArgumentKind.Explicit);

    /// <summary>The argument that the source gives for the parameter of a role.</summary>
    public IArgumentOperation? Argument(Role role) =>
        Member is not null && Member.Roles.TryGetValue(role, out IParameterSymbol? parameter) ? Argument(parameter.Name) : null;

    /// <inheritdoc cref="Argument(string)"/>
    public ArgumentSyntax? ArgumentSyntax(string parameter) => Argument(parameter)?.Syntax as ArgumentSyntax;

    /// <summary>Whether the command runs whatever is there.</summary>
    public bool IsUnconditional => Member?.Row.IsOnlyIfMissing != true &&
        ((Argument(Role.Condition) ?? Argument(ClientNames.When)) is null || IsConstant(ClientNames.When, ClientNames.Always));

    /// <summary>Whether the call goes to a database, not to a batch or a transaction.</summary>
    public bool IsOnDatabase(FixContext context) =>
        context.TypeOf(Receiver) is { } type && (Types.IsDatabase(type) || type.AllInterfaces.Any(Types.IsDatabase));

    /// <summary>Whether an argument certainly has the value of one of an enumeration's members.</summary>
    public bool IsConstant(string parameter, string member)
    {
        IOperation? value = Argument(parameter)?.Value.WithoutConversions();
        if (value is IPropertyReferenceOperation { Property: { IsStatic: true, Name: { } name } })
        {
            return name == member;
        }

        return value is { ConstantValue: { HasValue: true, Value: { } constant }, Type: { } type } &&
            type.GetMembers(member).OfType<IFieldSymbol>().Any(field => Equals(field.ConstantValue, constant));
    }

    private static (ExpressionSyntax Result, ArgumentListSyntax? Configuration) ResultOf(InvocationExpressionSyntax call)
    {
        ExpressionSyntax outer = TaskWaits.Outermost(call);
        InvocationExpressionSyntax? configured = TaskWaits.CallOn(outer, nameof(Task.ConfigureAwait));
        outer = configured is null ? outer : TaskWaits.Outermost(configured);
        return outer.Parent is AwaitExpressionSyntax awaited ? (awaited, configured?.ArgumentList) : (call, null);
    }
}
