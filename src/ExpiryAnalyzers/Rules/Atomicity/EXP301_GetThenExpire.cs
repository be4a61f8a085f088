using System.Collections.Immutable;
using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Binding;
using ExpiryAnalyzers.Flow;
using Microsoft.CodeAnalysis;
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
        "'{0}' reads {1}, then '{2}' sets its TTL in a second command: {3}",
        "Atomicity",
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "Between the two commands the key may expire, be replaced or be taken by another client.",
        helpLinkUri: HelpLink.For("EXP301"));

    public override DiagnosticDescriptor Descriptor => Rule;

    public override void Judge(CallPair pair, RuleContext context)
    {
        (CacheCall read, CacheCall expire) = (pair.First, pair.Second);
        if (!read.Has(Effect.Read) || read.Has(Effect.SetExpiry | Effect.Change) || !expire.Has(Effect.SetExpiry) || expire.Has(Effect.Read) ||
            expire.Method.Row.Name == "KeyPersist" || ReferenceEquals(read.Operation, expire.Operation))
        {
            return;
        }

        Derivation fromRead = new(context.Body, read.Operation);
        if (context.Body.IsThrottled(expire) || expire.Operation.Arguments.Any(argument => !IsKeyOf(argument, expire) && fromRead.Reaches(argument.Value)))
        {
            return;
        }

        bool isLock = IsOwnToken(read, expire, fromRead, context.Body);
        context.Report(Diagnostic.Create(
            Rule,
            expire.Syntax.GetLocation(),
            [read.Syntax.GetLocation(), .. Behind(read), .. Behind(expire)],
            ImmutableDictionary<string, string?>.Empty.Add(Shape, isLock ? LockExtension : read.Data.ToString()),
            read.Name,
            KeyText(read),
            expire.Name,
            isLock
                ? "the lock may expire and be taken by another holder in between, whose lock is then prolonged"
                : "the key may expire or be replaced in between, and a crash leaves the old TTL"));
    }

    private static IEnumerable<Location> Behind(CacheCall call) => call.Behind is { } inner ? [inner.Syntax.GetLocation()] : [];

    private static string KeyText(CacheCall call) => call.Argument(Role.Key) is { } key ? $"'{Time.SinkReport.Short(key.Value.Syntax)}'" : "a key";

    private static bool IsKeyOf(IArgumentOperation argument, CacheCall call) =>
        call.Behind is null ? ReferenceEquals(argument, call.Argument(Role.Key)) : argument.Parameter is { } parameter && call.Behind.Key?.Symbols.Contains(parameter) == true;

    /// <summary>Whether the value read is compared with the caller's own token: a lock extension made by hand.</summary>
    private static bool IsOwnToken(CacheCall read, CacheCall expire, Derivation fromRead, Body body)
    {
        if (read.Data != DataType.String)
        {
            return false;
        }

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
            while (token is IConversionOperation conversion)
            {
                token = conversion.Operand;
            }

            return fromRead.Reaches(value) && !fromRead.Reaches(token) && !token.ConstantValue.HasValue && token is IParameterReferenceOperation or ILocalReferenceOperation or IFieldReferenceOperation { Field.IsStatic: false } or IPropertyReferenceOperation { Instance: IInstanceReferenceOperation };
        }
    }
}
