using ExpiryAnalyzers.Tests.Cases;
using Xunit;

namespace ExpiryAnalyzers.Tests;

/// <summary>A test of <c>.ci/long</c>: it takes long, and runs where <c>EXPIRY_PROOF</c> or <c>EXPIRY_FILES</c> ask for it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LongFactAttribute : FactAttribute
{
    public LongFactAttribute() => Skip = ProofRun.IsAll || ProofRun.IsPart ? null! : "Run by .ci/long proof and .ci/long mutants.";
}
