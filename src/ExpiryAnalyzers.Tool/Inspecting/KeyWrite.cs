using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Calls;
using ExpiryAnalyzers.Rules.Lifetime;

namespace ExpiryAnalyzers.Tool.Inspecting;

/// <summary>A call in the source that makes keys of a pattern, or changes how long they live.</summary>
/// <param name="Pattern">The names of the keys.</param>
/// <param name="Path">The file, absolute.</param>
/// <param name="Line">The line, from one.</param>
/// <param name="Column">The column, from one.</param>
/// <param name="Words">What is called there and what becomes of the TTL, such as <c>StringSetAsync gives no TTL</c>.</param>
internal sealed record KeyWrite(KeyPattern Pattern, string Path, int Line, int Column, string Words)
{
    /// <summary>The rules that speak of the place.</summary>
    public IReadOnlyList<string> Rules { get; init; } = [];

    /// <summary>What a call says of the life of the keys that it writes; null where it writes none.</summary>
    public static string? WordsFor(CacheCall call, Body body)
    {
        string? words = call switch
        {
            { TakesTtlAway: true } => "takes the TTL away",
            _ when KeyWithoutTtl.LeavesNoTtl(call, body) => "gives no TTL",
            _ when call.Has(Effect.Store | Effect.TakeLock) && call.MayBringExpiry => "gives a TTL",
            _ when call.Has(Effect.Store | Effect.TakeLock) => "leaves the TTL as it is",
            _ when call.Has(Effect.SetExpiry | Effect.ExtendLock) => "sets a TTL",
            { Touched.Count: > 0 } => "runs a script on them",
            _ => null,
        };
        return words is null ? null : $"{call.Name} {words}";
    }
}
