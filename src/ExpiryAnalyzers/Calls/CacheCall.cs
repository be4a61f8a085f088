using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Keys;
using ExpiryAnalyzers.Operations;
using ExpiryAnalyzers.Symbols;
using ExpiryAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace ExpiryAnalyzers.Calls;

/// <summary>One call that reaches a client, directly or through a method of the user's own, with its arguments by role.</summary>
internal sealed class CacheCall
{
    private (ISymbol Element, TextSpan Loop)[]? _loops;

    public CacheCall(
        IInvocationOperation operation,
        BoundMethod method,
        Key? key,
        Key? database,
        ReceiverKind receiver,
        CacheCall? behind = null)
    {
        Operation = operation;
        Method = method;
        Key = key;
        Database = database;
        Receiver = receiver;
        Behind = behind;
        Effect = behind?.Effect ?? method.Row.Effect;
        Data = behind?.Data ?? method.Row.Data;
    }

    /// <summary>A command sent by its name.</summary>
    public CacheCall(IInvocationOperation operation, BoundMethod method, RawCall raw, Key? key, Key? database, ReceiverKind receiver)
        : this(operation, method, key, database, receiver)
    {
        Raw = raw;
        Effect = raw.Effect;
        Data = raw.Command.Data;
    }

    /// <summary>Which of its body's calls it is, in source order.</summary>
    public int Number { get; set; }

    /// <summary>The keys that a script can touch at all; null where they are not known, or no script runs.</summary>
    public IReadOnlyList<Key>? Touched { get; init; }

    /// <summary>Whether a script runs that gives an existing key a TTL.</summary>
    public bool Prolongs { get; init; }

    /// <summary>Whether a script runs that deletes its key, perhaps only where the key holds a value.</summary>
    public bool Deletes { get; init; }

    /// <summary>Whether a script runs that deletes its key whatever the key holds.</summary>
    public bool DeletesAlways { get; init; }

    /// <summary>The key, or the only one that the commands of a script touch; null where that is not known.</summary>
    public Key? OnlyKey => Key ?? (Touched is [{ } touched, ..] && Touched.All(touched.Equals) ? touched : null);

    /// <summary>The one value that a script compares with what its key holds; null where that is not known.</summary>
    public IOperation? Compared { get; init; }

    /// <summary>
    /// The one value that a script compares before it deletes its key, in the body at hand or as a helper's own expression; null where none
    /// does.
    /// </summary>
    public IOperation? DeletedBy => Behind is { } inner ? AtCall(inner.DeletedBy?.WithoutConversions()) : Deletes ? Compared : null;

    /// <summary>Whether a script is handed no value to compare with what the key holds, although it compares one.</summary>
    public bool LacksValue { get; init; }

    /// <summary>The call as written in the body at hand.</summary>
    public IInvocationOperation Operation { get; }

    public BoundMethod Method { get; }

    /// <summary>The command, where it is sent by name.</summary>
    public RawCall? Raw { get; }

    public Effect Effect { get; }

    public DataType Data { get; }

    public Key? Key { get; }

    public Key? Database { get; }

    public ReceiverKind Receiver { get; }

    /// <summary>
    /// The parameter of the method around that the receiver is, where its type leaves open whether it is a database or a queue.
    /// </summary>
    public IParameterSymbol? ReceiverParameter { get; init; }

    /// <summary>What is put into a set; null for other calls.</summary>
    public Key? Member { get; init; }

    /// <summary>The client's call in a helper, where <see cref="Operation"/> calls that helper.</summary>
    public CacheCall? Behind { get; }

    /// <summary>The method that holds the client's call in a helper: what a call through an interface runs.</summary>
    public IMethodSymbol? Wrapper { get; init; }

    /// <summary>
    /// Whether <see cref="Behind"/> is of a local function or lambda of the same body, and this is it as made where that is called.
    /// </summary>
    public bool IsLocal { get; init; }

    /// <summary>The call as the body at hand writes it, be it in a local function.</summary>
    public CacheCall Written => IsLocal ? Behind!.Written : this;

    /// <summary>Whether the helper does nothing with the client but to write what it is handed.</summary>
    public bool IsOfForward { get; init; }

    /// <summary>Whether what the call returns is the client's answer: its own call, or a helper that hands it on as it is.</summary>
    public bool IsAnswer => Behind is null || IsHandedBack;

    /// <summary>Whether the helper returns the answer of the call in it, and nothing else.</summary>
    public bool IsHandedBack { get; init; }

    /// <summary>Whether nobody has looked at the client's answer before the caller.</summary>
    public bool IsUnseen { get; init; }

    /// <summary>The lock that the helper takes for its callers.</summary>
    public HeldLock? Held { get; init; }

    /// <summary>The name of the client's own member, however many helpers lie in front of it.</summary>
    public string ClientName => Innermost.Raw?.Command.Name ?? Innermost.Name;

    public SyntaxNode Syntax => Operation.Syntax;

    /// <summary>The name as the user wrote it: of a delegate that is called, that of its variable.</summary>
    public string Name => Operation is { TargetMethod.MethodKind: MethodKind.DelegateInvoke, Instance: ILocalReferenceOperation called }
        ? called.Local.Name : Operation.TargetMethod.Name;

    public bool Has(Effect effect) => (Effect & effect) != 0;

    /// <summary>The argument of a role, where the source gives one and the call is the client's own.</summary>
    public IArgumentOperation? Argument(Role role)
    {
        if (Behind is null && Raw is null && Method.Roles.TryGetValue(role, out IParameterSymbol? parameter))
        {
            foreach (IArgumentOperation argument in Operation.Arguments)
            {
                if (argument.Parameter?.Ordinal == parameter.Ordinal && argument.ArgumentKind != ArgumentKind.DefaultValue)
                {
                    return argument;
                }
            }
        }

        return null;
    }

    /// <summary>The key as written, in the body at hand or in a helper behind the call.</summary>
    public IOperation? KeyExpression => Innermost.Raw is null ? ValueOf(Role.Key) : Raw?.Arguments[0];

    /// <summary>The expression that tells when the key dies, in whichever form.</summary>
    public IOperation? Expiry => Raw is null ? ExpiryArgument?.Value : Raw.Time;

    /// <summary>The argument that tells when the key dies, as a time or as a number of units.</summary>
    public IArgumentOperation? ExpiryArgument => Argument(Role.Expiry) ?? Argument(Role.ExpirySeconds) ?? Argument(Role.ExpiryMilliseconds);

    /// <summary>Whether the value is only written where the key is missing (NX).</summary>
    public bool IsOnlyIfMissing =>
        Behind?.IsOnlyIfMissing ?? Raw?.IsOnlyIfMissing ??
        (Method.Row.IsOnlyIfMissing || Says(Argument(Role.Condition)?.Value, Meaning.OnlyIfMissing));

    /// <summary>Whether both calls certainly are about the same key of the same database.</summary>
    public bool SharesKeyWith(CacheCall other) => Key is not null && Key.Equals(other.Key) && Database is not null &&
        Database.Equals(other.Database) && !IsOfOtherElement(other);

    /// <summary>
    /// Whether another call is about the element that another loop is at, inside or around this call's own loop: both go through the same
    /// collection, but not hand in hand.
    /// </summary>
    private bool IsOfOtherElement(CacheCall other) => Key is { HasRound: true } && other.Key is { HasRound: true } &&
        !ReferenceEquals(Key, other.Key) && (IsInLoopOf(other) || other.IsInLoopOf(this));

    /// <summary>Whether the call stands in a loop whose element only the other's key hangs on.</summary>
    private bool IsInLoopOf(CacheCall other)
    {
        foreach ((ISymbol element, TextSpan loop) in other._loops ??= LoopsOf(other.Key!, other.Syntax.SyntaxTree))
        {
            if (loop.Contains(Syntax.Span) && !Key!.DependsOn(element))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The loops and lambdas whose elements a key hangs on.</summary>
    private static (ISymbol Element, TextSpan Loop)[] LoopsOf(Key key, SyntaxTree tree) =>
    [
        .. from element in key.Symbols
           let declaration = element.DeclaringSyntaxReferences.FirstOrDefault()
           where declaration?.SyntaxTree == tree
           let loop = declaration.GetSyntax().FirstAncestorOrSelf<SyntaxNode>(static node =>
               node is CommonForEachStatementSyntax or AnonymousFunctionExpressionSyntax)
           where loop is not null
           select (element, loop.Span),
    ];

    /// <summary>Whether the value is only written where the key is there (XX).</summary>
    public bool IsOnlyIfExisting => Innermost.Raw?.Says(Meaning.OnlyIfExisting) ?? Says(ValueOf(Role.Condition), Meaning.OnlyIfExisting);

    /// <summary>Whether a TTL is only set where the key has none (NX), or a longer one (LT).</summary>
    public bool IsOnlyIfEternal => Innermost.Raw?.Says(Meaning.OnlyIfEternal) ?? Says(ValueOf(Role.ExpiryCondition), Meaning.OnlyIfEternal);

    /// <summary>Whether a TTL is only set where the key has one already (XX, GT), so that keys without one are meant to stay.</summary>
    public bool IsOnlyIfMortal => Innermost.Raw?.Says(Meaning.OnlyIfMortal) ?? Says(ValueOf(Role.ExpiryCondition), Meaning.OnlyIfMortal);

    /// <summary>
    /// Whether a value is stored with an expiry of its own, as far as can be told: only what certainly is none counts as none.
    /// </summary>
    public bool MayBringExpiry => Innermost.Raw is { } raw ? raw.Time is not null : ValueOf(Role.Options) is not null || Ttl is not null;

    /// <summary>
    /// The expression that tells how long a key lives, in the body at hand or in a helper behind it; null where none is written.
    /// </summary>
    public IOperation? Ttl => Innermost.Raw is { } raw
        ? Behind is null ? raw.Time : null
        : Something(ValueOf(Role.Expiry)) ?? Something(ValueOf(Role.ExpirySeconds)) ?? Something(ValueOf(Role.ExpiryMilliseconds));

    /// <summary>What tells how long a key lives: a time, or an object that holds it.</summary>
    public IOperation? ExpiryOrOptions => ValueOf(Role.Options) ?? Ttl;

    /// <summary>Whether a value may be stored under the TTL that the key has.</summary>
    public bool MayKeepTtl => Innermost.Raw is { } raw
        ? raw.Says(Meaning.KeepTtl)
        : ValueOf(Role.KeepTtl) is { ConstantValue.Value: not false } || Says(ValueOf(Role.Expiry), Meaning.KeepTtl);

    /// <summary>Whether the call stores a value and may leave a key behind that has no TTL.</summary>
    public bool LeavesNoTtl => Has(Effect.Store) && !MayBringExpiry && !MayKeepTtl && (Has(Effect.Overwrite) || !IsOnlyIfExisting) &&
        !StoresNothing;

    /// <summary>Whether there is certainly no value to store, so that the client deletes the key instead.</summary>
    private bool StoresNothing => Innermost.Method.Row.DeletesAtNull && ValueOf(Role.Value) is { } value && value switch
    {
        { ConstantValue: { HasValue: true, Value: null } } => true,
        IDefaultValueOperation { Type: { } type } => Method.Catalog?.IsValue(type) == true,
        _ => Says(value, Meaning.NoValue),
    };

    /// <summary>Whether the call takes a TTL away instead of setting one.</summary>
    public bool TakesTtlAway => Has(Effect.Persist) || (Has(Effect.SetExpiry) && Innermost.Raw is null && !MayBringExpiry);

    /// <summary>The client's own call, however many helpers lie in front of it.</summary>
    public CacheCall Innermost => Behind?.Innermost ?? this;

    /// <summary>
    /// What the client is handed for a role, where the source gives it: in the body at hand, or as a helper's own expression.
    /// </summary>
    public IOperation? ValueOf(Role role)
    {
        if (Behind is null)
        {
            return Argument(role)?.Value.WithoutConversions() ?? (role == Role.Value ? Raw?.Value : null);
        }

        // if (ttl.HasValue) StringSet(key, value, ttl.Value)
        IOperation? value = Behind.ValueOf(role);
        if (value is IPropertyReferenceOperation { Property: { Name: "Value",
            ContainingType.OriginalDefinition.SpecialType: SpecialType.System_Nullable_T }, Instance: { } nullable })
        {
            value = nullable.WithoutConversions();
        }

        return AtCall(value);
    }

    /// <summary>An expression of a helper's, or what the call hands in where it is a parameter.</summary>
    private IOperation? AtCall(IOperation? inner) => inner is IParameterReferenceOperation { Parameter: { } parameter } &&
        SymbolEqualityComparer.Default.Equals(parameter.ContainingSymbol, Wrapper ?? Operation.TargetMethod.OriginalDefinition)
            ? Operation.Arguments.For(parameter)?.Value.WithoutConversions()
            : inner;

    private IOperation? Something(IOperation? expiry) => IsNothing(expiry) ? null : expiry;

    /// <summary>Whether an expiry is certainly none: absent, null, or the number that stands for none.</summary>
    private bool IsNothing(IOperation? expiry) => expiry switch
    {
        null or { ConstantValue: { HasValue: true, Value: null } } => true,

        // A command that refuses zero is told something.
        { ConstantValue: { HasValue: true, Value: <= 0 } } => Innermost.Method.Row.Ttl?.AtZero != TtlOutcome.Fails,
        IDefaultValueOperation { Type: { } type } =>
            type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T || Method.Catalog?.FindExpiryType(type) is not null,
        _ => Says(expiry, Meaning.NoExpiry),
    };

    /// <summary>Whether an expression is a constant of the client's that says so, or the text of one of Redis' own options.</summary>
    private bool Says(IOperation? value, Meaning meaning) => value?.WithoutConversions() switch
    {
        IMemberReferenceOperation { Member: { IsStatic: true } member } when Method.Catalog?.MeaningOf(member) == meaning => true,
        { ConstantValue: { HasValue: true, Value: string option } } => RawCommands.Says(option, meaning),
        _ => false,
    };

    /// <summary>Whether a symbol for which something holds is part of the key or the database.</summary>
    public bool IsNamedBy(Func<ISymbol, bool> holds) => Key?.Symbols.Any(holds) == true || Database?.Symbols.Any(holds) == true;

    /// <summary>Whether a write to the variable, field or property makes the key or the database another.</summary>
    public bool DependsOn(ISymbol symbol) => Key?.DependsOn(symbol) == true || Database?.DependsOn(symbol) == true;
}

/// <summary>An expression that tells a client when something dies.</summary>
internal sealed class Sink
{
    public Sink(IOperation value, ApiLibrary library, string name, bool isAbsolute, CacheCall? call, ISymbol? member = null)
    {
        Value = value;
        Library = library;
        Name = name;
        IsAbsolute = isAbsolute;
        Call = call;
        Member = member;
    }

    /// <summary>The expression, as written.</summary>
    public IOperation Value { get; }

    public ApiLibrary Library { get; }

    /// <summary>The method or property that takes the value, as the user wrote it.</summary>
    public string Name { get; }

    public bool IsAbsolute { get; }

    /// <summary>Whether the value is taken as a <c>DateTimeOffset</c>: a Local time keeps its instant on the way.</summary>
    public bool TakesOffset { get; init; }

    /// <summary>
    /// The unit in which a number is read here: since the Unix epoch where the sink is absolute. Unknown where the sink takes a
    /// <c>DateTime</c> or a <c>TimeSpan</c>, which carry their own.
    /// </summary>
    public TimeUnit Unit { get; init; }

    /// <summary>The client's call, where the sink is an argument of one.</summary>
    public CacheCall? Call { get; }

    /// <summary>The method or property that takes the value.</summary>
    public ISymbol? Member { get; }

    /// <summary>The sink of the client behind a wrapper of the user's own.</summary>
    public Sink? Behind { get; init; }

    /// <summary>The sink of the client, however many wrappers lie in front of it.</summary>
    public Sink Innermost => Behind?.Innermost ?? this;

    /// <summary>Whether the wrapper hands the value on only on some paths, and another one otherwise.</summary>
    public bool IsMixed { get; init; }

    /// <summary>
    /// Whether the wrapper looks at the value's length before it hands it on, so that it may keep back what would mislead.
    /// </summary>
    public bool IsTested { get; init; }

    /// <summary>Whether the wrapper gives an instant to several keys, or to one several times.</summary>
    public bool IsShared { get; init; }

    /// <summary>What the wrapper makes of an instant before it hands it on.</summary>
    public Passage Passage { get; init; }

    /// <summary>Whether the value is not written in the call, so that the flow to the call does not pass it.</summary>
    public bool IsApart { get; init; }

    /// <summary>Whether a call of a member of the user's own leaves the value out, so that its default counts.</summary>
    public bool IsOmitted { get; init; }

    /// <summary>What comes here of a TTL that misleads; null where nothing is known.</summary>
    public TtlFacts? Ttl { get; init; }

    /// <summary>What may arrive here; null where the code cannot run.</summary>
    public TimeValues? Values { get; set; }

    /// <summary>For an absolute expiry: the sliding one that the same object is given on some path, and that decides with it.</summary>
    public Sink? Sliding { get; set; }

    /// <summary>
    /// The constant TTL that a value stands for at this sink; null where the sink is absolute or the value is not constant.
    /// </summary>
    public TimeSpan? LengthOf(TimeValue value) =>
        IsAbsolute ? null
        : Unit == TimeUnit.Unknown ? value.Length
        : value is { Shape: TimeShape.Count, IsEpoch: false } && MixupOf(value) is null
            ? TimeValue.Duration(value.Constant * TimeArithmetic.TicksPer(Unit)).Length
        : null;

    /// <summary>How a value's number was read in another unit than its own: on its way here, or here.</summary>
    public UnitMixup? MixupOf(TimeValue value) => value.Mixup ??
        (Unit != TimeUnit.Unknown && value is { Shape: TimeShape.Count, Unit: not TimeUnit.Unknown } && value.Unit != Unit
            ? new(value.Unit, Unit)
            : null);
}
