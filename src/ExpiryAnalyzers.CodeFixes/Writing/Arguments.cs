using ExpiryAnalyzers.CodeFixes.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExpiryAnalyzers.CodeFixes.Writing;

/// <summary>Writes and takes out arguments, and elements of initializers, in the layout that the others have.</summary>
internal static class Arguments
{
    /// <summary>An argument, with its parameter's name where it needs one.</summary>
    public static ArgumentSyntax Of(ExpressionSyntax value, string? parameter = null)
    {
        ArgumentSyntax argument = SyntaxFactory.Argument(value.WithoutTrivia());
        return parameter is null ? argument : argument.WithNameColon(Name(parameter));
    }

    /// <summary>An argument that stands in a list, with its parameter's name.</summary>
    public static ArgumentSyntax Named(ArgumentSyntax argument, string parameter) => argument.NameColon is { } name
        ? argument.WithNameColon(name.WithName(SyntaxFactory.IdentifierName(parameter).WithTriviaFrom(name.Name)))
        : argument.WithoutTrivia().WithNameColon(Name(parameter)).WithTriviaFrom(argument);

    /// <summary>Writes arguments at a place of a list, on lines of their own where the one before them has one.</summary>
    public static ArgumentListSyntax Insert(ArgumentListSyntax list, int index, params ArgumentSyntax[] added) =>
        Insert(list, index, added, isOnLine: false);

    /// <summary>Writes arguments that belong to the one before them at a place of a list, on the line of that one.</summary>
    public static ArgumentListSyntax InsertOnLine(ArgumentListSyntax list, int index, params ArgumentSyntax[] added) =>
        Insert(list, index, added, isOnLine: true);

    /// <summary>Whether an argument is given by its place alone, as are those before it.</summary>
    public static bool IsPositional(ArgumentListSyntax list, int count) =>
        list.Arguments.Count >= count && list.Arguments.Take(count).All(static argument => argument.NameColon is null);

    /// <summary>Takes an argument out of a list; the last one leaves its line end to the one before it.</summary>
    public static ArgumentListSyntax Without(ArgumentListSyntax list, int index) => list.WithArguments(Without(list.Arguments, index));

    /// <summary>Takes an element out of an initializer; the last one leaves its line end to the one before it.</summary>
    public static InitializerExpressionSyntax Without(InitializerExpressionSyntax initializer, int index) =>
        initializer.WithExpressions(Without(initializer.Expressions, index));

    /// <summary>A list with a space behind each comma.</summary>
    public static ArgumentListSyntax List(IEnumerable<ExpressionSyntax> values) =>
        SyntaxFactory.ArgumentList(Separated([.. values.Select(SyntaxFactory.Argument)]));

    private static SeparatedSyntaxList<ArgumentSyntax> Separated(IReadOnlyCollection<ArgumentSyntax> arguments) =>
        SyntaxFactory.SeparatedList(arguments, Enumerable.Repeat(Comma(SyntaxFactory.Space), Math.Max(0, arguments.Count - 1)));

    private static ArgumentListSyntax Insert(ArgumentListSyntax list, int index, IEnumerable<ArgumentSyntax> added, bool isOnLine)
    {
        foreach (ArgumentSyntax argument in added)
        {
            list = list.WithArguments(Insert(list.Arguments, index, argument, isOnLine));
            index++;
        }

        return list;
    }

    private static SeparatedSyntaxList<ArgumentSyntax> Insert(
        SeparatedSyntaxList<ArgumentSyntax> list,
        int index,
        ArgumentSyntax argument,
        bool isOnLine)
    {
        argument = argument.WithoutTrivia();
        if (list.Count == 0)
        {
            return list.Add(argument);
        }

        if (index == 0)
        {
            SyntaxNodeOrTokenList all = list.GetWithSeparators();
            return SyntaxFactory.SeparatedList<ArgumentSyntax>(all.InsertRange(0, [argument, Comma(SyntaxFactory.Space)]));
        }

        ArgumentSyntax before = list[index - 1];
        bool isOnOwnLine = !isOnLine && before.GetFirstToken().GetPreviousToken().TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia);
        SyntaxToken comma = Comma(isOnOwnLine ? Layout.NewLineOf(before) : SyntaxFactory.Space);
        argument = argument.WithLeadingTrivia(isOnOwnLine ? Layout.IndentOf(before) : SyntaxTriviaList.Empty);

        // What ended the line of the argument before it ends this one's, if this one is now the last.
        List<SyntaxNodeOrToken> parts = [.. list.GetWithSeparators()];
        int place = (2 * index) - 1;
        if (index == list.Count && before.GetTrailingTrivia().Any(SyntaxKind.EndOfLineTrivia))
        {
            parts[place - 1] = before.WithTrailingTrivia();
            argument = argument.WithTrailingTrivia(before.GetTrailingTrivia());
        }

        parts.InsertRange(place, [comma, argument]);
        return SyntaxFactory.SeparatedList<ArgumentSyntax>(parts);
    }

    private static SeparatedSyntaxList<T> Without<T>(SeparatedSyntaxList<T> list, int index)
        where T : SyntaxNode
    {
        List<SyntaxNodeOrToken> parts = [.. list.GetWithSeparators()];
        bool isLast = index == list.Count - 1;
        if (isLast && index > 0 && parts.Count == (2 * index) + 1)
        {
            // Without a comma behind it, its line end is its own.
            parts[(2 * index) - 2] = list[index - 1].WithTrailingTrivia(list[index].GetTrailingTrivia());
            parts.RemoveRange((2 * index) - 1, 2);
        }
        else
        {
            parts.RemoveRange(2 * index, Math.Min(2, parts.Count - (2 * index)));
        }

        return SyntaxFactory.SeparatedList<T>(parts);
    }

    private static NameColonSyntax Name(string parameter) =>
        SyntaxFactory.NameColon(SyntaxFactory.IdentifierName(parameter)).WithTrailingTrivia(SyntaxFactory.Space);

    private static SyntaxToken Comma(SyntaxTrivia behind) => SyntaxFactory.Token(
        SyntaxTriviaList.Empty,
        SyntaxKind.CommaToken,
        SyntaxFactory.TriviaList(behind));
}
