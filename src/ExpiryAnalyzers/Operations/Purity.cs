using System.Collections.Concurrent;
using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Operations;

/// <summary>What a member answers when it is asked the same twice.</summary>
internal enum Answer
{
    /// <summary>The same.</summary>
    Same,

    /// <summary>Nobody knows.</summary>
    Unknown,

    /// <summary>Something else, or it does something beside answering.</summary>
    Another,
}

/// <summary>
/// Whether members answer the same when they are asked twice: decided by what they do where that is known, of the base library's
/// members by symbol, of the source's by their code, and only of those out of view by <see cref="NameHints"/>. Kept for the
/// compilation; thread-safe.
/// </summary>
internal sealed class Purity(WellKnownTypes types, ISourceMembers source)
{
    /// <summary>How many calls deep the source is looked into.</summary>
    private const int MaxDepth = 3;

    private readonly Lazy<Dictionary<INamedTypeSymbol, string[]>> _fickle = new(() => Resolved(SteadyMembers.Fickle, types.ByName));
    private readonly Lazy<Dictionary<INamedTypeSymbol, string[]>> _steady = new(() => Resolved(SteadyMembers.Steady, types.ByName));
    private readonly Lazy<HashSet<INamedTypeSymbol>> _texts = new(() => new(
        SteadyMembers.TextTypes.SelectMany(types.ByName.All), SymbolEqualityComparer.Default));

    private readonly ConcurrentDictionary<ISymbol, Answer?> _known = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<(IMethodSymbol, int), Answer> _looked = new();

    /// <summary>What a call answers when it is made twice with the same.</summary>
    public Answer Of(IInvocationOperation call) => Of(call, MaxDepth);

    /// <summary>Whether a member of the base library is known to change what its object answers.</summary>
    public bool IsKnownToChange(IMethodSymbol method) => Known(method) == Answer.Another;

    /// <summary>What a property answers when it is read twice.</summary>
    public Answer Of(IPropertySymbol property) =>
        Known(property) ?? (NameHints.ClockProperties.Fits(property.Name) ? Answer.Another : Answer.Same);

    /// <summary>The framework's types.</summary>
    public WellKnownTypes Types => types;

    /// <summary>Whether values of a type are put together as texts are.</summary>
    public bool IsText(ITypeSymbol? type) => type is INamedTypeSymbol named && _texts.Value.Contains(named);

    /// <summary>Whether a member belongs to the code that is analysed, and not to another assembly.</summary>
    public bool IsInSource(ISymbol member) =>
        SymbolEqualityComparer.Default.Equals(member.ContainingAssembly, types.ByName.Compilation.Assembly);

    private Answer Of(IInvocationOperation call, int depth) =>
        Known(call.TargetMethod) is { } known ? known
        : depth > 0 && source.Called(call) is { } method && Look(method, depth) is { } looked ? looked
        : OutOfView(call.TargetMethod);

    /// <summary>
    /// What a call out of view answers when it is asked the same twice. Without arguments only one that is named for what it gets
    /// answers the same: <c>provider.GetDatabase()</c>; with arguments any but those named for change: <c>keys.For(id)</c>.
    /// </summary>
    private static Answer OutOfView(IMethodSymbol method)
    {
        string name = method.Name;
        bool isNamed = NameHints.Getters.Fits(name) || NameHints.KeyGetters.Fits(name);
        bool isFickle = (!isNamed && NameHints.Fickle.Fits(name)) ||
            NameHints.Fickle.Words.Any(word => name.StartsWith(word, StringComparison.Ordinal));
        return isFickle ? Answer.Another : method.Parameters.IsEmpty && !isNamed ? Answer.Unknown : Answer.Same;
    }

    /// <summary>What the tables say of a member, or of what it overrides.</summary>
    private Answer? Known(ISymbol member) => _known.GetOrAdd(member.OriginalDefinition, this, static (key, own) => own.Find(key));

    private Answer? Find(ISymbol key)
    {
        if (key.ContainingType is not { } type)
        {
            return null;
        }

        if (Declaring(key, type.AllInterfaces.Concat(Bases(type))).Any(above => IsNamed(_fickle.Value, above, key)))
        {
            return Answer.Another;
        }

        IEnumerable<INamedTypeSymbol> own = Bases(type).Where(static above => above.SpecialType == SpecialType.None);
        return Declaring(key, own).Any(above => IsNamed(_steady.Value, above, key)) ? Answer.Same : null;
    }

    /// <summary>The types that may declare a member: its own, and for an object's member those above.</summary>
    private static IEnumerable<INamedTypeSymbol> Declaring(ISymbol member, IEnumerable<INamedTypeSymbol> above) =>
        member.IsStatic ? [member.ContainingType] : above.Prepend(member.ContainingType);

    private static bool IsNamed(Dictionary<INamedTypeSymbol, string[]> types, INamedTypeSymbol type, ISymbol member) =>
        types.TryGetValue(type.OriginalDefinition, out string[]? names) && (names.Length == 0 || names.Contains(member.Name));

    private static IEnumerable<INamedTypeSymbol> Bases(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? above = type.BaseType; above is not null; above = above.BaseType)
        {
            yield return above;
        }
    }

    private static Dictionary<INamedTypeSymbol, string[]> Resolved(IEnumerable<TypeMembers> rows, TypesByName found)
    {
        Dictionary<INamedTypeSymbol, string[]> types = new(SymbolEqualityComparer.Default);
        foreach (TypeMembers row in rows)
        {
            foreach (INamedTypeSymbol type in found.All(row.Type))
            {
                types[type] = row.Members;
            }
        }

        return types;
    }

    /// <summary>What the code of a method says; null where the code is not in view.</summary>
    private Answer? Look(IMethodSymbol method, int depth)
    {
        if (!_looked.TryGetValue((method, depth), out Answer answer))
        {
            if (source.BodyOf(method) is not { } body)
            {
                return null;
            }

            bool isUnknown = false;
            foreach (IOperation operation in body.DescendantsAndSelf())
            {
                Answer part = PartOf(operation, depth);
                if (part == Answer.Another)
                {
                    return _looked[(method, depth)] = Answer.Another;
                }

                isUnknown = isUnknown || part == Answer.Unknown;
            }

            // What is handed something is taken at its word where its code does nothing that is known to change.
            _looked[(method, depth)] = answer = isUnknown && method.Parameters.IsEmpty ? Answer.Unknown : Answer.Same;
        }

        return answer;
    }

    private Answer PartOf(IOperation operation, int depth) => operation switch
    {
        // What a method does to a collection of its own is its own matter.
        IInvocationOperation { TargetMethod: { } method } call when (method.ReturnsVoid || call.Instance is ILocalReferenceOperation) &&
            Known(method) is null && source.Called(call) is null => Answer.Same,
        IInvocationOperation call => Of(call, depth - 1),
        IPropertyReferenceOperation property => Of(property.Property),
        IIncrementOrDecrementOperation { Target: not (ILocalReferenceOperation or IParameterReferenceOperation) } => Answer.Another,
        ICompoundAssignmentOperation { Target: not (ILocalReferenceOperation or IParameterReferenceOperation) } => Answer.Another,
        ISimpleAssignmentOperation { Target: IFieldReferenceOperation or IPropertyReferenceOperation } => Answer.Unknown,
        _ => Answer.Same,
    };
}
