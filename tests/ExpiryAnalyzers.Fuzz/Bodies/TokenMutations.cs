using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ExpiryAnalyzers.Fuzz.Bodies;

/// <summary>What a keystroke does to a text: tokens go, come twice, change places, and a name enters its own initialiser.</summary>
public static class TokenMutations
{
    /// <summary>Changes the text by one to six steps that the seed decides.</summary>
    public static string Mutate(string text, int seed)
    {
        Random random = new(unchecked(seed * 31 + 7));
        List<string> tokens = [.. CSharpSyntaxTree.ParseText(text).GetRoot().DescendantTokens()
            .Select(static token => token.ToFullString())];
        for (int step = random.Next(1, 7); step > 0 && tokens.Count > 10; step--)
        {
            Step(tokens, random);
        }

        return string.Concat(tokens);
    }

    private static void Step(List<string> tokens, Random random)
    {
        int at = random.Next(tokens.Count - 1);
        int other = random.Next(tokens.Count - 1);
        switch (random.Next(7))
        {
            case 0:
                tokens.RemoveRange(tokens.Count / 2 + at / 2, tokens.Count - (tokens.Count / 2 + at / 2));
                break;
            case 1:
                tokens.RemoveAt(at);
                break;
            case 2:
                tokens.RemoveRange(at, Math.Min(random.Next(1, 12), tokens.Count - at));
                break;
            case 3:
                tokens.Insert(at, tokens[at]);
                break;
            case 4:
                (tokens[at], tokens[other]) = (tokens[other], tokens[at]);
                break;
            case 5:
                int length = Math.Min(random.Next(1, 12), tokens.Count - other);
                tokens.InsertRange(at, tokens.GetRange(other, length));
                break;
            default:
                IntoItsOwnInitialiser(tokens, at);
                break;
        }
    }

    private static void IntoItsOwnInitialiser(List<string> tokens, int from)
    {
        int equals = tokens.FindIndex(from, static token => token.Trim() == "=");
        if (equals > 0)
        {
            tokens.Insert(equals + 1, tokens[equals - 1].Trim() + " + ");
        }
    }
}
