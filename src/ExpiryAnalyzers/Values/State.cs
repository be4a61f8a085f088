using System.Diagnostics.CodeAnalysis;
using ExpiryAnalyzers.Calls;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Values;

/// <summary>A local, a parameter or a flow capture.</summary>
internal readonly record struct Variable(ISymbol? Symbol, CaptureId Capture)
{
    /// <summary>The variable that an expression names, if it names one.</summary>
    public static Variable? Of(IOperation operation) => operation switch
    {
        ILocalReferenceOperation local => new(local.Local, default),
        IParameterReferenceOperation parameter => new(parameter.Parameter, default),
        IFlowCaptureReferenceOperation capture => new(null, capture.Id),
        IDeclarationExpressionOperation declaration => Of(declaration.Expression),
        IConversionOperation { OperatorMethod: null } conversion => Of(conversion.Operand),
        IParenthesizedOperation parenthesized => Of(parenthesized.Operand),
        _ => null,
    };

    public bool Equals(Variable other) => SymbolEqualityComparer.Default.Equals(Symbol, other.Symbol) && Capture.Equals(other.Capture);

    public override int GetHashCode() => Symbol is null ? Capture.GetHashCode() : SymbolEqualityComparer.Default.GetHashCode(Symbol);
}

/// <summary>What is known at one point of a body: the values of its variables, and the cache calls behind it on some path.</summary>
internal sealed class State
{
    private readonly Dictionary<Variable, TimeValues> _values;
    private readonly Dictionary<CacheCall, SyntaxNode?> _open;

    public State()
        : this([], [])
    {
    }

    private State(Dictionary<Variable, TimeValues> values, Dictionary<CacheCall, SyntaxNode?> open)
    {
        _values = values;
        _open = open;
    }

    /// <summary>
    /// The calls that ran on some path to here and that nothing has closed since, each with the loop in whose earlier round it ran;
    /// null where it ran in no earlier round.
    /// </summary>
    public IReadOnlyDictionary<CacheCall, SyntaxNode?> Open => _open;

    public TimeValues? this[Variable variable]
    {
        get => _values.TryGetValue(variable, out TimeValues? values) ? values : null;
        set
        {
            if (value is null)
            {
                _values.Remove(variable);
            }
            else
            {
                _values[variable] = value;
            }
        }
    }

    public State Clone() => new(new(_values), new(_open));

    public void Add(CacheCall call) => _open[call] = null;

    public void Close(Predicate<CacheCall> match)
    {
        foreach (CacheCall call in _open.Keys.Where(call => match(call)).ToArray())
        {
            _open.Remove(call);
        }
    }

    /// <summary>The state as the next round of a loop finds it.</summary>
    public State NextRound(SyntaxNode loop)
    {
        State next = Clone();
        foreach (KeyValuePair<CacheCall, SyntaxNode?> entry in _open)
        {
            if (loop.Span.Contains(entry.Key.Syntax.Span) && !IsWithin(loop, entry.Value))
            {
                next._open[entry.Key] = loop;
            }
        }

        return next;
    }

    /// <summary>Joins another state into this one; answers whether anything changed.</summary>
    public bool Join(State other)
    {
        bool changed = false;
        foreach (Variable variable in _values.Keys.ToArray())
        {
            // A variable that the other path knows nothing of may be anything there.
            changed |= JoinValue(variable, other[variable] ?? TimeValues.Unknown);
        }

        foreach (KeyValuePair<Variable, TimeValues> entry in other._values)
        {
            if (!_values.ContainsKey(entry.Key))
            {
                _values[entry.Key] = entry.Value.Join(TimeValues.Unknown);
                changed = true;
            }
        }

        foreach (KeyValuePair<CacheCall, SyntaxNode?> entry in other._open)
        {
            // The shortest way here is what counts.
            if (!_open.TryGetValue(entry.Key, out SyntaxNode? loop) || (loop is not null && loop != entry.Value && IsWithin(entry.Value, loop)))
            {
                _open[entry.Key] = entry.Value;
                changed = true;
            }
        }

        return changed;
    }

    private static bool IsWithin(SyntaxNode? loop, SyntaxNode? outer) => loop is null || (outer is not null && outer.Span.Contains(loop.Span));

    private bool JoinValue(Variable variable, TimeValues other)
    {
        TimeValues before = _values[variable];
        TimeValues after = before.Join(other);
        if (before.Equals(after))
        {
            return false;
        }

        _values[variable] = after;
        return true;
    }
}
