using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Operations;
using ExpiryAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Calls;

/// <summary>
/// A lock that a method of the user's own takes for its callers: it runs their delegates under it, or returns with the lock held. Only
/// where the method neither limits the work nor renews the lock.
/// </summary>
/// <param name="Take">The call that takes it.</param>
/// <param name="TtlText">The TTL as the method writes it.</param>
/// <param name="Ttl">The TTL, where the method sets a constant one.</param>
/// <param name="TtlParameter">The parameter that is the TTL, by ordinal; null where the method sets the TTL itself.</param>
/// <param name="Unit">The unit of a TTL parameter that is a number.</param>
/// <param name="Work">The parameters that are run under the lock, by ordinal; none where the method returns with the lock held.</param>
/// <param name="IsHandle">Whether the method returns an object whose disposal gives the lock back.</param>
internal sealed record HeldLock(
    CacheCall Take,
    SyntaxNode TtlText,
    TimeSpan? Ttl,
    int? TtlParameter,
    TimeUnit Unit,
    IReadOnlyList<int> Work,
    bool IsHandle)
{
    /// <summary>Whether the method does nothing under the lock but answer, yes or no, whether it got it.</summary>
    public bool IsAnswer { get; init; }

    /// <summary>The elements of the tuple that the method answers with which say whether it got the lock.</summary>
    public IReadOnlyList<int> AnswerParts { get; init; } = [];

    /// <summary>Whether the method answers with no handle or token, or with no, where it did not get the lock.</summary>
    public bool MayBeMissing { get; init; }

    /// <summary>What the method takes where its TTL parameter is null: <c>ttl ?? TimeSpan.FromSeconds(30)</c>.</summary>
    public DefaultTtl? Otherwise { get; init; }

    /// <summary>The lock as one call takes it: with the TTL that it hands in, or with the method's own.</summary>
    public HeldLock At(IInvocationOperation call)
    {
        IArgumentOperation? given = call.Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == TtlParameter);
        if (Otherwise is not { } otherwise)
        {
            return given is { ArgumentKind: ArgumentKind.DefaultValue, Parameter: { } parameter } && DefaultOf(parameter) is { } length
                ? this with { TtlParameter = null, TtlText = TextOf(parameter) ?? TtlText, Ttl = length }
                : this;
        }

        IOperation? value = given?.Value.WithoutConversions();
        bool isGiven = given?.ArgumentKind == ArgumentKind.Explicit &&
            value?.Type is { IsValueType: true } and not { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T };
        bool isLeftOut = given?.ArgumentKind == ArgumentKind.DefaultValue || value?.ConstantValue is { HasValue: true, Value: null };

        // Of what may be null or not nothing is known but what the method writes.
        return isGiven ? this with { Otherwise = null }
            : isLeftOut ? this with { TtlParameter = null, TtlText = otherwise.Text, Ttl = otherwise.Length, Otherwise = null }
            : this with { TtlParameter = null, Otherwise = null };
    }

    /// <summary>The TTL that the method takes where its number is left out: <c>int seconds = 10</c>.</summary>
    private TimeSpan? DefaultOf(IParameterSymbol parameter)
    {
        double? number = parameter switch
        {
            { HasExplicitDefaultValue: true, ExplicitDefaultValue: int whole } => whole,
            { HasExplicitDefaultValue: true, ExplicitDefaultValue: long whole } => whole,
            { HasExplicitDefaultValue: true, ExplicitDefaultValue: double any } => any,
            _ => null,
        };
        double? ticks = Unit == TimeUnit.Unknown ? null : number * TimeArithmetic.TicksPer(Unit);
        return ticks is > 0 and < long.MaxValue ? new TimeSpan((long)ticks) : null;
    }

    private static SyntaxNode? TextOf(IParameterSymbol parameter) =>
        (parameter.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() as ParameterSyntax)?.Default?.Value;
}

/// <summary>The TTL that a method sets where it is handed none.</summary>
/// <param name="Text">As the method writes it.</param>
/// <param name="Length">Where it is constant.</param>
internal sealed record DefaultTtl(SyntaxNode Text, TimeSpan? Length);
