using System.Reflection;
using ExpiryAnalyzers.CodeFixes;
using Xunit;

namespace ExpiryAnalyzers.Tests.Meta;

/// <summary>
/// What the product's assemblies reference is the contract with the compilers that load them: nothing that the oldest one, Roslyn 4.8, lacks.
/// </summary>
public sealed class AssemblyReferenceTests
{
    private static readonly Dictionary<string, Version> Allowed = new()
    {
        ["netstandard"] = new(2, 0, 0, 0),
        ["Microsoft.CodeAnalysis"] = new(4, 8, 0, 0),
        ["Microsoft.CodeAnalysis.CSharp"] = new(4, 8, 0, 0),
        ["Microsoft.CodeAnalysis.Workspaces"] = new(4, 8, 0, 0),
        ["Microsoft.CodeAnalysis.CSharp.Workspaces"] = new(4, 8, 0, 0),
        ["System.Collections.Immutable"] = new(7, 0, 0, 0),
        ["ExpiryAnalyzers"] = typeof(ExpiryAnalyzer).Assembly.GetName().Version!,
    };

    [Theory]
    [InlineData(typeof(ExpiryAnalyzer))]
    [InlineData(typeof(ExpiryCodeFix))]
    public void References_ExistInTheOldestHost(Type type)
    {
        foreach (AssemblyName reference in type.Assembly.GetReferencedAssemblies())
        {
            Assert.True(Allowed.TryGetValue(reference.Name!, out Version? allowed), reference.FullName);
            Assert.Equal(allowed, reference.Version);
        }
    }

    [Fact]
    public void Analyzers_DoNotReferenceWorkspaces() =>
        Assert.DoesNotContain(typeof(ExpiryAnalyzer).Assembly.GetReferencedAssemblies(), reference => reference.Name!.Contains("Workspaces", StringComparison.Ordinal));
}
