using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ExpiryAnalyzers.Corpus;

/// <summary>The analyzers and fixes under test, found by reflection so that nothing has to be registered here.</summary>
internal sealed class Product
{
    private Product(ImmutableArray<DiagnosticAnalyzer> analyzers, ImmutableArray<CodeFixProvider> fixes)
    {
        Analyzers = analyzers;
        Fixes = fixes;
    }

    /// <summary>Every C# analyzer.</summary>
    public ImmutableArray<DiagnosticAnalyzer> Analyzers { get; }

    /// <summary>Every exported C# fix, ordered by name.</summary>
    public ImmutableArray<CodeFixProvider> Fixes { get; }

    /// <summary>A severity for each rule that makes it run whatever its default is.</summary>
    public ImmutableDictionary<string, ReportDiagnostic> AllOn =>
        Analyzers.SelectMany(static analyzer => analyzer.SupportedDiagnostics)
            .Select(static rule => rule.Id)
            .Distinct()
            .ToImmutableDictionary(static id => id, static _ => ReportDiagnostic.Warn);

    /// <summary>Loads both product assemblies.</summary>
    public static Product Load() => new(
        Create<DiagnosticAnalyzer, DiagnosticAnalyzerAttribute>("ExpiryAnalyzers", static attribute => attribute.Languages),
        Create<CodeFixProvider, ExportCodeFixProviderAttribute>("ExpiryAnalyzers.CodeFixes", static attribute => attribute.Languages));

    private static ImmutableArray<T> Create<T, TAttribute>(string assembly, Func<TAttribute, string[]> languages)
        where TAttribute : Attribute =>
        [
            .. Assembly.Load(assembly).GetTypes()
                .Where(type => !type.IsAbstract
                    && type.IsAssignableTo(typeof(T))
                    && type.GetCustomAttribute<TAttribute>() is { } attribute
                    && languages(attribute).Contains(LanguageNames.CSharp))
                .OrderBy(static type => type.FullName, StringComparer.Ordinal)
                .Select(static type => (T)Activator.CreateInstance(type)!),
        ];
}
