using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace ExpiryAnalyzers.Tests.Apis;

/// <summary>What the tables say exists in the clients' real assemblies.</summary>
public sealed class CatalogTests
{
    private static readonly CSharpCompilation Compilation = CSharpCompilation.Create("Clients", references: References.With(References.AllClients));

    public static TheoryData<string> Types => [.. Libraries.All.SelectMany(library => library.Types).Select(type => type.MetadataName).Distinct()];

    [Theory, MemberData(nameof(Types))]
    public void EveryRow_IsInTheClient(string metadataName)
    {
        INamedTypeSymbol? type = Compilation.GetTypeByMetadataName(metadataName);
        Assert.NotNull(type);
        ISymbol[] members = [.. type.GetMembers().Concat(type.AllInterfaces.SelectMany(implemented => implemented.GetMembers()))];
        foreach (ApiType row in Libraries.All.SelectMany(library => library.Types).Where(row => row.MetadataName == metadataName))
        {
            Assert.All(row.Properties, property => Assert.Contains(members, member => member is IPropertySymbol && member.Name == property.Name));
            Assert.All(row.Methods.Where(method => !IsOfTheOtherInterface(metadataName, method)), method => Assert.Contains(members, member => member is IMethodSymbol && (member.Name == method.Name || member.Name == method.Name + "Async")));
            string[] named = [.. row.Answers.Select(answer => answer.Name), .. row.Constants.Select(constant => constant.Name), .. row.ScriptMakers];
            Assert.All(named, name => Assert.Contains(members, member => member.Name == name || member.Name == name + "Async"));
        }
    }

    [Fact]
    public void EveryQueue_IsInTheClient()
    {
        foreach (ApiQueues queues in Libraries.All.Select(library => library.Queues).OfType<ApiQueues>())
        {
            string[] types = [.. queues.Types, .. queues.Commands, .. queues.Waits.Types, .. new[] { queues.Flags?.Type, queues.Marker }.OfType<string>()];
            Assert.All(types, type => Assert.NotNull(Compilation.GetTypeByMetadataName(type)));
            Assert.All(queues.Execute, name => Assert.Contains(queues.Types, type => Compilation.GetTypeByMetadataName(type)!.GetMembers(name).Length > 0));
            Assert.All(queues.Waits.Names, name => Assert.Contains(queues.Waits.Types, type => Compilation.GetTypeByMetadataName(type)!.GetMembers(name).Length > 0));
        }
    }

    [Theory, MemberData(nameof(Types))]
    public void EveryExpiry_HasATypeThatTellsItsMeaning(string metadataName)
    {
        ApiCatalog catalog = ApiCatalog.Create(Compilation)!;
        foreach (IMethodSymbol method in Compilation.GetTypeByMetadataName(metadataName)!.GetMembers().OfType<IMethodSymbol>())
        {
            if (catalog.Find(method) is { } bound)
            {
                Assert.All(bound.Roles.Where(role => role.Key == Role.Expiry), role => Assert.Matches("^System.(DateTime|DateTimeOffset|TimeSpan)[?]?$|^StackExchange.Redis.Expiration$", role.Value.Type.ToDisplayString()));
                Assert.All(bound.Roles.Where(role => role.Key is Role.ExpirySeconds or Role.ExpiryMilliseconds), role => Assert.True(role.Value.Type.SpecialType is SpecialType.System_Int32 or SpecialType.System_UInt32 or SpecialType.System_Int64, $"{method}"));
            }
        }
    }

    /// <summary>The table of StackExchange.Redis is one for two interfaces, of which the synchronous one has some commands more.</summary>
    private static bool IsOfTheOtherInterface(string metadataName, ApiMethod method) => metadataName == StackExchangeRedis.DatabaseAsync && method.Name.EndsWith("Scan", StringComparison.Ordinal);
}
