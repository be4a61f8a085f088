using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Calls;
using ExpiryAnalyzers.Keys;
using ExpiryAnalyzers.Operations;
using ExpiryAnalyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace ExpiryAnalyzers.Rules.Time;

/// <summary>Which instants of one body are made for one sink, and which are deadlines that something else has to agree with.</summary>
internal sealed class Deadlines
{
    private readonly Body _body;
    private readonly Knowledge _knowledge;
    private readonly Repeats _repeats;
    private readonly Dictionary<ISymbol, Uses> _uses = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<IOperation, Written?> _written = [];

    /// <summary>The absolute sinks that are a call's, by where they begin, each with the place of the one around it.</summary>
    private readonly List<(TextSpan Span, CacheCall Call, int Outer)> _sinks = [];

    public Deadlines(Body body, Knowledge knowledge)
    {
        _body = body;
        _knowledge = knowledge;
        _repeats = Repeats.In(body);
        Stack<int> around = [];
        foreach (Sink sink in body.Sinks.Where(static sink => sink is { IsAbsolute: true, Call: not null })
            .OrderBy(static sink => sink.Value.Syntax.SpanStart).ThenByDescending(static sink => sink.Value.Syntax.Span.End))
        {
            TextSpan span = sink.Value.Syntax.Span;
            while (around.Count > 0 && !_sinks[around.Peek()].Span.Contains(span))
            {
                around.Pop();
            }

            _sinks.Add((span, sink.Call!, around.Count > 0 ? around.Peek() : -1));
            around.Push(_sinks.Count - 1);
        }
    }

    /// <summary>
    /// Whether the instant is made for this sink. One that is also stored, returned or compared, or that several keys share,
    /// is a deadline with which the key must agree.
    /// </summary>
    public bool IsForThisSinkAlone(Sink sink)
    {
        HashSet<ISymbol> chain = new(SymbolEqualityComparer.Default);
        Queue<IOperation> pending = new([sink.Value]);
        while (pending.Count > 0)
        {
            foreach (IOperation reference in pending.Dequeue().DescendantsAndSelf())
            {
                if (reference is ISimpleAssignmentOperation { Target: IMemberReferenceOperation target } && IsTime(target.Type!))
                {
                    return false;
                }

                if (VariableOf(reference) is not { } variable || !chain.Add(variable))
                {
                    continue;
                }

                if (variable is IParameterSymbol { RefKind: RefKind.Out or RefKind.Ref } || _repeats.Share(variable, sink) ||
                    IsReadElsewhere(variable, sink, chain))
                {
                    return false;
                }

                foreach (IOperation? value in _body.Assignments.ValuesOf(variable))
                {
                    if (value is not null)
                    {
                        pending.Enqueue(value);
                    }
                }
            }
        }

        return true;
    }

    /// <summary>The variable of an instant, or of an instant's own number.</summary>
    private ISymbol? VariableOf(IOperation reference) => reference switch
    {
        ILocalReferenceOperation { Local: { } local } when IsTime(local.Type) => local,
        IParameterReferenceOperation { Parameter: { } parameter } when IsTime(parameter.Type) => parameter,
        _ => null,
    };

    private bool IsTime(ITypeSymbol type) => _knowledge.IsInstant(type) ||
        (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: [{ } bare] }
            ? bare
            : type).SpecialType == SpecialType.System_Int64;

    /// <summary>
    /// Whether a read does not leave the instant to this sink: it feeds no variable of the chain, no other sink of the same key,
    /// and does not only read the bare clock for something else.
    /// </summary>
    private bool IsReadElsewhere(ISymbol variable, Sink sink, HashSet<ISymbol> chain)
    {
        if (!_uses.TryGetValue(variable, out Uses? uses))
        {
            _uses[variable] = uses = UsesOf(variable);
        }

        Target? own = TargetOf(sink.Call);
        return uses.Apart.Any(IsElsewhere) || uses.ByTarget.Any(entry => entry.Key != own && entry.Value.Any(IsElsewhere)) ||
            uses.OfSeveral.Any(use => !use.Targets.Any(target => target == own) && IsElsewhere(use.Read));

        bool IsElsewhere(IOperation read) => !sink.Value.Syntax.Span.Contains(read.Syntax.Span) && !Feeds(read, chain);
    }

    /// <summary>The reads of a variable, but for those that only read the bare clock, by the keys whose sinks they reach.</summary>
    private Uses UsesOf(ISymbol variable)
    {
        Uses uses = new();
        foreach (IOperation read in _body.Assignments.Reads(variable).Where(read => !IsClockForOthers(read)))
        {
            Target[] targets = [.. TargetsOf(read).Distinct()];
            if (targets.Length > 1)
            {
                uses.OfSeveral.Add((read, targets));
            }
            else if (targets is [{ } only])
            {
                uses.ByTarget.AddTo(only, read);
            }
            else
            {
                uses.Apart.Add(read);
            }
        }

        return uses;
    }

    /// <summary>The keys of the absolute sinks around a read.</summary>
    private IEnumerable<Target> TargetsOf(IOperation read)
    {
        int low = 0;
        int high = _sinks.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_sinks[middle].Span.Start <= read.Syntax.SpanStart)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        for (int i = low - 1; i >= 0; i = _sinks[i].Outer)
        {
            if (_sinks[i].Span.Contains(read.Syntax.Span) && TargetOf(_sinks[i].Call) is { } target)
            {
                yield return target;
            }
        }
    }

    private static Target? TargetOf(CacheCall? call) => call is { Key: { } key, Database: { } database } ? new(key, database) : null;

    /// <summary>Whether a read helps to make a variable of the chain.</summary>
    private bool Feeds(IOperation read, HashSet<ISymbol> chain)
    {
        for (Written? written = WrittenAround(read); written is not null; written = written.Outer)
        {
            if (chain.Contains(written.Variable))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The innermost variable for whose value an operation stands in the same statement.</summary>
    private Written? WrittenAround(IOperation operation)
    {
        Stack<IOperation> path = [];
        Written? written = null;
        for (IOperation? inner = operation;
            inner is not null and not IBlockOperation && !_written.TryGetValue(inner, out written);
            inner = inner.Parent)
        {
            path.Push(inner);
        }

        while (path.Count > 0)
        {
            IOperation inner = path.Pop();
            ISymbol? variable = inner.Parent switch
            {
                IVariableDeclaratorOperation declarator => declarator.Symbol,
                IAssignmentOperation assignment => DefUse.SymbolOf(assignment.Target),
                _ => null,
            };
            _written[inner] = written = variable is null ? written : new(variable, written);
        }

        return written;
    }

    /// <summary>Whether a read takes the clock as it is for something else than a span of time from now.</summary>
    private bool IsClockForOthers(IOperation read) => IsBareClock(read) &&
        read.Parent is not IBinaryOperation && !_knowledge.Types.IsUseOf(read.Parent, KnownMember.AddToInstant);

    /// <summary>Whether a variable holds the clock as read, perhaps in another form.</summary>
    private bool IsBareClock(IOperation read)
    {
        IOperation? value = VariableOf(read) is { } variable ? _body.Assignments.OnlyValue(variable) : null;
        while ((value is IConversionOperation conversion
            ? conversion.Operand
            : _knowledge.Types.ReceiverOf(value, KnownMember.OfOffset)) is { } inner)
        {
            value = inner;
        }

        return value is IPropertyReferenceOperation ||
            (value is IInvocationOperation call &&
                (_knowledge.Types.Is(call.TargetMethod, KnownMember.Clock) || NameHints.ClockMethods.Fits(call.TargetMethod.Name)));
    }

    /// <summary>A key of a database.</summary>
    private sealed record Target(Key Key, Key Database);

    /// <summary>A variable that an expression helps to make, and the next one that this one's value stands in.</summary>
    private sealed record Written(ISymbol Variable, Written? Outer);

    /// <summary>The reads of a variable.</summary>
    private sealed class Uses
    {
        /// <summary>Those in the sinks of one key.</summary>
        public Dictionary<Target, List<IOperation>> ByTarget { get; } = [];

        /// <summary>Those in sinks of several keys, one in another.</summary>
        public List<(IOperation Read, Target[] Targets)> OfSeveral { get; } = [];

        /// <summary>Those in no such sink.</summary>
        public List<IOperation> Apart { get; } = [];
    }
}
