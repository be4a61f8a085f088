using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.CodeFixes.Reading;
using ExpiryAnalyzers.CodeFixes.Writing;
using ExpiryAnalyzers.Rules.Lifetime;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExpiryAnalyzers.CodeFixes.Lifetime;

/// <summary>
/// Repairs EXP404: the key keeps its TTL (Redis 6.0), or gets the one that the type gives it elsewhere, or that is at hand. To give one
/// asks: a missing key then gets it, too.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SetDropsTtlFix))]
internal sealed class SetDropsTtlFix() : ExpiryCodeFix("EXP404")
{
    private protected override IEnumerable<Fix> Fixes(FixContext context) => ClientCall.Of(context.Node, context) is { } call &&
        !(call.Command == ClientNames.StringGetSet && ServerVersion.IsBelow(ServerVersion.Redis62, context))
        ? new[] { KeepTtl(call, context), SameTtl(call, context) ?? InScope(call, context) }.OfType<Fix>()
        : [];

    private static Fix? InScope(ClientCall call, FixContext context) =>
        SetArguments.WithScope(call, context) is { } fix ? fix with { Asks = true } : null;

    private static Fix? KeepTtl(ClientCall call, FixContext context)
    {
        // SET with KEEPTTL came with Redis 6.0, with an answer of the old value with 6.2.
        bool answersOldValue = call.Command is ClientNames.StringGetSet or ClientNames.StringSetAndGet;
        string title = answersOldValue ? "Keep the key's TTL (SET with GET, Redis 6.2)" : "Keep the key's TTL (KEEPTTL, Redis 6.0)";
        return ServerVersion.IsBelow(answersOldValue ? ServerVersion.Redis62 : ServerVersion.Redis60, context)
            ? null
            : Named(call, context)?.ToFix("KeepTtl", title) ?? Typed(call, context)?.ToFix("KeepTtl", title);
    }

    /// <summary><c>expiry: null, keepTtl: true</c>, which compiles from client 2.5.61 on.</summary>
    private static CheckedEdits? Named(ClientCall call, FixContext context) => SetArguments.With(
        call,
        [Arguments.Of(Expressions.Null(), ClientNames.Expiry), Arguments.Of(Expressions.True(), ClientNames.KeepTtl)],
        context);

    /// <summary><c>Expiration.KeepTtl</c>, beside arguments that only newer clients have.</summary>
    private static CheckedEdits? Typed(ClientCall call, FixContext context)
    {
        if (Types.Find(StackExchangeRedis.Expiration, context)?.GetMembers(ClientNames.KeepTtlValue).IsEmpty != false)
        {
            return null;
        }

        ExpressionSyntax keep = Imports.Static(context, StackExchangeRedis.Expiration, ClientNames.KeepTtlValue);
        return SetArguments.With(call, [Arguments.Of(keep, ClientNames.Expiry)], context);
    }

    private static Fix? SameTtl(ClientCall call, FixContext context) => context.Property(SetDropsTtl.Ttl) is { } ttl
        ? SetArguments.WithExpiry(
            call,
            Expressions.Quoted(ttl),
            context,
            "SameTtl",
            $"Store it with the TTL used elsewhere: {ttl}",
            asks: true)
        : null;
}

/// <summary>The repairs of EXP404 that ask.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SetDropsTtlAskingFix))]
internal sealed class SetDropsTtlAskingFix() : AskingCodeFix(new SetDropsTtlFix());
