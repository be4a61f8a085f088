using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Calls;
using ExpiryAnalyzers.Keys;
using ExpiryAnalyzers.Operations;
using ExpiryAnalyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace ExpiryAnalyzers.Rules.Atomicity;

/// <summary>What one body does with sets that name keys, and with the keys that they name.</summary>
internal sealed class TagSets(Body body, ApiCatalog catalog)
{
    private Dictionary<Key, List<TextSpan>>? _named;
    private Dictionary<IOperation, int>? _deletes;
    private Dictionary<ISymbol, List<IOperation>>? _reads;

    /// <summary>The write of the key that is put into a set which stands nearest, and apart from that.</summary>
    public CacheCall? NearestWrite(CacheCall add)
    {
        const Effect effects = Effect.Write | Effect.Overwrite | Effect.Increment;
        if (body.ByKey.On(add.Member) is not { } group)
        {
            return null;
        }

        IReadOnlyList<CacheCall> writes = group.With(effects);
        int after = group.IndexFrom(effects, add.Syntax.SpanStart);
        int before = after - 1;
        while (before >= 0 || after < writes.Count)
        {
            // Of two as near as each other, the first.
            bool isBefore = before >= 0 &&
                (after == writes.Count ||
                    add.Syntax.SpanStart - writes[before].Syntax.SpanStart <= writes[after].Syntax.SpanStart - add.Syntax.SpanStart);
            CacheCall write = writes[isBefore ? before-- : after++];
            if (!ReferenceEquals(write.Operation, add.Operation) && AreApart(add, write))
            {
                return write;
            }
        }

        return null;
    }

    /// <summary>The first call behind the read of a set that deletes keys which it names.</summary>
    public CacheCall? FirstDelete(CacheCall read)
    {
        _deletes ??= Deletes();
        int first = int.MaxValue;
        if (_deletes.Count > 0)
        {
            foreach (IOperation use in UsesOf(read))
            {
                first = Math.Min(first, FirstDelete(use, read));
            }
        }

        return first < int.MaxValue ? body.Calls[first] : null;
    }

    /// <summary>Whether the set is changed, deleted or handed on, or a script runs.</summary>
    public bool IsHandled(CacheCall read)
    {
        CallGroup? same = body.ByKey.On(read.Key);
        if (body.ByKey.All.With(Effect.Opaque).Count > 0 || same?.With(Effect.Change | Effect.SetExpiry).Count > 0)
        {
            return true;
        }

        _named ??= Named();
        return _named.TryGetValue(read.Key!, out List<TextSpan>? places) &&
            places.Exists(place => place.IsEmpty || !read.Syntax.Span.Contains(place));
    }

    /// <summary>Whether both calls go to one database, and not in one transaction.</summary>
    private bool AreApart(CacheCall add, CacheCall write)
    {
        bool isTogether = add.Receiver == ReceiverKind.Transaction && write.Receiver == ReceiverKind.Transaction &&
            add.Database?.Equals(write.Database) == true;
        return !isTogether && add.Receiver != ReceiverKind.Unknown && write.Receiver != ReceiverKind.Unknown &&
            body.DatabaseOf(add) is { } database && database.Equals(body.DatabaseOf(write));
    }

    /// <summary>The calls that delete keys, each under the arguments that it is handed, by its number among the calls.</summary>
    private Dictionary<IOperation, int> Deletes()
    {
        Dictionary<IOperation, int> deletes = [];
        for (int i = 0; i < body.Calls.Length; i++)
        {
            if (body.Calls[i].Has(Effect.Delete))
            {
                foreach (IArgumentOperation argument in body.Calls[i].Operation.Arguments)
                {
                    if (!deletes.ContainsKey(argument))
                    {
                        deletes[argument] = i;
                    }
                }
            }
        }

        return deletes;
    }

    /// <summary>The places where the names that were read are used, and where the variables are that hold what is made of them.</summary>
    private IEnumerable<IOperation> UsesOf(CacheCall read)
    {
        yield return read.Operation;
        foreach (ISymbol variable in body.Decisions.From(read.Operation).Variables)
        {
            foreach (IOperation use in ReadsOf(variable))
            {
                yield return use;
            }
        }
    }

    private IReadOnlyList<IOperation> ReadsOf(ISymbol variable)
    {
        if (_reads is null)
        {
            _reads = new(SymbolEqualityComparer.Default);
            foreach (IOperation operation in body.Operations)
            {
                if (operation is ILocalReferenceOperation or IParameterReferenceOperation && DefUse.SymbolOf(operation) is { } symbol)
                {
                    _reads.AddTo(symbol, operation);
                }
            }
        }

        return _reads.TryGetValue(variable, out List<IOperation>? reads) ? reads : [];
    }

    /// <summary>The number of the first call that deletes what a use hands to it, by itself or for each element.</summary>
    private int FirstDelete(IOperation use, CacheCall read)
    {
        int first = DeleteAround(use, read, within: null);
        for (IOperation inner = use; inner.Parent is { } outer; inner = outer)
        {
            if (outer is not IInvocationOperation call)
            {
                continue;
            }

            // members.Select(member => db.KeyDeleteAsync(member))
            foreach (IAnonymousFunctionOperation lambda in LambdasOf(call).Where(lambda => !inner.Syntax.Span.Contains(lambda.Syntax.Span)))
            {
                foreach (IOperation element in lambda.Symbol.Parameters.SelectMany(ReadsOf))
                {
                    first = Math.Min(first, DeleteAround(element, read, lambda));
                }
            }
        }

        return first;
    }

    /// <summary>
    /// The number of the first call that an operation is, or helps to make, an argument of, and that deletes keys behind the read.
    /// </summary>
    private int DeleteAround(IOperation operation, CacheCall read, IOperation? within)
    {
        int first = int.MaxValue;
        for (IOperation? outer = operation; outer is not null && !ReferenceEquals(outer, within); outer = outer.Parent)
        {
            if (_deletes!.TryGetValue(outer, out int number) && body.Calls[number].Syntax.SpanStart > read.Syntax.SpanStart)
            {
                first = Math.Min(first, number);
            }
        }

        return first;
    }

    private static IEnumerable<IAnonymousFunctionOperation> LambdasOf(IInvocationOperation call) =>
        call.Arguments.Lambdas().Where(lambda => ReferenceEquals(lambda.CallHandedTo(), call));

    /// <summary>
    /// The keys that stand in arguments or among the elements of collections, with the argument's place; an empty one for an element.
    /// What only becomes the key of the client's own does not count.
    /// </summary>
    private Dictionary<Key, List<TextSpan>> Named()
    {
        Dictionary<Key, List<TextSpan>> named = [];
        foreach (IOperation operation in body.Operations)
        {
            if (operation is IArgumentOperation argument)
            {
                if (argument.Parent is not IInvocationOperation call || !catalog.IsKey(call.Type))
                {
                    Add(argument.Value, argument.Syntax.Span);
                }
            }
            else if (operation.ListsElements())
            {
                foreach (IOperation element in operation.ChildOperations)
                {
                    Add(element, default);
                }
            }
        }

        return named;

        void Add(IOperation expression, TextSpan place)
        {
            if (body.Keys.Of(expression) is { } key)
            {
                named.AddTo(key, place);
            }
        }
    }
}
