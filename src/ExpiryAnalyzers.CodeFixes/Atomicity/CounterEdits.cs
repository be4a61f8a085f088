using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Calls;
using ExpiryAnalyzers.CodeFixes.Reading;
using ExpiryAnalyzers.CodeFixes.Writing;
using ExpiryAnalyzers.Operations;
using ExpiryAnalyzers.Rules.Atomicity;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.CodeFixes.Atomicity;

/// <summary>
/// Counts and sets the TTL in one MULTI. The answer of the increment is not known while the transaction is queued, so that the test of
/// the first hit becomes a condition that the server judges: EXPIRE with NX, or SET with NX before the increment.
/// </summary>
internal sealed class CounterEdits
{
    private readonly CommandPair _pair;
    private readonly ReadValue _count;
    private readonly List<Guard> _kept = [];
    private bool _isAtFirstHit;

    private CounterEdits(CommandPair pair)
    {
        _pair = pair;
        _count = new(pair);
    }

    private IOperation? Expiry => _pair.Expiry;

    private bool IsNx => _pair.Second.IsConstant(ClientNames.When, ClientNames.HasNoExpiry);

    /// <summary>The tests that stay, as one condition.</summary>
    private ExpressionSyntax? Condition => GuardConditions.All(_kept);

    /// <summary>The repairs that can be applied: first EXPIRE with NX where the servers have it, then what every server runs.</summary>
    public static IEnumerable<Fix> Of(CommandPair pair)
    {
        CounterEdits edits = new(pair);
        if (!pair.First.IsOnDatabase(pair.Context) || !pair.Guards.SelectMany(static guard => guard.Parts).ToArray().All(edits.Sort) ||
            (!edits._isAtFirstHit && pair.Guards.Any(edits.IsAboutCount)))
        {
            return [];
        }

        return new[] { edits.InTransaction(), edits._isAtFirstHit ? edits.WithSeed() : null }.OfType<Fix>();
    }

    /// <summary>Tells what becomes of a test; false where the transaction cannot express it.</summary>
    private bool Sort(Guard guard)
    {
        if (OperationOf(guard) is not { } operation)
        {
            return false;
        }

        CountTest test = new(_count.Is);
        switch (test.Of(operation), guard.Holds)
        {
            case (CountRange.OneHit, true) or (CountRange.AnyOtherHit, false):
                _isAtFirstHit = true;
                return IsFirstHit(test);
            case (CountRange.Below, true) or (CountRange.Above, false):
                // So is the first hit.
                return true;
            case (CountRange.Unknown, _) when _pair.IsKnownAtFirst(operation):
                _kept.Add(guard);
                return true;
            default:
                return false;
        }
    }

    private bool IsAboutCount(Guard guard) => guard.Parts.Any(part =>
        OperationOf(part) is { } operation && new CountTest(_count.Is).Of(operation) != CountRange.Unknown);

    /// <summary>What a guard tests: a flag stands for the one value that it has.</summary>
    private IOperation? OperationOf(Guard guard)
    {
        IOperation? operation = _pair.Context.OperationOf(guard.Condition);
        return operation is ILocalReferenceOperation { Type.SpecialType: SpecialType.System_Boolean } flag &&
            _pair.Variables.WritesOf(flag.Local) is [{ } value]
            ? value
            : operation;
    }

    /// <summary>Whether the count that the test asks for is the one of a counter that was missing.</summary>
    private bool IsFirstHit(CountTest test)
    {
        bool isDown = ClientNames.CountsDown(_pair.First.Command);
        IOperation? step = _pair.First.Argument(ClientNames.Value)?.Value.WithoutConversions();
        if (step is null || CountTest.IsNumber(step, 1))
        {
            return test.Number is { } number
                ? CountTest.IsNumber(number.WithoutConversions(), isDown ? -1 : 1)
                : test.IsFirstOfOnes && !isDown;
        }

        return !isDown && test.Number?.WithoutConversions() is { } amount && IsSameAmount(step, amount);
    }

    private bool IsSameAmount(IOperation step, IOperation amount) => step.ConstantValue.HasValue
        ? NumberOf(step) is { } number && Equals(number, NumberOf(amount))
        : DefUse.SymbolOf(amount) is { } symbol && SymbolEqualityComparer.Default.Equals(symbol, DefUse.SymbolOf(step)) &&
            _pair.IsKnownAtFirst(amount);

    private static double? NumberOf(IOperation operation) => operation.ConstantValue is { HasValue: true, Value: { } value } &&
        value is sbyte or byte or short or ushort or int or uint or long or ulong or float or double or decimal
            ? Convert.ToDouble(value, null)
            : null;

    private Fix? InTransaction()
    {
        ArgumentListSyntax arguments = TransactionEdit.SecondArguments(_pair);
        if (!_isAtFirstHit || IsNx)
        {
            return TransactionEdit.Of(
                _pair,
                "Increment and expire in one transaction (MULTI)",
                queued: Expire(arguments) with { ReplacesGuards = _isAtFirstHit });
        }

        if (ServerVersion.IsBelow(ServerVersion.Redis70, _pair.Context) || !_pair.Second.IsUnconditional || Expiry is not { } expiry ||
            _pair.HasOddExpiry(expiry) || (CommandPair.IsNullable(expiry) && !IsTested(expiry)))
        {
            return null;
        }

        return TransactionEdit.Of(
            _pair,
            "Increment and expire in one MULTI (Redis 7.0 for HasNoExpiry)",
            queued: Expire(WithWhen(arguments)) with { ReplacesGuards = true });
    }

    private QueuedCall Expire(ArgumentListSyntax arguments) =>
        new(ClientNames.KeyExpire + ClientNames.Async, arguments) { Condition = Condition };

    /// <summary>A missing counter is made with its TTL, then incremented.</summary>
    private Fix? WithSeed()
    {
        bool isSeedable = _pair.First.Command.StartsWith(ClientNames.OfString, StringComparison.Ordinal) &&
            (_pair.Second.IsUnconditional || IsNx) && !IsStoredWithoutTtl();
        if (!isSeedable || Expiry is not { } expiry || _pair.HasOddExpiry(expiry) ||
            _pair.First.ArgumentSyntax(ClientNames.Key) is not { } key || _pair.Second.ArgumentSyntax(ClientNames.Expiry) is not { } ttl)
        {
            return null;
        }

        bool isAbsolute = expiry.WithoutConversions().Type?.SpecialType == SpecialType.System_DateTime;
        if (isAbsolute && ServerVersion.IsBelow(ServerVersion.Redis62, _pair.Context))
        {
            return null;
        }

        List<ExpressionSyntax> arguments =
        [
            key.Expression.WithoutTrivia(),
            Expressions.Number(0),
            ttl.Expression.WithoutTrivia(),
            Imports.Static(_pair.Context, ClientNames.StoreCondition, ClientNames.NotExists),
        ];
        if (_pair.Second.ArgumentSyntax(ClientNames.Flags) is { } flags && !_pair.Second.IsConstant(ClientNames.Flags, ClientNames.None))
        {
            arguments.Add(flags.Expression.WithoutTrivia());
        }

        string servers = isAbsolute ? "Redis 6.2 for EXAT" : "any Redis";
        Fix? fix = TransactionEdit.Of(
            _pair,
            $"Make the counter with its TTL, then increment it, in one MULTI (SET NX, {servers})",
            "Seed",
            new(ClientNames.StringSet + ClientNames.Async, Arguments.List(arguments))
            {
                IsBefore = true,
                Condition = Condition,
                MayFail = !Evaluation.IsPositive(expiry, _pair.Context),
                ReplacesGuards = true,
            });
        return fix is null ? null : fix with { Asks = fix.Asks || CountsBack() };
    }

    /// <summary>
    /// Whether the type also stores such a counter without a TTL: SET with NX then finds it there, and no hit ever gives it one.
    /// </summary>
    private bool IsStoredWithoutTtl() =>
        ShapeAt(_pair.First, static _ => true) is { } shape &&
        CallsOfType().Any(call => (call.Effect & Effect.Overwrite) != 0 && ShapeAt(call, static stored => stored.LeavesNoTtl) == shape);

    /// <summary>The shape of the key of a client's call for which something holds; null where it has none.</summary>
    private string? ShapeAt(ClientCall call, Func<CacheCall, bool> holds) =>
        _pair.Context.Analysis.BodyAround(call.Operation) is { } body &&
        body.CallsAt(call.Syntax).FirstOrDefault(known => known.Behind is null) is { } found && holds(found)
            ? body.Keys.ShapeOf(found.Key)
            : null;

    /// <summary>The other calls of the client in the type around.</summary>
    private IEnumerable<ClientCall> CallsOfType() =>
        _pair.First.Syntax.FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } type
            ? type.DescendantNodes().OfType<InvocationExpressionSyntax>()
                .Where(call => call != _pair.First.Syntax)
                .Select(node => ClientCall.Of(node, _pair.Context))
                .OfType<ClientCall>()
            : [];

    /// <summary>
    /// Whether the type also counts down or sets to zero: then a counter that is there may be hit for the first time as well, which SET
    /// with NX does not see.
    /// </summary>
    private bool CountsBack() =>
        _pair.First.Syntax.FirstAncestorOrSelf<TypeDeclarationSyntax>() is null || CallsOfType().Any(IsBack);

    private static bool IsBack(ClientCall call)
    {
        IOperation? value = call.Argument(ClientNames.Value)?.Value.WithoutConversions();
        bool isIncrement = (call.Effect & Effect.Increment) != 0;
        if (value is null)
        {
            return isIncrement && ClientNames.CountsDown(call.Command);
        }

        double? number = NumberOf(value);
        return isIncrement
            ? ClientNames.CountsDown(call.Command) || !(number > 0)
            : (call.Effect & Effect.Overwrite) != 0 && number == 0;
    }

    /// <summary>Whether a test that stays is about the variable that the expiry comes from.</summary>
    private bool IsTested(IOperation expiry) => DefUse.SymbolOf(expiry.WithoutConversions()) is { } symbol && _kept.Any(guard =>
        OperationOf(guard)?.DescendantsAndSelf().Any(part => SymbolEqualityComparer.Default.Equals(DefUse.SymbolOf(part), symbol)) == true);

    /// <summary>The arguments with a condition behind the expiry, or in place of the one that says "always".</summary>
    private ArgumentListSyntax WithWhen(ArgumentListSyntax arguments)
    {
        ExpressionSyntax when = Imports.Static(_pair.Context, ClientNames.ExpireCondition, ClientNames.HasNoExpiry);
        if (_pair.Second.ArgumentSyntax(ClientNames.When) is { } always)
        {
            ExpressionSyntax old = arguments.Arguments[_pair.Second.Syntax.ArgumentList.Arguments.IndexOf(always)].Expression;
            return arguments.ReplaceNode(old, when.WithTriviaFrom(old));
        }

        // The name of an argument behind which there are others without one must be left out.
        return Arguments.IsPositional(arguments, 2)
            ? Arguments.InsertOnLine(arguments, 2, Arguments.Of(when))
            : Arguments.InsertOnLine(arguments, arguments.Arguments.Count, Arguments.Of(when, ClientNames.When));
    }
}
