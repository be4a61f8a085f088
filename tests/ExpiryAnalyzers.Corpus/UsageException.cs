namespace ExpiryAnalyzers.Corpus;

/// <summary>The caller asked for something impossible; the message says what, in one line.</summary>
internal sealed class UsageException(string message) : Exception(message);
