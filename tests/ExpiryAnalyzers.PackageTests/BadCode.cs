namespace ExpiryAnalyzers.Tests;

/// <summary>A file of a consumer's in which EXP101 and EXP102 report.</summary>
internal static class BadCode
{
    public static string Text => In("Bad");

    /// <summary>The same in a class of a name.</summary>
    public static string In(string type) => $$"""
        using StackExchange.Redis;
        public static class {{type}}
        {
            public static void Run(IDatabase db) => db.KeyExpire("k", System.DateTime.Now.AddMinutes(5));
        }
        """;
}
