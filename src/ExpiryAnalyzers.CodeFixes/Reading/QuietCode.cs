using ExpiryAnalyzers.Apis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.CodeFixes.Reading;

/// <summary>
/// Code that a command may be moved past: it neither throws, nor waits, nor asks a server anything, as far as that can be told from what
/// it calls. What only computes, gathers or logs does not; what is not known may.
/// </summary>
internal static class QuietCode
{
    /// <summary>Whether all that runs behind one call and before another is quiet.</summary>
    /// <param name="first">The call that runs first, with what waits for it.</param>
    /// <param name="second">The other one.</param>
    /// <param name="context">What may be looked at.</param>
    public static bool IsBetween(ExpressionSyntax first, ExpressionSyntax second, FixContext context)
    {
        SyntaxNode both = first.AncestorsAndSelf().First(node => node.Span.Contains(second.Span));
        return both.DescendantNodes(node => node == both || !(Statements.IsNestedFunction(node) || IsElsewhere(node, second, context)))
            .Where(node => node.Span.End > first.Span.End && node.SpanStart < second.SpanStart && !node.Span.Contains(second.Span))
            .All(node => Is(node, context));
    }

    /// <summary>
    /// Whether nothing that a call is told is found out by code that is not quiet. Its key is left out, which an equal call was told
    /// before.
    /// </summary>
    public static bool HasQuietArguments(ClientCall call, FixContext context) => call.Syntax.ArgumentList.Arguments
        .Where(argument => argument != call.ArgumentSyntax(ClientNames.Key))
        .SelectMany(static argument => argument.DescendantNodes())
        .All(node => Is(node, context));

    /// <summary>Whether a node does nothing by itself but what is quiet; what is inside of it is not looked at.</summary>
    public static bool Is(SyntaxNode node, FixContext context) => node switch
    {
        AwaitExpressionSyntax or ThrowExpressionSyntax or YieldStatementSyntax => false,
        CommonForEachStatementSyntax loop => loop.AwaitKeyword.RawKind == 0,
        UsingStatementSyntax or LockStatementSyntax or LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0 } => false,
        InvocationExpressionSyntax call => IsQuiet(call, context),
        BaseObjectCreationExpressionSyntax creation => IsQuiet(creation, context),
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: nameof(Task<int>.Result) } access =>
            context.SymbolOf(access) is not IPropertySymbol { ContainingType: { } type } || !Types.IsClassOfTasks(type),
        CastExpressionSyntax => context.OperationOf(node) is not IConversionOperation { OperatorMethod: not null, Type: { } type } ||
            !Types.IsNumber(type),
        _ => true,
    };

    /// <summary>Whether a branch never comes to a call: it leaves, or the other branch holds the call.</summary>
    private static bool IsElsewhere(SyntaxNode node, SyntaxNode call, FixContext context)
    {
        if (node.Span.Contains(call.Span) || node is not StatementSyntax branch)
        {
            return false;
        }

        IfStatementSyntax? choice = (branch.Parent is ElseClauseSyntax otherwise ? otherwise.Parent : branch.Parent) as IfStatementSyntax;
        return choice is not null &&
            (choice.Span.Contains(call.Span) ||
                context.Model.AnalyzeControlFlow(branch) is { Succeeded: true, EndPointIsReachable: false });
    }

    private static bool IsQuiet(InvocationExpressionSyntax call, FixContext context)
    {
        if (context.SymbolOf(call) is not IMethodSymbol method)
        {
            // nameof(…), or what does not compile.
            return context.Model.GetConstantValue(call, context.CancellationToken).HasValue;
        }

        if (method.MethodKind == MethodKind.DelegateInvoke || call.ArgumentList.Arguments.Any(static argument => TakesCode(argument)))
        {
            return false;
        }

        return Types.IsOfClient(method) || context.Analysis.Find(method) is not null
            ? IsQuiet(call, method, context)
            : FrameworkNamespaces.IsQuiet(method);
    }

    /// <summary>Whether a member of a client only queues or starts a command, makes a queue, or looks at a value that is there.</summary>
    private static bool IsQuiet(InvocationExpressionSyntax call, IMethodSymbol method, FixContext context)
    {
        if (context.Analysis.EffectOf(method) is { } effect)
        {
            // The code between two calls knows of the TTL what it asks for.
            bool isQueued = Shapes.ReceiverOf(call) is { } receiver && context.Analysis.IsQueue(context.TypeOf(receiver));
            return (isQueued || ClientNames.IsAsync(method.Name)) && (effect & Effect.AskExpiry) == 0;
        }

        return method.ContainingType.IsValueType || context.Analysis.IsQueue(method.ReturnType);
    }

    /// <summary>Whether a constructor is the framework's, or does nothing that is written out.</summary>
    private static bool IsQuiet(BaseObjectCreationExpressionSyntax creation, FixContext context) =>
        context.SymbolOf(creation) is IMethodSymbol constructor &&
        (FrameworkNamespaces.IsQuiet(constructor) || Types.IsOfClient(constructor) ||
            (constructor.ContainingType.Locations.Any(static location => location.IsInSource) &&
                constructor.DeclaringSyntaxReferences.All(
                    reference => reference.GetSyntax(context.CancellationToken) is not ConstructorDeclarationSyntax)));

    private static bool TakesCode(ArgumentSyntax argument) => argument.Expression is AnonymousFunctionExpressionSyntax;
}
