using System.Collections.Immutable;
using System.Reflection;
using ExpiryAnalyzers.CodeFixes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ExpiryAnalyzers.Tool.Analysis;

/// <summary>The analyzers and fixes of the package, found by what they say of themselves.</summary>
internal sealed class Product
{
    private Product(ImmutableArray<DiagnosticAnalyzer> analyzers, ImmutableArray<CodeFixProvider> fixes)
    {
        // The commands read the baseline themselves, and 'expiry baseline' needs what stands in it.
        Analyzers = analyzers.RemoveAll(static analyzer => analyzer is BaselineSuppressor);
        SafeFixes = fixes.RemoveAll(static fix => fix.GetFixAllProvider() is null);
        AskingFixes = fixes.RemoveRange(SafeFixes);
        Rules = analyzers.SelectMany(static analyzer => analyzer.SupportedDiagnostics)
            .DistinctBy(static rule => rule.Id)
            .ToImmutableDictionary(static rule => rule.Id, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Every analyzer.</summary>
    public ImmutableArray<DiagnosticAnalyzer> Analyzers { get; }

    /// <summary>The fixes that may be applied unread.</summary>
    public ImmutableArray<CodeFixProvider> SafeFixes { get; }

    /// <summary>The fixes that a person must choose.</summary>
    public ImmutableArray<CodeFixProvider> AskingFixes { get; }

    /// <summary>Every rule by its id.</summary>
    public ImmutableDictionary<string, DiagnosticDescriptor> Rules { get; }

    /// <summary>The version of the package.</summary>
    public static string Version => typeof(Product).Assembly.GetName().Version!.ToString(3);

    /// <summary>Makes one of each.</summary>
    public static Product Load() => new(
        Create<DiagnosticAnalyzer, DiagnosticAnalyzerAttribute>(typeof(ExpiryAnalyzer), static attribute => attribute.Languages),
        Create<CodeFixProvider, ExportCodeFixProviderAttribute>(typeof(ExpiryCodeFix), static attribute => attribute.Languages));

    private static ImmutableArray<T> Create<T, TAttribute>(Type sibling, Func<TAttribute, string[]> languages)
        where TAttribute : Attribute =>
        [
            .. sibling.Assembly.GetTypes()
                .Where(type => !type.IsAbstract && type.IsAssignableTo(typeof(T)))
                .Where(type => type.GetCustomAttribute<TAttribute>() is { } said && languages(said).Contains(LanguageNames.CSharp))
                .OrderBy(static type => type.FullName, StringComparer.Ordinal)
                .Select(static type => (T)Activator.CreateInstance(type)!),
        ];
}
