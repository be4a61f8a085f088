using ExpiryAnalyzers.Fuzz.Bodies;

namespace ExpiryAnalyzers.Fuzz.Runs;

/// <summary>Runs seeds in child processes, chunk by chunk; a chunk that does not come back is halved until the seed is known.</summary>
internal static class FuzzCommand
{
    private const int Chunk = 200;

    /// <summary>In the parent: prints each seed that failed with its shrunken text, and says how many did.</summary>
    public static int Run(int first, int count)
    {
        int failures = 0;
        for (int from = first; from < first + count; from += Chunk)
        {
            failures += Part(from, Math.Min(Chunk, first + count - from));
            Console.Error.WriteLine($"{from - first + Chunk} of {count}, {failures} failed");
        }

        Console.WriteLine($"{count} seeds from {first}: {failures} failed");
        return failures == 0 ? 0 : 1;
    }

    /// <summary>In a child: one line for each seed that failed.</summary>
    public static int RunChunk(int first, int count)
    {
        // What is compiled just in time is no fault of the first seed.
        Guest.Run(BodyGenerator.Write(first), new ExpiryAnalyzer(), Guest.Limit * 10);
        for (int seed = first; seed < first + count; seed++)
        {
            Outcome outcome = Guest.Run(BodyGenerator.Write(seed));
            if (outcome.Verdict != Verdict.Fine)
            {
                Console.WriteLine($"seed {seed} {outcome.Verdict} {FirstLine(outcome.Detail)}");
            }
        }

        Console.WriteLine("done");
        return 0;
    }

    /// <summary>In a child: the verdict on one file.</summary>
    public static int RunFile(string path)
    {
        string text = File.ReadAllText(path);
        Guest.Run(BodyGenerator.Write(0), new ExpiryAnalyzer(), Guest.Limit * 10);
        Outcome outcome = Guest.Run(text);
        Console.WriteLine($"{outcome.Verdict} {outcome.Detail}");
        foreach (string line in outcome.Diagnostics.Select(static diagnostic => diagnostic.ToString()).Order(StringComparer.Ordinal))
        {
            Console.WriteLine(line);
        }

        return (int)outcome.Verdict;
    }

    private static int Part(int first, int count)
    {
        (int code, string output) = Children.Run("chunk", Children.Number(first), Children.Number(count));
        if (code == 0 && output.Contains("done", StringComparison.Ordinal))
        {
            string[] failed = [.. output.Split('\n').Where(static line => line.StartsWith("seed ", StringComparison.Ordinal))];
            foreach (string line in failed)
            {
                Report(int.Parse(line.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture),
                    Enum.Parse<Verdict>(line.Split(' ')[2]), line);
            }

            return failed.Length;
        }

        if (count > 1)
        {
            return Part(first, count / 2) + Part(first + count / 2, count - count / 2);
        }

        Report(first, Verdict.Died, $"seed {first} Died {FirstLine(output)}");
        return 1;
    }

    private static void Report(int seed, Verdict verdict, string line)
    {
        string file = Path.Combine(Path.GetTempPath(), $"fuzz-{Environment.ProcessId}.cs");
        bool fails(string text)
        {
            File.WriteAllText(file, text);
            int code = Children.Run("one", file).Code;
            return verdict == Verdict.Died ? code is < 0 or > (int)Verdict.Died : code == (int)verdict;
        }

        Console.WriteLine(line);
        Console.WriteLine(Shrinker.Shrink(BodyGenerator.Write(seed), fails));
        File.Delete(file);
    }

    private static string FirstLine(string text) => text.Split('\n')[0];
}
