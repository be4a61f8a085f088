using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.CodeFixes.Atomicity;

/// <summary>Writes <c>StringGetSetExpiry</c> in place of a read of a string, and takes the expire out.</summary>
internal sealed class GetexEdit
{
    private readonly CommandPair _pair;
    private readonly InvocationExpressionSyntax _getex;

    private GetexEdit(CommandPair pair, InvocationExpressionSyntax getex)
    {
        _pair = pair;
        _getex = getex;
    }

    public static Fix? Of(CommandPair pair, ReadValue value)
    {
        if (pair.First.Command != "StringGet" || ServerVersion.IsBelow(ServerVersion.Redis62, pair.Context) || !value.DecidesAlone ||
            pair.Second.Argument("expiry") is not { Value: { } expiry } || !CanCarry(pair, expiry) || Write(pair) is not { } getex)
        {
            return null;
        }

        GetexEdit edit = new(pair, getex);
        return SecondCall.StatementOf(pair.Second, pair.Model) is { } statement ? edit.WithoutExpire(statement) : edit.WithAnswer(value, expiry);
    }

    /// <summary>Whether GETEX can be told the expiry, with the meaning that it has for EXPIRE.</summary>
    private static bool CanCarry(CommandPair pair, IOperation expiry)
    {
        if (pair.Second.Argument("when") is not null && !pair.Second.IsConstant("when", "Always"))
        {
            return false;
        }

        // GETEX is a write: a replica refuses it.
        return !IsForReplicaOnly(pair.First) && pair.IsKnownAtFirst(expiry) && !pair.HasOddExpiry(expiry);
    }

    private static bool IsForReplicaOnly(ClientCall read) => read.IsConstant("flags", "DemandReplica") || read.IsConstant("flags", "DemandSlave");

    /// <summary>The read with the expiry; null where the client has no such command, or not for such an expiry.</summary>
    private static InvocationExpressionSyntax? Write(CommandPair pair)
    {
        if (pair.First.ArgumentSyntax("key") is not { } key || pair.Second.ArgumentSyntax("expiry") is not { } expiry)
        {
            return null;
        }

        string method = pair.First.IsAsync ? "StringGetSetExpiryAsync" : "StringGetSetExpiry";
        ArgumentListSyntax arguments = pair.First.Syntax.ArgumentList;
        if (arguments.Arguments[0] != key || key.NameColon is not null)
        {
            expiry = PairEdits.Named("expiry", expiry.Expression);
        }

        InvocationExpressionSyntax getex = pair.First.Syntax
            .WithExpression(pair.First.Access.WithName(SyntaxFactory.IdentifierName(method).WithTriviaFrom(pair.First.Access.Name)))
            .WithArgumentList(PairEdits.InsertSecond(arguments, expiry));
        return pair.BindAtFirst(getex, method) is null ? null : getex;
    }



    private static Fix Fix(IReadOnlyList<SyntaxNode> touched, Action<DocumentEditor> apply) => new("Getex", "Read and set the TTL in one command (GETEX, Redis 6.2)", touched, apply);

    /// <summary>The expire is a statement: it goes, and what it was said about it goes to the read.</summary>
    private Fix? WithoutExpire(ExpressionStatementSyntax statement)
    {
        if (StatementRemoval.Of(statement) is not { } removal)
        {
            return null;
        }

        // An if that does nothing else leaves the read behind.
        if (removal.IsWhole && removal.Target.Span.Contains(_pair.First.Syntax.Span))
        {
            return Fix([removal.Target], editor => editor.ReplaceNode(removal.Target, (_, _) => OnlyRead(removal)));
        }

        return Fix([_pair.First.Syntax, removal.Target], editor =>
        {
            WriteRead(editor);
            SyntaxTrivia newLine = PairEdits.NewLineOf(_pair.Context.Root);
            editor.ReplaceNode(Guards.SlotOf(_pair.Anchor), (current, _) => PairEdits.WithCommentsAbove(current, removal.Comments, newLine));
            removal.Apply(editor);
        });
    }

    private SyntaxNode OnlyRead(StatementRemoval removal)
    {
        ExpressionSyntax read = _pair.First.Result.ReplaceNode(_pair.First.Syntax, _getex).WithoutTrivia();
        SyntaxNode written = SyntaxFactory.ExpressionStatement(read);
        IReadOnlyList<SyntaxTrivia> inner = [.. removal.Comments.Where(comment => removal.Target.Span.Contains(comment.Span))];
        written = removal.Target is GlobalStatementSyntax ? SyntaxFactory.GlobalStatement((StatementSyntax)written) : written;
        return PairEdits.WithCommentsAbove(written.WithTriviaFrom(removal.Target), inner, PairEdits.NewLineOf(_pair.Context.Root));
    }

    /// <summary>The expire's answer is used: it tells whether the key was found, which the value read tells as well.</summary>
    private Fix? WithAnswer(ReadValue value, IOperation expiry)
    {
        // Taking a TTL away also answers false for a key that has none.
        if (CommandPair.IsNullable(expiry) || _pair.Second.IsAsync != _pair.Second.IsAwaited || _pair.Second.Argument("flags") is not null)
        {
            return null;
        }

        if (SecondCall.ConjunctionOf(_pair.Second) is { } both && value.IsPresent(both.Left) == true)
        {
            return Fix([_pair.First.Syntax, both], editor =>
            {
                WriteRead(editor);
                editor.ReplaceNode(both, static (current, _) => ((BinaryExpressionSyntax)current).Left.WithTriviaFrom(current));
            });
        }

        // v.IsNull || await db.KeyExpireAsync(…): true in any case, so it is about something else.
        if (value.Local is not { } local || ClientCall.Outermost(_pair.Second.Result).Parent is BinaryExpressionSyntax || !_pair.Model.LookupSymbols(_pair.Second.Syntax.SpanStart, name: local.Name).Contains(local, SymbolEqualityComparer.Default))
        {
            return null;
        }

        bool isNegated = _pair.Second.Result.Parent is PrefixUnaryExpressionSyntax not && not.IsKind(SyntaxKind.LogicalNotExpression);
        SyntaxNode answer = isNegated ? _pair.Second.Result.Parent! : _pair.Second.Result;
        ExpressionSyntax found = SyntaxFactory.ParseExpression((isNegated ? "" : "!") + local.Name + ".IsNull");
        return Fix([_pair.First.Syntax, answer], editor =>
        {
            WriteRead(editor);
            editor.ReplaceNode(answer, (current, _) => found.WithTriviaFrom(current));
        });
    }

    private void WriteRead(DocumentEditor editor) => editor.ReplaceNode(_pair.First.Syntax, (current, _) => _getex.WithTriviaFrom(current));
}
