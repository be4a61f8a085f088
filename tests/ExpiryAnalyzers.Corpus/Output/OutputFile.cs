using System.Text;

namespace ExpiryAnalyzers.Corpus.Output;

/// <summary>A file to write at the end, known to be writable from the start; or standard output.</summary>
internal sealed class OutputFile
{
    private readonly string? _path;

    private OutputFile(string? path) => _path = path;

    /// <summary>Checks that <paramref name="file"/> can be written; its old content stays until then. Null stands for standard output.</summary>
    public static OutputFile For(FileInfo? file)
    {
        try
        {
            file?.Open(FileMode.OpenOrCreate, FileAccess.Write).Dispose();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"Cannot write '{file}': {exception.Message}");
        }

        return new OutputFile(file?.FullName);
    }

    /// <summary>Replaces the content, with the same line endings on every system.</summary>
    public void Write(Action<TextWriter> write)
    {
        using StringWriter text = new() { NewLine = "\n" };
        write(text);
        if (_path is null)
        {
            Console.Out.Write(text);
        }
        else
        {
            File.WriteAllText(_path, text.ToString(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        }
    }
}
