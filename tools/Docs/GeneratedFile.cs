namespace ExpiryAnalyzers.Docs;

/// <summary>A file of the repository, with the text that it should have.</summary>
public sealed record GeneratedFile(string Path, string Text)
{
    /// <summary>Whether the file has its text already, whichever line ends it was checked out with.</summary>
    public bool IsCurrent => File.Exists(Path) && File.ReadAllText(Path).ReplaceLineEndings("\n") == Text;

    public void Write()
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        File.WriteAllText(Path, Text);
    }
}
