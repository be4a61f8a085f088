using ExpiryAnalyzers.CodeFixes.Reading;
using ExpiryAnalyzers.CodeFixes.Writing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExpiryAnalyzers.CodeFixes.Atomicity;

/// <summary>One command that does what a pair does: it is written where the first call stands, and the second goes.</summary>
/// <param name="pair">The two calls.</param>
/// <param name="call">The command.</param>
/// <param name="key">What the repair does, in one word.</param>
/// <param name="title">What the lightbulb shows.</param>
internal sealed class OneCommand(CommandPair pair, InvocationExpressionSyntax call, string key, string title)
{
    public InvocationExpressionSyntax Call => call;

    private SyntaxTrivia NewLine => Layout.NewLineOf(pair.Context.Root);

    /// <summary>Whether the repairs ask.</summary>
    public bool Asks { get; init; }

    public Fix Fix(IReadOnlyList<SyntaxNode> touched, Action<FixEditor> apply) => new(key, title, touched, apply) { Asks = Asks };

    /// <summary>Writes the command in place of the first call.</summary>
    public void Write(FixEditor editor) => editor.Replace(pair.First.Syntax, current => call.WithTriviaFrom(current));

    /// <summary>The second call is a statement: it goes, and what was said about it goes to the command.</summary>
    public Fix? WithoutSecond(ExpressionStatementSyntax statement)
    {
        if (StatementRemoval.Of(statement) is not { } removal)
        {
            return null;
        }

        // An if that does nothing else leaves the command behind.
        if (removal.IsWhole && removal.Target.Span.Contains(pair.First.Syntax.Span))
        {
            return Fix([removal.Target], editor => editor.Replace(removal.Target, _ => Alone(removal)));
        }

        return Fix([pair.First.Syntax, removal.Target], editor =>
        {
            Write(editor);
            editor.Replace(pair.Slot, current => Layout.WithCommentsAbove(current, removal.Comments, NewLine));
            removal.Apply(editor);
        });
    }

    /// <summary>The second call is a part of a larger expression, of which something else is left.</summary>
    public Fix WithoutPart(SyntaxNode whole, IReadOnlyList<SyntaxNode> touched, Func<SyntaxNode, SyntaxNode> change) => Fix(
        touched,
        editor =>
        {
            Write(editor);
            editor.Replace(whole, change);
        });

    /// <summary>The second call is the right side of a short circuit, of which the left side is left.</summary>
    public Fix WithoutRight(BinaryExpressionSyntax both, params SyntaxNode[] touched) =>
        WithoutPart(both, touched, static current => ((BinaryExpressionSyntax)current).Left.WithTriviaFrom(current));

    private SyntaxNode Alone(StatementRemoval removal)
    {
        ExpressionSyntax result = pair.First.Result == pair.First.Syntax ? call : pair.First.Result.ReplaceNode(pair.First.Syntax, call);
        SyntaxNode written = Code.InPlaceOf(SyntaxFactory.ExpressionStatement(result.WithoutTrivia()), removal.Target);
        return Layout.WithCommentsAbove(written.WithTriviaFrom(removal.Target), removal.InnerComments, NewLine);
    }
}
