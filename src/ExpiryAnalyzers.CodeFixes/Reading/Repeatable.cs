using ExpiryAnalyzers.Operations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.CodeFixes.Reading;

/// <summary>Which expressions may be written a second time, at another place.</summary>
internal static class Repeatable
{
    /// <summary>
    /// Whether an expression only reads variables and members and computes durations: it does nothing, and gives the same again.
    /// </summary>
    public static bool IsPure(IOperation expression) =>
        (IsLeaf(expression) || IsComputed(expression)) && expression.ChildOperations.All(IsPure);

    /// <summary>Whether no variable of an expression ever gets a second value.</summary>
    public static bool IsStable(IOperation expression, DefUse assignments) => expression.DescendantsAndSelf().All(part => part switch
    {
        ILocalReferenceOperation { Local: { } local } => assignments.Writes(local) <= 1,
        IParameterReferenceOperation { Parameter: { RefKind: RefKind.None or RefKind.In } parameter } => assignments.Writes(parameter) == 0,
        IParameterReferenceOperation => false,
        _ => true,
    });

    /// <summary>Whether every variable of an expression is declared before a position, and in scope there.</summary>
    public static bool IsVisible(IOperation expression, SemanticModel model, int position)
    {
        return expression.DescendantsAndSelf().All(part => part switch
        {
            ILocalReferenceOperation { Local: { } local } => IsInScope(local) && IsDeclared(local),
            IParameterReferenceOperation { Parameter: { } parameter } => IsInScope(parameter),
            _ => true,
        });

        bool IsInScope(ISymbol variable) =>
            model.LookupSymbols(position, name: variable.Name).Contains(variable, SymbolEqualityComparer.Default);

        bool IsDeclared(ILocalSymbol local) => local.DeclaringSyntaxReferences.All(declaration => declaration.Span.End <= position);
    }

    private static bool IsLeaf(IOperation expression) => expression.ConstantValue.HasValue || expression
        is ILocalReferenceOperation { IsDeclaration: false } or IParameterReferenceOperation or IFieldReferenceOperation
        or IInstanceReferenceOperation or ILiteralOperation or IDefaultValueOperation;

    private static bool IsComputed(IOperation expression) => expression switch
    {
        IPropertyReferenceOperation { Property: { } property, Arguments.Length: 0 } =>
            property.Name is not (nameof(DateTime.Now) or nameof(DateTime.UtcNow) or nameof(DateTime.Today)),
        IConversionOperation or IBinaryOperation or IUnaryOperation or IParenthesizedOperation => true,
        IConditionalOperation or ICoalesceOperation or IArgumentOperation => true,
        IInvocationOperation { TargetMethod.ContainingType: { } type } => Types.Is(type, Types.TimeSpan),
        IObjectCreationOperation { Type: { } type, Initializer: null } => Types.Is(type, Types.TimeSpan),
        _ => false,
    };
}
