using System.Text.RegularExpressions;

namespace ExpiryAnalyzers.Tests;

/// <summary>The page of a rule, and the examples on it.</summary>
internal static class Page
{
    public static string Of(string id) => Repository.Read("docs", "rules", id + ".md");

    /// <summary>The statements of the blocks of one kind: <c>bad</c> or <c>good</c>.</summary>
    public static string[] Blocks(string id, string kind) =>
        [.. Regex.Matches(Of(id), $"^```csharp {kind}\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline).Select(match => match.Groups[1].Value)];
}
