using System.Globalization;
using ExpiryAnalyzers.Fuzz.Bodies;

namespace ExpiryAnalyzers.Fuzz.Runs;

/// <summary>Runs seeds in child processes, chunk by chunk; a chunk that does not come back is halved until the seed is known.</summary>
internal static class FuzzCommand
{
    private const int Chunk = 500;

    private const string Stopped = "stopped at ";

    /// <summary>In the parent: prints each seed that failed with its shrunken text, and says how many did.</summary>
    public static int Run(int first, int count)
    {
        int failures = 0;
        for (int from = first; from < first + count; from += Chunk)
        {
            failures += Part(from, Math.Min(Chunk, first + count - from));
            Console.Error.WriteLine($"{Math.Min(from - first + Chunk, count)} of {count}, {failures} failed");
        }

        Console.WriteLine($"{count} seeds from {first}: {failures} failed");
        return failures == 0 ? 0 : 1;
    }

    /// <summary>In a child: one line for each seed that failed.</summary>
    public static int RunChunk(int first, int count)
    {
        WarmUp();
        for (int seed = first; seed < first + count; seed++)
        {
            Outcome outcome = Trial.Run(Cases.Write(seed));
            if (outcome.Verdict != Verdict.Fine)
            {
                Console.WriteLine($"seed {seed} {outcome.Verdict} {FirstLine(outcome.Detail)} {Kind(outcome)}");
                if (outcome.Verdict == Verdict.TooLong)
                {
                    // What may still run would be counted to the next.
                    Console.WriteLine($"{Stopped}{seed}");
                    return 0;
                }
            }
        }

        Console.WriteLine("done");
        return 0;
    }

    /// <summary>In a child: the verdict on one file.</summary>
    public static int RunFile(string path)
    {
        string text = File.ReadAllText(path);
        WarmUp();
        Outcome outcome = Trial.Run(text);
        Console.WriteLine($"{outcome.Verdict} {outcome.Detail}");
        foreach (string line in outcome.Diagnostics.Select(static diagnostic => diagnostic.ToString()).Order(StringComparer.Ordinal))
        {
            Console.WriteLine(line);
        }

        return (int)outcome.Verdict;
    }

    /// <summary>In a child: whether an analyzer that does nothing comes back from one file, whatever time it takes.</summary>
    public static int RunNothing(string path)
    {
        TimeSpan start = Guest.Spent();
        Outcome outcome = Trial.RunNothing(File.ReadAllText(path), TimeSpan.FromMinutes(1));
        Console.WriteLine($"{outcome.Verdict} {(Guest.Spent() - start).TotalSeconds:0.0} s");
        return (int)outcome.Verdict;
    }

    private static int Part(int first, int count)
    {
        (int code, string output) = Children.Run("chunk", Children.Number(first), Children.Number(count));
        if (code == 0 && (output.Contains("done", StringComparison.Ordinal) || output.Contains(Stopped, StringComparison.Ordinal)))
        {
            string[] failed = [.. output.Split('\n').Where(static line => line.StartsWith("seed ", StringComparison.Ordinal))];
            foreach (string line in failed)
            {
                Report(int.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture),
                    Enum.Parse<Verdict>(line.Split(' ')[2]), line);
            }

            int last = output.Split('\n').Where(static line => line.StartsWith(Stopped, StringComparison.Ordinal))
                .Select(static line => int.Parse(line[Stopped.Length..], CultureInfo.InvariantCulture)).FirstOrDefault(first + count - 1);
            return failed.Length + (last + 1 < first + count ? Part(last + 1, first + count - last - 1) : 0);
        }

        if (count > 1)
        {
            return Part(first, count / 2) + Part(first + count / 2, count - count / 2);
        }

        return KillsTheCompiler(Cases.Write(first)) ? 0 : Report(first, Verdict.Died, $"seed {first} Died {FirstLine(output)}");
    }

    /// <summary>Whether the text takes the process along although no rule looks at it.</summary>
    private static bool KillsTheCompiler(string text)
    {
        string file = Path.Combine(Path.GetTempPath(), $"fuzz-{Environment.ProcessId}-nothing.cs");
        File.WriteAllText(file, text);
        int code = Children.Run("nothing", file).Code;
        File.Delete(file);
        return code is < 0 or > (int)Verdict.Died;
    }

    private static int Report(int seed, Verdict verdict, string line)
    {
        Console.WriteLine(line);
        string file = Path.Combine(Path.GetTempPath(), $"fuzz-{Environment.ProcessId}.cs");
        bool dies(string text)
        {
            File.WriteAllText(file, text);
            return Children.Run("one", file).Code is < 0 or > (int)Verdict.Died && !KillsTheCompiler(text);
        }

        // What kills the process is tried in others.
        Console.WriteLine(verdict == Verdict.Died ? Shrinker.Shrink(Cases.Write(seed), dies) : Children.Run("shrink", Children.Number(seed)).Output);
        File.Delete(file);
        return 1;
    }

    /// <summary>In a child: the smallest text that fails as the seed does.</summary>
    public static void Shrink(int seed)
    {
        WarmUp();
        string text = Cases.Write(seed);
        string failure = Kind(Trial.Run(text));
        Console.WriteLine(Shrinker.Shrink(text, fewer => Kind(Trial.Run(fewer)) == failure));
    }

    /// <summary>What two failures share that have one cause: the exception and the place it comes from, or the repair and the error.</summary>
    private static string Kind(Outcome outcome) => outcome.Verdict switch
    {
        Verdict.Threw => outcome.Detail.Split('\n').FirstOrDefault(static line => line.Contains("at ExpiryAnalyzers.", StringComparison.Ordinal), outcome.Detail),
        Verdict.Reordered => string.Join(' ', outcome.Detail.Split(' ')[..5]),
        _ => outcome.Verdict + outcome.Detail,
    };

    // What is compiled just in time is no fault of the first seed.
    private static void WarmUp()
    {
        foreach (string text in SeedTexts.Examples().Prepend(BodyGenerator.Write(0)))
        {
            Trial.Run(text, Guest.Limit * 10);
        }
    }

    private static string FirstLine(string text) => text.Split('\n')[0];
}
