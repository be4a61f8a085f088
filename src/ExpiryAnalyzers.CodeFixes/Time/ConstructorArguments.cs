using ExpiryAnalyzers.CodeFixes.Reading;
using ExpiryAnalyzers.CodeFixes.Writing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExpiryAnalyzers.CodeFixes.Time;

/// <summary>The arguments of <c>new DateTime(...)</c> and <c>DateOnly.ToDateTime</c>.</summary>
internal static class ConstructorArguments
{
    /// <summary>The arguments with <c>DateTimeKind.Utc</c> behind them, and the parts that the overload with a kind asks for.</summary>
    public static ArgumentListSyntax WithUtc(ArgumentListSyntax list, IMethodSymbol method, FixContext context)
    {
        bool isNamed = list.Arguments.Any(static argument => argument.NameColon is not null);
        bool hasCalendar = Types.Is(method.Parameters.LastOrDefault()?.Type, Types.Calendar);
        bool isDate = Has(TimeMembers.Month) && !Has(TimeMembers.Hour);
        bool lacksMilliseconds = hasCalendar && !Has(TimeMembers.Millisecond);
        IEnumerable<string> lacking = isDate ? [TimeMembers.Hour, TimeMembers.Minute, TimeMembers.Second] : [];
        lacking = lacksMilliseconds ? lacking.Append(TimeMembers.Millisecond) : lacking;

        // The calendar stands between the parts and the kind.
        int behind = list.Arguments.Count;
        int at = hasCalendar && !isNamed ? behind - 1 : behind;
        ArgumentSyntax[] parts = [.. lacking.Select(part => Argument(part, Expressions.Number(0)))];
        ArgumentSyntax kind = Argument(TimeMembers.Kind, Imports.Static(context, Types.DateTimeKind, nameof(DateTimeKind.Utc)));
        return Arguments.InsertOnLine(Arguments.InsertOnLine(list, at, parts), behind + parts.Length, kind);

        bool Has(string parameter) => method.Parameters.Any(other => other.Name == parameter);

        ArgumentSyntax Argument(string name, ExpressionSyntax value) => Arguments.Of(value, isNamed ? name : null);
    }
}
