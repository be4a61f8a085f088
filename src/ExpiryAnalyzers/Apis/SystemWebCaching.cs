namespace ExpiryAnalyzers.Apis;

/// <summary>
/// System.Web.Caching of .NET Framework: one process, one clock. A time is taken with <c>ToUniversalTime</c>, so that a Local one keeps its
/// instant and an Unspecified one is read as local; <c>DateTime.MaxValue</c> is none (not measured; microsoft/referencesource, ec9fa9a,
/// cache.cs and DateTimeUtil.cs). The sliding expiration of the same call is not looked at: zero says that there is none.
/// </summary>
internal static class SystemWebCaching
{
    public static readonly ApiLibrary Library = new("the web cache", KindPolicy.UnspecifiedReadAsLocal,
    [
        new("System.Web.Caching.Cache") { Methods = [Row("Insert"), Row("Add")] },
    ])
    {
        Clock = ExpiryClock.Process,
    };

    private static ApiMethod Row(string name) =>
        new(name, Effect.None, DataType.None, [("absoluteExpiration", Role.Expiry)]) { HasCommonName = true };
}
