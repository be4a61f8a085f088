using System.Collections.Immutable;
using ExpiryAnalyzers.CodeFixes;
using Microsoft.CodeAnalysis.CodeFixes;

namespace ExpiryAnalyzers.Tests.Fixes;

/// <summary>The providers of fixes, as a host would find them.</summary>
internal static class FixProviders
{
    private static readonly ImmutableArray<CodeFixProvider> All = [.. typeof(ExpiryCodeFix).Assembly.GetTypes()
        .Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(CodeFixProvider)))
        .Select(type => (CodeFixProvider)Activator.CreateInstance(type)!)
        .OrderBy(provider => provider is AskingCodeFix)];

    /// <summary>The providers of one rule: the one of its safe repairs first, then the one of those that ask, if it has any.</summary>
    public static IEnumerable<CodeFixProvider> Of(string id) => All.Where(provider => provider.FixableDiagnosticIds.Contains(id));

    /// <summary>The provider of those repairs of a rule that ask.</summary>
    public static AskingCodeFix AskingOf(string id) => Of(id).OfType<AskingCodeFix>().Single();
}
