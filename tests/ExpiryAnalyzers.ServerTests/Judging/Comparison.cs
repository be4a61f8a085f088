using ExpiryAnalyzers.Tests.Observing;
using ExpiryAnalyzers.Tests.Programs;
using ExpiryAnalyzers.Tests.Running;

namespace ExpiryAnalyzers.Tests.Judging;

/// <summary>Original and repair, run in one situation.</summary>
internal sealed record Comparison(Repair Repair, Situation Situation, Observed Original, Observed Repaired);
