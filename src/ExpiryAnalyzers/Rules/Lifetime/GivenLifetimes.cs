using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Calls;
using ExpiryAnalyzers.Operations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Rules.Lifetime;

/// <summary>Which calls of a body are given a lifetime, or may be: by an argument, in an object, or by way of the entry.</summary>
internal sealed class GivenLifetimes(Body body)
{
    /// <summary>Whether a call is given a lifetime, as far as can be told: only what certainly is none counts as none.</summary>
    public bool IsGivenLifetime(CacheCall call) => call.MayBringExpiry
        ? call.Ttl is not null || call.Argument(Role.Options)?.Value is not { } options || !HoldsNone(options)
        : call.Innermost.Method.GivesEntry && (call.Behind is not null || MayBeTold(call));

    /// <summary>Whether options are made here, and are told no lifetime before they are handed to a call.</summary>
    private bool HoldsNone(IOperation options)
    {
        IOperation given = options.WithoutConversions();
        ILocalSymbol? local = (given as ILocalReferenceOperation)?.Local;
        IOperation? made = local is null ? given : body.Assignments.OnlyValue(local)?.WithoutConversions();
        return made is IObjectCreationOperation { Arguments.IsEmpty: true } creation &&
            body.Knowledge.Catalog.IsOptions(creation.Type) &&
            creation.Initializer?.Initializers.All(IsOther) != false &&
            (local is null || body.Assignments.Reads(local).All(read => IsHanded(read) || IsOtherOf(read)));
    }

    /// <summary>Whether a call of a client is handed options.</summary>
    private bool IsHanded(IOperation read) => read.Parent is IArgumentOperation { Parent: IInvocationOperation call } argument &&
        body.CallsAt(call.Syntax).Any(bound => ReferenceEquals(bound.Argument(Role.Options), argument));

    /// <summary>Whether the code that gets an entry may tell it a lifetime, itself or by handing it on.</summary>
    private bool MayBeTold(CacheCall call)
    {
        ISymbol? entry = call.Argument(Role.Entry)?.Value is { } callback ? EntryOf(callback)
            : call.Operation.Parent is IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: { } local } } ? local
            : null;
        return entry is null || !body.Assignments.References(entry).All(IsOtherOf);
    }

    /// <summary>The entry that a lambda is handed.</summary>
    private static IParameterSymbol? EntryOf(IOperation callback) => callback.AsLambda()?.Symbol.Parameters.FirstOrDefault();

    /// <summary>Whether a read of an object only sets something of it that is no lifetime.</summary>
    private bool IsOtherOf(IOperation read) => read.Parent is IPropertyReferenceOperation { Parent: { } setting } && IsOther(setting);

    /// <summary>Whether something else than a lifetime is set of an object.</summary>
    private bool IsOther(IOperation setting) =>
        setting is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property: { } property } } &&
        body.Knowledge.Catalog.Find(property) is null;
}
