namespace ExpiryAnalyzers.Tests.Running;

/// <summary>Answers every request with one.</summary>
internal sealed class StubHandler(Journal journal) : HttpMessageHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        journal.Record($"HTTP {request.Method} {request.RequestUri}", [cancellationToken]);
        return Task.FromResult(new HttpResponseMessage { Content = new StringContent("1") });
    }
}
