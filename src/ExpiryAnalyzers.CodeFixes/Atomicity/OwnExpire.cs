using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.CodeFixes.Reading;
using ExpiryAnalyzers.CodeFixes.Writing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.CodeFixes.Atomicity;

/// <summary>
/// The expire that a member of the same type makes, and nothing beside it, perhaps under one condition: a transaction queues what that
/// member says, with what it is given.
/// </summary>
internal sealed class OwnExpire
{
    private readonly CommandPair _pair;
    private readonly Dictionary<string, ExpressionSyntax> _given = new(StringComparer.Ordinal);

    private OwnExpire(CommandPair pair) => _pair = pair;

    private FixContext Context => _pair.Context;

    /// <summary>The repair of a pair whose second call is that member's.</summary>
    public static Fix? Of(FixContext context, string title) =>
        CommandPair.OfOwnExpire(context) is { Guards.Count: 0 } pair && CallUse.StatementOf(pair.Second, context) is not null &&
        new OwnExpire(pair).Queued() is { } queued
            ? TransactionEdit.Of(pair, title, queued: queued)
            : null;

    private QueuedCall? Queued()
    {
        IMethodSymbol member = _pair.Second.Operation.TargetMethod;
        if (!IsOwn(member) || BodyOf(member) is not var (condition, whole) || ClientCall.Of(CallIn(whole), Context) is not { } expire ||
            !IsExpire(expire, whole) || !TakeArguments())
        {
            return null;
        }

        if (expire.ArgumentSyntax(ClientNames.Key) is not { } key || _pair.First.ArgumentSyntax(ClientNames.Key) is not { } ownKey)
        {
            return null;
        }

        int place = expire.Syntax.ArgumentList.Arguments.IndexOf(key);
        if (Written(expire.Syntax.ArgumentList) is not ArgumentListSyntax arguments)
        {
            return null;
        }

        // The key is the first call's, as that one writes it.
        arguments = arguments.ReplaceNode(arguments.Arguments[place].Expression, ownKey.Expression.WithoutTrivia());

        QueuedCall queued = new(QueuedCalls.MethodOf(expire), arguments);
        return condition is null ? queued
            : Written(condition) is ExpressionSyntax test ? queued with { Condition = test }
            : null;
    }

    /// <summary>Whether a member is one of the same object, and no other can stand in for it.</summary>
    private bool IsOwn(IMethodSymbol member)
    {
        ISymbol? around = Context.Model.GetEnclosingSymbol(_pair.First.Syntax.SpanStart, Context.CancellationToken);
        bool isOfOne = _pair.Second.Receiver is ThisExpressionSyntax && _pair.Second.IsAwaited == _pair.First.IsAsync &&
            SymbolEqualityComparer.Default.Equals(member.ContainingType, around?.ContainingType);
        return isOfOne &&
            member is { MethodKind: MethodKind.Ordinary, IsVirtual: false, IsOverride: false, IsAbstract: false, IsGenericMethod: false };
    }

    /// <summary>Whether a call is an expire of the database that the first call goes to, told nothing but what is known.</summary>
    private bool IsExpire(ClientCall expire, ExpressionSyntax whole)
    {
        bool isWaitedFor = expire.IsAsync == expire.IsAwaited || whole.Parent is ArrowExpressionClauseSyntax or ReturnStatementSyntax;
        return isWaitedFor && expire.Effect == Effect.SetExpiry && expire.IsOfKnownForms && expire.IsOnDatabase(Context) &&
            expire.IsAsync == _pair.First.IsAsync && SyntaxFactory.AreEquivalent(expire.Receiver, _pair.First.Receiver) &&
            Context.SymbolOf(expire.Receiver) is IFieldSymbol or IPropertySymbol;
    }

    /// <summary>What the member's one statement calls, and the condition that it is under.</summary>
    private (ExpressionSyntax? Condition, ExpressionSyntax Whole)? BodyOf(IMethodSymbol member)
    {
        if (member.DeclaringSyntaxReferences is not [{ } reference] || reference.SyntaxTree != Context.Root.SyntaxTree ||
            reference.GetSyntax(Context.CancellationToken) is not MethodDeclarationSyntax { ContainsDirectives: false } declaration)
        {
            return null;
        }

        if (declaration.ExpressionBody is { Expression: { } expression })
        {
            return (null, expression);
        }

        return OnlyOf(declaration.Body) switch
        {
            IfStatementSyntax { Else: null } test when OnlyOf(test.Statement) is ExpressionStatementSyntax inner =>
                (test.Condition, inner.Expression),
            ExpressionStatementSyntax statement => (null, statement.Expression),
            ReturnStatementSyntax { Expression: { } answer } => (null, answer),
            _ => null,
        };
    }

    private static StatementSyntax? OnlyOf(StatementSyntax? statement)
    {
        while (statement is BlockSyntax block)
        {
            statement = block.Statements is [{ } only] ? only : null;
        }

        return statement;
    }

    private static SyntaxNode CallIn(ExpressionSyntax expression)
    {
        ExpressionSyntax call = expression is AwaitExpressionSyntax awaited ? awaited.Expression : expression;
        return call is InvocationExpressionSyntax configured && TaskWaits.OnlyWaits(configured)
            ? Shapes.ReceiverOf(configured) ?? call
            : call;
    }

    /// <summary>Notes what the member is given; false where an argument would mean something else in place of its parameter.</summary>
    private bool TakeArguments()
    {
        foreach (IArgumentOperation argument in _pair.Second.Operation.Arguments)
        {
            if (argument is not { ArgumentKind: ArgumentKind.Explicit, Parameter: { RefKind: RefKind.None } parameter } ||
                argument.Syntax is not ArgumentSyntax { Expression: { } written } ||
                !SymbolEqualityComparer.Default.Equals(Context.TypeOf(written), parameter.Type))
            {
                return false;
            }

            _given[parameter.Name] = written.WithoutTrivia();
        }

        return true;
    }

    /// <summary>A part of the member's code with what it is given; null where it is not known where the first call stands.</summary>
    private SyntaxNode? Written(SyntaxNode part)
    {
        bool isKnown = part.DescendantNodesAndSelf().OfType<ExpressionSyntax>()
            .Where(node => node == part || node.Parent is ArgumentSyntax)
            .All(node => Context.OperationOf(node) is { } operation && _pair.IsKnownAtFirst(operation));
        return isKnown
            ? part.ReplaceNodes(
                part.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Where(name => Context.SymbolOf(name) is IParameterSymbol),
                (name, _) => Expressions.Primary(_given[name.Identifier.ValueText]).WithTriviaFrom(name))
            : null;
    }
}
