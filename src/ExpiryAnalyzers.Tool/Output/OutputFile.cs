namespace ExpiryAnalyzers.Tool.Output;

/// <summary>Writes what the caller asked to have in a file.</summary>
internal static class OutputFile
{
    /// <summary>Writes a text, the folders above it as needed.</summary>
    public static void Write(string path, string text)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ToolException($"'{path}' cannot be written: {exception.Message}");
        }
    }
}
