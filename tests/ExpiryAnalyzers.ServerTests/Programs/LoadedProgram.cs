using System.Reflection;
using System.Runtime.Loader;

namespace ExpiryAnalyzers.Tests.Programs;

/// <summary>
/// A compiled program, in a load context of its own so that its static fields are its own. It cannot be unloaded: stubs of its interfaces
/// derive from a class of the tests, and what stays may not refer to what goes.
/// </summary>
internal sealed class LoadedProgram
{
    private LoadedProgram(Assembly assembly) => Assembly = assembly;

    public Assembly Assembly { get; }

    public static LoadedProgram From(Stream image) => new(new AssemblyLoadContext("Program").LoadFromStream(image));

    public IEnumerable<Type> Types => Assembly.GetTypes();
}
