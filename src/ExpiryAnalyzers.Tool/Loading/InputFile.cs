namespace ExpiryAnalyzers.Tool.Loading;

/// <summary>Reads what a user's file holds.</summary>
internal static class InputFile
{
    /// <summary>A file's text.</summary>
    public static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ToolException($"'{path}' cannot be read: {exception.Message}");
        }
    }
}
