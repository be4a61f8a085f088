using System.Collections.Concurrent;
using ExpiryAnalyzers.Operations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Keys;

/// <summary>
/// What the user's own members make of keys: what a method or property returns, as a key in terms of its parameters and of its
/// object. How many members may still be looked into is part of the question, so that answers do not depend on who asked first. Kept
/// for the compilation; thread-safe.
/// </summary>
/// <param name="source">The code of the user's own members.</param>
/// <param name="purity">What members answer when asked twice.</param>
/// <param name="isDatabase">Whether values of a type are a client's database.</param>
/// <param name="cancellationToken">Ends the work.</param>
internal sealed class KeyHelpers(
    ISourceMembers source,
    Purity purity,
    Func<ITypeSymbol, bool> isDatabase,
    CancellationToken cancellationToken)
{
    private readonly ConcurrentDictionary<(ISymbol, int), Key?> _returned = new();
    private readonly ConcurrentDictionary<ISymbol, string?> _texts = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<IMethodSymbol, bool> _writers = new(SymbolEqualityComparer.Default);

    public Purity Purity { get; } = purity;

    public CancellationToken CancellationToken { get; } = cancellationToken;

    public bool IsDatabase(ITypeSymbol type) => isDatabase(type);

    /// <summary>The method of the source that a call runs; null where that is not certain.</summary>
    public IMethodSymbol? Called(IInvocationOperation call) => source.Called(call);

    /// <summary>What a method returns; null where it is more than an expression of its parameters and its object.</summary>
    public Key? ReturnOf(IMethodSymbol method, int depth)
    {
        if (depth == 0)
        {
            return null;
        }

        if (!_returned.TryGetValue((method, depth), out Key? returned))
        {
            returned = source.BodyOf(method) is { } body && ReturnedBy(body) is { } value ? Read(value, body, depth - 1) : null;
            _returned[(method, depth)] = returned;
        }

        return returned;
    }

    /// <summary>What a get-only property of the source stands for, in terms of its object.</summary>
    public Key? GetterOf(IPropertySymbol property, int depth)
    {
        if (depth == 0)
        {
            return null;
        }

        property = property.OriginalDefinition;
        if (!_returned.TryGetValue((property, depth), out Key? returned))
        {
            _returned[(property, depth)] = returned = source.GetterOf(property) is { } value ? Read(value, value, depth - 1) : null;
        }

        return returned;
    }

    /// <summary>The constant text that a static readonly field or get-only property holds; what an object holds is that object's.</summary>
    public string? TextOf(ISymbol member) => !member.IsStatic ? null : _texts.GetOrAdd(member.OriginalDefinition, key =>
        source.InitializerOf(key)?.WithoutConversions().ConstantValue is { HasValue: true, Value: string text } ? text : null);

    /// <summary>Whether fixed text is written in a method of the source, of which it may make keys.</summary>
    public bool WritesText(IMethodSymbol method) => _writers.GetOrAdd(method, key =>
        source.BodyOf(key)?.Descendants().Any(static part =>
            part is ILiteralOperation { ConstantValue: { HasValue: true, Value: string text } } && text.Any(char.IsLetter)) == true);

    /// <summary>Whether nothing is seen of what a method does.</summary>
    public bool IsOutOfView(IMethodSymbol method) => source.BodyOf(method) is null;

    private Key? Read(IOperation value, IOperation body, int depth)
    {
        DefUse assignments = new(body.DescendantsAndSelf());
        KeyReader reader = new(assignments, this, depth);
        Key key = reader.TreeOf(value);
        bool isTold = key.Size <= KeyCaps.HelperSize && key.Kind is not (KeyKind.Unknown or KeyKind.Fickle);
        return isTold && !key.Symbols.Any(symbol => IsOwn(symbol, assignments)) ? key : null;
    }

    /// <summary>Whether a variable has no meaning outside, or another value than its caller knows.</summary>
    private static bool IsOwn(ISymbol symbol, DefUse assignments) =>
        symbol is ILocalSymbol ||
        symbol is IParameterSymbol { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.AnonymousFunction } } ||
        assignments.Writes(symbol) > 0;

    /// <summary>The one expression that a body returns, whatever else it does.</summary>
    private static IOperation? ReturnedBy(IOperation body)
    {
        IOperation? returned = null;
        Stack<IOperation> open = new([body]);
        while (open.Count > 0)
        {
            IOperation operation = open.Pop();
            if (operation is IReturnOperation { ReturnedValue: { } value })
            {
                if (returned is not null || operation.Kind != OperationKind.Return)
                {
                    return null;
                }

                returned = value;
            }

            foreach (IOperation child in operation.ChildOperations)
            {
                if (child is not (IAnonymousFunctionOperation or ILocalFunctionOperation))
                {
                    open.Push(child);
                }
            }
        }

        return returned;
    }
}
