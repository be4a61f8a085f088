using ExpiryAnalyzers.CodeFixes.Reading;
using ExpiryAnalyzers.CodeFixes.Writing;
using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Rules.Lifetime;
using ExpiryAnalyzers.Rules.Time;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.CodeFixes.Lifetime;

/// <summary>Repairs EXP401 where the code plainly means something else: to delete the key, or to let it live for ever.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(TtlNotWhatItSaysFix))]
public sealed class TtlNotWhatItSaysFix() : ExpiryCodeFix("EXP401")
{
    private const string Persist = "Persist";
    private const string PersistTitle = "Take the key's TTL away";

    private protected override IEnumerable<Fix> Fixes(FixContext context)
    {
        if (context.Node is not ExpressionSyntax ttl)
        {
            return [];
        }

        Fix? fix = CallAt(ttl, context) is var (method, call, argument)
            ? OfCall(ttl, method, call, argument, context)
            : OfOther(ttl, context);
        return fix is null ? [] : [fix];
    }

    private static Fix? OfCall(
        ExpressionSyntax ttl,
        string method,
        InvocationExpressionSyntax call,
        ArgumentSyntax argument,
        FixContext context)
    {
        bool isInfinite = IsInfinite(ttl, context);
        string? outcome = context.Property(TtlNotWhatItSays.Outcome);
        switch (method)
        {
            case ClientNames.KeyExpire when isInfinite && !IsUsed(call):
                return InPlace(call, argument, ClientNames.KeyPersist, Persist, PersistTitle, context);
            case ClientNames.KeyExpire when !isInfinite && outcome == nameof(TtlOutcome.Deletes) &&
                !context.Has(TtlNotWhatItSays.IsCutDown):
                return InPlace(call, argument, ClientNames.KeyDelete, "Delete", "Delete the key", context);
            case ClientNames.StringGetSetExpiry when isInfinite || outcome == nameof(TtlOutcome.LeavesTtl):
                return With(ttl, Expressions.Null(), Persist, PersistTitle, context);
            default:
                return OfOther(ttl, context);
        }
    }

    /// <summary>The value that stands for no TTL, where the sink knows one.</summary>
    private static Fix? OfOther(ExpressionSyntax ttl, FixContext context) =>
        IsInfinite(ttl, context) && context.Has(TtlNotWhatItSays.HasNever) && !context.Has(SinkReport.IsIndirect)
            ? With(ttl, Imports.Static(context, Types.TimeSpan, nameof(TimeSpan.MaxValue)), "Never", "Store it without a TTL", context)
            : null;

    /// <summary>The client's call that a TTL is an argument of, and its method without the <c>Async</c>.</summary>
    private static (string Method, InvocationExpressionSyntax Call, ArgumentSyntax Argument)? CallAt(
        ExpressionSyntax ttl,
        FixContext context)
    {
        ExpressionSyntax given = Shapes.Outermost(ttl);
        return given.Span == context.Node.Span &&
            given.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } argument &&
            context.SymbolOf(call) is IMethodSymbol method && Types.HasCommands(method.ContainingType)
                ? (ClientNames.WithoutAsync(method.Name), call, argument)
                : null;
    }

    private static bool IsInfinite(ExpressionSyntax ttl, FixContext context) =>
        context.SymbolOf(ttl) is { Name: nameof(Timeout.InfiniteTimeSpan) } field && Types.IsTimeout(field.ContainingType);

    /// <summary>Another command of the same key in the place of the call.</summary>
    private static Fix? InPlace(
        InvocationExpressionSyntax call,
        ArgumentSyntax expiry,
        string method,
        string key,
        string title,
        FixContext context)
    {
        SeparatedSyntaxList<ArgumentSyntax> arguments = call.ArgumentList.Arguments;
        if (arguments.Any(argument => IsCondition(argument, context)) || Shapes.NameOf(call.Expression) is not { } name)
        {
            return null;
        }

        CheckedEdits edits = new(context);
        string replacement = ClientNames.IsAsync(name.Identifier.ValueText) ? method + ClientNames.Async : method;
        InvocationExpressionSyntax renamed = call.ReplaceNode(name, SyntaxFactory.IdentifierName(replacement).WithTriviaFrom(name));
        ArgumentListSyntax list = renamed.ArgumentList;
        edits.Replace(call, renamed.WithArgumentList(list.WithArguments(list.Arguments.RemoveAt(arguments.IndexOf(expiry)))));
        if (DeclarationOf(expiry.Expression, context) is { } declaration)
        {
            edits.RemoveIfUnread(declaration);
        }

        return edits.ToFix(key, title);
    }

    private static bool IsCondition(ArgumentSyntax argument, FixContext context) =>
        context.OperationOf(argument) is IArgumentOperation { Parameter.Name: ClientNames.When };

    private static Fix? With(ExpressionSyntax ttl, ExpressionSyntax replacement, string key, string title, FixContext context)
    {
        CheckedEdits edits = new(context);
        edits.Replace(ttl, replacement);
        return edits.ToFix(key, title);
    }

    /// <summary>The declaration of a local that the TTL is, whose last use may go.</summary>
    private static LocalDeclarationStatementSyntax? DeclarationOf(ExpressionSyntax ttl, FixContext context) =>
        context.SymbolOf(ttl) is ILocalSymbol { DeclaringSyntaxReferences: [{ } reference] } &&
        reference.GetSyntax(context.CancellationToken) is VariableDeclaratorSyntax declarator &&
        declarator.Parent?.Parent is LocalDeclarationStatementSyntax declaration
            ? declaration
            : null;

    /// <summary>Whether the call's answer is used, which another command would give differently.</summary>
    private static bool IsUsed(InvocationExpressionSyntax call)
    {
        ExpressionSyntax outer = call;
        while (Around(outer) is { } around)
        {
            outer = around;
        }

        return !(outer.Parent is ExpressionStatementSyntax ||
            (outer.Parent is AssignmentExpressionSyntax { Parent: ExpressionStatementSyntax } discarded &&
                Statements.IsDiscard(discarded.Left)));
    }

    /// <summary>What waits for an answer, or wraps it.</summary>
    private static ExpressionSyntax? Around(ExpressionSyntax answer) =>
        answer.Parent is AwaitExpressionSyntax or ParenthesizedExpressionSyntax
            ? (ExpressionSyntax)answer.Parent
            : TaskWaits.CallOn(answer, nameof(Task.ConfigureAwait));
}
