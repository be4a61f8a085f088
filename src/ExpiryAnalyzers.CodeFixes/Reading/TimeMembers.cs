using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExpiryAnalyzers.CodeFixes.Reading;

/// <summary>
/// Members of the framework's types of time that <c>nameof</c> does not reach: those of newer frameworks, and parts of names.
/// </summary>
internal static class TimeMembers
{
    /// <summary>The property of <c>CultureInfo</c>, which an analyzer may not so much as name.</summary>
    public const string CurrentCulture = nameof(CurrentCulture);

    /// <summary>Before the unit, in the methods that move an instant.</summary>
    public const string Add = "Add";

    /// <summary>Before the unit, in the methods that make a span.</summary>
    public const string From = "From";

    /// <summary>Before the unit, in the methods that make an instant of an epoch's number.</summary>
    public const string FromUnixTime = "FromUnixTime";

    /// <summary>Before the unit, in the methods that make an epoch's number of an instant.</summary>
    public const string ToUnixTime = "ToUnixTime";

    /// <summary>Before the unit, in the properties that give a whole span as a number.</summary>
    public const string Total = "Total";

    /// <summary>In the methods that read a time from text.</summary>
    public const string Parse = "Parse";

    /// <summary>Before <see cref="Parse"/>, in those that answer whether it went well.</summary>
    public const string Try = "Try";

    /// <summary>Behind <see cref="Parse"/>, in those that are given the format.</summary>
    public const string Exact = "Exact";

    // Of TimeProvider, and of the clocks that others declare like it.
    public const string GetLocalNow = "GetLocalNow";
    public const string GetUtcNow = "GetUtcNow";

    // Of Random and DateOnly.
    public const string Shared = "Shared";
    public const string ToDateTime = "ToDateTime";

    // Parameters of DateTime's constructors and of its Parse methods.
    public const string Hour = "hour";
    public const string Kind = "kind";
    public const string Millisecond = "millisecond";
    public const string Minute = "minute";
    public const string Month = "month";
    public const string Provider = "provider";
    public const string Second = "second";
    public const string Style = "style";
    public const string Styles = "styles";

    /// <summary>The methods that move an instant by a number of units.</summary>
    private static readonly IReadOnlyCollection<string> Moves =
    [
        nameof(DateTime.AddTicks), "AddMicroseconds", nameof(DateTime.AddMilliseconds), nameof(DateTime.AddSeconds),
        nameof(DateTime.AddMinutes), nameof(DateTime.AddHours), nameof(DateTime.AddDays),
    ];

    /// <summary>The unit by which a method moves an instant: <c>Minutes</c> for <c>AddMinutes</c>.</summary>
    public static string? UnitOfMove(string method) => Moves.Contains(method) ? method.Substring(Add.Length) : null;

    /// <summary>Whether a node names a method that counts in days.</summary>
    public static bool CountsDays(SyntaxNode node) =>
        node is IdentifierNameSyntax { Identifier.ValueText: nameof(DateTime.AddDays) or nameof(TimeSpan.FromDays) };

    /// <summary>Whether a node names the day of an instant, or this one.</summary>
    public static bool IsDay(SyntaxNode node) =>
        node is IdentifierNameSyntax { Identifier.ValueText: nameof(DateTime.Date) or nameof(DateTime.Today) };

    public static bool StartsWith(string name, string prefix) => name.StartsWith(prefix, StringComparison.Ordinal);

    public static bool EndsWith(string name, string suffix) => name.EndsWith(suffix, StringComparison.Ordinal);
}
