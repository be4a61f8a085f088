using Microsoft.CodeAnalysis;

namespace ExpiryAnalyzers.Corpus.Loading;

/// <summary>One repository as one project. Disposing it gives its memory back.</summary>
internal sealed class Repository(Workspace workspace, Project project, Compilation compilation, RepositorySize size, IReadOnlyList<string> notes) : IDisposable
{
    /// <summary>The folder's name.</summary>
    public string Name => Project.Name;

    /// <summary>The project whose documents are the sources, named by their path in the repository.</summary>
    public Project Project { get; } = project;

    /// <summary>The project's compilation.</summary>
    public Compilation Compilation { get; } = compilation;

    /// <summary>How much source there is.</summary>
    public RepositorySize Size { get; } = size;

    /// <summary>What a reader of the findings should know about how it was compiled.</summary>
    public IReadOnlyList<string> Notes { get; } = notes;

    /// <inheritdoc />
    public void Dispose() => workspace.Dispose();
}

/// <summary>How much source a repository has.</summary>
internal readonly record struct RepositorySize(int Files, int Lines);
