using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Calls;
using ExpiryAnalyzers.Keys;
using ExpiryAnalyzers.Symbols;
using ExpiryAnalyzers.Values;
using Microsoft.CodeAnalysis;

namespace ExpiryAnalyzers.Analysis;

/// <summary>Writes the scripts that a method runs: the times that they hand on, and the keys that they touch.</summary>
internal sealed class OutlineScripts(OutlineScope scope, OutlineCalls calls)
{
    private readonly HashSet<CacheCall> _written = [];

    /// <summary>A script that hands a time to a command; null where it cannot be written.</summary>
    public string? HandingOn(CacheCall call, Sink sink, string time)
    {
        string? key = scope.Summary!.Scripts.Contains(call) && KeysOf(call) is [{ } only] ? only : null;
        if (key is not null)
        {
            _written.Add(call);
        }

        return Write(call, RawCommands.ScriptOf(sink.Name, sink.Unit, sink.IsAbsolute), key ?? OutlineSyntax.Any("string"), time);
    }

    /// <summary>
    /// A script of which only matters that it touches some keys of the caller's; null where they cannot all be written, or are already.
    /// </summary>
    public string? Touching(CacheCall call)
    {
        string?[] keys = KeysOf(call);
        return keys.Any(static key => key is null) || _written.Contains(call) ? null
            : Write(call, RawCommands.ScriptOn(keys.Length, call.Prolongs), string.Join(", ", keys), values: "");
    }

    private string?[] KeysOf(CacheCall call) => [.. call.Touched!.Distinct().Select(key => OutlineKeys.TextOf(key, scope))];

    private string? Write(CacheCall call, string text, string keys, string values)
    {
        IMethodSymbol target = OutlineCalls.TargetOf(call.Innermost);
        if (NameOf(call, Role.Script) is not { } script || NameOf(call, Role.ScriptKeys) is not { } keyList ||
            NameOf(call, Role.ScriptValues) is not { } valueList || calls.ReceiverOf(call, target) is not { } receiver)
        {
            return null;
        }

        string returned = scope.Types.TextOf(target.ReturnType);
        calls.Declare(target, returned, [$"string @{script}", $"string[] @{keyList}", $"object[] @{valueList}"]);
        string[] arguments =
        [
            $"@{script}: {OutlineScope.Literal(text)}",
            $"@{keyList}: {OutlineSyntax.ArrayOf("string", keys)}",
            $"@{valueList}: {OutlineSyntax.ArrayOf(OutlineSyntax.Anything, values)}",
        ];
        return $"{receiver}.{target.Name}({string.Join(", ", arguments)})";
    }

    /// <summary>How a client calls a parameter, also where the overload that was called has it not.</summary>
    private static string? NameOf(CacheCall call, Role role) =>
        call.Method.Row.Roles.FirstOrDefault(known => known.Role == role).Parameter;
}
