namespace ExpiryAnalyzers.Tool;

/// <summary>What the process tells its caller.</summary>
internal static class ExitCode
{
    /// <summary>All went well, and nothing was found.</summary>
    public const int Success = 0;

    /// <summary>Something was found.</summary>
    public const int Findings = 1;

    /// <summary>It could not be done, or not be done wholly; standard error says why.</summary>
    public const int Failure = 2;
}

/// <summary>The caller asked for what cannot be done; the message says what and what to do, in a sentence.</summary>
internal sealed class ToolException(string message) : Exception(message);
