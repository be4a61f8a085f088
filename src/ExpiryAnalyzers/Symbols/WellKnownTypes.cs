using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Symbols;

/// <summary>
/// The framework's types in one compilation, each looked up once and when it is first asked for. A name may stand for several types,
/// since two references can define one (a polyfill beside the framework's own). Thread-safe.
/// </summary>
internal sealed class WellKnownTypes(Compilation compilation)
{
    /// <summary>How deep tasks are looked for in type arguments.</summary>
    private const int MaxDepth = 4;

    /// <summary>Finds other types.</summary>
    public TypesByName ByName { get; } = new(compilation);

    private readonly INamedTypeSymbol[]?[] _types = new INamedTypeSymbol[]?[KnownTypes.Count];

    /// <summary>Whether a type is the known one, constructed or not.</summary>
    public bool Is(ITypeSymbol? type, KnownType expected)
    {
        if (type is not INamedTypeSymbol named)
        {
            return false;
        }

        INamedTypeSymbol definition = named.OriginalDefinition;
        foreach (INamedTypeSymbol candidate in Find(expected))
        {
            if (SymbolEqualityComparer.Default.Equals(definition, candidate))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a type is one of the known ones.</summary>
    public bool Is(ITypeSymbol? type, IReadOnlyList<KnownType> expected)
    {
        if (type is INamedTypeSymbol)
        {
            // By index, for the enumerator of a list that is known by its interface alone is an object.
            for (int index = 0; index < expected.Count; index++)
            {
                if (Is(type, expected[index]))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>Whether a type is the known one, derives from it or implements it.</summary>
    public bool IsOrInherits(ITypeSymbol? type, KnownType expected)
    {
        for (ITypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            if (Is(current, expected))
            {
                return true;
            }
        }

        return type?.AllInterfaces.Any(implemented => Is(implemented, expected)) == true;
    }

    /// <summary>Whether a member is the known one: declared by a known type, or by one that derives from it.</summary>
    public bool Is(ISymbol? member, KnownMember expected)
    {
        if (member is null || !expected.MayBe(member.Name))
        {
            return false;
        }

        ISymbol declared = member is IMethodSymbol { ReducedFrom: { } unreduced } ? unreduced : member;
        for (INamedTypeSymbol? type = declared.ContainingType; type is not null; type = type.BaseType)
        {
            foreach ((string[] names, KnownType[] types) in expected.Rows)
            {
                if (Array.IndexOf(names, member.Name) >= 0 && Is(type, types))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>Whether an operation calls a known method, or reads or writes a known property or field.</summary>
    public bool IsUseOf(IOperation? operation, KnownMember expected) => operation switch
    {
        IInvocationOperation call => Is(call.TargetMethod, expected),
        IMemberReferenceOperation reference => Is(reference.Member, expected),
        _ => false,
    };

    /// <summary>
    /// What the use of a known member is a use of: its receiver, or what an extension method is called on. Null for other operations.
    /// </summary>
    public IOperation? ReceiverOf(IOperation? operation, KnownMember expected) => !IsUseOf(operation, expected) ? null : operation switch
    {
        IInvocationOperation { Instance: { } instance } => instance,
        IInvocationOperation { TargetMethod.IsExtensionMethod: true, Arguments: [{ } first, ..] } => first.Value,
        IMemberReferenceOperation { Instance: { } instance } => instance,
        _ => null,
    };

    /// <summary>Whether values of the type are instants, or perhaps none.</summary>
    public bool IsInstant(ITypeSymbol? type) =>
        Bare(type) is { } bare && (bare.SpecialType == SpecialType.System_DateTime || Is(bare, KnownType.DateTimeOffset));

    /// <summary>Whether values of the type are durations, or perhaps none.</summary>
    public bool IsDuration(ITypeSymbol? type) => Is(Bare(type), KnownType.TimeSpan);

    /// <summary>The type behind a nullable one; any other is its own.</summary>
    public static ITypeSymbol? Bare(ITypeSymbol? type) =>
        type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: [{ } bare] } ? bare : type;

    /// <summary>Whether objects of the type are made once, when a host starts, and live as long as that.</summary>
    public bool IsOfHost(ITypeSymbol? type) => IsOrInherits(type, KnownType.HostedService);

    /// <summary>Whether values of the type are tasks.</summary>
    public bool IsTask(ITypeSymbol? type) => Is(type, KnownTypes.Tasks);

    /// <summary>Whether <c>GetResult</c> of a value of the type waits.</summary>
    public bool IsAwaiter(ITypeSymbol? type) => Is(type, KnownTypes.Awaiters);

    /// <summary>What a value of the type yields when it is awaited; the type itself where it is no task of something.</summary>
    public ITypeSymbol AwaitedResultOf(ITypeSymbol type) =>
        type is INamedTypeSymbol { Arity: 1 } promise && IsTask(promise) ? promise.TypeArguments[0] : type;

    /// <summary>Whether a value of the type is a task or may hold some: collections, delegates, awaiters, tuples.</summary>
    public bool MayHoldTask(ITypeSymbol? type) => MayHoldTask(type, MaxDepth);

    private bool MayHoldTask(ITypeSymbol? type, int depth) => depth > 0 && (IsTask(type) || type switch
    {
        IArrayTypeSymbol array => MayHoldTask(array.ElementType, depth - 1),
        INamedTypeSymbol { IsAnonymousType: true } anonymous =>
            anonymous.GetMembers().OfType<IPropertySymbol>().Any(property => MayHoldTask(property.Type, depth - 1)),
        INamedTypeSymbol named =>
            named.TypeArguments.Any(argument => MayHoldTask(argument, depth - 1)) ||
            (named.ContainingType?.IsGenericType == true && MayHoldTask(named.ContainingType, depth - 1)) ||
            Is(named, KnownTypes.Awaitables) || IsAwaiter(named),
        _ => false,
    });

    /// <summary>The expression behind awaits, conversions and the members that only pass a task or its result on.</summary>
    public IOperation Unawaited(IOperation operation)
    {
        while (true)
        {
            IOperation? next = operation switch
            {
                IAwaitOperation awaited => awaited.Operation,
                IConversionOperation conversion => conversion.Operand,
                IParenthesizedOperation parenthesized => parenthesized.Operand,
                _ => ReceiverOf(operation, KnownMember.OfTask),
            };
            if (next is null)
            {
                return operation;
            }

            operation = next;
        }
    }

    /// <summary>The call that waits for a task together with others: <c>Task.WhenAll(task, other)</c>; null where none does.</summary>
    public IInvocationOperation? CombinedBy(IOperation task)
    {
        IOperation? around = task.Parent;
        while (around is IConversionOperation or IArrayInitializerOperation or IArrayCreationOperation or IArgumentOperation ||
            around?.Parent is IArgumentOperation { ArgumentKind: not ArgumentKind.Explicit } ||
            (around is IInvocationOperation copy && Is(copy.TargetMethod, KnownMember.SameElements)))
        {
            around = around.Parent;
        }

        return around is IInvocationOperation all && Is(all.TargetMethod, KnownMember.WhenAll) ? all : null;
    }

    /// <summary>
    /// Whether a method frees what its object holds: <c>Dispose</c>, <c>DisposeAsync</c>, in the interface or by whoever implements it.
    /// </summary>
    public bool IsDisposal(IMethodSymbol method) =>
        method is { Parameters.IsEmpty: true, IsStatic: false } && KnownMember.Disposal.MayBe(method.Name) &&
        (IsOrInherits(method.ContainingType, KnownType.IDisposable) || IsOrInherits(method.ContainingType, KnownType.IAsyncDisposable));

    /// <summary>Whether objects of the type are disposed of when they are no longer needed.</summary>
    public bool IsDisposable(ITypeSymbol? type) =>
        IsOrInherits(type, KnownType.IDisposable) || IsOrInherits(type, KnownType.IAsyncDisposable);

    /// <summary>Whether a type holds whole numbers alone.</summary>
    public static bool IsWholeNumber(ITypeSymbol? type) =>
        type is { SpecialType: >= SpecialType.System_SByte and <= SpecialType.System_UInt64 };

    /// <summary>The largest whole number that a type holds, where times may well be larger.</summary>
    public static double? LargestOf(ITypeSymbol? type) => type?.SpecialType switch
    {
        SpecialType.System_SByte => sbyte.MaxValue,
        SpecialType.System_Byte => byte.MaxValue,
        SpecialType.System_Int16 => short.MaxValue,
        SpecialType.System_UInt16 => ushort.MaxValue,
        SpecialType.System_Int32 => int.MaxValue,
        SpecialType.System_UInt32 => uint.MaxValue,
        _ => null,
    };

    /// <summary>Whether a method gives the text of its object: every type has its own.</summary>
    public static bool IsToString(ISymbol? member) => member is IMethodSymbol { IsStatic: false, Name: nameof(ToString) };

    /// <summary>Whether a method gives the type of its object.</summary>
    public static bool IsGetType(ISymbol? member) =>
        member is IMethodSymbol { Name: nameof(GetType), ContainingType.SpecialType: SpecialType.System_Object };

    /// <summary>Whether a method compares for equality: every type has its own.</summary>
    public static bool IsEquals(ISymbol? member) => member is IMethodSymbol { Name: nameof(Equals) };

    /// <summary>Whether a method gives the enumerator of a loop, which the language finds by its name.</summary>
    public static bool IsGetEnumerator(ISymbol? member) =>
        member is IMethodSymbol { Parameters.IsEmpty: true, Name: "GetEnumerator" } or IMethodSymbol { Name: "GetAsyncEnumerator" };

    /// <summary>Whether a property gives the element of a loop, which the language finds by its name.</summary>
    public static bool IsCurrent(ISymbol? member) => member is IPropertySymbol { IsStatic: false, Name: "Current" };

    /// <summary>
    /// Whether an attribute marks a test or a benchmark, or what one is made of: one of a known framework, or one derived from it.
    /// </summary>
    public bool IsTestAttribute(INamedTypeSymbol? attribute)
    {
        for (INamedTypeSymbol? type = attribute; type is not null; type = type.BaseType)
        {
            if (Is(type, KnownTypes.TestAttributes))
            {
                return true;
            }
        }

        return attribute?.AllInterfaces.Any(implemented => Is(implemented, KnownType.XunitFactInterface)) == true;
    }

    private INamedTypeSymbol[] Find(KnownType type) =>
        _types[(int)type] ??= ByName.All(KnownTypes.NameOf(type)).ToArray();
}
