using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace ExpiryAnalyzers.Tests;

/// <summary>The ids that the package must show, by what their descriptors say.</summary>
internal static class Rules
{
    public static readonly ImmutableArray<DiagnosticDescriptor> All = [.. new ExpiryAnalyzer().SupportedDiagnostics.OrderBy(rule => rule.Id, StringComparer.Ordinal)];

    public static IEnumerable<string> Ids => All.Select(rule => rule.Id);

    /// <summary>Those that a build shows without any setting.</summary>
    public static IEnumerable<string> Warnings => All.Where(rule => rule.IsEnabledByDefault && rule.DefaultSeverity == DiagnosticSeverity.Warning).Select(rule => rule.Id);

    /// <summary>Those that only an editor shows without any setting.</summary>
    public static IEnumerable<string> Infos => All.Where(rule => rule.IsEnabledByDefault && rule.DefaultSeverity == DiagnosticSeverity.Info).Select(rule => rule.Id);
}
