using ExpiryAnalyzers.Operations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Analysis;

/// <summary>The user's own members, for the layers below the summaries.</summary>
internal sealed class SourceMembers(Summaries summaries) : ISourceMembers
{
    public IMethodSymbol? Called(IInvocationOperation call) => summaries.MethodOf(call);

    public IOperation? BodyOf(IMethodSymbol method) => summaries.BodyRootOf(method);

    public IOperation? GetterOf(IPropertySymbol property) => summaries.GetterOf(property);

    public IOperation? InitializerOf(ISymbol member) => summaries.InitializerOf(member);
}
