using ExpiryAnalyzers.CodeFixes.Atomicity;
using ExpiryAnalyzers.CodeFixes.Time;
using ExpiryAnalyzers.Rules.Lifetime;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExpiryAnalyzers.CodeFixes.Lifetime;

/// <summary>Repairs EXP404: the key keeps its TTL (Redis 6.0), or gets the one that the type gives it elsewhere.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SetDropsTtlFix))]
public sealed class SetDropsTtlFix() : ExpiryCodeFix("EXP404")
{
    private protected override IEnumerable<Fix> Fixes(FixContext context)
    {
        if (ClientCall.Of(context.Node, context) is not { } call)
        {
            yield break;
        }

        // SET with KEEPTTL came with Redis 6.0, its answer to the old value with 6.2.
        bool answersOldValue = call.Command is "StringGetSet" or "StringSetAndGet";
        if (!ServerVersion.IsBelow(answersOldValue ? ServerVersion.Redis62 : ServerVersion.Redis60, context) && KeepTtl(call, context) is { } keep)
        {
            yield return keep;
        }

        if (context.Property(SetDropsTtl.Ttl) is { } ttl && SetArguments.WithExpiry(call, SyntaxFactory.ParseExpression(ttl), context, "SameTtl", $"Store it with the TTL used elsewhere: {ttl}") is { } same)
        {
            yield return same;
        }
    }

    private static Fix? KeepTtl(ClientCall call, FixContext context)
    {
        const string title = "Keep the key's TTL (KEEPTTL, Redis 6.0)";
        return Named(call, context)?.ToFix("KeepTtl", title) ?? Typed(call, context)?.ToFix("KeepTtl", title);
    }

    /// <summary><c>expiry: null, keepTtl: true</c>, which compiles from client 2.5.61 on.</summary>
    private static TimeEdits? Named(ClientCall call, FixContext context) => SetArguments.With(
        call,
        [SetArguments.Named("expiry", SyntaxFactory.LiteralExpression(SyntaxKind.NullLiteralExpression)), SetArguments.Named("keepTtl", SyntaxFactory.LiteralExpression(SyntaxKind.TrueLiteralExpression))],
        context);

    /// <summary><c>Expiration.KeepTtl</c>, beside arguments that only newer clients have.</summary>
    private static TimeEdits? Typed(ClientCall call, FixContext context) =>
        context.Model.Compilation.GetTypesByMetadataName(Apis.StackExchangeRedis.Expiration).FirstOrDefault() is { } expiration && !expiration.GetMembers("KeepTtl").IsEmpty
            ? SetArguments.With(call, [SetArguments.Named("expiry", TimeSyntax.Static(context, Apis.StackExchangeRedis.Expiration, "KeepTtl"))], context)
            : null;
}
