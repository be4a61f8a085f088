using ExpiryAnalyzers.CodeFixes.Reading;
using ExpiryAnalyzers.CodeFixes.Writing;
using ExpiryAnalyzers.Operations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExpiryAnalyzers.CodeFixes.Lifetime;

/// <summary>
/// Repairs EXP405 where one command stores the value with its TTL: the one TTL that the type declares, or an hour, for the user to edit.
/// Other commands would need a second one.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(KeyWithoutTtlFix))]
public sealed class KeyWithoutTtlFix() : ExpiryCodeFix("EXP405")
{
    private protected override IEnumerable<Fix> Fixes(FixContext context) => ClientCall.Of(context.Node, context) is { } call
        ? new[] { Declared(call, context), OneHour(call, context) }.OfType<Fix>()
        : [];

    private static Fix? Declared(ClientCall call, FixContext context) =>
        !SetArguments.TakesOptions(call) && DeclaredTtl(call.Syntax, context)?.Name is { } name
            ? SetArguments.WithExpiry(call, SyntaxFactory.IdentifierName(name), context, "DeclaredTtl", $"Give the key the TTL '{name}'")
            : null;

    private static Fix? OneHour(ClientCall call, FixContext context)
    {
        ExpressionSyntax expiry = Expressions.Call(
            Imports.Static(context, Types.TimeSpan, nameof(TimeSpan.FromHours)),
            Expressions.Number(1));
        if (SetArguments.TakesOptions(call))
        {
            expiry = Expressions.New(Imports.Type(context, Types.DistributedOptions), [Expressions.Set(CacheOptionNames.Relative, expiry)]);
        }

        return SetArguments.WithExpiry(call, expiry, context, "OneHour", "Give the key a TTL of one hour (edit it to what fits)");
    }

    /// <summary>The field or property of the type around that is called a TTL, where there is just one.</summary>
    private static ISymbol? DeclaredTtl(SyntaxNode place, FixContext context)
    {
        INamedTypeSymbol? type = context.Model.GetEnclosingSymbol(place.SpanStart, context.CancellationToken)?.ContainingType;
        ISymbol[] candidates = [.. type?.GetMembers().Where(IsTtl) ?? []];
        return candidates.Length == 1 ? candidates[0] : null;
    }

    private static bool IsTtl(ISymbol member) => member switch
    {
        IFieldSymbol { IsImplicitlyDeclared: false } field => Types.IsDuration(field.Type) && NameHints.LivesOfKeys.Fits(field.Name),
        IPropertySymbol { Parameters.IsEmpty: true } property =>
            Types.IsDuration(property.Type) && NameHints.LivesOfKeys.Fits(property.Name),
        _ => false,
    };
}
