namespace ExpiryAnalyzers.Tests.Judging;

/// <summary>What was seen at a place.</summary>
/// <param name="Bug">Whether the original showed the bug.</param>
/// <param name="Fault">What is wrong with the repair; null where nothing is.</param>
internal sealed record Sighting(bool Bug, string? Fault);
