namespace ExpiryAnalyzers.Tool.Loading;

/// <summary>What an argument turned out to mean.</summary>
/// <param name="Folder">The folder that holds it all.</param>
internal abstract record Target(string Folder)
{
    /// <summary>What a reader would call it.</summary>
    public abstract string Name { get; }

    /// <summary>A solution.</summary>
    public sealed record Solution(string File) : Target(Path.GetDirectoryName(File)!)
    {
        public override string Name => Path.GetFileName(File);
    }

    /// <summary>Projects that no solution holds together.</summary>
    public sealed record Projects(string Folder, IReadOnlyList<string> Files) : Target(Folder)
    {
        public override string Name => Files is [var only] ? Path.GetFileName(only) : Path.GetFileName(Folder);
    }

    /// <summary>C# files without a project.</summary>
    public sealed record Sources(string Folder) : Target(Folder)
    {
        public override string Name => Path.GetFileName(Folder);
    }
}
