using System.Diagnostics;
using System.Reflection;
using System.Runtime.ExceptionServices;
using System.Runtime.Loader;

namespace ExpiryAnalyzers.Tests.Programs;

/// <summary>
/// A compiled program, in a load context of its own so that its static fields are its own. It cannot be unloaded: stubs of its interfaces
/// derive from a class of the tests, and what stays may not refer to what goes.
/// </summary>
internal sealed class LoadedProgram
{
    private static readonly Lock Gate = new();
    private static readonly HashSet<Assembly> Loaded = [];

    /// <summary>What a program throws on a thread that nobody waits for, in its timers above all, ends that work and not the tests.</summary>
    static LoadedProgram() => ExceptionHandling.SetUnhandledExceptionHandler(static thrown => IsOfProgram(thrown));

    private LoadedProgram(Assembly assembly)
    {
        Assembly = assembly;
        lock (Gate)
        {
            Loaded.Add(assembly);
        }
    }

    public Assembly Assembly { get; }

    public static LoadedProgram From(Stream image) => new(new AssemblyLoadContext("Program").LoadFromStream(image));

    public IEnumerable<Type> Types => Assembly.GetTypes();

    private static bool IsOfProgram(Exception thrown)
    {
        lock (Gate)
        {
            return new StackTrace(thrown).GetFrames()
                .Any(static frame => frame.GetMethod() is { } method && Loaded.Contains(method.Module.Assembly));
        }
    }
}
