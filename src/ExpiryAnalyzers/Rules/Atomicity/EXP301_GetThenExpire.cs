using System.Collections.Immutable;
using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Calls;
using ExpiryAnalyzers.Operations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Rules.Atomicity;

/// <summary>EXP301: a key is read, then given a TTL by a second command.</summary>
internal sealed class GetThenExpire : ExpiryRule
{
    /// <summary>The property that says what the fix may write: a <see cref="DataType"/>, or <see cref="LockExtension"/>.</summary>
    public const string Shape = nameof(Shape);

    public const string LockExtension = nameof(LockExtension);

    /// <summary>How many steps, such as variables that hold the value, lie at most between a comparison and the read.</summary>
    private const int MaxChain = 8;

    public static readonly DiagnosticDescriptor Rule = new(
        "EXP301",
        "GET followed by EXPIRE is not atomic",
        "{0} reads {1}, then {2} sets its TTL in a second command: {3}",
        "Atomicity",
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "Between the two commands the key may expire, be replaced or be taken by another client.",
        helpLinkUri: HelpLink.For("EXP301"));

    public override DiagnosticDescriptor Descriptor => Rule;

    public override void Judge(CacheCall call, RuleContext context)
    {
        // Several reads may stand before one expire: the nearest is named.
        if (ExpireSequence.Of(call, context.Body) is not { Kind: SequenceKind.Read, Nearest: { } nearest } sequence || sequence.Others.Prepend(nearest).Any(read => MakesExpiry(read, call, context.Body)))
        {
            return;
        }

        bool isLock = IsOwnToken(nearest, call, context.Body);
        context.Report(Diagnostic.Create(
            Rule,
            call.Syntax.GetLocation(),
            [nearest.Syntax.GetLocation(), .. Behind(nearest), .. Behind(call)],
            ImmutableDictionary<string, string?>.Empty.Add(Shape, isLock ? LockExtension : nearest.Data.ToString()),
            PairReport.NameOf(nearest),
            PairReport.KeyText(sequence),
            PairReport.NameOf(call),
            isLock
                ? "the lock may expire and be taken by another holder in between, whose lock is then prolonged"
                : "the key may expire or be replaced in between, and a crash leaves the old TTL"));
    }

    /// <summary>Whether the expiry is made of the value just read, which no single command can express.</summary>
    private static bool MakesExpiry(CacheCall read, CacheCall expire, Body body) =>
        new Derivation(body, read.Operation) is var fromRead && expire.Operation.Arguments.Any(argument => !IsKeyOf(argument, expire) && fromRead.Reaches(argument.Value));

    private static IEnumerable<Location> Behind(CacheCall call) => call.Behind is { } inner ? [inner.Syntax.GetLocation()] : [];

    private static bool IsKeyOf(IArgumentOperation argument, CacheCall call) =>
        call.Behind is null ? ReferenceEquals(argument, call.Argument(Role.Key)) : argument.Parameter is { } parameter && call.Behind.Key?.Symbols.Any(symbol => symbol is IParameterSymbol key && key.Ordinal == parameter.Ordinal) == true;

    /// <summary>Whether the value read is compared with the caller's own token: a lock extension made by hand.</summary>
    private static bool IsOwnToken(CacheCall read, CacheCall expire, Body body)
    {
        if (read.Data != DataType.String)
        {
            return false;
        }

        Derivation fromRead = new(body, read.Operation);

        foreach (IOperation condition in Conditions.Of(expire.Operation, body))
        {
            foreach (IOperation test in condition.DescendantsAndSelf())
            {
                (IOperation Left, IOperation Right)? sides = test switch
                {
                    IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } binary => (binary.LeftOperand, binary.RightOperand),
                    IInvocationOperation { TargetMethod.Name: "Equals", Instance: { } instance, Arguments: [{ } argument, ..] } => (instance, argument.Value),
                    IInvocationOperation { TargetMethod: { Name: "Equals", IsStatic: true }, Arguments: [{ } first, { } second, ..] } => (first.Value, second.Value),
                    _ => null,
                };
                if (sides is var (left, right) && (IsToken(left, right) || IsToken(right, left)))
                {
                    return true;
                }
            }
        }

        return false;

        bool IsToken(IOperation value, IOperation token)
        {
            token = token.WithoutConversions();
            while (token is IInvocationOperation { TargetMethod.Name: "ToString", Instance: { } owner })
            {
                token = owner.WithoutConversions();
            }

            return IsReadItself(value, read, body, MaxChain) && !fromRead.Reaches(token) && !token.ConstantValue.HasValue && token is IParameterReferenceOperation or ILocalReferenceOperation or IFieldReferenceOperation { Field.IsStatic: false } or IPropertyReferenceOperation { Instance: IInstanceReferenceOperation };
        }
    }

    /// <summary>Whether an expression is the value as it was read: one that was deserialised is no token.</summary>
    private static bool IsReadItself(IOperation value, CacheCall read, Body body, int depth)
    {
        if (depth == 0)
        {
            return false;
        }

        switch (value.WithoutConversions())
        {
            case IAwaitOperation awaited:
                return IsReadItself(awaited.Operation, read, body, depth - 1);
            case IInvocationOperation { TargetMethod.Name: "ToString" or "ConfigureAwait" or "GetAwaiter" or "GetResult", Instance: { } instance }:
                return IsReadItself(instance, read, body, depth - 1);
            case IPropertyReferenceOperation { Property: { Name: "Result", ContainingType.Name: "Task" }, Instance: { } task }:
                return IsReadItself(task, read, body, depth - 1);
            case ILocalReferenceOperation local:
                return body.Assignments.ValuesOf(local.Local).Any(written => written is not null && IsReadItself(written, read, body, depth - 1));
            case var other:
                return other.Syntax == read.Syntax;
        }
    }
}
