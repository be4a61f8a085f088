using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.CodeFixes.Time;
using ExpiryAnalyzers.Rules.Lifetime;
using ExpiryAnalyzers.Rules.Time;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using static ExpiryAnalyzers.CodeFixes.Time.TimeSyntax;

namespace ExpiryAnalyzers.CodeFixes.Lifetime;

/// <summary>Repairs EXP401 where the code plainly means something else: to delete the key, or to let it live for ever.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(TtlNotWhatItSaysFix))]
public sealed class TtlNotWhatItSaysFix() : ExpiryCodeFix("EXP401")
{
    private const string Expire = "KeyExpire";
    private const string GetAndExpire = "StringGetSetExpiry";

    private protected override IEnumerable<Fix> Fixes(FixContext context)
    {
        if (context.Node is not ExpressionSyntax ttl)
        {
            yield break;
        }

        bool isInfinite = IsInfinite(ttl, context);
        ArgumentSyntax? argument = Outermost(ttl).Parent as ArgumentSyntax;
        InvocationExpressionSyntax? call = argument?.Parent?.Parent as InvocationExpressionSyntax;
        string? method = call is null || context.Node.Span != Outermost(ttl).Span ? null : MethodOf(call, context);
        Fix? fix = (method, isInfinite) switch
        {
            (Expire, true) when !IsUsed(call!) => InPlace(call!, argument!, "KeyPersist", "Persist", "Take the key's TTL away", context),
            (Expire, false) when context.Property(TtlNotWhatItSays.Outcome) == nameof(TtlOutcome.Deletes) && !context.Has(TtlNotWhatItSays.IsCutDown) => InPlace(call!, argument!, "KeyDelete", "Delete", "Delete the key", context),
            (GetAndExpire, _) when isInfinite || context.Property(TtlNotWhatItSays.Outcome) == nameof(TtlOutcome.LeavesTtl) =>
                With(ttl, SyntaxFactory.LiteralExpression(SyntaxKind.NullLiteralExpression), "Persist", "Take the key's TTL away", context),
            (_, true) when context.Has(TtlNotWhatItSays.HasNever) && !context.Has(SinkReport.IsIndirect) => With(ttl, Static(context, "System.TimeSpan", nameof(TimeSpan.MaxValue)), "Never", "Store it without a TTL", context),
            _ => null,
        };
        if (fix is not null)
        {
            yield return fix;
        }
    }

    /// <summary>The client's method, without its <c>Async</c>.</summary>
    private static string? MethodOf(InvocationExpressionSyntax call, FixContext context) =>
        context.Model.GetSymbolInfo(call, context.CancellationToken).Symbol is IMethodSymbol { ContainingType: { } type } method &&
        type.ToDisplayString() is StackExchangeRedis.Database or StackExchangeRedis.DatabaseAsync
            ? WithoutAsync(method.Name)
            : null;

    private static string WithoutAsync(string name) => name.EndsWith("Async", StringComparison.Ordinal) ? name.Substring(0, name.Length - "Async".Length) : name;

    private static bool IsInfinite(ExpressionSyntax ttl, FixContext context) =>
        context.Model.GetSymbolInfo(ttl, context.CancellationToken).Symbol is { Name: nameof(Timeout.InfiniteTimeSpan), ContainingType.Name: nameof(Timeout) };

    /// <summary>Another command of the same key in the place of the call.</summary>
    private static Fix? InPlace(InvocationExpressionSyntax call, ArgumentSyntax expiry, string method, string key, string title, FixContext context)
    {
        SeparatedSyntaxList<ArgumentSyntax> arguments = call.ArgumentList.Arguments;
        if (arguments.Any(argument => (context.Model.GetOperation(argument) as IArgumentOperation)?.Parameter?.Name == "when") || Name(call.Expression) is not { } name)
        {
            return null;
        }

        TimeEdits edits = new(context);
        string replacement = name.Identifier.ValueText.EndsWith("Async", StringComparison.Ordinal) ? method + "Async" : method;
        edits.Replace(call, call.ReplaceNode(name, SyntaxFactory.IdentifierName(replacement).WithTriviaFrom(name)) is var renamed
            ? renamed.WithArgumentList(renamed.ArgumentList.WithArguments(renamed.ArgumentList.Arguments.RemoveAt(arguments.IndexOf(expiry))))
            : call);
        if (DeclarationOf(expiry.Expression, context) is { } declaration)
        {
            edits.RemoveIfUnread(declaration);
        }

        return edits.ToFix(key, title);
    }

    private static Fix? With(ExpressionSyntax ttl, ExpressionSyntax replacement, string key, string title, FixContext context)
    {
        TimeEdits edits = new(context);
        edits.Replace(ttl, replacement);
        return edits.ToFix(key, title);
    }

    /// <summary>The declaration of a local that the TTL is, whose last use may go.</summary>
    private static LocalDeclarationStatementSyntax? DeclarationOf(ExpressionSyntax ttl, FixContext context) =>
        context.Model.GetSymbolInfo(ttl, context.CancellationToken).Symbol is ILocalSymbol { DeclaringSyntaxReferences: [{ } reference] } &&
        reference.GetSyntax(context.CancellationToken) is VariableDeclaratorSyntax { Parent.Parent: LocalDeclarationStatementSyntax declaration }
            ? declaration
            : null;

    /// <summary>Whether the call's answer is used, which another command would give differently.</summary>
    private static bool IsUsed(InvocationExpressionSyntax call)
    {
        ExpressionSyntax outer = call;
        while (outer.Parent is AwaitExpressionSyntax or ParenthesizedExpressionSyntax or MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait" } ||
            (outer.Parent is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } && access == outer))
        {
            outer = (ExpressionSyntax)outer.Parent;
        }

        return outer.Parent is not ExpressionStatementSyntax && outer.Parent is not AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: "_" }, Parent: ExpressionStatementSyntax };
    }
}
