using ExpiryAnalyzers.CodeFixes.Atomicity;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static ExpiryAnalyzers.CodeFixes.Time.TimeSyntax;

namespace ExpiryAnalyzers.CodeFixes.Lifetime;

/// <summary>
/// Repairs EXP405 where one command stores the value with its TTL: the one TTL that the type declares, or an hour, for the user to edit.
/// Other commands would need a second one.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(KeyWithoutTtlFix))]
public sealed class KeyWithoutTtlFix() : ExpiryCodeFix("EXP405")
{
    private const string Options = "Microsoft.Extensions.Caching.Distributed.DistributedCacheEntryOptions";

    private protected override IEnumerable<Fix> Fixes(FixContext context)
    {
        if (ClientCall.Of(context.Node, context) is not { } call)
        {
            yield break;
        }

        bool takesOptions = SetArguments.TakesOptions(call);
        if (!takesOptions && DeclaredTtl(call.Syntax, context) is { } declared &&
            SetArguments.WithExpiry(call, SyntaxFactory.IdentifierName(declared.Name), context, "DeclaredTtl", $"Give the key the TTL '{declared.Name}'") is { } named)
        {
            yield return named;
        }

        ExpressionSyntax hour = Call(Static(context, "System.TimeSpan", nameof(TimeSpan.FromHours)), SyntaxFactory.LiteralExpression(SyntaxKind.NumericLiteralExpression, SyntaxFactory.Literal(1)));
        ExpressionSyntax expiry = takesOptions ? SyntaxFactory.ParseExpression($"new {Type(context, Options)} {{ AbsoluteExpirationRelativeToNow = {hour} }}") : hour;
        if (SetArguments.WithExpiry(call, expiry, context, "OneHour", "Give the key a TTL of one hour (edit it to what fits)") is { } placeholder)
        {
            yield return placeholder;
        }
    }

    /// <summary>The field or property of the type around that is called a TTL, where there is just one.</summary>
    private static ISymbol? DeclaredTtl(SyntaxNode place, FixContext context)
    {
        ISymbol[] candidates = [.. (context.Model.GetEnclosingSymbol(place.SpanStart, context.CancellationToken)?.ContainingType?.GetMembers().AsEnumerable() ?? []).Where(static member => member switch
        {
            IFieldSymbol { IsImplicitlyDeclared: false } field => IsDuration(field.Type) && IsTtl(field.Name),
            IPropertySymbol { Parameters.IsEmpty: true } property => IsDuration(property.Type) && IsTtl(property.Name),
            _ => false,
        })];
        return candidates.Length == 1 ? candidates[0] : null;
    }

    private static bool IsTtl(string name) =>
        new[] { "ttl", "expir", "lifetime", "timetolive" }.Any(word => name.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0);
}
