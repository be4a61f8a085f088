using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Calls;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ExpiryAnalyzers;

/// <summary>One rule: a descriptor, and a predicate over a sink, or over a call and those before it.</summary>
internal abstract class ExpiryRule
{
    public abstract DiagnosticDescriptor Descriptor { get; }

    /// <summary>Whether tests and benchmarks are left alone: they try on purpose what is a bug elsewhere.</summary>
    public virtual bool SparesTests => false;

    /// <summary>Whether a single call of the user's own helper may be judged for what the helper writes.</summary>
    public virtual bool JudgesCallers => false;

    /// <summary>Judges one expression that tells a client when something dies.</summary>
    public virtual void Judge(Sink sink, RuleContext context)
    {
    }

    /// <summary>Judges one call that reaches a client.</summary>
    public virtual void Judge(CacheCall call, RuleContext context)
    {
    }

    /// <summary>Judges one comparison or difference of times, in a body that asks a server when a key dies.</summary>
    public virtual void Judge(Judgement judgement, RuleContext context)
    {
    }

    /// <summary>Judges one body as a whole.</summary>
    public virtual void Judge(RuleContext context)
    {
    }
}

/// <summary>What a rule may ask while it judges one body, and where it reports.</summary>
/// <param name="Body">The body.</param>
/// <param name="Knowledge">What holds for the compilation.</param>
/// <param name="Rules">The rules that are on in the body's file.</param>
/// <param name="Options">The options of the body's file.</param>
/// <param name="Report">Takes a diagnostic.</param>
internal sealed record RuleContext(
    Body Body,
    Knowledge Knowledge,
    IReadOnlyCollection<ExpiryRule> Rules,
    AnalyzerConfigOptions Options,
    Action<Diagnostic> Report)
{
    public bool IsOn(DiagnosticDescriptor rule) => Rules.Any(other => other.Descriptor == rule);
}
