using ExpiryAnalyzers.Operations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.CodeFixes.Lock;

/// <summary>Which expressions may be written a second time, at another place.</summary>
internal static class Expressions
{
    /// <summary>Whether an expression only reads variables and members and computes durations: it does nothing, and gives the same again.</summary>
    public static bool IsPure(IOperation expression)
    {
        bool isLeaf = expression.ConstantValue.HasValue ||
            expression is ILocalReferenceOperation { IsDeclaration: false } or IParameterReferenceOperation or IFieldReferenceOperation or IInstanceReferenceOperation or ILiteralOperation or IDefaultValueOperation;
        bool isSimple = isLeaf || expression switch
        {
            IPropertyReferenceOperation { Property: { } property, Arguments.Length: 0 } => property.Name is not ("Now" or "UtcNow" or "Today"),
            IConversionOperation or IBinaryOperation or IUnaryOperation or IParenthesizedOperation or IConditionalOperation or ICoalesceOperation or IArgumentOperation => true,
            IInvocationOperation { TargetMethod.ContainingType: { Name: "TimeSpan", ContainingNamespace.Name: "System" } } => true,
            IObjectCreationOperation { Type: { Name: "TimeSpan", ContainingNamespace.Name: "System" }, Initializer: null } => true,
            _ => false,
        };
        return isSimple && expression.ChildOperations.All(IsPure);
    }

    /// <summary>Whether no variable of an expression ever gets a second value.</summary>
    public static bool IsStable(IOperation expression, DefUse assignments) => expression.DescendantsAndSelf().All(part => part switch
    {
        ILocalReferenceOperation { Local: { } local } => assignments.Writes(local) <= 1,
        IParameterReferenceOperation { Parameter: { RefKind: RefKind.None or RefKind.In } parameter } => assignments.Writes(parameter) == 0,
        IParameterReferenceOperation => false,
        _ => true,
    });

    /// <summary>Whether every variable of an expression is declared before a position, and in scope there.</summary>
    public static bool IsVisible(IOperation expression, SemanticModel model, int position) => expression.DescendantsAndSelf().All(part => part switch
    {
        ILocalReferenceOperation { Local: { } local } => IsVisible(local, model, position) && local.DeclaringSyntaxReferences.All(declaration => declaration.Span.End <= position),
        IParameterReferenceOperation { Parameter: { } parameter } => IsVisible(parameter, model, position),
        _ => true,
    });

    private static bool IsVisible(ISymbol variable, SemanticModel model, int position) =>
        model.LookupSymbols(position, name: variable.Name).Contains(variable, SymbolEqualityComparer.Default);
}
