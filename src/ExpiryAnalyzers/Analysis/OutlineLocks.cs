using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Calls;
using ExpiryAnalyzers.Symbols;
using Microsoft.CodeAnalysis;

namespace ExpiryAnalyzers.Analysis;

/// <summary>
/// Writes the locks that a method takes for its callers: under which their work runs, or which are theirs when it returns.
/// </summary>
internal sealed class OutlineLocks(OutlineScope scope, OutlineCalls calls)
{
    private readonly HashSet<CacheCall> _releases = [];

    /// <summary>The type that the method answers with, where its answer is about the lock; null where it is not.</summary>
    public string? Answer { get; private set; }

    /// <summary>Whether a call is written as what gives a lock back.</summary>
    public bool IsRelease(CacheCall call) => _releases.Contains(call);

    /// <summary>The statements that take a lock, and what comes of it.</summary>
    public string TextOf(OutlinedCall take, CacheCall call, HeldLock held)
    {
        string works = string.Concat(held.Work.Select(ordinal => WorkOf(scope.Method.Parameters[ordinal])).OfType<string>());
        if (works.Length > 0)
        {
            return $"if ({take.Answer}) {{ try {{ {works} }} finally {{ {ReleaseOf(call)} }} }}";
        }

        if (held.IsHandle)
        {
            Answer = OutlineSyntax.Handle;
            string missed = held.MayBeMissing ? "return" : "throw";
            return $"if ({take.Answer}) {{ return new {OutlineSyntax.Handle}(() => {{ {ReleaseOf(call)} }}); }} {missed} null;";
        }

        if (held.IsAnswer)
        {
            Answer = take.Type;
            return $"return {take.Text};";
        }

        return take.Text + ";";
    }

    /// <summary>Runs a delegate that the caller hands in.</summary>
    private string? WorkOf(IParameterSymbol work) =>
        work.Type is INamedTypeSymbol { DelegateInvokeMethod: { } invoke } && scope.Types.TextOf(work.Type) != OutlineSyntax.Anything
            ? $"{scope.NameOf(work)}({AnyOf(invoke.Parameters)});"
            : null;

    private string AnyOf(IEnumerable<IParameterSymbol> parameters) =>
        string.Join(", ", parameters.Select(parameter => OutlineSyntax.Any(scope.Types.TextOf(parameter.Type))));

    /// <summary>Gives a lock back: by what the method calls for that, or else by what its client has.</summary>
    private string ReleaseOf(CacheCall take)
    {
        CacheCall? release = scope.Summary!.Calls.FirstOrDefault(call =>
            call.Has(Effect.ReleaseLock | Effect.Delete) && (take.Key is null || call.Key?.Equals(take.Key) == true));
        if (release is not null && calls.Of(release, held: null) is { } written)
        {
            _releases.Add(release);
            return written.Text + ";";
        }

        IMethodSymbol target = OutlineCalls.TargetOf(take.Innermost);
        ApiMethod? row = take.Method.Library.Types.SelectMany(static known => known.Methods)
            .FirstOrDefault(static method => (method.Effect & Effect.ReleaseLock) != 0);
        if (row is null || target.ContainingType.TypeKind != TypeKind.Interface || calls.ReceiverOf(take, target) is not { } receiver)
        {
            return "";
        }

        string key = row.Roles.First(static role => role.Role == Role.Key).Parameter;
        string token = row.Roles.First(static role => role.Role is Role.Token or Role.Value).Parameter;
        scope.Types.Add(target.ContainingType, $"bool {row.Name}(string @{key}, object @{token});");
        string name = OutlineKeys.TextOf(take.Key, scope) ?? OutlineSyntax.Any("string");
        return $"{receiver}.{row.Name}(@{key}: {name}, @{token}: {OutlineSyntax.Any(OutlineSyntax.Anything)});";
    }
}
