using System.Collections.Immutable;
using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Calls;
using ExpiryAnalyzers.Keys;
using ExpiryAnalyzers.Operations;
using ExpiryAnalyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Rules.Atomicity;

/// <summary>EXP301: a key is read, then given a TTL by a second command.</summary>
internal sealed class GetThenExpire : ExpiryRule
{
    /// <summary>The property that says what the fix may write: a <see cref="DataType"/>, or <see cref="LockExtension"/>.</summary>
    public const string Shape = nameof(Shape);

    public const string LockExtension = nameof(LockExtension);

    public static readonly DiagnosticDescriptor Rule = new(
        "EXP301",
        "GET followed by EXPIRE is not atomic",
        "{0} reads {1}, then {2} sets its TTL in a second command: {3}; {4}",
        "Atomicity",
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description:
            "Between the two commands the key may expire, be replaced or be taken by another client, and what ends the process " +
            "there leaves the old TTL. Read and set the TTL in one command (GETEX), or in MULTI.",
        helpLinkUri: HelpLink.For("EXP301"));

    public override DiagnosticDescriptor Descriptor => Rule;

    public override void Judge(CacheCall call, RuleContext context)
    {
        // Several reads may stand before one expire: the nearest is named.
        if (ExpireSequence.OfReads(call, context.Body) is not { Nearest: { } nearest } sequence ||
            context.Body.Remember(static body => new UnboundCalls(body)).MayWrite(call, nearest.Syntax.Span.End) ||
            sequence.Others.Prepend(nearest).Any(read => MakesExpiry(read, call, context.Body) || IsHandedToWork(read, call, context.Body)))
        {
            return;
        }

        bool isLock = context.Body.Remember(static body => new OwnTokens(body, body.Knowledge.Types)).Decide(nearest, call);
        context.Report(Diagnostic.Create(
            Rule,
            call.Syntax.GetLocation(),
            Locations.Of(nearest.Syntax, nearest.Behind?.Syntax, call.Behind?.Syntax),
            ImmutableDictionary<string, string?>.Empty.Add(Shape, isLock ? LockExtension : nearest.Data.ToString()),
            PairReport.NameOf(nearest),
            PairReport.KeyText(sequence),
            PairReport.NameOf(call),
            isLock
                ? "the lock may expire and be taken by another holder in between, whose lock is then prolonged"
                : "the key may expire or be replaced in between, and a crash leaves the old TTL",
            isLock ? "extend with the token" : nearest.Data == DataType.String ? "use GETEX" : PairReport.Cure));
    }

    /// <summary>Whether the expiry is made of the value just read, which no single command can express.</summary>
    private static bool MakesExpiry(CacheCall read, CacheCall expire, Body body)
    {
        Derivation fromRead = body.Decisions.From(read.Operation);
        return expire.Operation.Arguments.Any(argument => !IsKeyOf(argument, expire) && fromRead.Reaches(argument.Value));
    }

    /// <summary>
    /// Whether the elements read are handed to work that is waited for before the expire: then it says that they have served, and must not
    /// be sent before.
    /// </summary>
    private static bool IsHandedToWork(CacheCall read, CacheCall expire, Body body)
    {
        if (read.Data is not (DataType.Stream or DataType.List))
        {
            return false;
        }

        Derivation fromRead = body.Decisions.From(read.Operation);
        OperationPlaces places = body.Remember(static body => new OperationPlaces(body));
        return places.Between(read.Syntax.Span.End, expire.Syntax.SpanStart).OfType<IAwaitOperation>().Any(IsWork);

        bool IsWork(IAwaitOperation awaited) => body.Knowledge.Types.Unawaited(awaited) is IInvocationOperation work &&
            !body.CallsAt(work.Syntax).Any() && work.Arguments.Any(argument => fromRead.Reaches(argument.Value));
    }

    private static bool IsKeyOf(IArgumentOperation argument, CacheCall call) => call.Behind is null
        ? ReferenceEquals(argument, call.Argument(Role.Key))
        : argument.Parameter is { } parameter &&
            call.Behind.Key?.Symbols.Any(symbol => symbol is IParameterSymbol key && key.Ordinal == parameter.Ordinal) == true;
}

/// <summary>The calls of a body that do not bind, because a type is unknown or code is being typed: they may be writes.</summary>
internal sealed class UnboundCalls
{
    /// <summary>Where the calls stand that are handed a key, in source order.</summary>
    private readonly Dictionary<Key, List<int>> _places = [];

    public UnboundCalls(Body body)
    {
        foreach (IOperation call in body.Operations)
        {
            if (call is not IInvalidOperation { Syntax: InvocationExpressionSyntax })
            {
                continue;
            }

            foreach (IOperation handed in call.ChildOperations)
            {
                if (body.Keys.Of(handed) is { } key)
                {
                    _places.AddTo(key, call.Syntax.SpanStart);
                }
            }
        }
    }

    /// <summary>Whether one of them is handed the key of a call, between a position and that call.</summary>
    public bool MayWrite(CacheCall call, int start) => call.Key is { } key && _places.TryGetValue(key, out List<int>? places) &&
        Sorted.FirstFrom(places, start) is var first && first < places.Count && places[first] < call.Syntax.SpanStart;
}

/// <summary>
/// Which values read are compared with the caller's own token, and what those comparisons decide about: a lock extension made by hand.
/// </summary>
internal sealed class OwnTokens(Body body, WellKnownTypes types)
{
    /// <summary>How many steps, such as variables that hold the value, lie at most between a comparison and the read.</summary>
    private const int MaxChain = 8;

    private readonly Dictionary<CacheCall, SpanSet> _decided = [];

    /// <summary>Whether the expire only runs where the value read is the caller's token, or is not.</summary>
    public bool Decide(CacheCall read, CacheCall expire)
    {
        if (!_decided.TryGetValue(read, out SpanSet? decided))
        {
            _decided[read] = decided = read.Data == DataType.String
                ? new(body.Decisions.PartsWith(read.Operation).Where(test => IsOfToken(test, read)).SelectMany(body.Decisions.DecidedWith))
                : SpanSet.Empty;
        }

        return decided.Contains(expire.Syntax.SpanStart);
    }

    private bool IsOfToken(IOperation test, CacheCall read)
    {
        (IOperation Left, IOperation Right)? sides = test switch
        {
            IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } binary =>
                (binary.LeftOperand, binary.RightOperand),
            IInvocationOperation call when WellKnownTypes.IsEquals(call.TargetMethod) => call switch
            {
                { Instance: { } instance, Arguments: [{ } argument, ..] } => (instance, argument.Value),
                { TargetMethod.IsStatic: true, Arguments: [{ } first, { } second, ..] } => (first.Value, second.Value),
                _ => null,
            },
            _ => null,
        };
        return sides is var (left, right) &&
            ((IsReadItself(left, read) && IsToken(right, read)) || (IsReadItself(right, read) && IsToken(left, read)));
    }

    private bool IsToken(IOperation token, CacheCall read)
    {
        token = token.WithoutConversions();
        while (token is IInvocationOperation { Instance: { } owner } call && WellKnownTypes.IsToString(call.TargetMethod))
        {
            token = owner.WithoutConversions();
        }

        bool isVariable =
            token is IParameterReferenceOperation or ILocalReferenceOperation or IFieldReferenceOperation { Field.IsStatic: false } or
            IPropertyReferenceOperation { Instance: IInstanceReferenceOperation };
        return isVariable && !token.ConstantValue.HasValue && !body.Decisions.From(read.Operation).Reaches(token);
    }

    /// <summary>Whether an expression is the value as it was read: one that was deserialised is no token.</summary>
    private bool IsReadItself(IOperation value, CacheCall read)
    {
        HashSet<ISymbol> seen = new(SymbolEqualityComparer.Default);
        List<IOperation> steps = [value];
        for (int step = 0; step < MaxChain && steps.Count > 0; step++)
        {
            List<IOperation> next = [];
            foreach (IOperation current in steps)
            {
                IOperation bare = current.WithoutConversions();
                if (bare is ILocalReferenceOperation { Local: { } local })
                {
                    next.AddRange(seen.Add(local) ? body.Assignments.ValuesOf(local).OfType<IOperation>() : []);
                }
                else if (Awaited(bare) is { } inner)
                {
                    next.Add(inner);
                }
                else if (bare.Syntax == read.Syntax)
                {
                    return true;
                }
            }

            steps = next;
        }

        return false;
    }

    /// <summary>What an expression waits for, or writes as text.</summary>
    private IOperation? Awaited(IOperation expression) => expression switch
    {
        IAwaitOperation awaited => awaited.Operation,
        IInvocationOperation { Instance: { } instance } call when WellKnownTypes.IsToString(call.TargetMethod) => instance,
        _ => types.ReceiverOf(expression, KnownMember.OfTask),
    };
}
