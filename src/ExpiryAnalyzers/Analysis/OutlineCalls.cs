using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Calls;
using ExpiryAnalyzers.Keys;
using ExpiryAnalyzers.Symbols;
using ExpiryAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Analysis;

/// <summary>A call of a client as an outline writes it.</summary>
/// <param name="Text">The expression.</param>
/// <param name="Type">Its type.</param>
/// <param name="Tested">The parameter whose length the method looks at before it calls.</param>
internal readonly record struct OutlinedCall(string Text, string Type, IParameterSymbol? Tested)
{
    /// <summary>What the call answers, waited for.</summary>
    public string Answer => Type.StartsWith(OutlineSyntax.Tasks, StringComparison.Ordinal) ? Text + ".Result" : Text;
}

/// <summary>Writes the calls of clients, with their keys and times in terms of a method's parameters; notes what is called.</summary>
internal sealed class OutlineCalls(OutlineScope scope, OutlineTimes times)
{
    private readonly ApiCatalog _catalog = scope.Knowledge.Catalog;
    private readonly OutlineTypes _types = scope.Types;
    private readonly HashSet<HandedOn> _written = [];

    private readonly record struct Argument(string Name, string Type, string Value);

    /// <summary>Whether a time is written as an argument of a call.</summary>
    public bool IsWritten(HandedOn handed) => _written.Contains(handed);

    /// <summary>A call; null where it cannot be written.</summary>
    public OutlinedCall? Of(CacheCall call, HeldLock? held) => Of(call, held, HandedTo(call, call.Innermost));

    /// <summary>A call; null where it cannot be written.</summary>
    /// <param name="call">The call.</param>
    /// <param name="held">The lock that it takes.</param>
    /// <param name="handed">The time of the caller's that it is handed, perhaps by way of other members.</param>
    public OutlinedCall? Of(CacheCall call, HeldLock? held, HandedOn? handed)
    {
        CacheCall inner = call.Innermost;
        IMethodSymbol target = TargetOf(inner);
        bool isScript = inner.Has(Effect.Opaque) && inner.Raw is null;
        if (isScript || inner.Method.Roles.ContainsKey(Role.Pairs) || ReceiverOf(call, target) is not { } receiver)
        {
            return null;
        }

        (string Type, string Text)? time = handed is null ? null : times.Handed(handed);
        if (handed is not null && time is not null)
        {
            _written.Add(handed);
        }

        Argument[] arguments = inner.Raw is { } raw
            ? Raw(raw, call, inner, time?.Text)
            : [.. inner.Method.Roles.OrderBy(static role => role.Value.Ordinal)
                .Select(role => ArgumentOf(role.Key, call, inner, held, time) is var (type, value)
                    ? new Argument(role.Value.Name, type, value)
                    : (Argument?)null)
                .OfType<Argument>()];
        string returned = _types.TextOf(target.ReturnType);
        Declare(target, returned, arguments.Select(static argument => argument.Type + " @" + argument.Name));
        DeclareTwin(target, returned, arguments);
        // An extension is called by its class: no row imports a namespace.
        string on = target.IsExtensionMethod ? _types.ClientOf(target.ContainingType)! : receiver;
        IEnumerable<string> values = arguments.Select(static argument => $"@{argument.Name}: {argument.Value}");
        string given = string.Join(", ", target.IsExtensionMethod ? values.Prepend("@on: " + receiver) : values);
        bool isGuarded = handed is not null && scope.IsGuarded(handed);
        return new($"{on}.{target.Name}({given})", returned, isGuarded ? handed!.Given : null);
    }

    public static IMethodSymbol TargetOf(CacheCall call) =>
        (call.Operation.TargetMethod.ReducedFrom ?? call.Operation.TargetMethod).OriginalDefinition;

    /// <summary>Notes what is called of a client.</summary>
    public void Declare(IMethodSymbol target, string returned, IEnumerable<string> parameters)
    {
        INamedTypeSymbol type = target.ContainingType;
        string all = string.Join(
            ", ", target.IsExtensionMethod ? parameters.Prepend("this " + _types.TextOf(target.Parameters[0].Type) + " @on") : parameters);
        string words = type.TypeKind == TypeKind.Interface ? "" : target.IsStatic ? "public static extern " : "public extern ";
        _types.Add(type, $"{words}{returned} {target.Name}({all});");
    }

    /// <summary>Notes that a client's method takes a span too where it takes an instant: that is what a message may advise.</summary>
    private void DeclareTwin(IMethodSymbol target, string returned, IReadOnlyList<Argument> arguments)
    {
        if (arguments.Any(IsInstant) && target.ContainingType.GetMembers(target.Name).OfType<IMethodSymbol>().Any(TakesSpan))
        {
            Declare(target, returned, arguments.Select(argument =>
                (IsInstant(argument) ? OutlineSyntax.TimeSpan : argument.Type) + " @" + argument.Name));
        }

        static bool IsInstant(Argument argument) => argument.Type.StartsWith(OutlineSyntax.DateTime, StringComparison.Ordinal);

        bool TakesSpan(IMethodSymbol overload) =>
            _catalog.Find(overload)?.Roles.TryGetValue(Role.Expiry, out IParameterSymbol? expiry) == true &&
            scope.Knowledge.IsDuration(expiry.Type);
    }

    /// <summary>What a client's member is called on; null where that cannot be written.</summary>
    public string? ReceiverOf(CacheCall call, IMethodSymbol target)
    {
        if (_types.ClientOf(target.ContainingType) is not { } declaring)
        {
            return null;
        }

        if (target is { IsStatic: true, IsExtensionMethod: false })
        {
            return declaring;
        }

        ITypeSymbol declared = target.IsExtensionMethod ? target.Parameters[0].Type : target.ContainingType;
        ITypeSymbol? own = call.Innermost.Operation.Instance?.Type;
        ITypeSymbol type = own is INamedTypeSymbol client && _catalog.IsClient(client) ? own : declared;
        if (declared is not INamedTypeSymbol above || type is not INamedTypeSymbol receiver ||
            _types.ClientOf(receiver) is not { } name || _types.ClientOf(above) is null)
        {
            return null;
        }

        _types.AddBase(receiver, above);
        return call.Database?.Canonical switch
        {
            null => OutlineSyntax.Any(name),
            { Kind: KeyKind.Var, Symbol: IParameterSymbol parameter } when scope.IsOwn(parameter) => scope.NameOf(parameter),
            { } database => scope.FieldFor(name, database.ToString(), scope.IsSteady(database)),
        };
    }

    private (string Type, string Value)? ArgumentOf(
        Role role, CacheCall call, CacheCall inner, HeldLock? held, (string Type, string Text)? time)
    {
        switch (role)
        {
            case Role.Key:
                return ("string", OutlineKeys.TextOf(call.Key, scope) ?? OutlineSyntax.Any("string"));
            case Role.Expiry or Role.ExpirySeconds or Role.ExpiryMilliseconds when inner.ExpiryArgument is { } given:
                return given.Parameter?.Ordinal == inner.Method.Roles[role].Ordinal
                    ? DefaultedTime(held) ?? time ?? OwnTime(given, call, held)
                    : null;
            case Role.Options when inner.Argument(role) is not null:
                return (OutlineSyntax.Anything, OutlineSyntax.Any(OutlineSyntax.Anything));
            case Role.Value or Role.Token when inner.Argument(role) is not null:
                return (OutlineSyntax.Anything, scope.ParameterIn(call.ValueOf(role)) is { } value
                    ? scope.NameOf(value)
                    : OutlineSyntax.Any(OutlineSyntax.Anything));
            case Role.Condition when inner.IsOnlyIfMissing || inner.IsOnlyIfExisting:
                return Condition(inner.IsOnlyIfMissing);
            case Role.ExpiryCondition when inner.IsOnlyIfEternal || inner.IsOnlyIfMortal:
                return Condition(inner.IsOnlyIfEternal);
            case Role.KeepTtl when inner.MayKeepTtl:
                return ("bool", "true");
            default:
                return null;
        }

        static (string, string) Condition(bool isIfMissing) =>
            ("string", OutlineScope.Literal(isIfMissing ? RawCommands.IfMissing : RawCommands.IfExisting));
    }

    /// <summary>The caller's time, or the method's own where the caller gives none.</summary>
    private (string Type, string Value)? DefaultedTime(HeldLock? held)
    {
        if (held is not { Otherwise.Length: { } length, TtlParameter: { } ordinal } ||
            scope.Method.Parameters[ordinal] is not { } parameter || !scope.Knowledge.IsDuration(WellKnownTypes.Bare(parameter.Type)))
        {
            return null;
        }

        return (OutlineSyntax.TimeSpan, $"{scope.NameOf(parameter)} ?? {OutlineTimes.TextOf(length)}");
    }

    /// <summary>A time that the method sets itself: only a lock's length matters to its callers; null where it is none.</summary>
    private (string Type, string Value)? OwnTime(IArgumentOperation given, CacheCall call, HeldLock? held)
    {
        if (call.Ttl is null || given.Parameter is not { } parameter)
        {
            return null;
        }

        string type = _types.TextOf(parameter.Type) is var own && own != OutlineSyntax.Anything ? own : OutlineSyntax.TimeSpan;
        bool isKnown = held?.Ttl is not null && scope.Knowledge.IsDuration(parameter.Type);
        return (type, isKnown ? OutlineTimes.TextOf(held!.Ttl!.Value) : OutlineSyntax.Any(type));
    }

    /// <summary>The time of the caller's that a call is handed.</summary>
    private HandedOn? HandedTo(CacheCall call, CacheCall inner) => scope.Summary!.Sinks.FirstOrDefault(handed =>
        ReferenceEquals(handed.Sink.Innermost.Call, inner) && scope.IsOwn(handed.Given) &&
        (handed.Sink.Behind is null || ReferenceEquals((handed.Sink.Value.Parent as IArgumentOperation)?.Parent, call.Operation)));

    /// <summary>A command by its name, as it is sent.</summary>
    private Argument[] Raw(RawCall raw, CacheCall call, CacheCall inner, string? time)
    {
        IEnumerable<string> values = Enumerable.Range(0, raw.Arguments.Count).Select(index =>
            (index == 0 ? OutlineKeys.TextOf(call.Key, scope)
            : index == raw.TimePosition ? time
            : raw.TextAt(index) is { } word ? OutlineScope.Literal(word)
            : null) ?? OutlineSyntax.Any(OutlineSyntax.Anything));
        return
        [
            new(inner.Method.Roles[Role.Command].Name, "string", OutlineScope.Literal(raw.Command.Name)),
            new(raw.List.Name, "object[]", OutlineSyntax.ArrayOf(OutlineSyntax.Anything, string.Join(", ", values))),
        ];
    }
}
