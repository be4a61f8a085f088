using ExpiryAnalyzers.CodeFixes.Reading;
using ExpiryAnalyzers.CodeFixes.Writing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExpiryAnalyzers.CodeFixes.Lock;

/// <summary>
/// Where a call that is given no token can take one: its optional parameter, or that of an overload with one parameter more.
/// </summary>
/// <param name="Name">The name that the argument needs; null where its place says enough.</param>
internal sealed record TokenParameter(string? Name)
{
    /// <summary>The parameter, or null where the call takes no token.</summary>
    public static TokenParameter? Of(InvocationExpressionSyntax call, LockFinding finding)
    {
        // Behind "?." a call cannot be bound for itself.
        if (finding.Context.SymbolOf(call) is not IMethodSymbol method || IsBehindQuestion(call))
        {
            return null;
        }

        bool isPlain = call.ArgumentList.Arguments.All(static argument => argument.NameColon is null);
        if (isPlain && Binds(call, method, null, finding))
        {
            return new((string?)null);
        }

        return NamesOfTokens(call, method, finding).FirstOrDefault(name => Binds(call, method, name, finding)) is { } name
            ? new(name)
            : null;
    }

    private static bool IsBehindQuestion(InvocationExpressionSyntax call) => call.Expression is MemberBindingExpressionSyntax ||
        call.Ancestors().TakeWhile(static node => node is ExpressionSyntax).OfType<ConditionalAccessExpressionSyntax>()
            .Any(access => access.WhenNotNull.Span.Contains(call.Span));

    /// <summary>What the overloads of a method call their tokens.</summary>
    private static IEnumerable<string> NamesOfTokens(InvocationExpressionSyntax call, IMethodSymbol method, LockFinding finding)
    {
        INamespaceOrTypeSymbol owner = method.ReceiverType ?? method.ContainingType;
        IEnumerable<ISymbol> overloads = finding.Model.LookupSymbols(
            call.SpanStart,
            owner,
            method.Name,
            includeReducedExtensionMethods: true);
        return overloads.OfType<IMethodSymbol>().Prepend(method)
            .SelectMany(static candidate => candidate.Parameters)
            .Where(static parameter => Types.IsToken(parameter.Type))
            .Select(static parameter => parameter.Name)
            .Distinct();
    }

    /// <summary>Whether the call still calls the same method, or an overload that differs only in the token, if it is given one.</summary>
    private static bool Binds(InvocationExpressionSyntax call, IMethodSymbol method, string? name, LockFinding finding)
    {
        if (Types.Find(Types.CancellationToken, finding.Context) is not { } token)
        {
            return false;
        }

        ExpressionSyntax none = (ExpressionSyntax)finding.Context.Generator.DefaultExpression(token);
        InvocationExpressionSyntax longer = call.AddArgumentListArguments(Arguments.Of(none, name));
        SymbolInfo info = finding.Model.GetSpeculativeSymbolInfo(call.SpanStart, longer, SpeculativeBindingOption.BindAsExpression);
        return info.Symbol is IMethodSymbol bound && IsOverload(bound, method) &&
            (name is null ? TakesLast(bound, call) : TakesNamed(bound, name));
    }

    /// <summary>Whether a method may be called in place of another. The other arguments must mean what they meant.</summary>
    private static bool IsOverload(IMethodSymbol bound, IMethodSymbol method)
    {
        SymbolEqualityComparer comparer = SymbolEqualityComparer.Default;
        return bound.Name == method.Name && !Types.IsObsolete(bound) &&
            comparer.Equals(bound.ReturnType, method.ReturnType) && comparer.Equals(bound.ContainingType, method.ContainingType) &&
            TypesBesideToken(bound).SequenceEqual(TypesBesideToken(method), comparer);
    }

    private static IEnumerable<ITypeSymbol> TypesBesideToken(IMethodSymbol method) =>
        method.Parameters.Select(static parameter => parameter.Type).Where(static type => !Types.IsToken(type));

    private static bool TakesNamed(IMethodSymbol bound, string name) =>
        bound.Parameters.Any(parameter => parameter.Name == name && Types.IsToken(parameter.Type));

    private static bool TakesLast(IMethodSymbol bound, InvocationExpressionSyntax call)
    {
        int last = call.ArgumentList.Arguments.Count;
        return bound.Parameters.Length > last && Types.IsToken(bound.Parameters[last].Type);
    }
}
