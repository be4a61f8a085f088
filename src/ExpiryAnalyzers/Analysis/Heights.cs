using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;

namespace ExpiryAnalyzers.Analysis;

/// <summary>
/// How high members stand above those that ask nobody: 1 for these, and one more than the highest that it asks for any other. Whoever
/// would be higher than the limit, or asks itself by way of others, stands at the limit. An answer may be built on those of lower members
/// alone. So it is the same whoever asks first and in whatever order, it takes no more analyses one inside another than the limit, and a
/// circle ends by itself. A member that calls itself is unknown to itself, and no circle. A type stands for its members, and asking it is
/// asking them: a step less. Thread-safe.
/// </summary>
/// <param name="limit">The greatest height.</param>
/// <param name="askedBy">The members that the answer about a member may ask; asked for once for each member.</param>
internal sealed class Heights(int limit, Func<ISymbol, IReadOnlyCollection<ISymbol>> askedBy)
{
    private readonly ConcurrentDictionary<ISymbol, IReadOnlyCollection<ISymbol>> _asked = new(SymbolEqualityComparer.Default);

    /// <summary>What is known of each member: its height, or that it has at least that height.</summary>
    private readonly ConcurrentDictionary<ISymbol, (int Height, bool IsExact)> _known = new(SymbolEqualityComparer.Default);

    /// <summary>The height of a member.</summary>
    public int Of(ISymbol member) => Of(member, limit);

    /// <summary>The height, as far as it is below a bound. Each member is looked at once for each bound at most.</summary>
    private int Of(ISymbol member, int bound)
    {
        if (bound <= 1)
        {
            return 1;
        }

        if (_known.TryGetValue(member, out (int Height, bool IsExact) known) && (known.IsExact || known.Height >= bound))
        {
            return Math.Min(known.Height, bound);
        }

        int height = 1;
        foreach (ISymbol asked in _asked.GetOrAdd(member, askedBy))
        {
            if (height < bound && !SymbolEqualityComparer.Default.Equals(asked, member))
            {
                int step = asked is INamedTypeSymbol ? 0 : 1;
                height = Math.Max(height, step + Of(asked, bound - step));
            }
        }

        (int, bool) found = (height, height < bound);
        _known.AddOrUpdate(member, found, (_, before) => before.IsExact || (before.Height >= height && height >= bound) ? before : found);
        return height;
    }
}
