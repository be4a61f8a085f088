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
        bool isOwn = take.Key is not null && LockEpisode.Taken(take, body) is { } episode && episode.At == take &&
            !episode.IsRenewedByType() && !IsEndedElsewhere(episode, body, context.CancellationToken) && AreOfKeyAsWritten(episode);
        return isOwn && body.Calls.All(call => uses.Add(call, take, body, context)) ? uses : null;
    }

    /// <summary>Whether the releases name the lock's key where they are written: a local function may name its own parameter.</summary>
    private static bool AreOfKeyAsWritten(LockEpisode episode) => episode.Releases.Concat(episode.LaterReleases)
        .All(release => !release.IsLocal || episode.Take.Key!.Equals(release.Written.OnlyKey));

    /// <summary>Whether other members of the type may give the lock back or prolong it, by the client or by the same helpers.</summary>
    private static bool IsEndedElsewhere(LockEpisode episode, Body body, CancellationToken cancellationToken) =>
        episode.Take.Behind is null
            ? TypeLocks.MayEndElsewhere(episode.Take, body)
            : episode.Releases.Count == 0 || IsNamedElsewhere(episode.Releases.Concat(episode.Renewals), body, cancellationToken);

    private static bool IsNamedElsewhere(IEnumerable<CacheCall> calls, Body body, CancellationToken cancellationToken)
    {
        HashSet<string> names = new(calls.Select(static call => call.Operation.TargetMethod.Name), StringComparer.Ordinal);
        return body.Member is not { ContainingType: { } type } || type.DeclaringSyntaxReferences
            .SelectMany(part => part.GetSyntax(cancellationToken).DescendantNodes())
            .OfType<SimpleNameSyntax>()
            .Any(name => names.Contains(name.Identifier.ValueText) && !body.Holds(name));
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

        return IsInReach(call, body) && !call.Has(Effect.Read) &&
            (call.Has(Effect.Delete) ? AddDelete(call, take, body, context)
                : LockTokens.Of(call) is not { } token || AddToken(token, take));
    }

    /// <summary>Whether a call is the client's, or hands a helper the token as a text.</summary>
    private static bool IsInReach(CacheCall call, Body body) => call.Behind is null ||
        (!call.Has(Effect.Delete) && LockTokens.Of(call) is { } token && body.Holds(token.Syntax) &&
            token.Parent is IArgumentOperation { Parameter.Type.SpecialType: SpecialType.System_String });

    private bool AddDelete(CacheCall call, CacheCall take, Body body, FixContext context)
    {
        if (IsOver(call.Syntax, take.Syntax))
        {
            return true;
        }

        if (ClientCall.Of(call.Syntax, context) is not { } delete || !TokenRelease.IsFor(delete, context))
        {
            // It would go on to delete the lock whoever holds it.
            return false;
        }

        _deletes.Add(delete);
        return true;
    }

    /// <summary>
    /// Whether a call has run for the last time when another one does. A nested function may run behind it wherever it stands, and a loop
    /// comes round again.
    /// </summary>
    private static bool IsOver(SyntaxNode call, SyntaxNode next) => call.SpanStart < next.SpanStart &&
        Statements.FunctionAround(call) == Statements.FunctionAround(next) &&
        !call.Ancestors().TakeWhile(static around => around is not MemberDeclarationSyntax)
            .Any(around => Statements.IsLoop(around) && around.Contains(next));

    private bool AddToken(IOperation token, CacheCall take)
    {
        if (token.Syntax is not ExpressionSyntax given || !SyntaxFactory.AreEquivalent(given, LockTokens.Of(take)!.Syntax))
        {
            return false;
        }

        // A helper's call may stand for two of the client's.
        if (!_given.Contains(given))
        {
            _given.Add(given);
        }

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
