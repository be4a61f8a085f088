using System.Collections.Immutable;
using ExpiryAnalyzers.Apis;
using Microsoft.CodeAnalysis;

namespace ExpiryAnalyzers.Symbols;

/// <summary>The members that the user's own files tell of, in the form of a client's table.</summary>
internal sealed class TaughtMembers
{
    public static readonly TaughtMembers None = new([]);

    private readonly Dictionary<ISymbol, BoundMethod> _methods = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ISymbol, BoundProperty> _properties = new(SymbolEqualityComparer.Default);

    public TaughtMembers(IReadOnlyCollection<TaughtFact> facts)
    {
        foreach (IGrouping<ISymbol, TaughtFact> member in facts.GroupBy(fact => fact.Member, SymbolEqualityComparer.Default))
        {
            KindPolicy kinds = member.Max(fact => fact.Kinds);
            ApiLibrary library = new(member.Key.ContainingType.Name, kinds, []);
            if (member.Key is IMethodSymbol method)
            {
                ImmutableDictionary<Role, IParameterSymbol>.Builder roles = ImmutableDictionary.CreateBuilder<Role, IParameterSymbol>();
                Effect effect = Effect.None;
                foreach (TaughtFact fact in member)
                {
                    effect |= fact.Effect;
                    if (fact.Parameter is { } parameter)
                    {
                        roles[fact.Role] = parameter;
                    }
                }

                ApiMethod row = new(method.Name, effect, DataType.None, []) { Ttl = TtlFacts.OfTaught };
                _methods[method] = new(library, row, roles.ToImmutable());
            }
            else
            {
                _properties[member.Key] = new(library, new(member.Key.Name) { Ttl = TtlFacts.OfTaught });
            }
        }
    }

    public IEnumerable<BoundMethod> Methods => _methods.Values;

    public IEnumerable<BoundProperty> Properties => _properties.Values;

    public bool IsEmpty => _methods.Count == 0 && _properties.Count == 0;

    public BoundMethod? Find(IMethodSymbol method) => _methods.TryGetValue(method, out BoundMethod? found) ? found : null;

    public BoundProperty? Find(IPropertySymbol property) => _properties.TryGetValue(property, out BoundProperty? found) ? found : null;

    /// <summary>Reads every file of the name; lines that cannot be used teach nothing.</summary>
    public static TaughtMembers Read(ImmutableArray<AdditionalText> files, Compilation compilation, CancellationToken cancellationToken)
    {
        List<TaughtFact> facts = [];
        foreach (AdditionalText file in files)
        {
            if (SinksFile.Is(file) && file.GetText(cancellationToken) is { } text)
            {
                facts.AddRange(SinksFile.Read(text, compilation).Select(line => line.Fact).OfType<TaughtFact>());
            }
        }

        return facts.Count == 0 ? None : new(facts);
    }
}
