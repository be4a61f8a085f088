using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace ExpiryAnalyzers.Tests.Meta;

/// <summary>The tests run on the Roslyn that they were asked to run on: a leg of the matrix on another would prove nothing.</summary>
public sealed class HostTests
{
    [Theory]
    [InlineData(typeof(Compilation))]
    [InlineData(typeof(CSharpCompilation))]
    [InlineData(typeof(Workspace))]
    public void TheRoslynThatWasAskedFor_IsLoaded(Type type)
    {
        string asked = typeof(HostTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(static data => data.Key == "TestRoslynVersion").Value!;
        Assert.Equal(asked, type.Assembly.GetName().Version!.ToString(3));
    }
}
