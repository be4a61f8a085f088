using System.Text.RegularExpressions;

namespace ExpiryAnalyzers.Tests;

/// <summary>What a text of the course says of itself: <c>// expect: EXP101, EXP102</c> behind a line, and the rules in <c>rules.txt</c>.</summary>
internal static partial class CourseMarks
{
    /// <summary>The rules that a list or a mark names.</summary>
    public static IEnumerable<string> Rules(string text) => Rule().Matches(text).Select(static rule => rule.Value);

    /// <summary>The rules that must speak at a line.</summary>
    public static IEnumerable<string> Of(string line) => Mark().Match(line) is { Success: true } mark ? Rules(mark.Value) : [];

    [GeneratedRegex("// expect: .*")]
    private static partial Regex Mark();

    [GeneratedRegex(@"EXP\d{3}")]
    private static partial Regex Rule();
}
