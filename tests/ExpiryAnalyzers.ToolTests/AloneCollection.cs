using Xunit;

namespace ExpiryAnalyzers.Tests;

/// <summary>Tests that measure the process, and so run when no other does.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneCollection
{
    public const string Name = "Alone";
}
