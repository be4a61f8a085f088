using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.CodeFixes.Reading;

namespace ExpiryAnalyzers.CodeFixes.Atomicity;

/// <summary>
/// An expiry that the client may refuse at the call, before anything is sent: an instant that may be of no kind. A repair that hands it
/// over before the write, or where the expire was not reached, changes what comes of that: it asks.
/// </summary>
internal static class RefusedExpiry
{
    /// <summary>The repair, which asks if the expire at the diagnostic may be refused.</summary>
    public static Fix Marked(Fix fix, FixContext context) => !fix.Asks &&
        ClientCall.Of(context.Node, context)?.Argument(Role.Expiry) is { Value: { } expiry } &&
        Evaluation.MayBeWithoutKind(expiry, context)
            ? fix with { Asks = true }
            : fix;
}
