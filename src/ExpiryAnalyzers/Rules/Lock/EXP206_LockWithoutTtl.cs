using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Calls;
using ExpiryAnalyzers.Operations;
using ExpiryAnalyzers.Rules.Atomicity;
using ExpiryAnalyzers.Rules.Time;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Rules.Lock;

/// <summary>EXP206: a lock that its holder's death leaves behind for ever.</summary>
internal sealed class LockWithoutTtl : ExpiryRule
{
    public static readonly DiagnosticDescriptor Rule = new(
        "EXP206",
        "Lock without a TTL",
        "{0} takes the lock{1} without a TTL{3}: if its holder dies before {2}, nobody ever gets the lock again; give it a TTL",
        "Lock",
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        description:
            "Only a TTL gives a lock back whose holder has died; without one the resource stays locked until somebody deletes " +
            "the key. Take the lock with a TTL.",
        helpLinkUri: HelpLink.For("EXP206"));

    public override DiagnosticDescriptor Descriptor => Rule;

    public override bool SparesTests => true;

    public override void Judge(CacheCall call, RuleContext context)
    {
        if (EndOf(call, context.Body) is { } end)
        {
            IOperation? branch = BranchOf(call, context.Body);
            SyntaxNode at = branch?.Syntax ?? call.ExpiryArgument?.Value.Syntax ?? call.Syntax;
            context.Report(Diagnostic.Create(
                Rule,
                at.GetLocation(),
                [end.Syntax.GetLocation()],
                PairReport.NameOf(call),
                PairReport.KeyOf(call) is { } key ? " " + key : "",
                PairReport.NameOf(end),
                Describe(branch)));
        }
    }

    public override void Judge(RuleContext context)
    {
        foreach (IObjectCreationOperation made in context.Body.Operations.OfType<IObjectCreationOperation>())
        {
            if (MadeLocks.Of(made, context.Knowledge) is { Ttl: { } ttl } own && made.Arguments.For(ttl) is { } given &&
                context.Body.ValuesOf(given.Value).IsNull && !own.Taking.Ask(GetsTtl))
            {
                SyntaxNode at = given.ArgumentKind == ArgumentKind.Explicit ? given.Value.Syntax : made.Syntax;
                string name = $"'{made.Type?.Name}' (through {PairReport.NameOf(own.Taking.Call)})";
                Location[] others = [own.End.Syntax.GetLocation()];
                context.Report(Diagnostic.Create(Rule, at.GetLocation(), others, name, "", PairReport.NameOf(own.End), ""));
            }
        }
    }

    /// <summary>
    /// The branch of the TTL that is none, where others are some; null where it is none on all, or on no path for certain.
    /// </summary>
    private static IOperation? BranchOf(CacheCall call, Body body) =>
        LockEpisode.Taken(call, body) is { HasNoTtl: false } episode ? episode.BranchWithoutTtl : null;

    /// <summary>The choice that a branch is one of; of several arms, its arm.</summary>
    private static IOperation? ChoiceOf(IOperation branch)
    {
        IOperation? around = branch.Parent;
        while (around is IConversionOperation or IParenthesizedOperation)
        {
            around = around.Parent;
        }

        return around;
    }

    private static string Describe(IOperation? branch) => (branch is null ? null : ChoiceOf(branch)) switch
    {
        IConditionalOperation choice => (choice.WhenTrue.Syntax.Span.Contains(branch!.Syntax.Span) ? " where " : " unless ") +
            SinkReport.Quoted(choice.Condition.Syntax),
        ISwitchExpressionArmOperation { Parent: ISwitchExpressionOperation choice } arm =>
            $" where {SinkReport.Quoted(choice.Value.Syntax)} is {SinkReport.Quoted(arm.Pattern.Syntax)}",
        _ => "",
    };

    /// <summary>Whether a call takes a lock that has no TTL, which then is neither a key without one nor a lock that may end.</summary>
    public static bool SpeaksOf(CacheCall call, Body body) => EndOf(call, body) is not null;

    /// <summary>What gives a lock back that a call takes without a TTL; null where it takes none, or another call gives it one.</summary>
    private static CacheCall? EndOf(CacheCall call, Body body) =>
        LockEpisode.Taken(call, body) is { MayHaveNoTtl: true } episode && !GetsTtl(call, body)
            ? episode.Releases.FirstOrDefault() ?? (call.Behind is null ? EndElsewhere(call, body) : null)
            : null;

    /// <summary>What gives the lock back in another member of the type, or in the disposal of the object that takes it.</summary>
    private static CacheCall? EndElsewhere(CacheCall call, Body body)
    {
        MadeLock? made = body.Member is IMethodSymbol { MethodKind: MethodKind.Constructor } constructor
            ? MadeLocks.Of(constructor, body.Knowledge) : null;
        return TypeLocks.EndsOf(call, body).FirstOrDefault()?.Call ?? (made?.Taking.Call.Syntax == call.Syntax ? made.End : null);
    }

    /// <summary>Whether the lock gets its TTL from a second command, as it should not: that is the rules' of pairs.</summary>
    private static bool GetsTtl(CacheCall take, Body body)
    {
        const Effect sets = Effect.SetExpiry | Effect.ExtendLock;
        return body.ByKey.WithoutKey.With(sets).Count > 0 ||
            body.ByKey.On(take.Key)?.With(sets).Any(call => call.SharesKeyWith(take)) == true;
    }
}
