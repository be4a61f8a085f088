using System.Collections.Concurrent;
using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Calls;
using ExpiryAnalyzers.Keys;
using Microsoft.CodeAnalysis;

namespace ExpiryAnalyzers.Tool.Inspecting;

/// <summary>A rule that reports nothing, but notes where keys are written that can be told from others by their names.</summary>
internal sealed class KeyWriteCollector : ExpiryRule
{
#pragma warning disable RS2008 // No release tells of it: nothing is ever reported under this id.
    private static readonly DiagnosticDescriptor Noted = new(
        "EXP9405", "Keys are written here", "Keys are written here", "Lifetime", DiagnosticSeverity.Hidden, isEnabledByDefault: true,
        customTags: WellKnownDiagnosticTags.NotConfigurable);
#pragma warning restore RS2008

    private readonly ConcurrentDictionary<(string Path, int Line, int Column, string Shown), KeyWrite> _writes = new();

    /// <inheritdoc/>
    public override DiagnosticDescriptor Descriptor => Noted;

    /// <inheritdoc/>
    public override bool SparesTests => true;

    /// <inheritdoc/>
    public override bool JudgesCallers => true;

    /// <summary>What was noted, in the order of the places.</summary>
    public IReadOnlyList<KeyWrite> Writes =>
        [.. _writes.Values.OrderBy(static write => write.Path, StringComparer.Ordinal).ThenBy(static write => (write.Line, write.Column))];

    /// <inheritdoc/>
    public override void Judge(CacheCall call, RuleContext context)
    {
        // What lives in the process is on no server.
        if (call.Innermost.Method.Library.IsInProcess || KeyWrite.WordsFor(call, context.Body) is not { } words)
        {
            return;
        }

        FileLinePositionSpan place = call.Syntax.GetLocation().GetMappedLineSpan();
        foreach (Key key in KeysOf(call, context.Body))
        {
            if (KeyPattern.Of(context.Body.Keys.TextsOf(key)) is { } pattern)
            {
                (int line, int column) = (place.StartLinePosition.Line + 1, place.StartLinePosition.Character + 1);
                _writes.TryAdd((place.Path, line, column, pattern.Shown), new(pattern, place.Path, line, column, words));
            }
        }
    }

    private static IEnumerable<Key> KeysOf(CacheCall call, Body body) =>
        call.Touched is { } touched ? touched
        : call.Behind is not null ? call.Key is { } own ? [own] : []
        : body.KeysOf(call).Select(body.Keys.TreeOf);
}
