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
    private readonly GivenLifetimes _given;
    private HashSet<Sink>? _idle;
    private List<IInvocationOperation>? _handings;
    private int[]? _otherCalls;

    private UnusedLifetimes(Body body)
    {
        _body = body;
        _given = new(body);
        _catalog = body.Knowledge.Catalog;
        foreach (Function function in body.Functions.All)
        {
            if (MethodOf(function) is { } method)
            {
                foreach (IParameterSymbol parameter in method.Parameters)
                {
                    if (IsUnusedLifetime(parameter, method, function.Root))
                    {
                        Add(parameter, function.Root, OwnCallsIn(function.Root, method, parameter));
                    }
                }
            }
        }

        foreach (IOperation operation in body.Operations)
        {
            if (operation is IVariableDeclaratorOperation declarator && CreationOf(declarator.Symbol) is { } creation &&
                SettingsOfLeft(declarator.Symbol, creation) is [_, ..] settings)
            {
                AddLeft(declarator, creation, settings);
            }
        }
    }

    public IReadOnlyList<UnusedLifetime> All => _all;

    public static UnusedLifetimes In(Body body) => body.Remember(static body => new UnusedLifetimes(body));

    /// <summary>Whether a call is given no lifetime because the one at hand is not used.</summary>
    public bool Explains(CacheCall call) => _all.Exists(unused => unused.Without.Contains(call.Operation));

    /// <summary>
    /// Whether a time is told to an object that is then handed to nothing, although the code goes on: no entry dies of it.
    /// </summary>
    public bool IsIdle(Sink sink) => _idle?.Contains(sink) == true;

    /// <summary>The method or local function that a function is; null for lambdas, accessors and constructors.</summary>
    private IMethodSymbol? MethodOf(Function function) => function.Parent is null
        ? _body.Member as IMethodSymbol is { MethodKind: MethodKind.Ordinary } method ? method : null
        : (function.Root as ILocalFunctionOperation)?.Symbol;

    /// <summary>Notes the lifetime that a parameter brings if code has use for it: calls without one, or another one.</summary>
    private void Add(IParameterSymbol parameter, IOperation within, IEnumerable<IInvocationOperation> ownCalls)
    {
        IInvocationOperation[] without = Without(_body.CallsWithin(within.Syntax), ownCalls);
        Sink? other = _body.Sinks.FirstOrDefault(sink => within.Syntax.Span.Contains(sink.Value.Syntax.Span)) ?? OtherOptions(within);
        if (without.Length > 0 || other is not null)
        {
            _all.Add(new(parameter, parameter.Locations[0], without, other));
        }
    }

    /// <summary>
    /// Notes the lifetime of an object that is left if a call of its library could be handed it, and is given none. Where one is handed
    /// another object, the one that is left was an alternative to that.
    /// </summary>
    private void AddLeft(
        IVariableDeclaratorOperation declarator, IObjectCreationOperation creation, IReadOnlyList<IOperation> settings)
    {
        Sink[] sinks = [.. _body.Sinks.Where(sink => settings.Any(part => part.Syntax.Span.Contains(sink.Value.Syntax.Span)))];
        if (sinks.Length == 0)
        {
            return;
        }

        IOperation scope = ScopeOf(declarator);
        ApiLibrary? library = LibraryOf(declarator.Symbol.Type);
        CacheCall[] calls = [.. _body.CallsWithin(scope.Syntax).Where(call =>
            call.Syntax.SpanStart >= creation.Syntax.Span.End && ReferenceEquals(call.Innermost.Method.Library, library))];
        IInvocationOperation[] without = IsAnotherHanded(declarator.Symbol.Type, creation, scope) ? [] : Without(calls, []);
        if (without.Length > 0)
        {
            _all.Add(new(declarator.Symbol, creation.Syntax.GetLocation(), without, null));
            (_idle ??= []).UnionWith(sinks);
        }
        else if (GoesOn(settings.Max(static part => part.Syntax.Span.End), scope))
        {
            // A span that an object refuses throws wherever the object then goes; an instant is only looked at when something is stored.
            (_idle ??= []).UnionWith(sinks.Where(static sink => sink.IsAbsolute));
        }
    }

    private IInvocationOperation[] Without(IEnumerable<CacheCall> calls, IEnumerable<IInvocationOperation> ownCalls) =>
        [.. calls.Where(IsWithout).Select(static call => call.Operation).Concat(ownCalls).Distinct()];

    /// <summary>Whether code behind an object that is left hands on another one of its type that may hold a lifetime.</summary>
    private bool IsAnotherHanded(ITypeSymbol options, IObjectCreationOperation left, IOperation scope)
    {
        _handings ??= [.. _body.Operations.OfType<IInvocationOperation>().Where(IsHanding)];
        return _handings.Exists(call =>
            call.Syntax.SpanStart >= left.Syntax.Span.End && scope.Syntax.Span.Contains(call.Syntax.Span) &&
            call.Arguments.Any(argument => IsHanded(argument) &&
                SymbolEqualityComparer.Default.Equals(argument.Parameter!.Type, options)));
    }

    private bool IsHanding(IInvocationOperation call) =>
        !IsSetter(call) && call.Arguments.Any(IsHanded) && !_body.CallsAt(call.Syntax).Any(IsWithout);

    /// <summary>Whether an argument is written that is an options object.</summary>
    private bool IsHanded(IArgumentOperation argument) =>
        argument.ArgumentKind != ArgumentKind.DefaultValue && _catalog.IsOptions(argument.Parameter?.Type);

    /// <summary>The code in which a local can be named.</summary>
    private static IOperation ScopeOf(IVariableDeclaratorOperation declarator)
    {
        IOperation scope = declarator;
        while (scope is not (IBlockOperation or ISwitchCaseOperation) && scope.Parent is { } around)
        {
            scope = around;
        }

        return scope;
    }

    /// <summary>
    /// Whether a call behind a place is handed something, other than to tell it to an options object: where code ends with the object, it
    /// may be handed on as soon as the next line is written.
    /// </summary>
    private bool GoesOn(int place, IOperation scope)
    {
        _otherCalls ??= OtherCalls();
        int first = Sorted.FirstFrom(_otherCalls, place);
        return first < _otherCalls.Length && _otherCalls[first] < scope.Syntax.Span.End;
    }

    private int[] OtherCalls()
    {
        SpanSet told = new(_body.Sinks.Select(static sink => sink.Value.Syntax).Where(_body.Holds).Select(static syntax => syntax.Span));
        return [.. _body.Operations.OfType<IInvocationOperation>().Where(IsHandedSomething).Select(static call => call.Syntax.SpanStart)
            .Where(start => !told.Contains(start)).OrderBy(static start => start)];
    }

    private static bool IsHandedSomething(IInvocationOperation call) => !IsSetter(call) &&
        call.Arguments.Any(static argument => argument.ArgumentKind != ArgumentKind.DefaultValue);

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

    /// <summary>What makes an object that is then left, and sets something of it; empty where something else reads it.</summary>
    private IReadOnlyList<IOperation> SettingsOfLeft(ILocalSymbol local, IObjectCreationOperation creation)
    {
        List<IOperation> settings = [_body.Assignments.OnlyValue(local)!, creation];
        foreach (IOperation read in _body.Assignments.Reads(local))
        {
            if (SettingOf(read) is not { } setting)
            {
                return [];
            }

            settings.Add(setting);
        }

        return settings;
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

    private ApiLibrary? LibraryOf(ITypeSymbol options) =>
        options.GetMembers().OfType<IPropertySymbol>().Select(property => _catalog.Find(property)?.Library)
            .FirstOrDefault(static library => library is not null);
}
