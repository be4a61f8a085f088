using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Values;

/// <summary>A local, a parameter or a flow capture; or what its object, or the one at hand, holds in a member.</summary>
internal readonly record struct Variable(ISymbol? Symbol, CaptureId Capture)
{
    /// <summary>The most members that are followed from a variable, each one's of the next.</summary>
    private const int MaxPath = 4;

    /// <summary>The member of <see cref="Symbol"/>, by its name and those of the members before it; null for the variable itself.</summary>
    public string? Path { get; init; }

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

    /// <summary>The member of a variable's object, or of the object at hand, that an expression names, if it names one.</summary>
    public static Variable? OfMember(IOperation operation)
    {
        string? path = null;
        for (int i = 0; i < MaxPath && operation is IMemberReferenceOperation { Instance: { } instance } member; i++)
        {
            if (member is not (IFieldReferenceOperation or IPropertyReferenceOperation { Arguments.IsEmpty: true }))
            {
                return null;
            }

            path = Joined(member.Member.Name, path);
            operation = instance;
        }

        return path is null ? null : operation switch
        {
            IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance } self =>
                new(self.Type, default) { Path = path },
            _ => Of(operation) is { Symbol: not null } holder ? holder with { Path = path } : null,
        };
    }

    /// <summary>A member of what this variable holds.</summary>
    public Variable Member(string name) => this with { Path = Joined(Path ?? name, Path is null ? null : name) };

    /// <summary>Whether this is a member that a write to a member of that name may change, be it through another variable.</summary>
    public bool IsReachedBy(string member) => Path?.Split('.').Contains(member) == true;

    private static string Joined(string name, string? rest) => rest is null ? name : name + "." + rest;

    public bool Equals(Variable other) => SymbolEqualityComparer.Default.Equals(Symbol, other.Symbol) && Capture.Equals(other.Capture) &&
        Path == other.Path;

    public override int GetHashCode() => Symbol is null ? Capture.GetHashCode() : SymbolEqualityComparer.Default.GetHashCode(Symbol);
}

/// <summary>
/// What is known of variables. One that nothing is known of may be anything; a parameter is then what the caller hands over.
/// </summary>
internal interface IVariableValues
{
    TimeValues? this[Variable variable] { get; }

    /// <summary>Whether something is known of members.</summary>
    bool HasMembers { get; }
}

/// <summary>The values of a few variables, for an expression that is looked at apart from the flow.</summary>
internal sealed class VariableValues : IVariableValues
{
    /// <summary>Nothing is known of any variable.</summary>
    public static readonly IVariableValues None = new VariableValues();

    private readonly Dictionary<Variable, TimeValues> _values = [];

    public TimeValues? this[Variable variable] => _values.TryGetValue(variable, out TimeValues? values) ? values : null;

    public bool HasMembers => false;

    public void Add(Variable variable, TimeValues values) => _values[variable] = values;
}
