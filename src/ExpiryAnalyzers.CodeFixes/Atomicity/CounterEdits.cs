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

    /// <summary>The repairs that can be applied, those that the servers know first.</summary>
    public static IEnumerable<Fix> Of(CommandPair pair)
    {
        CounterEdits edits = new(pair);
        if (!pair.First.IsOnDatabase(pair.Model) || !pair.Guards.SelectMany(static guard => Parts(guard)).ToArray().All(edits.Sort) || (!edits._isAtFirstHit && pair.Guards.Any(edits.IsAboutCount)))
        {
            return [];
        }

        return new[] { edits.InTransaction(), edits._isAtFirstHit ? edits.WithSeed() : null }.OfType<Fix>();
    }

    /// <summary>The tests of a guard that must all have the same answer.</summary>
    private static IEnumerable<Guard> Parts(Guard guard)
    {
        ExpressionSyntax condition = guard.Condition;
        while (condition is ParenthesizedExpressionSyntax parenthesized)
        {
            condition = parenthesized.Expression;
        }

        return condition is BinaryExpressionSyntax both && both.IsKind(guard.Holds ? SyntaxKind.LogicalAndExpression : SyntaxKind.LogicalOrExpression)
            ? Parts(guard with { Condition = both.Left }).Concat(Parts(guard with { Condition = both.Right }))
            : [guard with { Condition = condition }];
    }

    /// <summary>Tells what becomes of a test; false where the transaction cannot express it.</summary>
    private bool Sort(Guard guard)
    {
        CountTest test = new(_count.Is);
        switch (test.Of(OperationOf(guard)), guard.Holds)
        {
            case (CountRange.OneHit, true) or (CountRange.AnyOtherHit, false):
                _isAtFirstHit = true;
                return IsFirstHit(test);
            case (CountRange.Below, true) or (CountRange.Above, false):
                // So is the first hit.
                return true;
            case (CountRange.Unknown, _) when _pair.IsKnownAtFirst(OperationOf(guard)):
                _kept.Add(guard);
                return true;
            default:
                return false;
        }
    }

    private bool IsAboutCount(Guard guard) => Parts(guard).Any(part => new CountTest(_count.Is).Of(OperationOf(part)) != CountRange.Unknown);

    private IOperation OperationOf(Guard guard)
    {
        IOperation? operation = _pair.Model.GetOperation(guard.Condition, _pair.Context.CancellationToken);
        return operation is ILocalReferenceOperation { Type.SpecialType: SpecialType.System_Boolean } local && _pair.Variables.WritesBetween(local.Local, 0, int.MaxValue) is [{ } value] ? value : operation!;
    }

    /// <summary>Whether the count that the test asks for is the one of a counter that was missing.</summary>
    private bool IsFirstHit(CountTest test)
    {
        bool isDown = _pair.First.Command.EndsWith("Decrement", StringComparison.Ordinal);
        IOperation? step = _pair.First.Argument("value")?.Value;
        if (step is null || CountTest.IsNumber(step.WithoutConversions(), 1))
        {
            return test.Number is { } number ? CountTest.IsNumber(number.WithoutConversions(), isDown ? -1 : 1) : test.IsFirstOfOnes && !isDown;
        }

        return !isDown && test.Number?.WithoutConversions() is { } amount &&
            (step.WithoutConversions() is { ConstantValue.HasValue: true } constant ? Equals(Convert.ToDouble(constant.ConstantValue.Value, null), Convert.ToDouble(amount.ConstantValue.Value, null))
                : DefUse.SymbolOf(amount) is { } symbol && SymbolEqualityComparer.Default.Equals(symbol, DefUse.SymbolOf(step.WithoutConversions())) && _pair.IsKnownAtFirst(amount));
    }

    private Fix? InTransaction()
    {
        ArgumentListSyntax arguments = TransactionEdit.SecondArguments(_pair);
        if (!_isAtFirstHit || IsNx)
        {
            return TransactionEdit.Of(_pair, "Increment and expire in one transaction (MULTI)", queued: new("KeyExpireAsync", arguments) { Condition = Condition });
        }

        if (ServerVersion.IsBelow(ServerVersion.Redis70, _pair.Context) || !IsUnconditional || Expiry is not { } expiry || _pair.HasOddExpiry(expiry) || (CommandPair.IsNullable(expiry) && !IsTested(expiry)))
        {
            return null;
        }

        return new[] { "ExpireWhen.HasNoExpiry", "StackExchange.Redis.ExpireWhen.HasNoExpiry" }
            .Select(when => TransactionEdit.Of(_pair, "Increment and expire in one MULTI (Redis 7.0 for HasNoExpiry)", queued: new("KeyExpireAsync", WithWhen(arguments, when)) { Condition = Condition }))
            .FirstOrDefault(fix => fix is not null);
    }

    /// <summary>A missing counter is made with its TTL, then incremented.</summary>
    private Fix? WithSeed()
    {
        if (_kept.Count > 0 || !_pair.First.Command.StartsWith("String", StringComparison.Ordinal) || !(IsUnconditional || IsNx) || Expiry is not { } expiry || _pair.HasOddExpiry(expiry) ||
            _pair.First.ArgumentSyntax("key") is not { } key || _pair.Second.ArgumentSyntax("expiry") is not { } ttl)
        {
            return null;
        }

        bool isAbsolute = expiry.WithoutConversions().Type?.Name == nameof(DateTime);
        if (isAbsolute && ServerVersion.IsBelow(ServerVersion.Redis62, _pair.Context))
        {
            return null;
        }

        string flags = _pair.Second.ArgumentSyntax("flags") is { } given && !_pair.Second.IsConstant("flags", "None") ? $", {given.Expression}" : "";
        return new[] { "When.NotExists", "StackExchange.Redis.When.NotExists" }
            .Select(when => SyntaxFactory.ParseArgumentList($"({key.Expression}, 0, {ttl.Expression}, {when}{flags})"))
            .Select(arguments => TransactionEdit.Of(
                _pair,
                $"Make the counter with its TTL, then increment it, in one MULTI (SET NX{(isAbsolute ? ", Redis 6.2 for EXAT" : ", any Redis")})",
                "Seed",
                new("StringSetAsync", arguments) { IsBefore = true }))
            .FirstOrDefault(fix => fix is not null);
    }

    private IOperation? Expiry => _pair.Second.Argument("expiry")?.Value;

    private bool IsUnconditional => _pair.Second.Argument("when") is null || _pair.Second.IsConstant("when", "Always");

    private bool IsNx => _pair.Second.IsConstant("when", "HasNoExpiry");

    /// <summary>Whether a test that stays is about the variable that the expiry comes from.</summary>
    private bool IsTested(IOperation expiry) => DefUse.SymbolOf(expiry.WithoutConversions()) is { } symbol &&
        _kept.Any(guard => OperationOf(guard).DescendantsAndSelf().Any(part => SymbolEqualityComparer.Default.Equals(DefUse.SymbolOf(part), symbol)));

    /// <summary>The tests that stay, as one condition.</summary>
    private ExpressionSyntax? Condition
    {
        get
        {
            ExpressionSyntax[] tests = [.. _kept.Select(static guard => guard.Holds ? guard.Condition.WithoutTrivia() : PairEdits.Not(guard.Condition))];
            return tests.Length == 0 ? null
                : tests.Length == 1 ? tests[0]
                : SyntaxFactory.ParseExpression(string.Join(" && ", tests.Select(static test => test is BinaryExpressionSyntax or ConditionalExpressionSyntax or AssignmentExpressionSyntax ? $"({test})" : test.ToString())));
        }
    }

    /// <summary>The arguments with a condition behind the expiry, or in place of the one that says "always".</summary>
    private ArgumentListSyntax WithWhen(ArgumentListSyntax arguments, string when)
    {
        int given = _pair.Second.ArgumentSyntax("when") is { } always ? _pair.Second.Syntax.ArgumentList.Arguments.IndexOf(always) : -1;
        if (given >= 0)
        {
            ExpressionSyntax old = arguments.Arguments[given].Expression;
            return arguments.ReplaceNode(old, SyntaxFactory.ParseExpression(when).WithTriviaFrom(old));
        }

        // The name of an argument behind which there are others without one must be left out.
        bool isNamed = arguments.Arguments.Take(2).Any(static argument => argument.NameColon is not null);
        int index = isNamed ? arguments.Arguments.Count : 2;
        ArgumentSyntax written = SyntaxFactory.Argument(SyntaxFactory.ParseExpression(when));
        written = isNamed ? written.WithNameColon(SyntaxFactory.NameColon(SyntaxFactory.IdentifierName("when")).WithTrailingTrivia(SyntaxFactory.Space)) : written;
        SyntaxTriviaList end = arguments.Arguments[index - 1].GetTrailingTrivia();
        List<SyntaxNodeOrToken> list = [.. arguments.Arguments.GetWithSeparators()];
        int place = index * 2 - 1;
        if (place == list.Count)
        {
            list[place - 1] = arguments.Arguments[index - 1].WithTrailingTrivia();
            written = written.WithTrailingTrivia(end);
        }

        list.Insert(place, SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space));
        list.Insert(place + 1, written);
        return arguments.WithArguments(SyntaxFactory.SeparatedList<ArgumentSyntax>(list));
    }
}
