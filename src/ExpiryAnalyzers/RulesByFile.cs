using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;

namespace ExpiryAnalyzers;

/// <summary>The rules that are on in each file of a compilation: a rule that is off is not even asked. Thread-safe.</summary>
internal sealed class RulesByFile(IReadOnlyList<ExpiryRule> all, CompilationOptions options)
{
    private readonly ConcurrentDictionary<SyntaxTree, ExpiryRule[]> _rules = new();

    /// <summary>The ids of the rules that are on where no configuration file speaks of them.</summary>
    private readonly HashSet<string> _on = new(
        all.Select(static rule => rule.Descriptor).Where(rule => IsOn(rule, options)).Select(static rule => rule.Id),
        StringComparer.Ordinal);

    public ExpiryRule[] In(SyntaxTree tree, CancellationToken cancellationToken) => _rules.TryGetValue(tree, out ExpiryRule[]? rules)
        ? rules
        : _rules.GetOrAdd(tree, Find(tree, cancellationToken));

    private ExpiryRule[] Find(SyntaxTree tree, CancellationToken cancellationToken) =>
        [.. all.Where(rule => IsOn(rule.Descriptor, tree, cancellationToken))];

    private bool IsOn(DiagnosticDescriptor descriptor, SyntaxTree tree, CancellationToken cancellationToken)
    {
        if (options.SyntaxTreeOptionsProvider is { } provider &&
            (provider.TryGetDiagnosticValue(tree, descriptor.Id, cancellationToken, out ReportDiagnostic configured) ||
                provider.TryGetGlobalDiagnosticValue(descriptor.Id, cancellationToken, out configured)))
        {
            return configured switch
            {
                ReportDiagnostic.Suppress => false,
                ReportDiagnostic.Default => descriptor.IsEnabledByDefault,
                _ => true,
            };
        }

        return _on.Contains(descriptor.Id);
    }

    private static bool IsOn(DiagnosticDescriptor descriptor, CompilationOptions options) =>
        descriptor.GetEffectiveSeverity(options) != ReportDiagnostic.Suppress &&
        (descriptor.IsEnabledByDefault || options.SpecificDiagnosticOptions.ContainsKey(descriptor.Id));
}
