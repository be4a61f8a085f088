using ExpiryAnalyzers.Calls;
using ExpiryAnalyzers.Rules.Atomicity;
using ExpiryAnalyzers.Rules.Time;
using Microsoft.CodeAnalysis;

namespace ExpiryAnalyzers.Rules.Lock;

/// <summary>EXP204: the code goes on without its work, and gives the lock back under it.</summary>
internal sealed class LockReleasedEarly : ExpiryRule
{
    public static readonly DiagnosticDescriptor Rule = new(
        "EXP204",
        "Lock released before its work ends",
        "{0} still runs when {1} gives the lock{2} back: the next holder works beside it; await the work",
        "Lock",
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        description:
            "A lock guards only what is waited for before it is given back; a task that is returned or left running goes on " +
            "beside the next holder. Await the work inside the lock.",
        helpLinkUri: HelpLink.For("EXP204"));

    private const string EndOfUsing = "the end of its 'using'";

    public override DiagnosticDescriptor Descriptor => Rule;

    public override bool SparesTests => true;

    public override void Judge(RuleContext context)
    {
        // Two locks may be taken over the same work.
        HashSet<SyntaxNode> reported = [];
        foreach (CacheCall take in context.Body.Calls)
        {
            if (RunningWork.Under(take, context.Body) is { } work && reported.Add(work.Call.Syntax))
            {
                context.Report(Report(work, take));
            }
        }
    }

    private static Diagnostic Report(RunningWork work, CacheCall take)
    {
        string release = work.Release is { } call ? PairReport.NameOf(call) : EndOfUsing;
        string key = PairReport.KeyOf(take) is { } text ? " " + text : "";
        Location[] others = [(work.Release ?? take).Syntax.GetLocation()];
        return Diagnostic.Create(Rule, work.Call.Syntax.GetLocation(), others, SinkReport.Quoted(work.Call.Syntax), release, key);
    }
}
