using ExpiryAnalyzers.Operations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Analysis;

/// <summary>The parameters of a method for which a call hands in <c>true</c> or <c>false</c> as written, by their places.</summary>
/// <param name="Known">A bit for each that is known.</param>
/// <param name="Values">A bit for each that is true.</param>
internal readonly record struct KnownFlags(int Known, int Values)
{
    /// <summary>How many flags of a method are told apart: each is one more way to run it.</summary>
    private const int MaxFlags = 3;

    /// <summary>What a call hands in for the first few flags of a method.</summary>
    public static KnownFlags Of(IInvocationOperation call, IMethodSymbol method)
    {
        KnownFlags flags = default;
        foreach (IParameterSymbol flag in In(method))
        {
            if (call.Arguments.For(flag)?.Value.ConstantValue is { HasValue: true, Value: bool value })
            {
                flags = flags.With(flag, value);
            }
        }

        return flags;
    }

    /// <summary>The first few flags of a method.</summary>
    public static IEnumerable<IParameterSymbol> In(IMethodSymbol method) => method.Parameters
        .Where(static parameter => parameter is { Type.SpecialType: SpecialType.System_Boolean, Ordinal: < 32 })
        .Take(MaxFlags);

    /// <summary>The same where one more is known.</summary>
    public KnownFlags With(IParameterSymbol flag, bool value) =>
        new(Known | (1 << flag.Ordinal), value ? Values | (1 << flag.Ordinal) : Values);

    /// <summary>Whether code does more with a known flag than to hand it on.</summary>
    public bool AreTestedIn(IOperation root)
    {
        foreach (IOperation part in root.DescendantsAndSelf())
        {
            if (part is IParameterReferenceOperation { Parent: not IArgumentOperation, Parameter: { } flag } && Of(flag) is not null)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What is known of a parameter; null where nothing is.</summary>
    public bool? Of(IParameterSymbol parameter)
    {
        int place = parameter.Ordinal < 32 ? 1 << parameter.Ordinal : 0;
        return (Known & place) == 0 ? null : (Values & place) != 0;
    }
}
