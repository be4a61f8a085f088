using ExpiryAnalyzers.CodeFixes.Reading;
using ExpiryAnalyzers.CodeFixes.Writing;
using ExpiryAnalyzers.Rules.Lock;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;

namespace ExpiryAnalyzers.CodeFixes.Lock;

/// <summary>The place before the first statement that works under a lock.</summary>
internal sealed class InsertionPoint
{
    /// <summary>
    /// What holds the statement: a block, or the file of top-level statements; null where it is the only statement of a branch without
    /// braces.
    /// </summary>
    private readonly SyntaxNode? _container;

    private InsertionPoint(StatementSyntax first, SyntaxNode? container)
    {
        First = first;
        _container = container;
    }

    /// <summary>The first statement that works.</summary>
    public StatementSyntax First { get; }

    public int Position => First.SpanStart;

    /// <summary>That statement, and those behind it, which see what is declared before it.</summary>
    public IEnumerable<StatementSyntax> Statements => _container switch
    {
        BlockSyntax block => block.Statements.SkipWhile(statement => statement != First),
        CompilationUnitSyntax unit => unit.Members.OfType<GlobalStatementSyntax>()
            .Select(static global => global.Statement)
            .SkipWhile(statement => statement != First),
        _ => [First],
    };

    /// <summary>The place before the first statement that works; null where a <c>using</c> declaration cannot stand there.</summary>
    public static InsertionPoint? Of(LockFinding finding)
    {
        if (FirstOf(finding.Episode) is not { } work || !MayDeclareUsing(work))
        {
            return null;
        }

        StatementSyntax first = FirstWait(work, finding.Episode);
        return first.Parent switch
        {
            BlockSyntax block => new(first, block),
            GlobalStatementSyntax { Parent: CompilationUnitSyntax unit } => new(first, unit),
            IfStatementSyntax or WhileStatementSyntax => new(first, null),
            ElseClauseSyntax when first is not IfStatementSyntax => new(first, null),
            _ => null,
        };
    }

    /// <summary>The place before a statement of a block.</summary>
    public static InsertionPoint Before(StatementSyntax statement, BlockSyntax block) => new(statement, block);

    /// <summary>The place before a statement of a block, or of the file's top level.</summary>
    public static InsertionPoint Before(StatementSyntax statement) => new(statement, Reading.Statements.SlotOf(statement).Parent);

    /// <summary>Whether the language has <c>using</c> declarations, and nothing jumps about, into or out of the scope of one.</summary>
    public static bool MayDeclareUsing(StatementSyntax statement)
    {
        SyntaxNode function = Reading.Statements.FunctionAround(statement) ?? statement;
        return statement.SyntaxTree.Options is CSharpParseOptions { LanguageVersion: >= LanguageVersion.CSharp8 } &&
            !function.DescendantNodes().Any(node => node is LabeledStatementSyntax or YieldStatementSyntax);
    }

    /// <summary>Inserts statements that are made for the scope as it then is.</summary>
    public void Insert(FixEditor editor, Func<SyntaxNode, IReadOnlyList<StatementSyntax>> make)
    {
        editor.Track(First);
        if (_container is null)
        {
            editor.Replace(First, current => Wrapped((StatementSyntax)current, make(current)));
        }
        else
        {
            editor.Replace(_container, current => current.GetCurrentNode(First) is { } first && make(current) is { Count: > 0 } made
                ? Inserted(current, first, made)
                : current);
        }
    }

    private static StatementSyntax? FirstOf(LockEpisode episode)
    {
        if (episode.Work?.Syntax.Span is not { } work)
        {
            return null;
        }

        StatementSyntax? statement = episode.Region
            .Select(static part => part.Syntax)
            .Where(part => part.Span.Contains(work))
            .OrderBy(static part => part.Span.Length)
            .FirstOrDefault() as StatementSyntax;
        while (true)
        {
            switch (statement)
            {
                case BlockSyntax block:
                    statement = block.Statements.FirstOrDefault(inner => inner.Span.Contains(work));
                    break;
                case TryStatementSyntax { Finally: { } release } attempt
                    when attempt.Block.Span.Contains(work) && episode.Releases.Any(call => release.Span.Contains(call.Syntax.Span)):
                    statement = attempt.Block;
                    break;
                default:
                    return statement;
            }
        }
    }

    /// <summary>The lock's time runs from its taking: a statement before the work that waits for something else belongs to it.</summary>
    private static StatementSyntax FirstWait(StatementSyntax work, LockEpisode episode)
    {
        IReadOnlyList<IOperation> region = episode.Region;
        return (work.Parent as BlockSyntax)?.Statements.TakeWhile(statement => statement != work).FirstOrDefault(IsWaitUnderLock) ?? work;

        bool IsWaitUnderLock(StatementSyntax statement) =>
            region.Any(part => part.Syntax.Span.Contains(statement.Span)) &&
            statement.DescendantNodes().Any(static node => node is AwaitExpressionSyntax);
    }

    private static SyntaxNode Inserted(SyntaxNode container, SyntaxNode first, IReadOnlyList<StatementSyntax> statements)
    {
        if (container is CompilationUnitSyntax unit)
        {
            GlobalStatementSyntax global = first.FirstAncestorOrSelf<GlobalStatementSyntax>()!;
            (List<StatementSyntax> laidOut, SyntaxTriviaList leading) = LaidOut(global, statements);
            int at = unit.Members.IndexOf(global);
            SyntaxList<MemberDeclarationSyntax> members = unit.Members.Replace(global, global.WithLeadingTrivia(leading));
            return unit.WithMembers(members.InsertRange(at, laidOut.Select(SyntaxFactory.GlobalStatement)));
        }

        BlockSyntax block = (BlockSyntax)container;
        StatementSyntax statement = (StatementSyntax)first;
        int index = block.Statements.IndexOf(statement);
        if (!Layout.StartsLine(statement))
        {
            return OnLines(block, index, statements);
        }

        (List<StatementSyntax> before, SyntaxTriviaList rest) = LaidOut(statement, statements);
        return block.WithStatements(block.Statements.Replace(statement, statement.WithLeadingTrivia(rest)).InsertRange(index, before));
    }

    /// <summary>The statements on lines of their own, above the comments of the node that follows, and what then leads that node.</summary>
    private static (List<StatementSyntax> Statements, SyntaxTriviaList Leading) LaidOut(
        SyntaxNode next,
        IReadOnlyList<StatementSyntax> statements)
    {
        SyntaxTriviaList leading = next.GetLeadingTrivia();
        SyntaxTriviaList indent = Layout.IndentOf(next);

        // Above comments, but not above a directive.
        int split = leading.Any(static trivia => trivia.IsDirective) ? leading.Count - indent.Count : Layout.CountOfGap(leading);
        SyntaxTrivia newLine = Layout.NewLineOf(next);
        List<StatementSyntax> laidOut = [.. statements.Select((statement, index) => Layout.OnOneLine(statement, newLine)
            .WithLeadingTrivia(index == 0 ? SyntaxFactory.TriviaList(leading.Take(split)).AddRange(indent) : indent)
            .WithTrailingTrivia(newLine))];
        return (laidOut, SyntaxFactory.TriviaList(leading.Skip(split)));
    }

    /// <summary>A block that stands on one line becomes one of several lines.</summary>
    private static SyntaxNode OnLines(BlockSyntax block, int index, IReadOnlyList<StatementSyntax> statements)
    {
        SyntaxTrivia newLine = Layout.NewLineOf(block);
        if (block.DescendantTrivia().Any(static trivia => trivia.Kind() is not (SyntaxKind.WhitespaceTrivia or SyntaxKind.EndOfLineTrivia)))
        {
            // A comment keeps its place.
            IEnumerable<StatementSyntax> added = statements.Select(statement => Layout.OnOneLine(statement, newLine))
                .Select(static statement => statement.WithTrailingTrivia(SyntaxFactory.Space));
            return block.WithStatements(block.Statements.InsertRange(index, added));
        }

        IEnumerable<StatementSyntax> all = block.Statements.InsertRange(index, statements);
        return SyntaxFactory.Block(all.Select(statement => statement.WithoutTrivia().WithTrailingTrivia(newLine)))
            .WithTrailingTrivia(block.GetTrailingTrivia())
            .WithAdditionalAnnotations(Formatter.Annotation);
    }

    /// <summary>The only statement of a branch, in braces.</summary>
    private static StatementSyntax Wrapped(StatementSyntax statement, IReadOnlyList<StatementSyntax> statements) =>
        SyntaxFactory.Block(statements.Select(added => added.WithTrailingTrivia(Layout.NewLineOf(statement))).Append(statement))
            .WithTrailingTrivia(Layout.NewLineOf(statement))
            .WithAdditionalAnnotations(Formatter.Annotation);
}
