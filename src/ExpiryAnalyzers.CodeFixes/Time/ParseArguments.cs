using System.Globalization;
using ExpiryAnalyzers.CodeFixes.Reading;
using ExpiryAnalyzers.CodeFixes.Writing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExpiryAnalyzers.CodeFixes.Time;

/// <summary>The arguments of <c>DateTime.Parse</c> and its like.</summary>
internal static class ParseArguments
{
    private const DateTimeStyles Assumption = DateTimeStyles.AssumeLocal | DateTimeStyles.AssumeUniversal;

    /// <summary>
    /// The arguments with styles that make the result UTC, and whether they say what text without an offset is; null where none do.
    /// </summary>
    public static (ArgumentListSyntax List, string Title, bool TakesReading)? ToUtc(
        ArgumentListSyntax list,
        IMethodSymbol method,
        FixContext context)
    {
        if (Find(list, method, Types.DateTimeStyles) is not { } given)
        {
            return (WithStyles(list, method, context), TitleFor(DateTimeStyles.None), true);
        }

        ExpressionSyntax old = given.Expression;
        if (context.Model.GetConstantValue(old, context.CancellationToken) is not { HasValue: true, Value: int value })
        {
            return null;
        }

        DateTimeStyles styles = (DateTimeStyles)value;
        return (styles & DateTimeStyles.RoundtripKind) != 0
            ? null
            : (list.ReplaceNode(old, More(old, styles, context).WithTriviaFrom(old)), TitleFor(styles), (styles & Assumption) == 0);
    }

    /// <summary>The styles with what they lack to make the result UTC.</summary>
    private static ExpressionSyntax More(ExpressionSyntax given, DateTimeStyles styles, FixContext context)
    {
        ExpressionSyntax universal = Style(context, nameof(DateTimeStyles.AssumeUniversal));
        ExpressionSyntax adjust = Style(context, nameof(DateTimeStyles.AdjustToUniversal));
        return styles == DateTimeStyles.None ? Or(universal, adjust)
            : (styles & Assumption) != 0 ? Or(given, adjust)
            : (styles & DateTimeStyles.AdjustToUniversal) != 0 ? Or(given, universal)
            : Or(Or(given, universal), adjust);
    }

    private static string TitleFor(DateTimeStyles styles) => (styles & DateTimeStyles.AssumeLocal) != 0
        ? "Parse to UTC, with AdjustToUniversal; text without an offset stays local time"
        : "Parse to UTC, with AssumeUniversal | AdjustToUniversal; text without an offset is then UTC";

    private static ArgumentListSyntax WithStyles(ArgumentListSyntax list, IMethodSymbol method, FixContext context)
    {
        bool isNamed = list.Arguments.Any(static argument => argument.NameColon is not null);
        ArgumentSyntax? provider = Find(list, method, Types.FormatProvider);
        List<ArgumentSyntax> added = [];
        if (provider is null)
        {
            // The one that is taken where none is given.
            ExpressionSyntax culture = Imports.Static(context, Types.CultureInfo, TimeMembers.CurrentCulture);
            added.Add(Arguments.Of(culture, isNamed ? TimeMembers.Provider : null));
        }

        string parameter = TimeMembers.EndsWith(method.Name, TimeMembers.Exact) ? TimeMembers.Style : TimeMembers.Styles;
        ExpressionSyntax styles = More(Expressions.Null(), DateTimeStyles.None, context);
        added.Add(Arguments.Of(styles, isNamed ? parameter : null));
        int end = list.Arguments.Count;
        int at = provider is not null
            ? list.Arguments.IndexOf(provider) + 1
            : TimeMembers.StartsWith(method.Name, TimeMembers.Try) ? end - 1 : end;
        return Arguments.InsertOnLine(list, at, [.. added]);
    }

    /// <summary>The argument of the parameter that has a certain type.</summary>
    private static ArgumentSyntax? Find(ArgumentListSyntax list, IMethodSymbol method, string type)
    {
        if (method.Parameters.FirstOrDefault(parameter => Types.Is(parameter.Type, type)) is not { } parameter)
        {
            return null;
        }

        return list.Arguments.FirstOrDefault(argument => argument.NameColon?.Name.Identifier.ValueText == parameter.Name) ??
            (list.Arguments.ElementAtOrDefault(parameter.Ordinal) is { NameColon: null } positional ? positional : null);
    }

    private static ExpressionSyntax Style(FixContext context, string name) => Imports.Static(context, Types.DateTimeStyles, name);

    private static ExpressionSyntax Or(ExpressionSyntax left, ExpressionSyntax right) => Expressions.Binary(
        SyntaxKind.BitwiseOrExpression,
        left.IsKind(SyntaxKind.BitwiseOrExpression) ? left.WithoutTrivia() : Expressions.Primary(left),
        right);
}
