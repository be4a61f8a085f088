using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static ExpiryAnalyzers.CodeFixes.Time.TimeSyntax;

namespace ExpiryAnalyzers.CodeFixes.Time;

/// <summary>The arguments of <c>new DateTime(...)</c> and <c>DateOnly.ToDateTime</c>.</summary>
internal static class ConstructorArguments
{
    /// <summary>The arguments with <c>DateTimeKind.Utc</c> behind them, and the parts that the overload with a kind asks for.</summary>
    public static ArgumentListSyntax WithUtc(ArgumentListSyntax list, IMethodSymbol method, FixContext context)
    {
        bool isNamed = list.Arguments.Any(argument => argument.NameColon is not null);
        bool hasCalendar = method.Parameters.LastOrDefault()?.Type.Name == nameof(Calendar);
        bool isDate = method.Parameters.Any(parameter => parameter.Name == "month") && !method.Parameters.Any(parameter => parameter.Name == "hour");
        bool lacksMilliseconds = hasCalendar && !method.Parameters.Any(parameter => parameter.Name == "millisecond");
        List<ArgumentSyntax> parts = [];
        if (isDate)
        {
            parts.AddRange([Zero("hour"), Zero("minute"), Zero("second")]);
        }

        if (lacksMilliseconds)
        {
            parts.Add(Zero("millisecond"));
        }

        // The calendar stands between the parts and the kind.
        int at = hasCalendar && !isNamed ? list.Arguments.Count - 1 : list.Arguments.Count;
        return Arguments.Insert(Arguments.Insert(list, at, parts), at + parts.Count + (at < list.Arguments.Count ? 1 : 0), [Argument("kind", Static(context, "System.DateTimeKind", nameof(DateTimeKind.Utc)))]);

        ArgumentSyntax Zero(string name) => Argument(name, SyntaxFactory.LiteralExpression(SyntaxKind.NumericLiteralExpression, SyntaxFactory.Literal(0)));

        ArgumentSyntax Argument(string name, ExpressionSyntax value) => Arguments.Of(value, isNamed ? name : null);
    }
}

/// <summary>The arguments of <c>DateTime.Parse</c> and its like.</summary>
internal static class ParseArguments
{
    private const string Styles = "System.Globalization.DateTimeStyles";

    /// <summary>The arguments with styles that make the result UTC; null where none do.</summary>
    public static (ArgumentListSyntax List, string Title)? ToUtc(ArgumentListSyntax list, IMethodSymbol method, FixContext context)
    {
        if (Find(list, method, nameof(DateTimeStyles)) is not { } given)
        {
            return (WithStyles(list, method, context), TitleFor(DateTimeStyles.None));
        }

        if (context.Model.GetConstantValue(given.Expression, context.CancellationToken) is not { HasValue: true, Value: int value } || (DateTimeStyles)value is var styles && (styles & DateTimeStyles.RoundtripKind) != 0)
        {
            return null;
        }

        ExpressionSyntax expression = styles == DateTimeStyles.None ? Both(context)
            : (styles & (DateTimeStyles.AssumeLocal | DateTimeStyles.AssumeUniversal)) != 0 ? Or(given.Expression, Style(context, nameof(DateTimeStyles.AdjustToUniversal)))
            : (styles & DateTimeStyles.AdjustToUniversal) != 0 ? Or(given.Expression, Style(context, nameof(DateTimeStyles.AssumeUniversal)))
            : Or(Or(given.Expression, Style(context, nameof(DateTimeStyles.AssumeUniversal))), Style(context, nameof(DateTimeStyles.AdjustToUniversal)));
        return (list.ReplaceNode(given.Expression, expression.WithTriviaFrom(given.Expression)), TitleFor(styles));
    }

    private static string TitleFor(DateTimeStyles styles) => (styles & DateTimeStyles.AssumeLocal) != 0
        ? "Parse to UTC, with AdjustToUniversal; text without an offset stays local time"
        : "Parse to UTC, with AssumeUniversal | AdjustToUniversal; text without an offset is then UTC";

    private static ArgumentListSyntax WithStyles(ArgumentListSyntax list, IMethodSymbol method, FixContext context)
    {
        bool isNamed = list.Arguments.Any(argument => argument.NameColon is not null);
        ArgumentSyntax? provider = Find(list, method, nameof(IFormatProvider));
        List<ArgumentSyntax> added = [];
        if (provider is null)
        {
            added.Add(Arguments.Of(Static(context, "System.Globalization.CultureInfo", nameof(CultureInfo.InvariantCulture)), isNamed ? "provider" : null));
        }

        added.Add(Arguments.Of(Both(context), !isNamed ? null : method.Name.EndsWith("Exact", StringComparison.Ordinal) ? "style" : "styles"));
        int at = provider is not null ? list.Arguments.IndexOf(provider) + 1 : method.Name.StartsWith("Try", StringComparison.Ordinal) ? list.Arguments.Count - 1 : list.Arguments.Count;
        return Arguments.Insert(list, at, added);
    }

    private static ArgumentSyntax? Find(ArgumentListSyntax list, IMethodSymbol method, string type)
    {
        IParameterSymbol? parameter = method.Parameters.FirstOrDefault(parameter => parameter.Type.Name == type);
        return parameter is null ? null
            : list.Arguments.FirstOrDefault(argument => argument.NameColon?.Name.Identifier.ValueText == parameter.Name) ??
                (list.Arguments.Count > parameter.Ordinal && list.Arguments[parameter.Ordinal] is { NameColon: null } positional ? positional : null);
    }

    private static ExpressionSyntax Both(FixContext context) => Or(Style(context, nameof(DateTimeStyles.AssumeUniversal)), Style(context, nameof(DateTimeStyles.AdjustToUniversal)));

    private static ExpressionSyntax Style(FixContext context, string name) => Static(context, Styles, name);

    private static ExpressionSyntax Or(ExpressionSyntax left, ExpressionSyntax right) =>
        Binary(SyntaxKind.BitwiseOrExpression, left is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.BitwiseOrExpression } ? left.WithoutTrivia() : Primary(left), right);
}

/// <summary>Argument lists.</summary>
internal static class Arguments
{
    public static ArgumentSyntax Of(ExpressionSyntax value, string? name) =>
        SyntaxFactory.Argument(name is null ? null : SyntaxFactory.NameColon(SyntaxFactory.IdentifierName(name)).WithTrailingTrivia(SyntaxFactory.Space), default, value);

    /// <summary>Puts arguments between those that are there, whose layout stays.</summary>
    public static ArgumentListSyntax Insert(ArgumentListSyntax list, int index, IReadOnlyList<ArgumentSyntax> added)
    {
        foreach (ArgumentSyntax argument in added)
        {
            SyntaxNodeOrToken comma = SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space);
            SyntaxNodeOrTokenList all = list.Arguments.GetWithSeparators();
            all = index == 0 ? all.InsertRange(0, [argument, comma])
                : all.InsertRange((index * 2) - 1, [comma, argument]);
            list = list.WithArguments(SyntaxFactory.SeparatedList<ArgumentSyntax>(all));
            index++;
        }

        return list;
    }
}
