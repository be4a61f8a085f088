using ExpiryAnalyzers.Tests.Programs;

namespace ExpiryAnalyzers.Tests.Mutants;

/// <summary>A repair with one thing wrong in what the fix wrote.</summary>
/// <param name="Name">Names it in the list of those that do the same as the repair.</param>
/// <param name="Probes">The repair throwing in that place; the first that compiles tells whether a run comes there.</param>
internal sealed record Mutant(string Operator, string Name, SourceProgram Program, IEnumerable<SourceProgram> Probes);
