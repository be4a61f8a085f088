using System.Collections.Immutable;
using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Calls;
using ExpiryAnalyzers.Rules.Atomicity;
using ExpiryAnalyzers.Rules.Time;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Rules.Lifetime;

/// <summary>EXP404: a value is stored without an expiry at a key that has a TTL.</summary>
internal sealed class SetDropsTtl : ExpiryRule
{
    /// <summary>The property that holds the text of the TTL used elsewhere, where it means the same in every member.</summary>
    public const string Ttl = nameof(Ttl);

    public static readonly DiagnosticDescriptor Rule = new(
        "EXP404",
        "SET drops the key's TTL",
        "{0} stores {1} without an expiry, which drops the TTL that '{2}' {3}: from then on the key never expires; keep the TTL",
        "Lifetime",
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        description:
            "SET without an expiry takes away the TTL that the key was given elsewhere: the key never expires. Keep the TTL " +
            "(KEEPTTL), or give it again.",
        helpLinkUri: HelpLink.For("EXP404"));

    public override DiagnosticDescriptor Descriptor => Rule;

    public override void Judge(CacheCall call, RuleContext context)
    {
        if (DroppedTtl.Of(call, context.Body) is not { } dropped || !DroppedTtl.IsFirst(call, context.Body) ||
            UnusedLifetimes.In(context.Body).Explains(call))
        {
            return;
        }

        ImmutableDictionary<string, string?> properties = ImmutableDictionary<string, string?>.Empty;
        if (dropped.Ttl is { } ttl && IsFixed(ttl, context.Knowledge))
        {
            properties = properties.Add(Ttl, ttl.Syntax.ToString());
        }

        context.Report(Diagnostic.Create(
            Rule,
            call.Syntax.GetLocation(),
            Locations.Of(dropped.Giver.Syntax, call.Behind?.Syntax),
            properties,
            PairReport.NameOf(call),
            (call.Behind is not null ? PairReport.KeyOf(call) : dropped.Key is { } key ? SinkReport.Quoted(key.Syntax) : null) ??
            "a key",
            dropped.Member is { } member ? NameOf(member) : dropped.Giver.Name,
            dropped.Member is not null ? "gives such keys" : dropped.Giver.Has(Effect.AskExpiry) ? "has just asked for" : "has given it"));
    }

    private static string NameOf(ISymbol member) => member switch
    {
        IMethodSymbol { AssociatedSymbol: { } property } => property.Name,
        IMethodSymbol { MethodKind: MethodKind.Constructor or MethodKind.StaticConstructor } => member.ContainingType.Name,
        _ => member.Name,
    };

    /// <summary>Whether an expression is made of constants and of members of its type, which any member may name.</summary>
    private static bool IsFixed(IOperation ttl, Knowledge knowledge)
    {
        Stack<IOperation> parts = new([ttl]);
        while (parts.Count > 0)
        {
            IOperation part = parts.Pop();
            if (part.ConstantValue.HasValue)
            {
                continue;
            }

            if (!IsOfType(part, knowledge))
            {
                return false;
            }

            foreach (IOperation child in part.ChildOperations)
            {
                parts.Push(child);
            }
        }

        return true;
    }

    private static bool IsOfType(IOperation part, Knowledge knowledge) => part switch
    {
        IFieldReferenceOperation or IInstanceReferenceOperation or IConversionOperation or IArgumentOperation or IBinaryOperation => true,
        IPropertyReferenceOperation read => !knowledge.IsClock(read.Property),
        IInvocationOperation call => knowledge.IsTimeSpan(call.TargetMethod.ContainingType),
        _ => false,
    };
}
