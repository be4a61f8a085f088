using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Calls;
using ExpiryAnalyzers.Operations;
using ExpiryAnalyzers.Rules.Atomicity;
using ExpiryAnalyzers.Rules.Time;
using ExpiryAnalyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Rules.Lock;

/// <summary>EXP203: the token by which a lock knows its holder is the same for two of them.</summary>
internal sealed class LockTokenShared : ExpiryRule
{
    public static readonly DiagnosticDescriptor Rule = new(
        "EXP203",
        "Lock token is not unique",
        "{0} takes the lock{1} with {2}, {3}: what comes late to give it back frees the next holder's lock; make a new token",
        "Lock",
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description:
            "A release compares the token: one that all holders share tells nobody apart, so that one holder releases or " +
            "extends another's lock. Make a token for each taking, such as a new Guid.",
        helpLinkUri: HelpLink.For("EXP203"));

    public override DiagnosticDescriptor Descriptor => Rule;

    public override bool SparesTests => true;

    public override void Judge(CacheCall call, RuleContext context)
    {
        if (LockTokens.Of(call) is { } token && IsWrittenHere(call, token, context.Body) &&
            LockEpisode.Taken(call, context.Body) is { IsEndless: false } episode &&
            FaultOf(episode, context.Body) is var (fault, end))
        {
            string key = PairReport.KeyOf(call) is { } written ? " " + written : "";
            IOperation shared = SharedToken.BranchOf(token, call, context.Body) ?? token;
            context.Report(Diagnostic.Create(
                Rule,
                token.Syntax.GetLocation(),
                Locations.Of(end),
                PairReport.NameOf(call),
                key,
                SinkReport.Quoted(shared.Syntax),
                fault));
        }
    }

    /// <summary>Whether the body hands in the token, and no helper behind the call makes it.</summary>
    private static bool IsWrittenHere(CacheCall call, IOperation token, Body body) => call.Behind is null || body.Holds(token.Syntax);

    /// <summary>Whether another rule speaks of the lock's blind release: its token tells nobody apart, whatever the release asks.</summary>
    public static bool SpeaksOf(LockEpisode episode, Body body) => LockTokens.Of(episode.Take) is { } token &&
        IsWrittenHere(episode.Take, token, body) && FaultOf(episode, body) is not null;

    /// <summary>Why the token is not unique, and what frees or prolongs the lock by it; null where it may be, or nothing does.</summary>
    private static (string Fault, SyntaxNode End)? FaultOf(LockEpisode episode, Body body)
    {
        SharedParts parts = SharedToken.Of(episode.Take, body);
        string? fault = (parts & SharedParts.Machine) == 0 ? FaultOf(parts)
            : RunsAgain(episode.Take, body) ? "which two tasks of one machine share"
            : null;
        return fault is not null && EndOf(episode, parts, body) is { } end ? (fault, end) : null;
    }

    private static string? FaultOf(SharedParts parts) =>
        (parts & SharedParts.Process) != 0 ? "which is the same in every container"
        : (parts & SharedParts.Thread) != 0 ? "which threads of other processes have too"
        : (parts & SharedParts.Key) != 0 ? "which says no more than the key"
        : parts != SharedParts.None ? "which every holder gives"
        : null;

    /// <summary>
    /// What gives the lock back by the token, or by none, or prolongs it: in the body, or in another member of its type. A lock that is
    /// prolonged by the machine's name may be meant for all of the machine.
    /// </summary>
    private static SyntaxNode? EndOf(LockEpisode episode, SharedParts parts, Body body)
    {
        CacheCall take = episode.Take;
        bool isLease = (parts & SharedParts.Machine) != 0;
        IEnumerable<CacheCall> own = episode.Releases.Select(static release => release.Written)
            .Concat(isLease ? [] : episode.Renewals)
            .Concat(episode.LaterReleases);
        IEnumerable<LockMember> others = episode.Releases.Count > 0 ? [] : TypeLocks.EndsOf(take, body)
            .Where(end => !isLease || !end.Call.Has(Effect.ExtendLock));
        return own.FirstOrDefault(end => IsByToken(end, body))?.Syntax ??
            others.FirstOrDefault(end => end.Ask(IsByToken))?.Call.Syntax;

        // A helper that deletes blindly does so whatever the token is.
        bool IsByToken(CacheCall end, Body around) => end.Has(Effect.Delete) || end.DeletesAlways ? take.Behind is null
            : end.Has(Effect.Opaque) ? Hands(end, around)
            : LockTokens.Of(end) is { } token && IsSame(token, end, around);

        bool Hands(CacheCall script, Body around) => around == body
            ? body.Keys.Of(LockTokens.Of(take)!) is { } token && HandedIn(script).Any(part => token.Equals(body.Keys.Of(part)))
            : (parts & SharedParts.Key) == 0 && HandedIn(script).Any(part => IsSame(part, script, around));

        // Two constants may differ.
        bool IsSame(IOperation token, CacheCall end, Body around) => SharedToken.Of(token, end, around) == parts &&
            (parts != SharedParts.Constant || Equals(TextOf(token, around), TextOf(LockTokens.Of(take)!, body)));
    }

    private static object? TextOf(IOperation token, Body body) => body.Resolved(token) is var text &&
        SharedToken.IsEmptyText(text, body) ? ""
        : SharedToken.IsTypeName(text) ? text.Syntax.ToString()
        : text.ConstantValue.Value;

    /// <summary>All that a script is handed, and what it is made of.</summary>
    private static IEnumerable<IOperation> HandedIn(CacheCall script) =>
        script.Operation.Arguments.SelectMany(static argument => argument.Descendants());

    /// <summary>
    /// Whether two tasks of one process may run the code: anybody may call it, or it is an endpoint's, a handler's or a timer's.
    /// </summary>
    private static bool RunsAgain(CacheCall take, Body body)
    {
        Place place = body.Places.Of(take.Operation);
        return IsForAll(body.Member) || HandledMembers.IsRunAgain(body) ||
            new[] { place.Function, place.Lambda }.OfType<IOperation>().Any(KeptDeadlines.In(body).IsRunAgain);
    }

    private static bool IsForAll(ISymbol? member) => member is IMethodSymbol method &&
        (method.DeclaredAccessibility == Accessibility.Public || !method.ExplicitInterfaceImplementations.IsEmpty);
}
