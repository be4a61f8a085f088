namespace ExpiryAnalyzers.Tests.Servers;

/// <summary>A server of the tests' own.</summary>
internal interface ITestServer : IDisposable
{
    int Port { get; }
}
