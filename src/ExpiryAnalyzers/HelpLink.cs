namespace ExpiryAnalyzers;

/// <summary>Where a rule's page is published.</summary>
internal static class HelpLink
{
    public static string For(string id) => To("docs/rules/" + id + ".md");

    public static string To(string path) => "https://github.com/expiry-analyzers/ExpiryAnalyzers/blob/main/" + path;
}
