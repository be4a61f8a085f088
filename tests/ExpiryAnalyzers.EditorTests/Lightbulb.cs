using System.Collections;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.Text;

namespace ExpiryAnalyzers.Tests;

/// <summary>
/// Roslyn's own lightbulb service, <c>ICodeFixService</c>, which Visual Studio and VS Code ask. It is internal: reached by reflection, proven
/// with the version that the project pins.
/// </summary>
internal static class Lightbulb
{
    private const BindingFlags Members = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    /// <summary>The titles of the actions at a span, in the order in which they are shown.</summary>
    public static async Task<IReadOnlyList<string>> TitlesAsync(Workspace workspace, Document document, TextSpan span)
    {
        Type contract = Assembly.Load("Microsoft.CodeAnalysis.Features").GetType("Microsoft.CodeAnalysis.CodeFixes.ICodeFixService", throwOnError: true)!;
        object host = workspace.Services.HostServices;
        MethodInfo getExports = host.GetType().GetInterfaces().Append(host.GetType()).SelectMany(type => type.GetMethods(Members)).First(method => method.Name.EndsWith("GetExports", StringComparison.Ordinal) && method.GetGenericArguments().Length == 1);
        object export = ((IEnumerable)getExports.MakeGenericMethod(contract).Invoke(host, null)!).Cast<object>().Single();
        object service = export.GetType().GetProperty("Value")!.GetValue(export)!;
        object stream = contract.GetMethod("StreamFixesAsync")!.Invoke(service, [document, span, null, CancellationToken.None])!;
        Type item = stream.GetType().GetInterfaces().First(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>)).GetGenericArguments()[0];
        MethodInfo drain = typeof(Lightbulb).GetMethod(nameof(DrainAsync), BindingFlags.Static | BindingFlags.NonPublic)!.MakeGenericMethod(item);

        List<string> titles = [];
        foreach (object collection in await (Task<List<object>>)drain.Invoke(null, [stream])!)
        {
            foreach (object fix in (IEnumerable)Value(collection, "Fixes"))
            {
                titles.Add(((CodeAction)Value(fix, "Action")).Title);
            }
        }

        return titles;
    }

    private static object Value(object owner, string name) =>
        owner.GetType().GetProperty(name, Members)?.GetValue(owner) ?? owner.GetType().GetField(name, Members)!.GetValue(owner)!;

    private static async Task<List<object>> DrainAsync<T>(IAsyncEnumerable<T> stream)
    {
        List<object> items = [];
        await foreach (T item in stream)
        {
            items.Add(item!);
        }

        return items;
    }
}
