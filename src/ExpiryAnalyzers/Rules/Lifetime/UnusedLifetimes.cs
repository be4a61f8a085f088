using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Calls;
using ExpiryAnalyzers.Operations;
using ExpiryAnalyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Rules.Lifetime;

/// <summary>A lifetime that nothing reads.</summary>
/// <param name="Symbol">The parameter that brings it, or the local of an object that holds it.</param>
/// <param name="Location">Where it is declared or made.</param>
/// <param name="Without">The calls that have a place for a lifetime and are given none.</param>
/// <param name="Other">Where there is no such call: an expression that tells another lifetime.</param>
internal sealed record UnusedLifetime(ISymbol Symbol, Location Location, IReadOnlyList<IInvocationOperation> Without, Sink? Other);

/// <summary>The lifetimes that a body is handed, or makes, and does not read.</summary>
internal sealed class UnusedLifetimes
{
    private readonly Body _body;
    private readonly ApiCatalog _catalog;
    private readonly List<UnusedLifetime> _all = [];
    private readonly HashSet<Sink> _idle = [];
    private readonly GivenLifetimes _given;

    private UnusedLifetimes(Body body)
    {
        _body = body;
        _given = new(body);
        _catalog = body.Knowledge.Catalog;
        foreach (Function function in body.Functions.All)
        {
            if (MethodOf(function) is { } method)
            {
                foreach (IParameterSymbol parameter in method.Parameters.Where(given => IsUnusedLifetime(given, method, function.Root)))
                {
                    Add(parameter, parameter.Locations[0], function.Root, null, OwnCallsIn(function.Root, method, parameter));
                }
            }
        }

        foreach (IVariableDeclaratorOperation declarator in body.Operations.OfType<IVariableDeclaratorOperation>())
        {
            if (CreationOf(declarator.Symbol) is { } creation && SinksOfLeft(declarator.Symbol, creation) is [_, ..] sinks)
            {
                if (Add(declarator.Symbol, creation.Syntax.GetLocation(), body.Root, LibraryOf(creation), []))
                {
                    _idle.UnionWith(sinks);
                }
            }
        }
    }

    public IReadOnlyList<UnusedLifetime> All => _all;

    public static UnusedLifetimes In(Body body) => body.Remember(static body => new UnusedLifetimes(body));

    /// <summary>Whether a call is given no lifetime because the one at hand is not used.</summary>
    public bool Explains(CacheCall call) => _all.Exists(unused => unused.Without.Contains(call.Operation));

    /// <summary>
    /// Whether a time is told to an object that is then handed to nothing, beside a call that it is for: no entry dies of it.
    /// </summary>
    public bool IsIdle(Sink sink) => _idle.Contains(sink);

    /// <summary>The method or local function that a function is; null for lambdas, accessors and constructors.</summary>
    private IMethodSymbol? MethodOf(Function function) => function.Parent is null
        ? _body.Member as IMethodSymbol is { MethodKind: MethodKind.Ordinary } method ? method : null
        : (function.Root as ILocalFunctionOperation)?.Symbol;

    /// <summary>
    /// Notes a lifetime if code has use for it, and answers whether: calls without one, of its library where it is an object, or another
    /// one.
    /// </summary>
    private bool Add(
        ISymbol symbol, Location location, IOperation within, ApiLibrary? library, IEnumerable<IInvocationOperation> ownCalls)
    {
        IInvocationOperation[] without =
        [
            .. _body.CallsWithin(within.Syntax)
                .Where(call => IsWithout(call) && (library is null || ReferenceEquals(call.Innermost.Method.Library, library)))
                .Select(static call => call.Operation)
                .Concat(ownCalls)
                .Distinct(),
        ];
        Sink? other = library is null
            ? _body.Sinks.FirstOrDefault(sink => within.Syntax.Span.Contains(sink.Value.Syntax.Span)) ?? OtherOptions(within)
            : null;
        bool isOfUse = without.Length > 0 || other is not null;
        if (isOfUse)
        {
            _all.Add(new(symbol, location, without, other));
        }

        return isOfUse;
    }

    /// <summary>The options of a member that a client's call is given, which were made before anybody handed in a lifetime.</summary>
    private Sink? OtherOptions(IOperation within) =>
        _body.CallsWithin(within.Syntax).Select(OtherOptions).FirstOrDefault(static other => other is not null);

    private static Sink? OtherOptions(CacheCall call) =>
        call.Argument(Role.Options)?.Value.WithoutConversions() is IMemberReferenceOperation options
            ? new(options, call.Method.Library, call.Name, isAbsolute: false, call)
            : null;

    /// <summary>The calls of the type's own methods that leave out a lifetime for which a parameter is meant.</summary>
    private IEnumerable<IInvocationOperation> OwnCallsIn(IOperation within, IMethodSymbol method, IParameterSymbol parameter) =>
        _body.Operations.OfType<IInvocationOperation>().Where(call =>
            within.Syntax.Span.Contains(call.Syntax.Span) &&
            SymbolEqualityComparer.Default.Equals(call.TargetMethod.OriginalDefinition.ContainingType, method.ContainingType) &&
            !SymbolEqualityComparer.Default.Equals(call.TargetMethod.OriginalDefinition, method) &&
            call.Arguments.Any(argument => argument is { ArgumentKind: ArgumentKind.DefaultValue, Parameter: { } left } &&
                IsMeantFor(left, call.TargetMethod.OriginalDefinition, method, parameter)));

    /// <summary>
    /// Whether what a call leaves out is what a parameter of the caller brings: the one of that name of a sister, or the lifetime that the
    /// called method hands on.
    /// </summary>
    private bool IsMeantFor(IParameterSymbol left, IMethodSymbol called, IMethodSymbol caller, IParameterSymbol parameter)
    {
        if (AreTwins(caller, called) && left.Name == parameter.Name)
        {
            return true;
        }

        bool isTheOne = left.Name == parameter.Name || called.Parameters.Count(_body.Knowledge.IsLifetime) == 1;
        return isTheOne && _body.Knowledge.IsLifetime(left) && IsUsed(left.Name, called);
    }

    /// <summary>Whether a call has a place for a lifetime, in one of its forms, and is given none.</summary>
    private bool IsWithout(CacheCall call) =>
        call.Innermost.Raw is null && !_given.IsGivenLifetime(call) &&
        _catalog.HasPlaceForLifetime(call.Innermost.Method, call.Innermost.Name);

    private bool IsUnusedLifetime(IParameterSymbol parameter, IMethodSymbol method, IOperation within)
    {
        if (parameter.Locations.IsEmpty || _body.Assignments.References(parameter).Any() || parameter.RefKind == RefKind.Out)
        {
            return false;
        }

        // What another type prescribes, this one can honour where its own methods do.
        bool isUsedByTwin = TwinsOf(method).Any(twin => IsUsed(parameter.Name, twin));
        return isUsedByTwin || (_body.Knowledge.IsLifetime(parameter) &&
            (!IsPrescribed(method) || OwnCallsIn(within, method, parameter).Any()));
    }

    /// <summary>Whether two methods of a type are the synchronous and the asynchronous form of one.</summary>
    public static bool AreTwins(IMethodSymbol one, IMethodSymbol other) =>
        SymbolEqualityComparer.Default.Equals(one.ContainingType, other.ContainingType) &&
        (one.Name == other.Name + Asynchronous || other.Name == one.Name + Asynchronous);

    private static string Asynchronous => NameHints.Asynchronous.Words[0];

    /// <summary>The synchronous or asynchronous sisters of a method.</summary>
    private static IEnumerable<IMethodSymbol> TwinsOf(IMethodSymbol method) => method.MethodKind != MethodKind.Ordinary ? []
        : method.ContainingType.GetMembers().OfType<IMethodSymbol>().Where(other => AreTwins(method, other));

    /// <summary>
    /// Whether a method hands the parameter of a name on as a lifetime; of an abstract one, whether what overrides it does.
    /// </summary>
    private bool IsUsed(string name, IMethodSymbol method) =>
        method.Parameters.FirstOrDefault(parameter => parameter.Name == name) is { Ordinal: var place } && (method.IsAbstract
            ? _body.Knowledge.Summaries.InView(method).Any(body => IsHandedOn(body.Parameters[place], body))
            : IsHandedOn(method.Parameters[place], method));

    private bool IsHandedOn(IParameterSymbol parameter, IMethodSymbol method)
    {
        Summaries summaries = _body.Knowledge.Summaries;
        return _catalog.IsOptions(parameter.Type)
            ? summaries.RootOf(method) is { } root && Names(root, parameter)
            : summaries.OwnWrapperOf(method, _body.Depth)?.Sinks.Any(sink => sink.Parameter == parameter.Ordinal) == true;
    }

    private static bool Names(IOperation root, IParameterSymbol parameter) => root.Descendants().Any(part =>
        part is IParameterReferenceOperation read && SymbolEqualityComparer.Default.Equals(read.Parameter, parameter));

    /// <summary>Whether a method has its parameters because another type says so, or perhaps one that does not bind.</summary>
    private bool IsPrescribed(IMethodSymbol method)
    {
        INamedTypeSymbol type = method.ContainingType;
        IEnumerable<INamedTypeSymbol> declaring = type.BaseType is { TypeKind: TypeKind.Error } unbound
            ? type.AllInterfaces.Add(unbound)
            : type.AllInterfaces;
        return method.IsOverride || declaring.Any(other => other.TypeKind == TypeKind.Error
            ? method.DeclaredAccessibility == Accessibility.Public
            : other.GetMembers(method.Name).Any(member =>
                SymbolEqualityComparer.Default.Equals(type.FindImplementationForInterfaceMember(member), method))) ||
            DelegateTargets.Hold(method, _body);
    }

    /// <summary>The creation of the options object that a local holds, for ever; null for any other local.</summary>
    private IObjectCreationOperation? CreationOf(ILocalSymbol local)
    {
        IOperation? value = _catalog.IsOptions(local.Type) ? _body.Assignments.OnlyValue(local)?.WithoutConversions() : null;
        while (value is IInvocationOperation { Arguments: [{ Value: { } receiver }, ..] } call && IsSetter(call))
        {
            value = receiver.WithoutConversions();
        }

        return value as IObjectCreationOperation;
    }

    /// <summary>The places at which an object that is then left is told a lifetime; none where something reads it.</summary>
    private Sink[] SinksOfLeft(ILocalSymbol local, IObjectCreationOperation creation)
    {
        IReadOnlyList<IOperation> reads = _body.Assignments.Reads(local);
        IOperation whole = _body.Assignments.OnlyValue(local)!;
        IOperation?[] statements = [.. reads.Select(SettingOf)];
        return Array.Exists(statements, static statement => statement is null)
            ? []
            : [.. _body.Sinks.Where(sink => statements.Append(whole).Append(creation)
                .Any(part => part!.Syntax.Span.Contains(sink.Value.Syntax.Span)))];
    }

    /// <summary>The statement in which a read of an options object only serves to set something of it.</summary>
    private IOperation? SettingOf(IOperation read)
    {
        IOperation? current = read;
        while (current.Parent is IConversionOperation or IArgumentOperation ||
            (current.Parent is IInvocationOperation call && IsSetter(call)))
        {
            current = current.Parent;
        }

        if (current.Parent is IPropertyReferenceOperation property && property.Parent is ISimpleAssignmentOperation assignment &&
            ReferenceEquals(assignment.Target, property))
        {
            current = assignment;
        }

        return current.Parent as IExpressionStatementOperation;
    }

    /// <summary>Whether a call sets something of the object that it is handed, and gives the object back.</summary>
    private static bool IsSetter(IInvocationOperation call) =>
        call.TargetMethod.IsExtensionMethod &&
        SymbolEqualityComparer.Default.Equals(call.TargetMethod.ReturnType, call.TargetMethod.Parameters[0].Type);

    private ApiLibrary? LibraryOf(IObjectCreationOperation creation) =>
        creation.Type!.GetMembers().OfType<IPropertySymbol>().Select(property => _catalog.Find(property)?.Library)
            .FirstOrDefault(static library => library is not null);
}
