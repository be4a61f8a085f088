using System.Collections.Immutable;
using ExpiryAnalyzers.Baselines;
using ExpiryAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ExpiryAnalyzers;

/// <summary>
/// Takes those findings away that stand in <c>ExpiryAnalyzers.Baseline.txt</c>, whatever their severity. They stay in the error log, as
/// suppressed.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class BaselineSuppressor : DiagnosticSuppressor
{
    private static readonly ImmutableDictionary<string, SuppressionDescriptor> Rows = ExpiryRules.All.ToImmutableDictionary(
        static rule => rule.Descriptor.Id,
        static rule => new SuppressionDescriptor(
            rule.Descriptor.Id.Replace("EXP", "EXPB"), rule.Descriptor.Id, $"It stands in {BaselineFile.Name}: it was there before."));

    /// <inheritdoc/>
    public override ImmutableArray<SuppressionDescriptor> SupportedSuppressions { get; } = Rows.Values.ToImmutableArray();

    /// <inheritdoc/>
    public override void ReportSuppressions(SuppressionAnalysisContext context)
    {
        HashSet<FindingKey> baseline = BaselineFile.Read(context.Options.AdditionalFiles, context.CancellationToken);
        if (baseline.Count == 0)
        {
            return;
        }

        IEnumerable<(Diagnostic Finding, FindingKey Key)> findings = FindingKeys.Of(
            context.ReportedDiagnostics, context.Compilation, context.GetSemanticModel, context.CancellationToken);
        foreach ((Diagnostic finding, FindingKey key) in findings)
        {
            if (baseline.Contains(key))
            {
                context.ReportSuppression(Suppression.Create(Rows[finding.Id], finding));
            }
        }
    }
}
