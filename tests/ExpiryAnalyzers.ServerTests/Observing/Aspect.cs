namespace ExpiryAnalyzers.Tests.Observing;

/// <summary>In what two runs differ.</summary>
internal enum Aspect
{
    Answer,
    Calls,
    Memory,
    Waiting,
    Limits,
    Presence,
    Value,
    Ttl,
}
