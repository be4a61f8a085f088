using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExpiryAnalyzers.CodeFixes.Lock;

/// <summary>Where a call that is given no token can take one: its optional parameter, or that of an overload with one parameter more.</summary>
/// <param name="Name">The name that the argument needs; null where its place says enough.</param>
internal sealed record TokenParameter(string? Name)
{
    /// <summary>The parameter, or null where the call takes no token.</summary>
    public static TokenParameter? Of(InvocationExpressionSyntax call, LockFinding finding)
    {
        // Behind "?." a call cannot be bound for itself.
        if (finding.Model.GetSymbolInfo(call, finding.Context.CancellationToken).Symbol is not IMethodSymbol method || call.Expression is MemberBindingExpressionSyntax || call.Ancestors().TakeWhile(node => node is ExpressionSyntax).Any(node => node is ConditionalAccessExpressionSyntax access && access.WhenNotNull.Span.Contains(call.Span)))
        {
            return null;
        }

        bool isPlain = call.ArgumentList.Arguments.All(argument => argument.NameColon is null);
        if (isPlain && Binds(null))
        {
            return new((string?)null);
        }

        string? name = Candidates().FirstOrDefault(Binds);
        return name is null ? null : new(name);

        IEnumerable<string> Candidates() => finding.Model.LookupSymbols(call.SpanStart, method.ReceiverType ?? method.ContainingType, method.Name, includeReducedExtensionMethods: true)
            .OfType<IMethodSymbol>().Prepend(method).SelectMany(candidate => candidate.Parameters).Where(parameter => IsToken(parameter.Type)).Select(parameter => parameter.Name).Distinct();

        bool Binds(string? name)
        {
            ArgumentSyntax argument = SyntaxFactory.Argument(SyntaxFactory.ParseExpression("default(global::System.Threading.CancellationToken)"));
            InvocationExpressionSyntax longer = call.AddArgumentListArguments(name is null ? argument : argument.WithNameColon(SyntaxFactory.NameColon(name)));
            return finding.Model.GetSpeculativeSymbolInfo(call.SpanStart, longer, SpeculativeBindingOption.BindAsExpression).Symbol is IMethodSymbol bound &&
                bound.Name == method.Name &&
                SymbolEqualityComparer.Default.Equals(bound.ReturnType, method.ReturnType) &&
                SymbolEqualityComparer.Default.Equals(bound.ContainingType, method.ContainingType) &&
                !bound.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "ObsoleteAttribute") &&
                (name is null ? TakesLast(bound) : bound.Parameters.Any(parameter => parameter.Name == name && IsToken(parameter.Type))) &&
                HasSameParameters(bound);
        }

        bool TakesLast(IMethodSymbol bound) => bound.Parameters.Length > call.ArgumentList.Arguments.Count && IsToken(bound.Parameters[call.ArgumentList.Arguments.Count].Type);

        // The other arguments must mean what they meant.
        bool HasSameParameters(IMethodSymbol bound) =>
            bound.Parameters.Where(parameter => !IsToken(parameter.Type)).Select(parameter => parameter.Type).SequenceEqual(method.Parameters.Where(parameter => !IsToken(parameter.Type)).Select(parameter => parameter.Type), SymbolEqualityComparer.Default);
    }

    public static bool IsToken(ITypeSymbol? type) =>
        type is { Name: "CancellationToken", ContainingNamespace: { Name: "Threading", ContainingNamespace.Name: "System" } } ||
        type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: [{ } bare] } && IsToken(bare);
}
