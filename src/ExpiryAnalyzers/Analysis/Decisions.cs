using ExpiryAnalyzers.Operations;
using ExpiryAnalyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace ExpiryAnalyzers.Analysis;

/// <summary>
/// What the answers of a body's calls decide about. An answer is followed to the conditions that use it, once, and the code that
/// those decide about is kept as stretches of source, so that each further question is a search in them.
/// </summary>
internal sealed class Decisions(Body body, ApiCatalog catalog)
{
    private readonly Conditions _conditions = new(body.Operations);
    private readonly Dictionary<IOperation, Derivation> _derivations = [];
    private readonly Dictionary<(IOperation Source, bool ByExpiry), SpanSet> _decided = [];
    private readonly Dictionary<Condition, bool> _onExpiry = [];

    /// <summary>The innermost condition that an operation is a part of.</summary>
    public Condition? Around(IOperation operation) => _conditions.Around(operation);

    /// <summary>The variables that hold what is made of an expression's value.</summary>
    public Derivation From(IOperation source)
    {
        if (!_derivations.TryGetValue(source, out Derivation? derivation))
        {
            _derivations[source] = derivation = new(body, source);
        }

        return derivation;
    }

    /// <summary>Whether a condition that uses the source's value decides whether an operation runs.</summary>
    /// <param name="source">The expression, mostly a call.</param>
    /// <param name="operation">What runs or not.</param>
    /// <param name="byExpiry">Whether the condition has to look at the expiry that the value was read with.</param>
    public bool Decides(IOperation source, IOperation operation, bool byExpiry = false)
    {
        if (!_decided.TryGetValue((source, byExpiry), out SpanSet? decided))
        {
            _decided[(source, byExpiry)] = decided = new(DecidedBy(source, byExpiry));
        }

        return decided.Contains(operation.Syntax.SpanStart);
    }

    /// <summary>The places in conditions where the source's value is used.</summary>
    public IEnumerable<IOperation> UsesInConditions(IOperation source)
    {
        if (_conditions.Around(source) is not null)
        {
            yield return source;
        }

        foreach (ISymbol variable in From(source).Variables)
        {
            foreach (IOperation read in _conditions.Reads(variable))
            {
                yield return read;
            }
        }
    }

    /// <summary>The parts of conditions that hold a use of the source's value, the uses included.</summary>
    public HashSet<IOperation> PartsWith(IOperation source)
    {
        HashSet<IOperation> parts = [];
        foreach (IOperation use in UsesInConditions(source))
        {
            for (IOperation? part = use; part is not null && _conditions.Around(part) is not null && parts.Add(part); part = part.Parent)
            {
            }
        }

        return parts;
    }

    /// <summary>The code that the conditions around a part of one decide about.</summary>
    public IEnumerable<TextSpan> DecidedWith(IOperation part)
    {
        for (Condition? condition = _conditions.Around(part); condition is not null; condition = condition.Outer)
        {
            foreach (TextSpan scope in condition.Scopes())
            {
                yield return scope;
            }
        }
    }

    private IEnumerable<TextSpan> DecidedBy(IOperation source, bool byExpiry)
    {
        HashSet<Condition> seen = [];
        foreach (IOperation use in UsesInConditions(source))
        {
            for (Condition? condition = _conditions.Around(use); condition is not null && seen.Add(condition); condition = condition.Outer)
            {
                if (!byExpiry || LooksAtExpiry(condition))
                {
                    foreach (TextSpan scope in condition.Scopes())
                    {
                        yield return scope;
                    }
                }
            }
        }
    }

    /// <summary>Whether a condition on a value that was read with its expiry is about the expiry.</summary>
    private bool LooksAtExpiry(Condition condition)
    {
        if (!_onExpiry.TryGetValue(condition, out bool looks))
        {
            _onExpiry[condition] = looks = condition.Expression.DescendantsAndSelf().Any(part => part switch
            {
                IPropertyReferenceOperation read => catalog.IsRemainingTime(read.Property),
                ILocalReferenceOperation local => local.Local.Type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T,
                _ => false,
            });
        }

        return looks;
    }
}
