namespace ExpiryAnalyzers.Corpus;

/// <summary>What the process tells its caller.</summary>
internal static class ExitCode
{
    /// <summary>The run went through, or two runs are equal.</summary>
    public const int Success = 0;

    /// <summary>An analyzer or a fix crashed, or two runs differ.</summary>
    public const int Failure = 1;

    /// <summary>The arguments are wrong: nothing was run.</summary>
    public const int Usage = 2;
}
