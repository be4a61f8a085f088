using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Calls;
using ExpiryAnalyzers.CodeFixes.Reading;
using ExpiryAnalyzers.Rules.Lock;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.CodeFixes.Lock;

/// <summary>All that one function does with the token of a lock.</summary>
internal sealed class TokenUses
{
    private readonly List<ExpressionSyntax> _given = [];
    private readonly List<ClientCall> _deletes = [];

    /// <summary>Where the token is given, in source order.</summary>
    public IReadOnlyList<ExpressionSyntax> Given => _given;

    /// <summary>The deletes that give the lock back without it.</summary>
    public IReadOnlyList<ClientCall> Deletes => _deletes;

    /// <summary>The uses of the token that a lock is taken with; null where others than the body's own calls may use it.</summary>
    public static TokenUses? Of(CacheCall take, Body body, FixContext context)
    {
        TokenUses uses = new();
        bool isOwn = take.Key is not null && !TypeLocks.EndsOf(take, body).Any() &&
            LockEpisode.Taken(take, body)?.IsRenewedByType() == false &&
            body.Calls.All(call => uses.Add(call, take, body, context));
        return isOwn ? uses : null;
    }

    /// <summary>Adds what a call does with the token; false where that is not known.</summary>
    private bool Add(CacheCall call, CacheCall take, Body body, FixContext context)
    {
        if (call.Has(Effect.Opaque))
        {
            return AddScript(call, take, body);
        }

        if (call.Key is null)
        {
            return !call.Has(Effect.ExtendLock | Effect.ReleaseLock);
        }

        if (!call.Key.Equals(take.Key))
        {
            return true;
        }

        return call.Behind is null && !call.Has(Effect.Read) &&
            (call.Has(Effect.Delete) ? AddDelete(call, take, context) : LockTokens.Of(call) is not { } token || AddToken(token, take));
    }

    private bool AddDelete(CacheCall call, CacheCall take, FixContext context)
    {
        if (call.Syntax.SpanStart > take.Syntax.SpanStart && ClientCall.Of(call.Syntax, context) is { } delete &&
            TokenRelease.IsFor(delete, context))
        {
            _deletes.Add(delete);
        }

        return true;
    }

    private bool AddToken(IOperation token, CacheCall take)
    {
        if (token.Syntax is not ExpressionSyntax given || !SyntaxFactory.AreEquivalent(given, LockTokens.Of(take)!.Syntax))
        {
            return false;
        }

        _given.Add(given);
        return true;
    }

    /// <summary>A script that touches the key compares with one of its arguments.</summary>
    private bool AddScript(CacheCall script, CacheCall take, Body body)
    {
        SyntaxNode token = LockTokens.Of(take)!.Syntax;
        ExpressionSyntax[] tokens = script.Operation.Syntax.DescendantNodes().OfType<ExpressionSyntax>()
            .Where(part => SyntaxFactory.AreEquivalent(part, token))
            .ToArray();
        bool isOfKey = script.Operation.Arguments.SelectMany(static argument => argument.Descendants())
            .Any(part => take.Key!.Equals(body.Keys.Of(part)));
        _given.AddRange(isOfKey ? tokens : []);
        return !isOfKey || (script.Behind is null && tokens.Length == 1);
    }
}
