using ExpiryAnalyzers.Operations;
using ExpiryAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Analysis;

/// <summary>
/// The constant that a call hands in for a parameter which its method compares before it gives it back: <c>Clamp(ttl)</c>.
/// </summary>
/// <param name="Ordinal">The parameter.</param>
/// <param name="Shape">Whether it is a duration or a number.</param>
/// <param name="Constant">The length or the number.</param>
internal readonly record struct KnownLength(int Ordinal, TimeShape Shape, double Constant);

/// <summary>The constants that a call hands in for the first two such parameters: <c>AtLeast(ttl, least)</c>.</summary>
internal readonly record struct KnownLengths(KnownLength? First, KnownLength? Second)
{
    /// <summary>What a call hands in for parameters that its method tests and returns, as its answer says.</summary>
    public static KnownLengths Of(
        IInvocationOperation call, IMethodSymbol method, TimeValues returned, Func<IOperation, TimeValues> argumentValues)
    {
        KnownLengths known = default;
        foreach (TimeValue value in returned.Alternatives)
        {
            if (value is { IsTested: true, Parameter: { } tested } &&
                SymbolEqualityComparer.Default.Equals(tested.ContainingSymbol, method) &&
                call.Arguments.For(tested)?.Value is { } given && Of(tested, argumentValues(given)) is { } length)
            {
                known = known.With(length);
            }
        }

        return known;
    }

    private static KnownLength? Of(IParameterSymbol tested, TimeValues given) =>
        given.Alternatives is [{ Shape: TimeShape.Duration or TimeShape.Count, Constant: { } constant } only]
            ? new(tested.Ordinal, only.Shape, constant)
            : null;

    /// <summary>What a body begins with that is handed these: each is still the parameter, until more is known of it.</summary>
    public void Enter(BodyState state, IMethodSymbol method)
    {
        foreach (KnownLength? one in new[] { First, Second })
        {
            if (one is { } length && method.Parameters[length.Ordinal] is { } parameter)
            {
                state[new(parameter, default)] = new TimeValue(length.Shape) { Constant = length.Constant, Parameter = parameter };
            }
        }
    }

    private KnownLengths With(KnownLength other) => First is null ? new(other, null) : this with { Second = other };
}
