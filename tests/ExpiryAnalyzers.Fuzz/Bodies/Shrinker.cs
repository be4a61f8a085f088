using Microsoft.CodeAnalysis.CSharp;

namespace ExpiryAnalyzers.Fuzz.Bodies;

/// <summary>Makes a text smaller while it still fails, first by lines and then by tokens.</summary>
public static class Shrinker
{
    private const int Tries = 400;

    /// <summary>The smallest text that so many tries lead to.</summary>
    public static string Shrink(string text, Func<string, bool> fails)
    {
        int left = Tries;
        List<string> lines = Without([.. text.Split('\n')], "\n", fails, ref left);
        List<string> tokens = [.. CSharpSyntaxTree.ParseText(string.Join('\n', lines)).GetRoot().DescendantTokens()
            .Select(static token => token.ToFullString())];
        return string.Concat(Without(tokens, "", fails, ref left));
    }

    private static List<string> Without(List<string> parts, string between, Func<string, bool> fails, ref int left)
    {
        for (int size = parts.Count / 2; size > 0 && left > 0; size /= 2)
        {
            for (int at = 0; at + size <= parts.Count && left > 0;)
            {
                List<string> fewer = [.. parts[..at], .. parts[(at + size)..]];
                left--;
                if (fails(string.Join(between, fewer)))
                {
                    parts = fewer;
                }
                else
                {
                    at += size;
                }
            }
        }

        return parts;
    }
}
