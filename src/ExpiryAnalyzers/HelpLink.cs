namespace ExpiryAnalyzers;

/// <summary>Where a rule's page is published.</summary>
internal static class HelpLink
{
    public static string For(string id) => "https://github.com/expiry-analyzers/ExpiryAnalyzers/blob/main/docs/rules/" + id + ".md";
}
