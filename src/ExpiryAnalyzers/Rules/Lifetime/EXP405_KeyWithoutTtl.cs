using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Calls;
using ExpiryAnalyzers.Rules.Lock;
using ExpiryAnalyzers.Rules.Time;
using Microsoft.CodeAnalysis;

namespace ExpiryAnalyzers.Rules.Lifetime;

/// <summary>EXP405: a write makes a key that nothing in sight gives a TTL.</summary>
internal sealed class KeyWithoutTtl : ExpiryRule
{
    public static readonly DiagnosticDescriptor Rule = new(
        "EXP405",
        "Key stored without a TTL",
        "'{0}' stores {1} without a TTL: until something deletes it, the key takes memory, and its value grows old; give it a TTL",
        "Lifetime",
        DiagnosticSeverity.Warning,
        isEnabledByDefault: false,
        description:
            "In a Redis that is only a cache every key has to die some day; keys without a TTL fill the memory until the server " +
            "evicts others or refuses writes. Give each key a TTL when it is stored.",
        helpLinkUri: HelpLink.For("EXP405"));

    public override DiagnosticDescriptor Descriptor => Rule;

    public override bool SparesTests => true;

    public override bool JudgesCallers => true;

    public override void Judge(CacheCall call, RuleContext context)
    {
        Body body = context.Body;
        if (!LeavesNoTtl(call, body) || !IsOwnWrite(call, body) || call.IsOnlyIfExisting || GetsTtl(call, body) || IsAnothers(call, body))
        {
            return;
        }

        IOperation[] keys = [.. body.KeysOf(call)];
        IReadOnlyCollection<string> excluded = Options.ExcludedKeyPrefixes.Read(context.Options);
        bool isExcluded = keys.Length > 0 && keys.All(key => IsExcluded(body.Keys.HeadOf(key), excluded));
        if (!isExcluded && !keys.Any(key => GetsTtlElsewhere(key, call, context)) && DroppedTtl.Of(call, body) is null)
        {
            string key = keys.FirstOrDefault() is { } first ? SinkReport.Quoted(first.Syntax) : "a key";
            context.Report(Diagnostic.Create(Rule, call.Syntax.GetLocation(), call.Name, key));
        }
    }

    /// <summary>Whether a call stores a value and may leave a key behind that has no TTL, its options included.</summary>
    internal static bool LeavesNoTtl(CacheCall call, Body body) => call.LeavesNoTtl || HasEmptyOptions(call, body);

    /// <summary>Whether a call stores something under options that are made here and told no lifetime.</summary>
    private static bool HasEmptyOptions(CacheCall call, Body body) => call.Behind is null && call.Has(Effect.Store) &&
        call.ValueOf(Role.Options) is not null && !body.Remember(static body => new GivenLifetimes(body)).IsGivenLifetime(call);

    /// <summary>
    /// Whether the member at hand says what is stored where: one that only forwards leaves that to its callers, each of which is judged.
    /// </summary>
    private static bool IsOwnWrite(CacheCall call, Body body) =>
        (call.Behind is null || (call.IsOfForward && IsFirst(call, body))) &&
        !body.Remember(static body => new Forwarding(body)).Is;

    /// <summary>Whether a call of a helper writes without a TTL, whichever way it goes there; told once.</summary>
    private static bool IsFirst(CacheCall call, Body body) =>
        body.CallsAt(call.Syntax).All(static other => other.LeavesNoTtl) && ReferenceEquals(body.CallsAt(call.Syntax).First(), call);

    /// <summary>Whether another rule says why there is no TTL: of a lock, or of a lifetime that is not passed on.</summary>
    private static bool IsAnothers(CacheCall call, Body body) =>
        LockWithoutTtl.SpeaksOf(call, body) || UnusedLifetimes.In(body).Explains(call);

    private static bool IsExcluded(string head, IReadOnlyCollection<string> prefixes) =>
        prefixes.Any(prefix => head.StartsWith(prefix, StringComparison.Ordinal));

    /// <summary>Whether another call of the body gives the key a TTL, or may.</summary>
    private static bool GetsTtl(CacheCall call, Body body)
    {
        CallsByKey calls = body.ByKey;
        if (calls.All.HasOther(call, Effect.Opaque) || calls.WithoutKey.HasOther(call, Effect.SetExpiry) ||
            (call.Key is null && calls.All.HasOther(call, Effect.SetExpiry)))
        {
            return true;
        }

        return calls.On(call.Key) is { } same &&
            (same.HasOther(call, Effect.SetExpiry) || (!call.Has(Effect.Overwrite) && same.HasOtherTimed(call)));
    }

    /// <summary>Whether another member of the type gives such keys a TTL, which this write leaves as it is.</summary>
    private static bool GetsTtlElsewhere(IOperation key, CacheCall call, RuleContext context) =>
        context.Body.Member?.ContainingType is { } type &&
        context.Body.Keys.ShapeOf(key, TypeKeys.IsForward(call, context.Body)) is { } shape &&
        TypeKeys.Of(type, shape, context.Knowledge).All.Any(life =>
            !life.Call.Has(Effect.Persist) && (life.Call.Has(Effect.SetExpiry) || !call.Has(Effect.Overwrite)));

    /// <summary>Whether a body only forwards, told once for all of its calls.</summary>
    private sealed class Forwarding(Body body)
    {
        public bool Is { get; } = body.Member is IMethodSymbol method && Forwards.Is(method, body);
    }
}
