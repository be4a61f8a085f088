namespace ExpiryAnalyzers.Tests.Running;

/// <summary>What a program called failed, because the test wanted it to.</summary>
public sealed class WorkFailedException() : Exception("The work failed.");
