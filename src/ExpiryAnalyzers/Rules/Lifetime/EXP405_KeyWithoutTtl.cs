using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Calls;
using ExpiryAnalyzers.Rules.Time;
using Microsoft.CodeAnalysis;

namespace ExpiryAnalyzers.Rules.Lifetime;

/// <summary>EXP405: a write makes a key that nothing in sight gives a TTL.</summary>
internal sealed class KeyWithoutTtl : ExpiryRule
{
    public static readonly DiagnosticDescriptor Rule = new(
        "EXP405",
        "Key stored without a TTL",
        "'{0}' stores {1} without a TTL: until something deletes it, the key takes memory, and its value grows old",
        "Lifetime",
        DiagnosticSeverity.Warning,
        isEnabledByDefault: false,
        description: "In a Redis that is only a cache, every key has to die some day.",
        helpLinkUri: HelpLink.For("EXP405"));

    public override DiagnosticDescriptor Descriptor => Rule;

    public override bool SparesTests => true;

    public override void Judge(CacheCall call, RuleContext context)
    {
        Body body = context.Body;
        if (call.Behind is not null || !call.LeavesNoTtl || call.IsOnlyIfExisting || GetsTtl(call, body))
        {
            return;
        }

        IOperation[] keys = [.. body.KeysOf(call)];
        IReadOnlyCollection<string> excluded = Options.ExcludedKeyPrefixes.Read(context.Options);
        bool isExcluded = keys.Length > 0 && keys.All(key => body.Keys.HeadOf(key) is var head && excluded.Any(prefix => head.StartsWith(prefix, StringComparison.Ordinal)));
        if (!isExcluded && !keys.Any(key => GetsTtlElsewhere(key, call, context)) && DroppedTtl.Of(call, body, context.Knowledge) is null)
        {
            context.Report(Diagnostic.Create(Rule, call.Syntax.GetLocation(), call.Name, keys.FirstOrDefault() is { } key ? $"'{SinkReport.Short(key.Syntax)}'" : "a key"));
        }
    }

    /// <summary>Whether another call of the body gives the key a TTL, or may.</summary>
    private static bool GetsTtl(CacheCall call, Body body) => body.Calls.Any(other =>
        !ReferenceEquals(other, call) &&
        (other.Has(Effect.Opaque) ||
            ((call.Key is null || other.Key is null || call.Key.Equals(other.Key)) && other.Has(Effect.SetExpiry)) ||
            (call.Key?.Equals(other.Key) == true && other.MayBringExpiry && !call.Has(Effect.Overwrite))));

    /// <summary>Whether another member of the type gives such keys a TTL, which this write leaves as it is.</summary>
    private static bool GetsTtlElsewhere(IOperation key, CacheCall call, RuleContext context) =>
        context.Body.Member?.ContainingType is { } type && context.Body.Keys.ShapeOf(key, TypeKeys.IsForward(call, context.Body)) is { } shape &&
        TypeKeys.Of(type, shape, context.Knowledge).All.Any(life => !life.Call.Has(Effect.Persist) && (life.Call.Has(Effect.SetExpiry) || !call.Has(Effect.Overwrite)));
}
