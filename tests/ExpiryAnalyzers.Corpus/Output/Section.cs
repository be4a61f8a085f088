namespace ExpiryAnalyzers.Corpus.Output;

/// <summary>The headers that divide a report.</summary>
internal static class Section
{
    private const string Mark = "== ";

    /// <summary>The line that begins a section.</summary>
    public static string Header(string title) => $"{Mark}{title} ==";

    /// <summary>Whether a line begins a section.</summary>
    public static bool IsHeader(string line) => line.StartsWith(Mark, StringComparison.Ordinal);

    /// <summary>Ends the section before, and begins one.</summary>
    public static void Begin(TextWriter writer, string title)
    {
        writer.WriteLine();
        writer.WriteLine(Header(title));
    }
}
