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

/// <summary>
/// What is known of variables. One that nothing is known of may be anything; a parameter is then what the caller hands over.
/// </summary>
internal interface IVariableValues
{
    TimeValues? this[Variable variable] { get; }
}

/// <summary>The values of a few variables, for an expression that is looked at apart from the flow.</summary>
internal sealed class VariableValues : IVariableValues
{
    /// <summary>Nothing is known of any variable.</summary>
    public static readonly IVariableValues None = new VariableValues();

    private readonly Dictionary<Variable, TimeValues> _values = [];

    public TimeValues? this[Variable variable] => _values.TryGetValue(variable, out TimeValues? values) ? values : null;

    public void Add(Variable variable, TimeValues values) => _values[variable] = values;
}
