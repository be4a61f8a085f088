using ExpiryAnalyzers.Calls;
using ExpiryAnalyzers.Flow;
using ExpiryAnalyzers.Values;
using Microsoft.CodeAnalysis;

namespace ExpiryAnalyzers.Analysis;

/// <summary>The numbers under which a body's variables stand in its states, in the order in which the flow meets them.</summary>
internal sealed class VariableNumbers
{
    private SmallMap<Variable, int> _numbers = new();
    private readonly List<bool> _areParameters = [];
    private readonly List<Variable> _members = [];

    /// <summary>The members among the variables.</summary>
    public IReadOnlyList<Variable> Members => _members;

    public int Of(Variable variable)
    {
        if (!_numbers.TryGetValue(variable, out int number))
        {
            _numbers[variable] = number = _areParameters.Count;
            _areParameters.Add(variable is { Symbol: IParameterSymbol, Path: null });
            if (variable.Path is not null)
            {
                _members.Add(variable);
            }
        }

        return number;
    }

    /// <summary>Whether a variable stands for what the caller hands over as long as nothing else is known of it.</summary>
    public bool IsParameter(int number) => _areParameters[number];
}

/// <summary>What is known at one point of a body: the values of its variables, and the cache calls behind it on some path.</summary>
/// <param name="numbers">The numbers of the body's variables.</param>
internal sealed class BodyState(VariableNumbers numbers) : IFlowState<BodyState>, IVariableValues
{
    private static readonly object Lost = new();

    private PersistentMap<TimeValues> _values;
    private PersistentMap<object> _lost;
    private PersistentMap<OpenCalls> _open;

    public int Version { get; private set; }

    public bool IsReached { get; private set; } = true;

    /// <summary>No path goes on from here.</summary>
    public void End() => IsReached = false;

    /// <summary>The calls that ran on some path to here and that nothing has closed since, by key.</summary>
    public PersistentMap<OpenCalls> Open
    {
        get => _open;
        set
        {
            Version += _open.IsSame(value) ? 0 : 1;
            _open = value;
        }
    }

    public bool HasMembers => numbers.Members.Count > 0;

    public TimeValues? this[Variable variable]
    {
        get => numbers.Of(variable) is var number && _lost[number] is null ? _values[number] : TimeValues.Unknown;
        set => Set(numbers.Of(variable), value);
    }

    /// <summary>What was known of a variable's members is known no more.</summary>
    public void ForgetMembersOf(ISymbol variable)
    {
        foreach (Variable member in numbers.Members)
        {
            if (SymbolEqualityComparer.Default.Equals(member.Symbol, variable))
            {
                this[member] = TimeValues.Unknown;
            }
        }
    }

    /// <summary>What was known of a member of that name is known no more, whoever holds it.</summary>
    public void ForgetMember(string name)
    {
        foreach (Variable member in numbers.Members)
        {
            if (member.IsReachedBy(name))
            {
                this[member] = TimeValues.Unknown;
            }
        }
    }

    /// <summary>From here on the variable may be anything at any time: code that is not in view writes it when it likes.</summary>
    public void Lose(Variable variable)
    {
        int number = numbers.Of(variable);
        Set(number, TimeValues.Unknown);
        _lost = _lost.With(number, Lost);
        Version++;
    }

    /// <summary>Whether some variable is lost; of most bodies none ever is.</summary>
    public bool IsAnyLost => !_lost.IsEmpty;

    public bool IsLost(Variable variable) => _lost[numbers.Of(variable)] is not null;

    /// <summary>Takes another state's place.</summary>
    public void Become(BodyState other)
    {
        (_values, _lost, _open) = (other._values, other._lost, other._open);
        Version++;
    }

    public BodyState Clone() => new(numbers) { _values = _values, _lost = _lost, _open = _open, Version = Version, IsReached = IsReached };

    public bool Join(BodyState other)
    {
        PersistentMap<TimeValues> values = _values.Join(other._values, JoinValues);
        PersistentMap<object> lost = _lost.Join(other._lost, static (_, one, another) => one ?? another);
        PersistentMap<OpenCalls> open = _open.Join(
            other._open, static (_, one, another) => one is null ? another : another is null ? one : one.Join(another));
        if (values.IsSame(_values) && lost.IsSame(_lost) && open.IsSame(_open))
        {
            return false;
        }

        (_values, _lost, _open) = (values, lost, open);
        Version++;
        return true;
    }

    /// <summary>A variable that one path knows nothing of may be anything there.</summary>
    private TimeValues? JoinValues(int number, TimeValues? one, TimeValues? other) =>
        Stored(number, (one ?? TimeValues.Unknown).Join(other ?? TimeValues.Unknown));

    private void Set(int number, TimeValues? value)
    {
        PersistentMap<TimeValues> values = _values.With(number, Stored(number, value));
        Version += values.IsSame(_values) ? 0 : 1;
        _values = values;
    }

    /// <summary>Of a local that may be anything nothing is kept.</summary>
    private TimeValues? Stored(int number, TimeValues? value) =>
        ReferenceEquals(value, TimeValues.Unknown) && !numbers.IsParameter(number) ? null : value;
}
