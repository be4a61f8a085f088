using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace ExpiryAnalyzers.Symbols;

/// <summary>
/// The assemblies of .NET and its extensions, told by the keys that they are signed with. They are most of what a project references, and
/// to read their attributes costs more than all else that is done at the start of a compilation.
/// </summary>
internal static class FrameworkAssemblies
{
    // As `sn -T` prints them: ECMA, Microsoft, .NET's own library, netstandard, ASP.NET and the extensions, WPF and older ones.
    private static readonly ImmutableArray<ulong> Tokens = ImmutableArray.CreateRange(new ulong[]
    {
        0xb77a5c561934e089, 0xb03f5f7f11d50a3a, 0x7cec85d7bea7798e, 0xcc7b13ffcd2ddd51, 0xadb9793829ddae60, 0x31bf3856ad364e35,
    });

    public static bool Holds(IAssemblySymbol assembly) => assembly.Identity.PublicKeyToken is { Length: sizeof(ulong) } token &&
        Tokens.Contains(token.Aggregate(0UL, static (number, part) => (number << 8) | part));
}
