using ExpiryAnalyzers.Operations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Analysis;

/// <summary>What the objects that a body makes are given for their members.</summary>
internal sealed class MadeObjects(Body body)
{
    /// <summary>
    /// The expression that an object is given for a member, by its constructor or an initializer, or in the one place of the body that
    /// writes it; null where another write may count when it is read.
    /// </summary>
    /// <param name="reference">Where the member is read.</param>
    /// <param name="made">Where the object is made.</param>
    public IOperation? GivenTo(IMemberReferenceOperation reference, IObjectCreationOperation made)
    {
        ISymbol member = reference.Member;
        if (!body.Knowledge.Summaries.Keeps(member))
        {
            return null;
        }

        if (IsOpen(reference, made))
        {
            return null;
        }

        IOperation?[] later = [.. body.Assignments.ValuesOf(member).Where(static value => !IsOfInitializer(value))];
        return later.Length == 0 ? GivenBy(made, member, body.Knowledge.Summaries)
            : later is [{ } only] && only.Syntax.SpanStart < reference.Syntax.SpanStart && IsGivenTo(made, only) ? only
            : null;
    }

    /// <summary>Whether a value is assigned to a member of an object.</summary>
    private bool IsGivenTo(IObjectCreationOperation made, IOperation value) =>
        value.Parent is ISimpleAssignmentOperation { Target: IMemberReferenceOperation { Instance: { } holder } } &&
        ReferenceEquals(body.Resolved(holder), made);

    /// <summary>The expression that the construction of an object gives a member.</summary>
    public static IOperation? GivenBy(IObjectCreationOperation made, ISymbol member, Summaries summaries)
    {
        if (made.Initializer is { } initializer)
        {
            foreach (ISimpleAssignmentOperation assignment in initializer.Initializers.OfType<ISimpleAssignmentOperation>())
            {
                if (SymbolEqualityComparer.Default.Equals(DefUse.SymbolOf(assignment.Target), member))
                {
                    return assignment.Value;
                }
            }
        }

        return made.Constructor is { } constructor && summaries.ParameterFor(member, constructor) is { } parameter
            ? made.Arguments.For(parameter)?.Value
            : null;
    }

    private static bool IsOfInitializer(IOperation? value) =>
        value?.Parent is ISimpleAssignmentOperation { Target: IMemberReferenceOperation { Instance: IInstanceReferenceOperation made } } &&
        made.ReferenceKind == InstanceReferenceKind.ImplicitReceiver;

    /// <summary>Whether others that can write the member have had the object before it is read.</summary>
    private bool IsOpen(IMemberReferenceOperation reference, IObjectCreationOperation made)
    {
        bool isFixed =
            reference.Member is IPropertySymbol { SetMethod: null or { IsInitOnly: true } } or IFieldSymbol { IsReadOnly: true };
        return !isFixed && reference.Instance?.WithoutConversions() is ILocalReferenceOperation { Local: { } holder } &&
            body.Assignments.Reads(holder).Any(read =>
                read.Syntax.SpanStart < reference.Syntax.SpanStart && read.Syntax.SpanStart > made.Syntax.SpanStart && IsHandedOn(read));
    }

    /// <summary>Whether an object goes to other code: as an argument, as the receiver of a call, or under another name.</summary>
    private static bool IsHandedOn(IOperation read)
    {
        IOperation? around = read.Parent;
        while (around is IConversionOperation)
        {
            around = around.Parent;
        }

        return around is not (IPropertyReferenceOperation or IFieldReferenceOperation);
    }
}
