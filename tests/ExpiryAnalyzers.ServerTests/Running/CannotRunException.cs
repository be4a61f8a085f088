namespace ExpiryAnalyzers.Tests.Running;

/// <summary>A member cannot be run here, for the reason given.</summary>
internal sealed class CannotRunException(string reason) : Exception(reason);
