namespace ExpiryAnalyzers.Tests;

/// <summary>A file of a consumer's in which EXP101 and EXP102 report.</summary>
internal static class BadCode
{
    public const string Text = """
        using StackExchange.Redis;
        public static class Bad
        {
            public static void Run(IDatabase db) => db.KeyExpire("k", System.DateTime.Now.AddMinutes(5));
        }
        """;
}
