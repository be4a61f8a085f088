using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace ExpiryAnalyzers.Tests.Mutants;

/// <summary>The ways to get a repair wrong.</summary>
internal static class MutationOperators
{
    private static readonly ImmutableDictionary<string, string> OtherUnits = ImmutableDictionary.CreateRange(new Dictionary<string, string>
    {
        ["FromMilliseconds"] = "FromSeconds",
        ["FromSeconds"] = "FromMilliseconds",
        ["FromMinutes"] = "FromSeconds",
        ["FromHours"] = "FromMinutes",
        ["FromDays"] = "FromHours",
        ["TotalMilliseconds"] = "TotalSeconds",
        ["TotalSeconds"] = "TotalMilliseconds",
        ["AddSeconds"] = "AddMilliseconds",
        ["AddMinutes"] = "AddSeconds",
        ["ToUnixTimeSeconds"] = "ToUnixTimeMilliseconds",
        ["ToUnixTimeMilliseconds"] = "ToUnixTimeSeconds",
        ["FromUnixTimeSeconds"] = "FromUnixTimeMilliseconds",
        ["FromUnixTimeMilliseconds"] = "FromUnixTimeSeconds",
    });

    private static readonly ImmutableDictionary<string, string> OtherCommands =
        ImmutableDictionary.CreateRange(new Dictionary<string, string>
    {
        ["EXPIRE"] = "PEXPIRE",
        ["PEXPIRE"] = "EXPIRE",
        ["EXPIREAT"] = "PEXPIREAT",
        ["PEXPIREAT"] = "EXPIREAT",
        ["EX"] = "PX",
        ["PX"] = "EX",
    });

    private static readonly ImmutableDictionary<string, string> OtherClocks = ImmutableDictionary.CreateRange(new Dictionary<string, string>
    {
        ["UtcNow"] = "Now",
        ["Utc"] = "Local",
        ["UtcDateTime"] = "DateTime",
    });

    public static ImmutableArray<MutationOperator> All { get; } =
    [
        new("wrong unit", static (node, _, _) => Renamed(node, OtherUnits).Concat(OtherCommand(node))),
        new("wrong clock", static (node, model, _) => Renamed(node, OtherClocks).Concat(RelabelledForConverted(node, model))),
        new("half the time", static (node, model, _) => HalfTheTime(node, model)),
        new("number off by a thousand", static (node, _, _) => OtherNumber(node)),
        new("dropped argument", static (node, _, _) => DroppedArgument(node)),
        new("other flag", static (node, model, _) => OtherFlag(node, model)),
        new("swapped order", static (node, _, written) => SwappedOrder(node, written)),
        new("dropped statement", static (node, _, _) => DroppedStatement(node)),
        new("discard for await", static (node, model, _) => DiscardForAwait(node, model)),
        new("other key", static (node, model, _) => OtherKey(node, model)),
        new("other database", static (node, model, _) => OtherDatabase(node, model)),
        new("exit into the try", static (node, _, _) => ExitIntoTheTry(node)),
        new("negated condition", static (node, _, _) => NegatedCondition(node)),
        new("other branch", static (node, _, _) => OtherBranch(node)),
        new("other result", static (node, model, _) => OtherResult(node, model)),
    ];

    private static IEnumerable<SyntaxNode> Renamed(SyntaxNode node, ImmutableDictionary<string, string> names)
    {
        if (node is IdentifierNameSyntax name && names.TryGetValue(name.Identifier.Text, out string? other))
        {
            yield return IdentifierName(other).WithTriviaFrom(name);
        }
    }

    /// <summary>The clock's reading is kept and called UTC. <c>ToLocalTime</c> would be no mutant: clients convert, to the same instant.</summary>
    private static IEnumerable<SyntaxNode> RelabelledForConverted(SyntaxNode node, SemanticModel model)
    {
        if (node is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax
            { Name.Identifier.Text: "ToUniversalTime", Expression: { } time } } && model.GetTypeInfo(time).Type is { } type)
        {
            yield return ParseExpression(type.Name == "DateTimeOffset" ? $"new System.DateTimeOffset(({time}).DateTime, System.TimeSpan.Zero)"
                : $"System.DateTime.SpecifyKind({time}, System.DateTimeKind.Utc)").WithTriviaFrom(node);
        }
    }

    private static IEnumerable<SyntaxNode> OtherCommand(SyntaxNode node)
    {
        if (node is LiteralExpressionSyntax literal && literal.IsKind(SyntaxKind.StringLiteralExpression)
            && OtherCommands.TryGetValue(literal.Token.ValueText, out string? other))
        {
            yield return Text(other).WithTriviaFrom(node);
        }
    }

    private static IEnumerable<SyntaxNode> HalfTheTime(SyntaxNode node, SemanticModel model)
    {
        if (node is ArgumentSyntax { Expression: { } time } argument && model.GetTypeInfo(time).Type is { Name: "TimeSpan" })
        {
            yield return argument.WithExpression(ParseExpression($"System.TimeSpan.FromTicks(({time}).Ticks / 2)"));
        }
    }

    private static IEnumerable<SyntaxNode> OtherNumber(SyntaxNode node)
    {
        if (node is LiteralExpressionSyntax literal && literal.IsKind(SyntaxKind.NumericLiteralExpression)
            && literal.Token.Value is int number)
        {
            yield return LiteralExpression(SyntaxKind.NumericLiteralExpression,
                Literal(number == 0 ? 1000 : number % 1000 == 0 ? number / 1000 : number * 1000)).WithTriviaFrom(node);
        }
    }

    private static IEnumerable<SyntaxNode> DroppedArgument(SyntaxNode node) =>
        node is ArgumentListSyntax { Arguments.Count: > 1 } list
            ? list.Arguments.Select((_, index) => list.WithArguments(list.Arguments.RemoveAt(index))).Skip(1)
            : [];

    /// <summary>Without <c>AdjustToUniversal</c> it is the same instant in local time, which clients convert.</summary>
    private static IEnumerable<SyntaxNode> OtherFlag(SyntaxNode node, SemanticModel model)
    {
        if (node is MemberAccessExpressionSyntax access && model.GetSymbolInfo(access)
            .Symbol is IFieldSymbol { ContainingType: { TypeKind: TypeKind.Enum } type } flag && type.Name is not "DateTimeKind"
            && flag.Name is not "AdjustToUniversal")
        {
            IFieldSymbol other = type.GetMembers().OfType<IFieldSymbol>()
                .First(member => member.HasConstantValue && !Equals(member.ConstantValue, flag.ConstantValue));
            yield return access.WithName(IdentifierName(other.Name).WithTriviaFrom(access.Name));
        }
    }

    private static IEnumerable<SyntaxNode> SwappedOrder(SyntaxNode node, WrittenSpans written)
    {
        if (node is BlockSyntax block)
        {
            for (int index = 0; index + 1 < block.Statements.Count; index++)
            {
                StatementSyntax first = block.Statements[index];
                StatementSyntax second = block.Statements[index + 1];
                if ((written.Holds(first) || written.Holds(second)) && !IsIdle(first) && !IsIdle(second))
                {
                    yield return block.ReplaceNodes([first, second], (statement, _) => statement == first ? second : first);
                }
            }
        }
    }

    /// <summary>Whether a statement does nothing: it names a variable so that the compiler does not say that nobody does.</summary>
    private static bool IsIdle(StatementSyntax statement) => statement is ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax
        { Left: IdentifierNameSyntax { Identifier.Text: "_" }, Right: IdentifierNameSyntax } };

    private static IEnumerable<SyntaxNode> DroppedStatement(SyntaxNode node)
    {
        if (node is ExpressionStatementSyntax or IfStatementSyntax or ThrowStatementSyntax)
        {
            yield return EmptyStatement().WithTriviaFrom(node);
        }
    }

    private static IEnumerable<SyntaxNode> DiscardForAwait(SyntaxNode node, SemanticModel model)
    {
        if (node is ExpressionStatementSyntax { Expression: AwaitExpressionSyntax awaited } && !IsWaitedForBehind(node, awaited.Expression, model))
        {
            yield return ParseStatement($"_ = {awaited.Expression};").WithTriviaFrom(node);
        }
    }

    /// <summary>Whether a transaction's end is waited for, and one of its commands behind it, which ends with it.</summary>
    private static bool IsWaitedForBehind(SyntaxNode statement, ExpressionSyntax awaited, SemanticModel model) =>
        model.GetSymbolInfo(awaited).Symbol is IMethodSymbol { Name: "ExecuteAsync", ContainingType.Name: "ITransaction" }
        && statement.Parent is BlockSyntax block && block.Statements.SkipWhile(other => other != statement).Skip(1)
            .Any(static next => next.DescendantNodes().OfType<AwaitExpressionSyntax>().Any());

    private static IEnumerable<SyntaxNode> OtherKey(SyntaxNode node, SemanticModel model)
    {
        if (node is ArgumentSyntax { Parent: ArgumentListSyntax list } argument && list.Arguments.IndexOf(argument) == 0
            && model.GetTypeInfo(argument.Expression).ConvertedType is { Name: "RedisKey" })
        {
            yield return argument.WithExpression(Text("another-key"));
        }
    }

    private static IEnumerable<SyntaxNode> OtherDatabase(SyntaxNode node, SemanticModel model)
    {
        if (node is MemberAccessExpressionSyntax { Expression: { } receiver, Parent: InvocationExpressionSyntax } access
            && model.GetTypeInfo(receiver).Type is { Name: "IDatabase" })
        {
            yield return access.WithExpression(ParseExpression($"{receiver.WithoutTrivia()}.Multiplexer.GetDatabase(7)")
                .WithTriviaFrom(receiver));
        }
    }

    private static IEnumerable<SyntaxNode> ExitIntoTheTry(SyntaxNode node)
    {
        if (node is not BlockSyntax block)
        {
            yield break;
        }

        for (int index = 1; index < block.Statements.Count; index++)
        {
            // A release by the token of who does not hold the lock does nothing.
            if (block.Statements[index] is TryStatementSyntax body && block.Statements[index - 1] is IfStatementSyntax exit
                && body.Finally?.DescendantNodes().OfType<IdentifierNameSyntax>()
                    .Any(static name => name.Identifier.Text is "LockRelease" or "LockReleaseAsync") != true)
            {
                TryStatementSyntax holding = body.WithBlock(body.Block.WithStatements(body.Block.Statements.Insert(0, exit)));
                yield return block.WithStatements(block.Statements.Replace(body, holding).RemoveAt(index - 1));
            }
        }
    }

    private static IEnumerable<SyntaxNode> NegatedCondition(SyntaxNode node)
    {
        if (node is IfStatementSyntax statement)
        {
            yield return statement.WithCondition(Not(statement.Condition));
        }
        else if (node is ConditionalExpressionSyntax choice)
        {
            yield return choice.WithCondition(Not(choice.Condition));
        }
        else if (node is BinaryExpressionSyntax binary
            && (binary.IsKind(SyntaxKind.LogicalAndExpression) || binary.IsKind(SyntaxKind.LogicalOrExpression)))
        {
            yield return binary.WithLeft(Not(binary.Left));
            yield return binary.WithRight(Not(binary.Right));
        }
    }

    private static IEnumerable<SyntaxNode> OtherBranch(SyntaxNode node)
    {
        if (node is ConditionalExpressionSyntax choice)
        {
            yield return choice.WhenTrue.WithTriviaFrom(choice);
            yield return choice.WhenFalse.WithTriviaFrom(choice);
        }
        else if (node is IfStatementSyntax { Else: not null } statement)
        {
            yield return statement.Statement;
            yield return statement.Else.Statement;
        }
    }

    private static IEnumerable<SyntaxNode> OtherResult(SyntaxNode node, SemanticModel model)
    {
        if (node is ReturnStatementSyntax { Expression: { } returned } statement
            && returned is not LiteralExpressionSyntax { RawKind: (int)SyntaxKind.DefaultLiteralExpression })
        {
            yield return model.GetTypeInfo(returned).Type is { SpecialType: SpecialType.System_Boolean }
                ? statement.WithExpression(Not(returned))
                : statement.WithExpression(LiteralExpression(SyntaxKind.DefaultLiteralExpression, Token(SyntaxKind.DefaultKeyword))
                    .WithTriviaFrom(returned));
        }
    }

    private static ExpressionSyntax Not(ExpressionSyntax condition) =>
        PrefixUnaryExpression(SyntaxKind.LogicalNotExpression, ParenthesizedExpression(condition.WithoutTrivia()))
            .WithTriviaFrom(condition);

    private static LiteralExpressionSyntax Text(string text) => LiteralExpression(SyntaxKind.StringLiteralExpression, Literal(text));
}
