using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace ExpiryAnalyzers.Fuzz.Runs;

/// <summary>What came of one analysis.</summary>
/// <param name="Verdict">How it ended.</param>
/// <param name="Detail">The exception, or the time that it took.</param>
/// <param name="Diagnostics">What the rules reported; without meaning unless it went well.</param>
public sealed record Outcome(Verdict Verdict, string Detail, ImmutableArray<Diagnostic> Diagnostics);
